/* Static and constructor-time storage: globals, constructors, common
   symbols, pointers in read-only relocated data, coroutine stacks.  */
#include <signal.h>
#include <ucontext.h>
#include "../lib/check.h"

static int *in_bss, *in_data = (int *) 1;
static struct { char pad[3]; int *p; } odd_place[3];
static int *from_constructor;

static NOINLINE int *local (int n) { int x = n; return &x; }
__attribute__ ((constructor)) static void construct (void)
{
  from_constructor = local (9);
}

static ucontext_t home, away;
static int *coroutine_result;
static void coroutine (void)
{
  int *volatile mine = local (1);
  swapcontext (&away, &home);
  clobber ();
  CHECK (*mine == 1);
  coroutine_result = local (2);
  swapcontext (&away, &home);
}

static volatile int handled;
static void on_signal (int n)
{
  int *p = local (n);
  clobber ();
  CHECK (*p == n);
  handled = 1;
}

int
main (void)
{
  in_bss = local (1);
  in_data = local (2);
  odd_place[1].p = local (3);
  clobber ();
  CHECK (*in_bss == 1 && *in_data == 2 && *odd_place[1].p == 3);
  CHECK (*from_constructor == 9);

  /* A stack that malloc gave.  */
  size_t nbytes = 256 * 1024;
  getcontext (&away);
  away.uc_stack.ss_sp = malloc (nbytes);
  away.uc_stack.ss_size = nbytes;
  away.uc_link = &home;
  makecontext (&away, coroutine, 0);
  swapcontext (&home, &away);
  clobber ();
  swapcontext (&home, &away);
  clobber ();
  CHECK (*coroutine_result == 2);

  /* A handler on an alternate stack.  */
  stack_t alternate = { .ss_sp = malloc (nbytes), .ss_size = nbytes };
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_handler = on_signal;
  action.sa_flags = SA_ONSTACK;
  CHECK (sigaltstack (&alternate, NULL) == 0);
  sigaction (SIGUSR2, &action, NULL);
  int *p = local (4);
  raise (SIGUSR2);
  CHECK (handled && *p == 4);
  return 0;
}
