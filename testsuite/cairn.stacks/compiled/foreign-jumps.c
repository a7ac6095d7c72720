/* Foreign code that jumps over frames of the address stack.
   { cairn-foreign }

   Catches: a frame left by a jump that the runtime does not see, whose chunk is
   still the current one when an older frame ends.  */

#ifdef FOREIGN
#include <setjmp.h>

static jmp_buf place;

void
foreign_jump (void)
{
  longjmp (place, 1);
}

int
foreign_try (void (*call) (int), int n)
{
  if (setjmp (place) == 0)
    {
      call (n);
      return 0;
    }
  return 1;
}
#else
#include "compiled.h"

extern void foreign_jump (void);
extern int foreign_try (void (*call) (int), int n);

static LOOKS int
look (int *p)
{
  return *p;
}

static NOINLINE void
push (int n)
{
  int mine[20] = { n };
  CHECK (look (HIDE (mine)) == n);
  if (n == 0)
    foreign_jump ();
  push (n - 1);
  CHECK (mine[0] == n);
}

static NOINLINE int
attempt (int depth)
{
  int mine = depth;
  CHECK (look (HIDE (&mine)) == depth);
  CHECK (foreign_try (push, depth) == 1);
  return look (HIDE (&mine));
}

static NOINLINE int
nest (int n, int depth)
{
  int mine[10] = { n, n + 1 };
  CHECK (look (HIDE (mine)) == n);
  if (n > 0)
    nest (n - 1, depth);
  CHECK (attempt (depth) == depth);
  CHECK (mine[0] == n && mine[1] == n + 1);
  return n;
}

int
main (void)
{
  for (int depth = 0; depth < 700; depth += 23)
    CHECK (nest (depth % 50, depth) == depth % 50);
  return 0;
}
#endif
