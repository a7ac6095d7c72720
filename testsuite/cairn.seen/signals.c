/* signals.c: SIGQUIT and signals that end the program, with the dump before that;
   what the program does with them itself.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

/* { seen-run "quit" 2 "^SIGQUIT: quit..goroutine 1 \[running\]:.*  quit \+ [0-9]+.  main \+ [0-9]+..goroutine [0-9]+ \[chan receive\]:.  waits \+ [0-9]+.created by main in goroutine 1$" } */
/* { seen-run "quit_in_loop" 2 "^SIGQUIT: quit.*goroutine 1 \[running\]:.  quit_in_loop \+ [0-9]+.  main \+ [0-9]+" } */
/* { seen-run "quit_asleep" 2 "^SIGQUIT: quit.*goroutine 1 \[sleep\]:.  quit_asleep \+ [0-9]+.  main \+ [0-9]+" } */
/* { seen-run "quit_stuck" 2 "^SIGQUIT: quit..goroutine 1 \[running\]:.*  quit_stuck \+ [0-9]+.  main \+ [0-9]+.*not all threads could be stopped.*\[chan receive\]:.  waits \+ [0-9]+" } */
/* { seen-run "quit_storm" 2 "^SIGQUIT: quit.*goroutine 1 \[.*main \+ [0-9]+.*\[chan receive\]:.  waits \+ [0-9]+" } */
/* { seen-run "quit_after_own" 2 "^SIGQUIT: quit..goroutine 1 \[running\]:.*  quit_after_own \+ [0-9]+.  main" } */
/* { seen-run "own_quit" 0 "^own$" } */
/* { seen-run "ignored_quit" 0 "^$" } */
/* { seen-run "hidden" 0 "^$" } */
/* { seen-run "segv" SIGSEGV "^SIGSEGV: segmentation violation, address 0x10, in stores..goroutine [0-9]+ \[running\]:.  stores \+ [0-9]+.  segv_inner \+ [0-9]+.created by segv in goroutine 1..*goroutine 1 \[sleep\]:.  segv \+ [0-9]+.  main \+ [0-9]+.*\[chan receive\]:.  waits \+ [0-9]+" } */
/* { seen-run "segv_in_main" SIGSEGV "^SIGSEGV: segmentation violation, address 0x10, in stores..goroutine 1 \[running\]:.  stores \+ [0-9]+.  segv_in_main \+ [0-9]+.  main \+ [0-9]+..goroutine" } */
/* { seen-run "segv_in_library" SIGSEGV "^SIGSEGV: segmentation violation, address 0x10, in .*..goroutine 1 \[running\]:.(  [^ ]+( \+ [0-9]+)?.)+  segv_in_library \+ [0-9]+.  main \+ [0-9]+..goroutine" } */
/* { seen-run "call_none" SIGSEGV "^SIGSEGV: segmentation violation, address (0x0, in cairn_rt_call|0x0, in an unknown function)..goroutine 1 \[running\]:.(  0x0.)?  call_none \+ [0-9]+.  main \+ [0-9]+..goroutine" } */
/* { seen-run "call_data" SIGSEGV "^SIGSEGV: segmentation violation, address 0x[0-9a-f]+, in an unknown function..goroutine 1 \[running\]:.  0x[0-9a-f]+.  call_data \+ [0-9]+.  main \+ [0-9]+..goroutine" } */
/* { seen-run "segv_own" 7 "^own$" } */
/* { seen-run "segv_twice" SIGSEGV "^own.SIGSEGV: segmentation violation, address 0x10, in stores..goroutine 1 \[running\]:.  stores \+ [0-9]+.  segv_twice" } */
/* { seen-run "segv_sent" SIGSEGV "^SIGSEGV: segmentation violation..goroutine 1 \[running\]" } */
/* { seen-run "divides" SIGFPE "^SIGFPE: floating-point exception, in divides..goroutine 1 \[running\]:.  divides \+ [0-9]+.  main \+ [0-9]+..goroutine" } */
/* { seen-run "illegal" SIGILL "^SIGILL: illegal instruction, in illegal..goroutine 1 \[running\]:.  illegal \+ [0-9]+.  main \+ [0-9]+..goroutine" } */
/* { seen-run "aborts" SIGABRT "^SIGABRT: abort..goroutine 1 \[running\]:.(  [^ ]+( \+ [0-9]+)?.)+  aborts \+ [0-9]+.  main \+ [0-9]+..goroutine" } */
/* { seen-run "bus" SIGBUS "^SIGBUS: bus error, address 0x[0-9a-f]+, in bus..goroutine 1 \[running\]:.  bus \+ [0-9]+.  main \+ [0-9]+..goroutine" } */
/* { seen-not "__morestack|cairni_" } */

#define _GNU_SOURCE
#include "../lib/check.h"
#include <cairn/chan.h>
#include <cairn/go.h>

#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>

static cairn_chan (int) chan;
static volatile int after;

static NOINLINE void
waits (void *unused)
{
  cairn_receive (chan);
  after++;
}

static void
own (int sig)
{
  write (1, "own\n", 4);
}

static void
own_end (int sig)
{
  write (1, "own\n", 4);
  _exit (7);
}

static NOINLINE void
stores (int *p)
{
  *p = 1;
  after++;
}

/* Another process, so that the signal comes from outside.  */
static void
kill_soon (void)
{
  pid_t self = getpid ();
  if (fork () == 0)
    {
      usleep (100000);
      kill (self, SIGQUIT);
      _exit (0);
    }
}

