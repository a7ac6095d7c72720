/* printf and scanf: nothing of what they are given is lost or damaged.  */
#define _GNU_SOURCE
#include <stdarg.h>
#include <time.h>
#include "../lib/check.h"

static NOINLINE int *scanned (const char *text)
{
  int a = 0, b = 0;
  CHECK (sscanf (text, "%d,%d", &a, &b) == 2);
  return opaque_int (1) ? &b : &a;
}
static NOINLINE char *allocated_by_scanf (void)
{
  char *word = NULL;
  CHECK (sscanf ("hello world", "%ms", &word) == 1);
  return word;
}
static NOINLINE char *format (const char *f, ...)
{
  char buffer[128];
  va_list ap;
  va_start (ap, f);
  vsnprintf (buffer, sizeof buffer, f, ap);
  va_end (ap);
  return buffer;
}
static NOINLINE int *counted (void)
{
  int n = 0;
  char buffer[32];
  sprintf (buffer, "12345%n67", &n);
  return &n;
}
static NOINLINE struct tm *broken_down (time_t t)
{
  struct tm tm;
  return gmtime_r (&t, &tm);
}

int
main (void)
{
  int *s = scanned ("3,14"), *c = counted ();
  char *w = allocated_by_scanf (), *f = format ("%s-%d-%.1f", "x", 42, 1.5);
  struct tm *tm = broken_down (86400);
  clobber ();
  CHECK (*s == 14 && *c == 5 && strcmp (w, "hello") == 0);
  CHECK (strcmp (f, "x-42-1.5") == 0);
  CHECK (tm && tm->tm_mday == 2 && tm->tm_year == 70);
  char when[32];
  CHECK (strftime (when, sizeof when, "%Y-%m-%d", tm) == 10
         && strcmp (when, "1970-01-02") == 0);
  return 0;
}
