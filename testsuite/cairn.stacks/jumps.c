/* jumps.c: setjmp and longjmp up the stack, which has moved meanwhile, from a
   callback and out of a handler.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

#include "stacks.h"
#include <setjmp.h>
#include <signal.h>

static sigjmp_buf env;

static long
jump (long value)
{
  siglongjmp (env, value);
}

static int
compare (const void *a, const void *b)
{
  siglongjmp (env, 7);
  return 0;
}

static long
jump_from_callback (long unused)
{
  int numbers[2] = { 2, 1 };
  qsort (numbers, 2, sizeof *numbers, compare);
  return 0;
}

static void
handler (int sig)
{
  siglongjmp (env, sig);
}

static long
jump_from_handler (long sig)
{
  struct sigaction action = { .sa_handler = handler, .sa_flags = SA_ONSTACK };
  sigaction (sig, &action, NULL);
  raise (sig);
  return 0;
}

static long
mask_is_empty (long sig)
{
  sigset_t set;
  sigprocmask (SIG_SETMASK, NULL, &set);
  CHECK (!sigismember (&set, sig));
  return 0;
}

/* The C library's own, in the same place.  */
static long
foreign (void)
{
  volatile int n = 0;
  int value = sigsetjmp (env, 1);
  n++;
  if (n < 5)
    longjmp (env, n);
  CHECK (value == 4);
  return 0;
}

struct step steps[] = {
  { jump_test, { (long) env, 0, (long) jump, 1 }, .wanted = 1 },
  { jump_test, { (long) env, 0, (long) jump, 0 }, .wanted = 1 },
  { jump_test, { (long) env, 1000, (long) jump, 5 }, .wanted = 5 },
  { foreign },
  { jump_test, { (long) env, 10000, (long) jump, 6 }, .wanted = 6 },
  { jump_test, { (long) env, 10, (long) jump_from_callback, 0 }, .wanted = 7 },
  { jump_test, { (long) env, 10, (long) jump_from_handler, SIGUSR1 },
    .wanted = SIGUSR1 },
  { mask_is_empty, { SIGUSR1 } },
  { jump_test, { (long) env, 10, (long) jump_from_handler, SIGUSR1 },
    .wanted = SIGUSR1 },
  { jump_test, { (long) env, 20000, (long) jump, 8 }, .wanted = 8 },
  { 0 }
};
