/* C library functions that return a pointer into what they were given.  */
/* { dg-options "-Wall -Wno-stringop-truncation" } */
#define _GNU_SOURCE
#include <ctype.h>
#include <wchar.h>
#include "../lib/check.h"

#define FUNCTION static NOINLINE char *
#define BUFFER(text) char buffer[64] = text

FUNCTION f_strcpy (void) { char b[16]; return strcpy (b, "strcpy"); }
FUNCTION f_strncpy (void) { char b[16]; return strncpy (b, "strncpy", 16); }
FUNCTION f_strcat (void) { BUFFER ("str"); return strcat (buffer, "cat"); }
FUNCTION f_strncat (void) { BUFFER ("strn"); return strncat (buffer, "catx", 3); }
FUNCTION f_strchr (void) { BUFFER ("not strchr"); return strchr (buffer, 's'); }
FUNCTION f_strrchr (void) { BUFFER ("ss strrchr"); return strrchr (buffer, ' ') + 1; }
FUNCTION f_strstr (void) { BUFFER ("a strstr"); return strstr (buffer, "strstr"); }
FUNCTION f_strpbrk (void) { BUFFER ("[strpbrk"); return strpbrk (buffer, "xs"); }
FUNCTION f_memchr (void) { BUFFER ("xmemchr"); return memchr (buffer, 'm', 9); }
FUNCTION f_memcpy (void) { char b[16]; return memcpy (b, "memcpy", 7); }
FUNCTION f_memmove (void) { BUFFER ("xmemmove"); return memmove (buffer, buffer + 1, 8); }
FUNCTION f_memset (void) { BUFFER (""); return memset (buffer, 'm', 6); }
FUNCTION f_stpcpy (void) { char b[16]; return stpcpy (b, "stpcpy") - 6; }
FUNCTION f_mempcpy (void) { char b[16]; return (char *) mempcpy (b, "mempcpy", 8) - 8; }
FUNCTION f_strtok (void) { BUFFER (",,strtok,x"); return strtok (buffer, ","); }
FUNCTION f_strchrnul (void) { BUFFER ("a=strchrnul"); return strchrnul (buffer, '=') + 1; }
FUNCTION f_rawmemchr (void) { BUFFER ("..rawmemchr"); return rawmemchr (buffer, 'r'); }
FUNCTION f_strtol (void)
{
  BUFFER ("123strtol");
  char *end;
  CHECK (strtol (buffer, &end, 10) == 123);
  return end;
}
FUNCTION f_strtod (void)
{
  BUFFER ("1.5 strtod");
  char *end;
  CHECK (strtod (buffer, &end) == 1.5);
  return end + 1;
}
FUNCTION f_strsep (void)
{
  BUFFER ("strsep;rest");
  char *rest = buffer;
  return strsep (&rest, ";");
}
FUNCTION f_strtok_r (void)
{
  BUFFER ("a b strtok_r c");
  char *state;
  strtok_r (buffer, " ", &state);
  strtok_r (NULL, " ", &state);
  return strtok_r (NULL, " ", &state);
}
FUNCTION f_fgets (void)
{
  char line[32];
  FILE *f = fmemopen ((char[]){ "fgets" }, 5, "r");
  char *p = fgets (line, sizeof line, f);
  fclose (f);
  return p;
}
FUNCTION f_getcwd (void)
{
  char path[4096];
  return getcwd (path, sizeof path) == path ? strcpy (path, "getcwd") : NULL;
}
static int compare (const void *a, const void *b)
{
  return *(const int *) a - *(const int *) b;
}
static NOINLINE int *f_bsearch (void)
{
  int a[] = { 1, 3, 5, 7, 9 };
  return bsearch (&(int){ 7 }, a, 5, sizeof *a, compare);
}
static NOINLINE wchar_t *f_wcschr (void)
{
  wchar_t b[] = L"wcschr";
  return wcschr (b, L'c');
}

int
main (void)
{
  struct { const char *name; char *got; } all[] = {
#define ROW(f) { #f, f_##f () }
    ROW (strcpy), ROW (strncpy), ROW (strcat), ROW (strncat), ROW (strchr),
    ROW (strrchr), ROW (strstr), ROW (strpbrk), ROW (memchr), ROW (memcpy),
    ROW (memmove), ROW (stpcpy), ROW (mempcpy), ROW (strtok),
    ROW (strchrnul), ROW (rawmemchr), ROW (strtol), ROW (strtod),
    ROW (strsep), ROW (strtok_r), ROW (fgets), ROW (getcwd),
  };
  char *set = f_memset ();
  int *b = f_bsearch ();
  wchar_t *w = f_wcschr ();
  clobber ();
  for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
    if (!all[i].got || strcmp (all[i].name, all[i].got) != 0)
      {
        printf ("%s: wrong\n", all[i].name);
        return 1;
      }
  CHECK (strcmp (set, "mmmmmm") == 0);
  CHECK (*b == 7 && b[-3] == 1);
  CHECK (w[0] == L'c' && w[4] == L'r');
  return 0;
}
