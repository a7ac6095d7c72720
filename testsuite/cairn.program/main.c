/* A program of three files.  */
#include "program.h"

int
main (void)
{
  struct list list = { 0 };
  int sum = 0;
  int one = 1;
  visit (&list, add, &sum);
  push (&list, 4);
  push (&list, 5);
  visit (&list, add, &sum);
  use (&one);
  keep (&sum);
  fill_out (&one, sum);
  return !(*kept == 9 && one == 10 && apply (twice, &one) == 20);
}

void
add (int value, int *sum)
{
  *sum += value;
}
