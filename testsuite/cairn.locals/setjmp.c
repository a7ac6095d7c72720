/* setjmp and longjmp with moved variables on both sides.  */
#include <setjmp.h>
#include "../lib/check.h"

static jmp_buf there;
static int *saved;

static NOINLINE void jump (int n)
{
  int local = n;
  saved = &local;
  clobber ();
  longjmp (there, local);
}
static NOINLINE int *caller (int n)
{
  volatile int before = n;
  int kept = n * 2;
  /* Without volatile GCC 12 itself loses it at -O1.  */
  int *volatile p = &kept;
  kept++;
  switch (setjmp (there))
    {
    case 0:
      before++;
      jump (5);
      return NULL;
    case 5:
      CHECK (before == n + 1);
      CHECK (*p == n * 2 + 1);
      CHECK (*saved == 5);
      jump (6);
      return NULL;
    case 6:
      CHECK (*saved == 6);
      CHECK (*p == kept);
      return &kept;
    }
  return NULL;
}
/* A variable made before each jump.  */
static NOINLINE int loops (int rounds)
{
  int *cells[10];
  volatile int i = 0;
  setjmp (there);
  if (i < rounds)
    {
      int k = i;
      cells[i] = &k;
      i++;
      longjmp (there, 1);
    }
  int total = 0;
  for (int j = 0; j < rounds; j++)
    {
      CHECK (cells[j] != NULL);
      total += j;
    }
  return total;
}
static jmp_buf *env_of_caller;
static NOINLINE void leave (void) { longjmp (*env_of_caller, 3); }
static NOINLINE int local_environment (void)
{
  jmp_buf env;
  volatile int x = 1;
  env_of_caller = &env;
  int r = setjmp (env);
  if (r == 0)
    {
      x = 2;
      leave ();
    }
  CHECK (x == 2);
  return r;
}
static NOINLINE int with_builtin (void)
{
  void *buffer[5];
  volatile int x = 4;
  if (__builtin_setjmp (buffer) == 0)
    {
      x = 8;
      void **volatile b = buffer;
      if (opaque_int (0))
        return (int) (long) b;
    }
  return x;
}

int
main (void)
{
  int *p = caller (20);
  clobber ();
  CHECK (*p == 41);
  CHECK (loops (10) == 45);
  CHECK (local_environment () == 3);
  CHECK (with_builtin () == 8);
  return 0;
}
