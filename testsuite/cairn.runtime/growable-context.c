/* Coroutines that a timer changes, of a thread that has a growable stack: their
   handlers must be on their own stacks, and not where the thread's frames wait.
   Another thread collects.  */
/* { dg-options "-pthread" } */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/time.h>
#include <ucontext.h>
#include "growable.h"

extern void *cairn_rt_frame_alloc (size_t nbytes, size_t align);
extern void cairn_rt_frame_release (void *end);

#define N 5
#define NTICKS 200
#define NBYTES 65536

static ucontext_t main_context, contexts[N];
static volatile int turn;
static int unused;
static atomic_int nticks;
static sigset_t timer_set;

static void
tick (int sig)
{
  int now = turn;
  char *here = (char *) &now;
  (void) sig;
  atomic_fetch_add (&nticks, 1);
  if (now < 0)
    return;
  CHECK (here > (char *) contexts[now].uc_stack.ss_sp);
  CHECK (here < (char *) contexts[now].uc_stack.ss_sp + NBYTES);
  turn = (now + 1) % N;
  CHECK (swapcontext (&contexts[now], &contexts[turn]) == 0);
}

static void
mask (int how)
{
  pthread_sigmask (how, &timer_set, NULL);
}

static void
routine (int i)
{
  mask (SIG_BLOCK);
  cairn_rt_frame_alloc (16, 16);
  mask (SIG_UNBLOCK);
  for (int k = 0; atomic_load (&nticks) < NTICKS; k++)
    {
      mask (SIG_BLOCK);
      void *end = (void *) WORD (FRAME_PTR);
      unsigned long **frame
          = cairn_rt_frame_alloc (16 * (1 + (k + i) % 300), 16);
      frame[0] = new_object ();
      mask (SIG_UNBLOCK);
      for (volatile int j = 0; j < 20000; j++)
        ;
      CHECK (frame[0][0] == PATTERN);
      mask (SIG_BLOCK);
      cairn_rt_frame_release (end);
      mask (SIG_UNBLOCK);
    }
  mask (SIG_BLOCK);
  turn = -1;
  setcontext (&main_context);
}

static void
schedule (void)
{
  struct itimerval timer = { { 0, 1000 }, { 0, 1000 } };
  volatile unsigned long guard[512];
  volatile int was_there = 0;
  for (int i = 0; i < 512; i++)
    guard[i] = PATTERN + i;
  for (int i = 0; i < N; i++)
    {
      CHECK (getcontext (&contexts[i]) == 0);
      contexts[i].uc_stack.ss_sp = malloc (NBYTES);
      contexts[i].uc_stack.ss_size = NBYTES;
      contexts[i].uc_link = NULL;
      makecontext (&contexts[i], (void (*) (void)) routine, 1, i);
    }
  turn = 0;
  CHECK (setitimer (ITIMER_REAL, &timer, NULL) == 0);
  CHECK (getcontext (&main_context) == 0);
  if (!was_there++)
    setcontext (&contexts[0]);
  timer = (struct itimerval){ 0 };
  CHECK (setitimer (ITIMER_REAL, &timer, NULL) == 0);
  for (int i = 0; i < 512; i++)
    CHECK (guard[i] == PATTERN + i);
}

static void *start (void *arg);
extern void *start_marked (void *arg);
MARKED (start_marked, start);
__attribute__ ((used)) static void *
start (void *arg)
{
  if (WORD (STACK_NBYTES) == 0)
    foreign (abort, 0, 0, 0);
  foreign (schedule, 0, 0, 0);
  return arg;
}

int
main (int argc, char **argv)
{
  pthread_t thread;
  void *result;
  struct sigaction action = { .sa_flags = SA_RESTART };
  (void) argc;
  run_in_modes (argv);
  action.sa_handler = tick;
  CHECK (sigaction (SIGALRM, &action, NULL) == 0);
  sigemptyset (&timer_set);
  sigaddset (&timer_set, SIGALRM);
  /* The timer's signals are for the thread below.  */
  mask (SIG_BLOCK);
  CHECK (pthread_create (&thread, NULL, start_marked, &unused) == 0);
  while (atomic_load (&nticks) < NTICKS)
    {
      cairn_gc ();
      usleep (300);
    }
  CHECK (pthread_join (thread, &result) == 0 && result == (void *) &unused);
  return 0;
}
