/* setjmp and longjmp in all directions: deep, with frames of both stacks and
   alloca's memory alive, from callbacks, through foreign code, out of signal
   handlers on the alternate stack, with the mask of signals.
   { cairn-foreign }
   { cairn-also }

   Catches: a jump to where the stack was; an address stack that is not set back,
   or whose limit belongs to another chunk; live memory of alloca that is given
   back; a thread that takes itself to be on the wrong stack after a jump.  */

#include <alloca.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/resource.h>
#include "compiled.h"

extern LOOKS int away (int (*fn) (void *), void *argument);
extern int away_set (int (*fn) (void *), void *argument);

#ifdef FOREIGN

NOINLINE int
away (int (*fn) (void *), void *argument)
{
  volatile char bytes[5000];
  bytes[4999] = 1;
  return fn (argument) + bytes[4999];
}

/* setjmp of foreign code, jumped to by foreign code through code of Cairn.  */
static jmp_buf own;

static int
jump_own (void *argument)
{
  (void) argument;
  longjmp (own, 21);
}

NOINLINE int
away_set (int (*fn) (void *), void *argument)
{
  (void) argument;
  stand ();
  int value = setjmp (own);
  if (value == 0)
    fn ((void *) jump_own);
  return value;
}

#else

static jmp_buf there;
static sigjmp_buf signal_there;

/* Jump from DEPTH frames of both kinds further down.  */
static LOOKS int
jump_from (int depth, int *outer)
{
  int mine = depth;
  char *block = alloca (depth % 50 + 1);
  block[0] = depth;
  if (depth == 0)
    longjmp (there, *outer);
  int result = jump_from (depth - 1, depth % 3 ? outer : &mine);
  CHECK (block[0] == (char) depth);
  return result;
}

static NOINLINE int
deep (int depth)
{
  volatile int before = 1;
  int kept = 10;
  int *volatile address = &kept;
  char *volatile block = alloca (200);
  memset (block, 7, 200);
  int value = setjmp (there);
  if (value == 0)
    {
      before = 2;
      kept = 11;
      jump_from (depth, address);
    }
  CHECK (value != 0 && before == 2 && *address == 11);
  for (int i = 0; i < 200; i++)
    CHECK (block[i] == 7);
  /* The address stack goes on behind alloca's memory.  */
  char *more = alloca (300);
  memset (more, 8, 300);
  grow_addressed (50, NULL);
  for (int i = 0; i < 200; i++)
    CHECK (block[i] == 7);
  CHECK (more[0] == 8 && more[299] == 8);
  return 1;
}

/* Jumps to a setjmp from before there was an address stack, so that each might
   begin one anew.  */
static NOINLINE void
begin (int n)
{
  int local = n;
  jump_from (10, &local);
}

