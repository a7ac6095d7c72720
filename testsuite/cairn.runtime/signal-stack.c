/* { dg-options "-static -Wno-deprecated-declarations" } */
/* Where handlers run, on a growable stack made by hand (linked statically to
   reach the runtime's hidden functions): in every combination of an
   interrupted stack, an alternate stack of the program's and SA_ONSTACK, and
   what the program is told.  */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "rt-check.h"

extern uintptr_t cairni_signals_use_stack (uintptr_t lo, uintptr_t hi);

enum
{
#define CAIRN_STACK_ABI(name, value) name = value,
#include "../../runtime/stack-abi.def"
};

#define WORD(offset)                                                           \
  (*(uintptr_t *)((char *)__builtin_thread_pointer () + (offset)))
#define NBYTES 65536
#define NEAR 20000

static volatile int hits;
static volatile uintptr_t at;

static void
handler (int sig, siginfo_t *info, void *context)
{
  (void)context;
  hits += info->si_signo == sig;
  at = (uintptr_t)__builtin_frame_address (0);
}

static void
nesting (int sig)
{
  (void)sig;
  raise (SIGUSR1);
  hits += 100;
  at = (uintptr_t)__builtin_frame_address (0);
}

/* Send SIG to the calling thread with no more than a few words of stack.  */
static __attribute__ ((noinline)) void
send (int sig)
{
  int pid = getpid (), tid = gettid ();
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "0"(234L), "D"(pid), "S"(tid), "d"(sig)
                   : "rcx", "r11", "memory");
}

static void
on_stack (uintptr_t sp, int sig)
{
  if (sp == 0)
    send (sig);
  else
    __asm__ volatile("movq %%rsp, %%rbx; movq %0, %%rsp; call *%1; "
                     "movq %%rbx, %%rsp"
                     : "+r"(sp), "+r"((void (*) (int)){ send }), "+D"(sig)
                     :
                     : "rbx", "rax", "rcx", "rdx", "rsi", "r8", "r9", "r10",
                       "r11", "memory", "cc");
}

static void
try (uintptr_t sp, int sig, int more, uintptr_t below)
{
  hits = 0;
  at = 0;
  on_stack (sp, sig);
  CHECK (hits == more);
  CHECK (at < below && at > below - NEAR);
  CHECK (WORD (SIGNAL_SP) == 0);
}

static int
flags_of (int sig)
{
  struct sigaction action;
  CHECK (sigaction (sig, NULL, &action) == 0);
  CHECK (sig == SIGUSR1 ? action.sa_sigaction == handler
                        : action.sa_handler == nesting);
  return action.sa_flags & (SA_ONSTACK | SA_RESTART | SA_SIGINFO);
}

