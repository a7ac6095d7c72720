/* What is reported of slices: the line of the program, not of the header, and the
   array on the stack where it can be.  */

#include <cairn/slice.h>

CAIRN_SLICE (ints, int);
CAIRN_SLICE (pointers, int *);

int
first (struct ints s) /* { dg-escape "s does not escape" } */
{
  return CAIRN_SLICE_AT (s, 0);
}

int
stays (void)
{
  struct ints s = CAIRN_SLICE_MAKE (struct ints, 10, 10); /* { dg-escape "malloc(40) does not escape" } */
  return first (s) + first (CAIRN_SLICE_SUB (s, 1, 2));
}

int
grows (int n)
{
  struct ints s = CAIRN_SLICE_MAKE (struct ints, 0, 10); /* { dg-escape "malloc(40) does not escape" } */
  for (int i = 0; i < n; i++)
    CAIRN_SLICE_APPEND (&s, i);
  return first (s);
}

struct ints
leaves (void)
{
  struct ints s = CAIRN_SLICE_MAKE (struct ints, 10, 10); /* { dg-escape "malloc(40) escapes to heap" } */
  return s;
}

int
too_large (void) /* For the frame.  */
{
  struct ints s = CAIRN_SLICE_MAKE (struct ints, 10000, 10000); /* { dg-escape "malloc(40000) does not escape" } */
  return first (s);
}

int
of_any_size (int n)
{
  struct ints s = CAIRN_SLICE_MAKE (struct ints, n, n); /* { dg-escape "malloc(cairni_cap * 4) escapes to heap" } */
  return first (s);
}

/* What is appended may be in a larger array, which nobody looks after.  */
int
element_moves (void)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  struct pointers s = CAIRN_SLICE_MAKE (struct pointers, 0, 1); /* { dg-escape "malloc(8) does not escape" } */
  CAIRN_SLICE_APPEND (&s, &x);
  return *CAIRN_SLICE_AT (s, 0);
}