static NOINLINE void
quit (void)
{
  raise (SIGQUIT);
  after++;
}

static NOINLINE void
quit_in_loop (void)
{
  kill_soon ();
  for (;;)
    after++;
}

static NOINLINE void
quit_asleep (void)
{
  kill_soon ();
  cairn_sleep (20 * CAIRN_SECOND);
  after++;
}

static volatile int is_spinning;

static void *
spins (void *unused)
{
  uint64_t all = UINT64_MAX;
  syscall (SYS_rt_sigprocmask, SIG_SETMASK, &all, NULL, 8);
  is_spinning = 1;
  for (;;)
    after++;
}

/* With a thread that no signal stops.  */
static NOINLINE void
quit_stuck (void)
{
  pthread_t thread;
  pthread_create (&thread, NULL, spins, NULL);
  while (!is_spinning)
    usleep (1000);
  raise (SIGQUIT);
  after++;
}

static NOINLINE void
allocates (void *unused)
{
  cairn_chan (int) other = cairn_make_chan (int, 1);
  for (;;)
    {
      void *volatile p = malloc (100000);
      cairn_send (other, 1);
      cairn_receive (other);
      cairn_yield ();
    }
}

/* While the collector and the scheduler work.  */
static NOINLINE void
quit_storm (void)
{
  for (int i = 0; i < 10; i++)
    cairn_go (allocates, NULL);
  kill_soon ();
  allocates (NULL);
}

static NOINLINE void
quit_after_own (void)
{
  signal (SIGQUIT, own);
  signal (SIGQUIT, SIG_DFL);
  raise (SIGQUIT);
  after++;
}

static void
own_quit (void)
{
  signal (SIGQUIT, own);
  raise (SIGQUIT);
}

static void
ignored_quit (void)
{
  signal (SIGQUIT, SIG_IGN);
  raise (SIGQUIT);
}

static void
hidden (void)
{
  struct sigaction action, old;
  CHECK (sigaction (SIGSEGV, NULL, &old) == 0 && old.sa_handler == SIG_DFL
         && old.sa_flags == 0);
  CHECK (signal (SIGQUIT, own) == SIG_DFL);
  CHECK (signal (SIGQUIT, SIG_DFL) == own);
  CHECK (signal (SIGQUIT, SIG_IGN) == SIG_DFL);
  CHECK (signal (SIGQUIT, SIG_DFL) == SIG_IGN);
  memset (&action, 0, sizeof action);
  CHECK (sigaction (SIGTERM, &action, &old) == 0 && old.sa_handler == SIG_DFL);
}

static NOINLINE void
segv_inner (void *unused)
{
  stores (opaque ((void *)0x10));
  after++;
}

static NOINLINE void
segv (void)
{
  cairn_go (segv_inner, NULL);
  cairn_sleep (20 * CAIRN_SECOND);
  after++;
}

static NOINLINE void
segv_in_main (void)
{
  stores (opaque ((void *)0x10));
  after++;
}

static NOINLINE void
segv_in_library (void)
{
  memset (opaque ((void *)0x10), 1, 100000);
  after++;
}

static NOINLINE void
call_none (void)
{
  ((void (*) (void))opaque (NULL)) ();
  after++;
}

static NOINLINE void
call_data (void)
{
  static const char data[64];
  ((void (*) (void))opaque ((void *)data)) ();
  after++;
}

static void
segv_own (void)
{
  signal (SIGSEGV, own_end);
  stores (opaque ((void *)0x10));
}

static NOINLINE void
segv_twice (void)
{
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_handler = own;
  action.sa_flags = SA_RESETHAND;
  sigaction (SIGSEGV, &action, NULL);
  raise (SIGSEGV);
  signal (SIGSEGV, SIG_DFL);
  stores (opaque ((void *)0x10));
  after++;
}

static void
segv_sent (void)
{
  raise (SIGSEGV);
}

static NOINLINE void
divides (void)
{
  int zero = (int)(intptr_t)opaque (NULL);
  after = after / zero;
}

static NOINLINE void
illegal (void)
{
  __asm__ volatile ("ud2");
  after++;
}

static NOINLINE void
aborts (void)
{
  abort ();
}

static NOINLINE void
bus (void)
{
  int fd = memfd_create ("empty", 0);
  char *p = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  *(volatile char *)p = 1;
  after++;
}

static const struct
{
  const char *name;
  void (*fn) (void);
} all[] = {
#define CASE(name) { #name, name }
  CASE (quit),       CASE (quit_in_loop),   CASE (quit_asleep),
  CASE (quit_stuck), CASE (quit_storm),     CASE (quit_after_own),
  CASE (own_quit),   CASE (ignored_quit),   CASE (hidden),
  CASE (segv),       CASE (segv_in_main),   CASE (segv_in_library),
  CASE (call_none),  CASE (call_data),      CASE (segv_own),
  CASE (segv_twice), CASE (segv_sent),      CASE (divides),
  CASE (illegal),    CASE (aborts),         CASE (bus),
};

int
main (int argc, char **argv)
{
  chan = cairn_make_chan (int, 0);
  cairn_go (waits, NULL);
  cairn_sleep (10 * CAIRN_MILLISECOND);
  for (unsigned i = 0; i < sizeof all / sizeof *all; i++)
    if (strcmp (argv[1], all[i].name) == 0)
      all[i].fn ();
  return after;
}
