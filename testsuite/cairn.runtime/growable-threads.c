/* Threads on growable stacks: deep recursion with objects that only the stack
   leads to, while other threads collect and send signals; their ends, by
   return, exit and cancellation at any depth; fork.  */
/* { dg-options "-pthread -fexceptions" } */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <threads.h>
#include <ucontext.h>
#include "growable.h"

static atomic_int hits, stop, depth_now;

static void
handler (int sig, siginfo_t *info, void *context)
{
  volatile char room[3000];
  (void) info;
  (void) context;
  room[0] = sig;
  room[2999] = room[0];
  free (malloc (100));
  atomic_fetch_add (&hits, 1);
}

static void
note_depth (long depth)
{
  atomic_store (&depth_now, depth);
}

/* DEPTH calls of itself, with an object each, and FN (ARG) at the bottom.  */
extern long deep (long depth, void (*fn) (long arg), long arg);
MARKED (deep, deep_1);
__attribute__ ((used, noipa)) static long
deep_1 (long depth, void (*fn) (long arg), long arg)
{
  unsigned long *object
      = (unsigned long *) foreign (new_object, 0, 0, 0);
  long result = 1;
  if (depth % 64 == 0)
    foreign (note_depth, depth, 0, 0);
  if (depth > 0)
    result += deep (depth - 1, fn, arg);
  else
    foreign (fn, arg, 0, 0);
  if (object[0] != PATTERN)
    foreign (abort, 0, 0, 0);
  return result;
}

static void
nothing (long arg)
{
  (void) arg;
}

static void *start_deep (void *arg);
extern void *start_deep_marked (void *arg);
MARKED (start_deep_marked, start_deep);
__attribute__ ((used)) static void *
start_deep (void *arg)
{
  long sum;
  do
    {
      sum = deep ((long) arg, nothing, 0);
      /* Computing, on the growable stack.  */
      for (int i = 0; i < 100000; i++)
        __asm__ volatile ("" : "+r"(sum));
    }
  while (sum == (long) arg + 1 && !stop);
  return (void *) sum;
}

static void *
annoy (void *arg)
{
  pthread_t *threads = arg;
  while (!atomic_load (&stop))
    {
      for (int i = 0; i < 3; i++)
        pthread_kill (threads[i], SIGUSR1);
      cairn_gc ();
    }
  return NULL;
}

static void
test_annoyed (void)
{
  pthread_t threads[3], other;
  atomic_store (&stop, 0);
  for (int i = 0; i < 3; i++)
    CHECK (pthread_create (&threads[i], NULL, start_deep_marked,
                           (void *) (300l * (i + 1)))
           == 0);
  CHECK (pthread_create (&other, NULL, annoy, threads) == 0);
  for (int i = 0; i < 3; i++)
    {
      void *result;
      if (i == 0)
        {
          /* Before any is joined: it could not be sent signals.  */
          while (atomic_load (&hits) < 100)
            usleep (1000);
          atomic_store (&stop, 1);
          CHECK (pthread_join (other, NULL) == 0);
        }
      CHECK (pthread_join (threads[i], &result) == 0);
      CHECK (result == (void *) (300l * (i + 1) + 1));
    }
}

/* Signals and collections while foreign code runs on a stack of its own, which is
   no root by itself.  Its caller's frames wait below where handlers start.  */

#define OTHER_NBYTES 65536

static ucontext_t back, there;
static atomic_int other_hits;

static void
other_handler (int sig)
{
  char here;
  CHECK (&here > (char *) there.uc_stack.ss_sp);
  CHECK (&here < (char *) there.uc_stack.ss_sp + OTHER_NBYTES);
  atomic_fetch_add (&other_hits, sig == SIGUSR2);
}

