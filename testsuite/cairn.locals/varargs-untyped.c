/* With -fno-strict-aliasing what va_arg reads as a pointer to characters may be
   one to a structure.  */
/* { dg-options "-fno-strict-aliasing" } */
#define UNTYPED
#include "varargs-types.c"

static NOINLINE void caller (int n)
{
  struct s a = { n, "a" };
  keep (0, &a);
}

int
main (void)
{
  caller (1);
  clobber ();
  CHECK (((struct s *) kept[0])->n == 1);
  return 0;
}
