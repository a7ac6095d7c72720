/* A program of three files.  */
#include "program.h"

int
main (void)
{
  struct list list = { 0 };
  int sum = 0;
  int one = 1;
  int array[4] = { 1, 2, 3, 4 };
  int hidden = 11;
  struct slice slice = { array, 4 };
  kept_length = length (slice) + measured (length, slice);
  if (kept_length != 8)
    return 1;
  keep_length ((struct slice){ array, (unsigned long) &hidden }, 1);
  struct node text = { 0, 12 };
  struct node passed = { 0, 13 };
  keep_text (1, &passed, (char *) &text);
  visit (&list, add, &sum);
  push (&list, 4);
  push (&list, 5);
  visit (&list, add, &sum);
  use (&one);
  keep (&sum);
  fill_out (&one, sum);
  if (((struct node *) kept_text)->value != 12 || passed.value != 14)
    return 2;
  return !(*kept == 9 && *(int *) kept_length == 11 && one == 10 && apply (twice, &one) == 20);
}

void
add (int value, int *sum)
{
  *sum += value;
}
