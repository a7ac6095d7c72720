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

int
twice (int *p)
{
  return *p * 2;
}