static NOINLINE long
resident_kb (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static NOINLINE long
from_nothing (void)
{
  volatile int n = 0;
  long before = resident_kb ();
  setjmp (there);
  n++;
  if (n < 20000)
    begin (n);
  return resident_kb () - before;
}

/* Many jumps to one setjmp, after which the stack is as it was, so that the
   number does not matter.  */
static NOINLINE int
again (int times)
{
  volatile int n = 0;
  int one = 1;
  setjmp (there);
  if (n < times)
    {
      n++;
      jump_from (n % 400, &one);
    }
  return n;
}

static int
jump_callback (void *argument)
{
  int mine = *(int *) argument;
  grow_addressed (20, NULL);
  longjmp (there, mine);
}

static int
nested_callback (void *argument)
{
  int (*next) (void *) = argument ? jump_callback : NULL;
  return away (next, argument);
}

static NOINLINE int
out_of_callbacks (void)
{
  int four = 4;
  volatile int n = 0;
  int value = setjmp (there);
  if (value == 0)
    away (jump_callback, &four);
  else if (n++ == 0)
    {
      CHECK (value == 4);
      away (nested_callback, &four);
    }
  grow (100);
  grow_addressed (100, NULL);
  return n;
}

/* setjmp in a callback on the system stack, jumped to from there.  */
static int
set_in_callback (void *argument)
{
  jmp_buf outer;
  memcpy (outer, there, sizeof outer);
  int three = 3;
  volatile int x = 5;
  int value = setjmp (there);
  if (value == 0)
    {
      x = 6;
      if (argument)
	away (jump_callback, &three);
      else
	jump_from (30, &three);
    }
  CHECK (value == 3 && x == 6);
  grow_addressed (30, NULL);
  memcpy (there, outer, sizeof outer);
  return 70;
}

static int
pass_on (void *fn)
{
  grow (20);
  return away ((int (*) (void *)) fn, NULL);
}

/* Handlers.  */
static volatile int nsignals;

static void
jump_handler (int signal)
{
  int mine = signal;
  nsignals++;
  grow_addressed (30, NULL);
  siglongjmp (signal_there, *(int *) HIDE (&mine));
}

static void
jump_handler_callback (int signal)
{
  nsignals++;
  away (jump_callback, &signal);
}

static int
compare_raise (const void *a, const void *b)
{
  (void) a;
  (void) b;
  raise (SIGUSR1);
  return 0;
}

static NOINLINE int
out_of_handler (int depth)
{
  int mine = depth;
  int *volatile address = &mine;
  if (depth > 0)
    {
      int result = out_of_handler (depth - 1);
      CHECK (*address == depth);
      return result;
    }
  volatile int n = 0;
  int value = sigsetjmp (signal_there, 1);
  CHECK (value == 0 || value == SIGUSR1);
  sigset_t mask;
  sigprocmask (SIG_BLOCK, NULL, &mask);
  CHECK (!sigismember (&mask, SIGUSR1));
  grow (n * 10);
  grow_addressed (n * 5, NULL);
  if (n++ < 20)
    {
      if (n % 2)
	raise (SIGUSR1);
      else
	{
	  int two[2] = { 2, 1 };
	  qsort (two, 2, sizeof (int), compare_raise);
	}
      CHECK (0);
    }
  /* Without the mask: it stays blocked.  */
  signal (SIGUSR2, jump_handler_callback);
  value = setjmp (there);
  if (value == 0)
    raise (SIGUSR2);
  CHECK (value == SIGUSR2);
  sigprocmask (SIG_BLOCK, NULL, &mask);
  CHECK (sigismember (&mask, SIGUSR2));
  sigemptyset (&mask);
  sigprocmask (SIG_SETMASK, &mask, NULL);
  return n;
}

/* A jump out of a handler that a fault in this function caused.  */
static NOINLINE int
out_of_fault (int *volatile p)
{
  volatile int x = 1;
  signal (SIGSEGV, jump_handler);
  if (sigsetjmp (signal_there, 1) == 0)
    {
      x = 2;
      grow (100);
      *p = 1;
      return 0;
    }
  grow_addressed (100, NULL);
  return x;
}

int
main (void)
{
  CHECK (from_nothing () < 20000);
  for (int depth = 0; depth < (stressed () ? 500 : 10000);
       depth = depth * 3 + 1)
    CHECK (deep (depth) == 1);
  int times = stressed () ? 200 : 2000;
  CHECK (again (times) == times);
  CHECK (out_of_callbacks () == 2);
  CHECK (away (set_in_callback, NULL) == 71);
  int one = 1;
  CHECK (away (set_in_callback, &one) == 71);
  CHECK (set_in_callback (NULL) == 70 && set_in_callback (&one) == 70);
  CHECK (away_set (pass_on, NULL) == 21);
  CHECK (grow (100) == 100);

  struct sigaction action = { .sa_handler = jump_handler };
  sigaction (SIGUSR1, &action, NULL);
  CHECK (out_of_handler (0) == 21);
  CHECK (out_of_handler (300) == 21);
  for (int i = 0; i < 50; i++)
    CHECK (out_of_fault (NULL) == 2);
  CHECK (deep (1000) == 1);
  return 0;
}
#endif
