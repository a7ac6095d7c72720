/* The C library's functions that real programs call most.  */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int
prints (int n)
{
  int x = n;
  char buffer[64];
  snprintf (buffer, sizeof buffer, "%d %p", x, (void *) &x);
  printf ("%s\n", buffer);
  fprintf (stderr, "%s\n", buffer);
  puts (buffer);
  return strlen (buffer) + strcmp (buffer, "x") + atoi (buffer);
}

long
parses (const char *s) /* { dg-escape "s does not escape" } */
{
  int a = 0;
  sscanf (s, "%d", &a);
  char *end;
  long n = strtol (s, &end, 10);
  return n + a + (end == s);
}

static int
compare (const void *a, /* { dg-escape "a does not escape" } */
         const void *b) /* { dg-escape "b does not escape" } */
{
  return *(const int *) a - *(const int *) b;
}

int
sorts (void)
{
  int a[] = { 3, 1, 2 };
  qsort (a, 3, sizeof *a, compare);
  return a[0];
}

long
times (void)
{
  time_t now = time (NULL);
  struct tm tm;
  localtime_r (&now, &tm);
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return tm.tm_year + t.tv_nsec;
}

int
reads (FILE *f) /* { dg-escape "f does not escape" } */
{
  char line[100];
  int total = 0;
  while (fgets (line, sizeof line, f))
    total += line[0];
  total += fread (line, 1, sizeof line, f);
  return total;
}

void
copies (char *to,         /* { dg-escape "to does not escape" } */
        const char *from) /* { dg-escape "from does not escape" } */
{
  char buffer[16];
  memcpy (buffer, from, sizeof buffer);
  memmove (to, buffer, sizeof buffer);
  memset (buffer, 0, sizeof buffer);
}
