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

/* Unmodified variables survive: of the function, a parameter, of a scope
   around the setjmp, of a scope entered by a jump, and whole structures.  The
   calls between and all the other values alive take the registers and the
   places of the frame.  */
struct wide
{
  long words[6];
};
static int *seen[6];
static NOINLINE int show (int n, int *p)
{
  seen[n] = p;
  return *p;
}
static NOINLINE int unmodified (int parameter, int enter)
{
  jmp_buf env;
  volatile int returns = 0;
  int outer = opaque_int (100);
  struct wide first = { { 1, 2, 3, 4, 5, opaque_int (6) } };
  show (0, &parameter);
  show (1, &outer);
  if (enter)
    goto inside;
  for (volatile int i = 0; i < 3; i++)
    {
      int scoped = i + 10;
      show (2, &scoped);
    inside:
      scoped = opaque_int (7);
      struct wide second = first;
      env_of_caller = &env;
      if (setjmp (env) == 0)
        {
          int a = opaque_int (1), b = opaque_int (2), c = opaque_int (3);
          int d = opaque_int (4), e = opaque_int (5), f = opaque_int (6);
          show (3, &a);
          show (4, &b);
          clobber ();
          if (opaque_int (a + b + c + d + e + f) == 21)
            leave ();
          return a * b * c * d * e * f;
        }
      returns++;
      CHECK (scoped == 7);
      CHECK (outer == 100);
      CHECK (parameter == 55);
      CHECK (*seen[0] == 55 && *seen[1] == 100);
      CHECK (*seen[3] == 1 && *seen[4] == 2);
      CHECK (second.words[5] == 6 && second.words[0] == 1);
      second.words[0] = returns;
      opaque (&second);
      opaque (&first);
      CHECK (first.words[0] == 1);
      scoped++;
      int *kept = show (5, &scoped) ? &scoped : &outer;
      CHECK (*kept == 8);
      __asm__ volatile ("" : "+m"(scoped) : "m"(outer));
      CHECK (kept == seen[5]);
      if (enter)
        break;
    }
  return returns;
}
/* A fresh cell a round, with a return from setjmp in the middle of each.  */
static NOINLINE void rounds (void)
{
  jmp_buf env;
  int *cells[8];
  for (volatile int i = 0; i < 8; i++)
    {
      int k = opaque_int (i) * 3;
      env_of_caller = &env;
      if (setjmp (env) == 0)
        {
          cells[i] = &k;
          clobber ();
          leave ();
        }
      CHECK (cells[i] == &k);
      k++;
    }
  for (int i = 0; i < 8; i++)
    CHECK (*cells[i] == i * 3 + 1);
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
  CHECK (unmodified (55, 0) == 3);
  CHECK (unmodified (55, 1) == 1);
  rounds ();
  return 0;
}
