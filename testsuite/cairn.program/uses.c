#include "program.h"

int *kept;

void
use (int *p)
{
  if (*p > 100)
    use (p);
}

void
keep (int *p)
{
  kept = p;
}

void
fill_out (int *out, int value)
{
  *out = value + 1;
}

unsigned long kept_length;

void
keep_length (struct slice s, int n, ...)
{
  if (n)
    kept_length = s.length;
}

char *kept_text;

void
keep_text_list (int n, va_list ap)
{
  while (n--)
    va_arg (ap, struct node *)->value++;
  kept_text = va_arg (ap, char *);
}

unsigned long
measured (measure *f, struct slice s)
{
  return f (s);
}

int
twice (int *p)
{
  return *p * 2;
}
