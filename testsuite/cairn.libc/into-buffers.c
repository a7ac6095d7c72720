/* Results that point into what the caller passed, by way of an out-parameter
   or of another structure.  */
#define _GNU_SOURCE
#include <argz.h>
#include <arpa/inet.h>
#include <fcntl.h>
#include <getopt.h>
#include <libgen.h>
#include <netdb.h>
#include <pwd.h>
#include <time.h>
#include <wchar.h>
#include "../lib/check.h"

static NOINLINE const char *end_of_number (void)
{
  char text[] = "12.5rest";
  char *end;
  strtod (text, &end);
  return end;
}
static NOINLINE const wchar_t *end_of_wide_number (void)
{
  wchar_t text[] = L"17rest";
  wchar_t *end;
  CHECK (wcstol (text, &end, 10) == 17);
  return end;
}
static NOINLINE const wchar_t *second_word (void)
{
  wchar_t text[] = L"one two three";
  wchar_t *state;
  wcstok (text, L" ", &state);
  return wcstok (NULL, L" ", &state);
}
static NOINLINE const wchar_t *state_of_words (void)
{
  wchar_t text[] = L"one two three";
  wchar_t *state;
  wcstok (text, L" ", &state);
  return state;
}
static NOINLINE const char *rest_after_separator (void)
{
  char text[] = "a,b";
  char *rest = text;
  strsep (&rest, ",");
  return rest;
}
static NOINLINE const char *suboption (void)
{
  char text[] = "size=17";
  static char *const names[] = { "size", NULL };
  char *options = text, *value;
  CHECK (getsubopt (&options, names, &value) == 0);
  return value;
}
static NOINLINE void option (void)
{
  char program[] = "program", text[] = "-xvalue";
  char *arguments[] = { program, text, NULL };
  CHECK (getopt (2, arguments, "x:") == 'x');
}
static NOINLINE const char *rest_of_time (void)
{
  char text[] = "12:34 rest";
  struct tm tm;
  return strptime (text, "%H:%M", &tm);
}
static NOINLINE const char *user (void)
{
  struct passwd entry, *result;
  char buffer[4096];
  CHECK (getpwuid_r (0, &entry, buffer, sizeof buffer, &result) == 0);
  return result ? result->pw_name : "root";
}
static NOINLINE struct passwd *user_entry (char *buffer, size_t size)
{
  struct passwd entry, *result;
  CHECK (getpwuid_r (0, &entry, buffer, size, &result) == 0);
  return result;
}
static NOINLINE struct in_addr **addresses (void)
{
  struct hostent entry, *result;
  char buffer[4096];
  int error;
  CHECK (gethostbyname_r ("127.0.0.1", &entry, buffer, sizeof buffer, &result,
                          &error) == 0);
  return (struct in_addr **) result->h_addr_list;
}
static NOINLINE const char *address (void)
{
  struct in_addr a = { htonl (INADDR_LOOPBACK) };
  char text[INET_ADDRSTRLEN];
  return inet_ntop (AF_INET, &a, text, sizeof text);
}
static NOINLINE const char *base (void)
{
  char path[] = "/usr/lib";
  return (basename) (path);
}
static NOINLINE char **vector (void)
{
  char words[] = "one\0two";
  char *all[3];
  argz_extract (words, sizeof words, all);
  char **copy = malloc (sizeof all);
  memcpy (copy, all, sizeof all);
  return copy;
}
static NOINLINE FILE *memory_file (void)
{
  char text[] = "in memory";
  return fmemopen (text, sizeof text, "r");
}
static NOINLINE FILE *memory_stream (void)
{
  char *text;
  size_t size;
  FILE *f = open_memstream (&text, &size);
  fputs ("collected", f);
  return f;
}
static int numbers[4];
static NOINLINE void generator (void)
{
  char state[64];
  initstate (1, state, sizeof state);
  for (int i = 0; i < 4; i++)
    numbers[i] = random ();
  initstate (1, state, sizeof state);
}

static NOINLINE void close_deep (FILE *f)
{
  volatile long here[64];
  for (int i = 0; i < 64; i++)
    here[i] = i;
  fclose (f);
  for (int i = 0; i < 64; i++)
    CHECK (here[i] == i);
}

int
main (void)
{
  const char *end = end_of_number (), *rest = rest_after_separator ();
  const wchar_t *wide = end_of_wide_number (), *word = second_word ();
  const wchar_t *state = state_of_words ();
  const char *value = suboption (), *time = rest_of_time ();
  const char *name = user (), *text = address (), *last = base ();
  struct in_addr **hosts = addresses ();
  char **words = vector ();
  char buffer[4096];
  struct passwd *entry = user_entry (buffer, sizeof buffer);
  option ();
  FILE *f = memory_file (), *g = memory_stream ();
  generator ();
  clobber ();
  CHECK (strcmp (end, "rest") == 0);
  CHECK (wcscmp (wide, L"rest") == 0);
  CHECK (wcscmp (word, L"two") == 0);
  CHECK (wcscmp (state, L"two three") == 0);
  CHECK (strcmp (rest, "b") == 0);
  CHECK (strcmp (value, "17") == 0);
  CHECK (strcmp (optarg, "value") == 0);
  CHECK (strcmp (time, " rest") == 0);
  CHECK (strcmp (name, "root") == 0);
  CHECK (!entry || strcmp (entry->pw_name, "root") == 0);
  CHECK (hosts[0]->s_addr == htonl (INADDR_LOOPBACK));
  CHECK (strcmp (text, "127.0.0.1") == 0);
  CHECK (strcmp (last, "lib") == 0);
  CHECK (strcmp (words[0], "one") == 0 && strcmp (words[1], "two") == 0);
  char line[20] = "";
  CHECK (fgets (line, sizeof line, f) && strcmp (line, "in memory") == 0);
  fclose (f);
  /* Writes to text and size, wherever they are: not on this stack.  */
  close_deep (g);
  for (int i = 0; i < 4; i++)
    CHECK (random () == numbers[i]);
  return 0;
}