static void
test (void)
{
  char *growable = mmap (NULL, NBYTES, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *other = mmap (NULL, NBYTES, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *alternate = malloc (NBYTES);
  uintptr_t here = (uintptr_t)__builtin_frame_address (0);
  uintptr_t hi = (here - NBYTES) & -64, lo = hi - 16 * NBYTES;
  uintptr_t g = (uintptr_t)growable + 2048;
  uintptr_t o = (uintptr_t)other + NBYTES - 64;
  uintptr_t a = (uintptr_t)alternate + NBYTES;
  struct sigaction action = { .sa_flags = SA_SIGINFO };
  stack_t stack, old;
  action.sa_sigaction = handler;
  CHECK (sigaction (SIGUSR1, &action, NULL) == 0);
  CHECK (signal (SIGUSR2, nesting) != SIG_ERR);
  WORD (SYSTEM_SP) = cairni_signals_use_stack (lo, hi);
  WORD (STACK_LO) = (uintptr_t)growable;
  WORD (STACK_NBYTES) = NBYTES;
  CHECK (WORD (SYSTEM_SP) < hi && WORD (SYSTEM_SP) > lo);

  /* No alternate stack, as far as the program knows.  */
  CHECK (sigaltstack (NULL, &old) == 0 && old.ss_flags == SS_DISABLE);
  try (0, SIGUSR1, 1, here);
  try (g, SIGUSR1, 1, hi);
  try (o, SIGUSR1, 1, o);
  try (0, SIGUSR2, 101, here);
  try (g, SIGUSR2, 101, hi);
  try (o, SIGUSR2, 101, o);
  for (int i = 0; i < 1024; i++)
    CHECK (growable[i] == 0);
  CHECK (flags_of (SIGUSR1) == SA_SIGINFO && flags_of (SIGUSR2) == SA_RESTART);

  /* One that no handler asked for.  */
  stack = (stack_t){ .ss_sp = alternate, .ss_size = NBYTES };
  CHECK (sigaltstack (&stack, &old) == 0 && old.ss_flags == SS_DISABLE);
  CHECK (sigaltstack (NULL, &old) == 0 && old.ss_sp == alternate);
  CHECK (old.ss_flags == 0 && old.ss_size == NBYTES);
  try (0, SIGUSR1, 1, here);
  try (g, SIGUSR1, 1, hi);
  try (o, SIGUSR1, 1, o);
  try (g, SIGUSR2, 101, hi);

  /* One that one of them asks for.  */
  action.sa_flags |= SA_ONSTACK;
  CHECK (sigaction (SIGUSR1, &action, NULL) == 0);
  CHECK (flags_of (SIGUSR1) == (SA_SIGINFO | SA_ONSTACK));
  try (0, SIGUSR1, 1, a);
  try (g, SIGUSR1, 1, a);
  try (o, SIGUSR1, 1, a);
  try (0, SIGUSR2, 101, here);
  try (g, SIGUSR2, 101, hi);
  try (o, SIGUSR2, 101, o);

  /* None again.  */
  stack.ss_flags = SS_DISABLE;
  CHECK (sigaltstack (&stack, &old) == 0 && old.ss_sp == alternate);
  try (g, SIGUSR1, 1, hi);
  try (o, SIGUSR1, 1, o);
  WORD (SYSTEM_SP) = WORD (STACK_LO) = WORD (STACK_NBYTES) = 0;
  cairni_signals_use_stack (0, 0);
  CHECK (sigaltstack (NULL, &old) == 0 && old.ss_flags == SS_DISABLE);
  try (0, SIGUSR1, 1, here);
  munmap (growable, NBYTES);
  munmap (other, NBYTES);
  free (alternate);
}

/* Older interfaces.  */
static void
test_old (void)
{
  struct sigaction action;
  CHECK (sigset (SIGUSR2, nesting) == nesting);
  CHECK (flags_of (SIGUSR2) == 0);
  CHECK (sighold (SIGUSR2) == 0);
  CHECK (sigset (SIGUSR2, SIG_HOLD) == SIG_HOLD);
  CHECK (sigset (SIGUSR2, nesting) == SIG_HOLD);
  CHECK (siginterrupt (SIGUSR2, 0) == 0 && flags_of (SIGUSR2) == SA_RESTART);
  CHECK (siginterrupt (SIGUSR2, 1) == 0 && flags_of (SIGUSR2) == 0);
  CHECK (signal (SIGUSR2, nesting) == nesting && flags_of (SIGUSR2) == 0);
  CHECK (sysv_signal (SIGUSR2, nesting) == nesting);
  hits = 0;
  raise (SIGUSR2);
  CHECK (hits == 101);
  CHECK (sigaction (SIGUSR2, NULL, &action) == 0);
  CHECK (action.sa_handler == SIG_DFL);
}

static void *
spin (void *unused)
{
  pthread_setcanceltype (PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
  for (;;)
    ;
  return unused;
}

int
main (void)
{
  pthread_t thread;
  void *result;
  test ();
  test ();
  test_old ();
  CHECK (pthread_create (&thread, NULL, spin, NULL) == 0);
  CHECK (setuid (getuid ()) == 0);
  CHECK (pthread_cancel (thread) == 0);
  CHECK (pthread_join (thread, &result) == 0 && result == PTHREAD_CANCELED);
  return 0;
}
