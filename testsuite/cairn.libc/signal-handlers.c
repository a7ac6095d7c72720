/* Handlers of signals that are nested functions, and stacks for handlers:
   only the kernel has their addresses.  */
/* { dg-options "-Wall -Wno-trampolines -Wno-deprecated-declarations" } */
#define _GNU_SOURCE
#define _XOPEN_SOURCE 700
#include <signal.h>
#include "../lib/check.h"

extern sighandler_t sysv_signal (int, sighandler_t);
extern sighandler_t sigset (int, sighandler_t);

static volatile int ran;

static NOINLINE sighandler_t handler (int n)
{
  int x = n;
  void handle (int sig)
  {
    CHECK (x == n && sig == n);
    ran++;
  }
  return handle;
}
typedef void action (int, siginfo_t *, void *);
static NOINLINE action *acting (int n)
{
  int x = n;
  void act (int sig, siginfo_t *info, void *context)
  {
    char here;
    CHECK (x == n && sig == n && info->si_signo == n && context);
    memset (opaque (&here), 1, 1);
    ran++;
  }
  return act;
}
static NOINLINE void set_action (int sig, int flags)
{
  struct sigaction a;
  memset (&a, 0, sizeof a);
  a.sa_sigaction = acting (sig);
  a.sa_flags = SA_SIGINFO | flags;
  CHECK (sigaction (sig, &a, NULL) == 0);
}
static NOINLINE void set_stack (void)
{
  stack_t stack;
  memset (&stack, 0, sizeof stack);
  stack.ss_sp = malloc (65536);
  stack.ss_size = 65536;
  CHECK (sigaltstack (&stack, NULL) == 0);
}
/* Ask for memory as large as the stack and overwrite it.  */
static NOINLINE void clobber_large (void)
{
  for (int i = 0; i < 20; i++)
    memset (opaque (malloc (65536)), 0x5a, 65536);
}
/* What the stack that the handler ran on has at its start, where nothing was
   written to.  */
static NOINLINE void check_stack (void)
{
  stack_t stack;
  CHECK (sigaltstack (NULL, &stack) == 0 && stack.ss_size == 65536);
  for (int i = 0; i < 100; i++)
    CHECK (((char *) stack.ss_sp)[i] == 0);
}

int
main (void)
{
  set_stack ();
  signal (SIGUSR1, handler (SIGUSR1));
  sysv_signal (SIGUSR2, handler (SIGUSR2));
  sigset (SIGALRM, handler (SIGALRM));
  set_action (SIGTERM, 0);
  set_action (SIGHUP, SA_ONSTACK);
  set_action (SIGRTMAX - 1, SA_ONSTACK);
  clobber ();
  clobber_large ();
  static const int other[] = { SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGHUP };
  for (unsigned i = 0; i < sizeof other / sizeof *other; i++)
    {
      clobber ();
      raise (other[i]);
    }
  raise (SIGRTMAX - 1);
  CHECK (ran == 6);
  /* The old handler is given back.  */
  sighandler_t old = signal (SIGUSR1, SIG_DFL);
  clobber ();
  old (SIGUSR1);
  CHECK (ran == 7);
  check_stack ();
  return 0;
}