static void
on_other_stack (void)
{
  sigset_t set;
  sigemptyset (&set);
  sigaddset (&set, SIGUSR2);
  CHECK (pthread_sigmask (SIG_UNBLOCK, &set, NULL) == 0);
  for (int i = 0; i < 100 || atomic_load (&other_hits) < 100; i++)
    {
      unsigned long *object = new_object ();
      for (int j = 0; j < 10000; j++)
        __asm__ volatile ("" : "+r"(object));
      CHECK (object[0] == PATTERN);
    }
  CHECK (pthread_sigmask (SIG_BLOCK, &set, NULL) == 0);
}

static void
change_stack (void)
{
  struct sigaction action = { .sa_flags = 0 };
  unsigned long *volatile objects[64];
  void *stack = mmap (NULL, OTHER_NBYTES, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK (stack != MAP_FAILED);
  action.sa_handler = other_handler;
  for (int i = 0; i < 64; i++)
    objects[i] = new_object ();
  CHECK (getcontext (&there) == 0);
  there.uc_stack.ss_sp = stack;
  there.uc_stack.ss_size = OTHER_NBYTES;
  there.uc_link = &back;
  makecontext (&there, on_other_stack, 0);
  CHECK (sigaction (SIGUSR2, &action, NULL) == 0);
  CHECK (swapcontext (&back, &there) == 0);
  for (int i = 0; i < 64; i++)
    CHECK (objects[i][0] == PATTERN);
  atomic_store (&stop, 1);
}

static void *other (void *arg);
extern void *other_marked (void *arg);
MARKED (other_marked, other);
__attribute__ ((used)) static void *
other (void *arg)
{
  foreign (change_stack, 0, 0, 0);
  return arg;
}

static void
test_other_stack (void)
{
  pthread_t thread;
  sigset_t set;
  sigemptyset (&set);
  sigaddset (&set, SIGUSR2);
  atomic_store (&stop, 0);
  atomic_store (&other_hits, 0);
  CHECK (pthread_sigmask (SIG_BLOCK, &set, NULL) == 0);
  CHECK (pthread_create (&thread, NULL, other_marked, NULL) == 0);
  while (!atomic_load (&stop))
    {
      CHECK (pthread_kill (thread, SIGUSR2) == 0);
      cairn_gc ();
    }
  CHECK (pthread_join (thread, NULL) == 0);
  CHECK (pthread_sigmask (SIG_UNBLOCK, &set, NULL) == 0);
}

/* Collections in handlers that interrupt the growable stack, on either kind of
   alternate stack.  The object is known to a register and the stack only.  */

static void
collecting_handler (int sig)
{
  /* More than the part of the system stack that only signals use.  */
  volatile char room[20000];
  room[0] = sig;
  collect ();
  room[19999] = room[0];
}

static void
set_handler (long wants_stack)
{
  struct sigaction action = { .sa_flags = wants_stack ? SA_ONSTACK : 0 };
  stack_t stack = { .ss_sp = cairn_rt_malloc (65536, NULL),
                    .ss_size = 65536 };
  action.sa_handler = collecting_handler;
  CHECK (sigaction (SIGUSR2, &action, NULL) == 0);
  if (wants_stack)
    CHECK (sigaltstack (&stack, NULL) == 0);
}

/* Below all that was ever called by foreign: send the calling thread SIGUSR2
   while only a register, or only a word of this frame, leads to the object at
   the HIDDEN address.  */
extern long bottom (long depth, uintptr_t hidden, long is_word);
MARKED (bottom, bottom_1);
__attribute__ ((used, noipa)) static long
bottom_1 (long depth, uintptr_t hidden, long is_word)
{
  if (depth > 0)
    return bottom (depth - 1, hidden, is_word) + 1;
  register uintptr_t object __asm__ ("r8") = ~hidden;
  long pid, tid;
  __asm__ volatile ("syscall" : "=a"(pid) : "0"(39l) : "rcx", "r11");
  __asm__ volatile ("syscall" : "=a"(tid) : "0"(186l) : "rcx", "r11");
  if (is_word)
    {
      volatile uintptr_t words[32];
      words[0] = object;
      object = 0;
      __asm__ volatile ("syscall"
                        : "+r"(object)
                        : "a"(234l), "D"(pid), "S"(tid), "d"((long) SIGUSR2)
                        : "rcx", "r11", "memory", "rbx", "r9", "r10", "r12",
                          "r13", "r14", "r15");
      object = words[0];
    }
  else
    __asm__ volatile ("syscall"
                      : "+r"(object)
                      : "a"(234l), "D"(pid), "S"(tid), "d"((long) SIGUSR2)
                      : "rcx", "r11", "memory");
  return *(unsigned long *) object != PATTERN ? -100 : 0;
}

static uintptr_t
hidden_object (void)
{
  uintptr_t hidden = hide (new_object ());
  wipe_stack ();
  return hidden;
}

static void *interrupted (void *arg);
extern void *interrupted_marked (void *arg);
MARKED (interrupted_marked, interrupted);
__attribute__ ((used)) static void *
interrupted (void *arg)
{
  long bad = 0;
  foreign (set_handler, (long) arg, 0, 0);
  for (long i = 0; i < 20; i++)
    {
      long depth = 10 * i + 20;
      uintptr_t hidden = foreign (hidden_object, 0, 0, 0);
      bad += bottom (depth, hidden, i % 2) != depth;
    }
  bad += deep (300, nothing, 0) != 301;
  return (void *) bad;
}

static void
test_interrupted (void)
{
  for (long i = 0; i < 4; i++)
    {
      pthread_t thread;
      void *result;
      CHECK (pthread_create (&thread, NULL, interrupted_marked,
                             (void *) (i % 2))
             == 0);
      CHECK (pthread_join (thread, &result) == 0 && result == NULL);
    }
}

/* Ends.  */

static void
leave (long arg)
{
  pthread_exit ((void *) arg);
}

static void
wait_for_cancel (long arg)
{
  (void) arg;
  for (;;)
    pause ();
}

static void
compute_for_ever (long arg)
{
  for (;;)
    __asm__ volatile ("" : "+r"(arg));
}

static void
set_asynchronous (void)
{
  pthread_setcanceltype (PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
}

static atomic_int ncleaned;
static void
clean (void *unused)
{
  (void) unused;
  atomic_fetch_add (&ncleaned, 1);
}

/* Code of others that has a handler.  */
static void
wait_and_clean (long arg)
{
  pthread_cleanup_push (clean, NULL);
  wait_for_cancel (arg);
  pthread_cleanup_pop (0);
}

/* A function of ours that has one: the unwinder goes on in it, on the growable
   stack, and is called again from there.  */
static inline void
clean_growable (int *unused)
{
  foreign (clean, 0, 0, 0);
  (void) unused;
}
extern long guarded (long depth, void (*fn) (long arg), long arg);
MARKED (guarded, guarded_1);
__attribute__ ((used, noipa)) static long
guarded_1 (long depth, void (*fn) (long arg), long arg)
{
  __attribute__ ((cleanup (clean_growable))) int guard;
  if (depth > 0)
    return guarded (depth - 1, fn, arg) + 1;
  return deep (30, fn, arg);
}

static void *end_thread (void *arg);
extern void *end_thread_marked (void *arg);
MARKED (end_thread_marked, end_thread);
__attribute__ ((used)) static void *
end_thread (void *arg)
{
  long how = (long) arg;
  long depth = 20 + how % 2 * 1000;
  if (how / 2 == 0)
    return (void *) deep (depth, leave, 17);
  if (how / 2 == 1)
    return (void *) deep (depth, wait_for_cancel, 0);
  if (how / 2 == 2)
    return (void *) deep (depth, wait_and_clean, 0);
  if (how / 2 == 3)
    return (void *) guarded (depth, wait_and_clean, 0);
  foreign (set_asynchronous, 0, 0, 0);
  if (how / 2 == 4)
    return (void *) deep (depth, compute_for_ever, 0);
  /* On the growable stack itself.  */
  foreign (note_depth, 0, 0, 0);
  compute_for_ever (0);
  return NULL;
}

static void *
look (void *unused)
{
  for (int offset = GUARD; offset <= ARRIVAL_SP; offset += 8)
    CHECK (WORD (offset) == 0);
  return unused;
}

static void
test_ends (void)
{
  for (int how = 0; how < 12; how++)
    {
      pthread_t thread;
      void *result;
      atomic_store (&depth_now, -1);
      CHECK (pthread_create (&thread, NULL,
                             end_thread_marked,
                             (void *) (long) how)
             == 0);
      if (how / 2 > 0)
        {
          while (atomic_load (&depth_now) != 0)
            usleep (100);
          usleep (2000);
          cairn_gc ();
          CHECK (pthread_cancel (thread) == 0);
        }
      CHECK (pthread_join (thread, &result) == 0);
      CHECK (result == (how / 2 == 0 ? (void *) 17 : PTHREAD_CANCELED));
      CHECK (pthread_create (&thread, NULL, look, NULL) == 0);
      CHECK (pthread_join (thread, NULL) == 0);
    }
  CHECK (atomic_load (&ncleaned) == 2 + 2 * 22 + 1000);
}

/* C11's threads, and the words while one runs.  */
static int c11 (void *arg);
extern int c11_marked (void *arg);
MARKED (c11_marked, c11);
__attribute__ ((used)) static int
c11 (void *arg)
{
  if (WORD (STACK_NBYTES) == 0)
    return -1;
  return deep ((long) arg, nothing, 0);
}

static void
test_c11 (void)
{
  thrd_t thread;
  int result;
  CHECK (thrd_create (&thread, c11_marked, (void *) 500l)
         == thrd_success);
  CHECK (thrd_join (thread, &result) == thrd_success && result == 501);
}

/* The child of a fork goes on on the growable stack.  */
static void
fork_here (long arg)
{
  (void) arg;
  pid_t child = fork ();
  int status;
  CHECK (child >= 0);
  if (child == 0)
    {
      cairn_gc ();
      raise (SIGUSR1);
      return;
    }
  CHECK (waitpid (child, &status, 0) == child);
  CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 42);
}

static void *forking (void *arg);
extern void *forking_marked (void *arg);
MARKED (forking_marked, forking);
__attribute__ ((used)) static void *
forking (void *arg)
{
  long pid = foreign (getpid, 0, 0, 0);
  long sum = deep ((long) arg, fork_here, 0);
  sum += deep (2 * (long) arg, nothing, 0);
  if (foreign (getpid, 0, 0, 0) != pid)
    foreign (_exit, sum == 3 * (long) arg + 2 ? 42 : 1, 0, 0);
  return NULL;
}

static void
test_fork (void)
{
  pthread_t threads[4];
  for (int i = 0; i < 4; i++)
    CHECK (pthread_create (&threads[i], NULL,
                           forking_marked,
                           (void *) (100l * i + 100))
           == 0);
  for (int i = 0; i < 4; i++)
    CHECK (pthread_join (threads[i], NULL) == 0);
}

/* What the program sees of its handlers.  */
static void
test_flags (void)
{
  struct sigaction action;
  stack_t stack;
  CHECK (sigaction (SIGUSR1, NULL, &action) == 0);
  CHECK (action.sa_sigaction == handler);
  CHECK ((action.sa_flags & (SA_ONSTACK | SA_RESTART)) == SA_RESTART);
  CHECK (sigaltstack (NULL, &stack) == 0);
  CHECK (stack.ss_flags == SS_DISABLE && stack.ss_size == 0);
}

int
main (int argc, char **argv)
{
  struct sigaction action = { .sa_flags = SA_SIGINFO | SA_RESTART };
  action.sa_sigaction = handler;
  CHECK (sigaction (SIGUSR1, &action, NULL) == 0);
  (void) argc;
  run_in_modes (argv);
  test_annoyed ();
  test_other_stack ();
  test_interrupted ();
  test_ends ();
  test_c11 ();
  test_fork ();
  test_flags ();
  return 0;
}
