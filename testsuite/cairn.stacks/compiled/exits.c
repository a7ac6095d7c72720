/* What runs before main and after it.
   { cairn-foreign }
   { cairn-also }

   Catches: a constructor before main has its growable stack, a destructor or an
   exit handler after it, that runs on a stack which is not there.  */

#include "compiled.h"

extern int away_constructed, here_constructed;
extern void away_register (void (*fn) (void));
extern int order;

#ifdef FOREIGN

int away_constructed;

static __attribute__ ((constructor)) void
construct (void)
{
  stand ();
  away_constructed++;
}

static __attribute__ ((destructor)) void
destruct (void)
{
  stand ();
}

NOINLINE void
away_register (void (*fn) (void))
{
  stand ();
  atexit (fn);
}

#else

int here_constructed, order;

static NOINLINE int
construction (int depth)
{
  int mine = depth;
  grow_addressed (10, NULL);
  if (depth > 0)
    construction (depth - 1);
  CHECK (mine == depth);
  return 1;
}

static __attribute__ ((constructor)) void
construct (void)
{
  here_constructed += construction (100);
}

static __attribute__ ((constructor (101))) void
construct_early (void)
{
  here_constructed += construction (10);
}

/* The last to run.  */
static __attribute__ ((destructor)) void
destruct (void)
{
  CHECK (grow (1000) == 1000);
  grow_addressed (1000, NULL);
  CHECK (order == 4);
  _exit (0);
}

static void
handler_1 (void)
{
  CHECK (++order == 4);
  grow (1000);
}

static void
handler_2 (void)
{
  CHECK (++order == 2);
  grow_addressed (500, NULL);
}

static void
handler_3 (int status, void *argument)
{
  CHECK (++order == 3 && status == 3 && *(int *) argument == 77);
  grow_addressed (2000, NULL);
}

static void
handler_4 (void)
{
  CHECK (++order == 1);
  atexit (handler_2);
  grow (100);
}

/* exit from deep in a growable stack, with frames of all kinds alive.  */
static NOINLINE void
end (int depth)
{
  int mine = depth;
  if (depth == 0)
    exit (3);
  end (depth - 1);
  CHECK (mine == -1);
}

int
main (void)
{
  static int value = 77;
  CHECK (here_constructed == 2 && away_constructed == 1);
  atexit (handler_1);
  on_exit (handler_3, &value);
  away_register (handler_4);
  /* handler_4 registers handler_2, which runs next.  */
  grow (200);
  end (500);
  return 1;
}
#endif
