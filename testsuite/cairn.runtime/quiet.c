/* While the world is stopped no handler runs, neither in a thread that stopped
   on its way out of the allocator nor in the one that collects:
   .inv.world.quiet.  A handler that ran then could move a pointer from where
   the collector has not looked to where it has.  */
/* { dg-options "-pthread" } */
#include "rt-check.h"
#include <cairn.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NCOLLECTIONS 30
#define NHITS 100000

static FILE *trace; /* What the runtime says.  */
static uint64_t hits[NHITS];
static unsigned nhits, stop, ncycles;

static uint64_t
date_ns (void)
{
  struct timespec now;
  clock_gettime (CLOCK_REALTIME, &now);
  return now.tv_sec * UINT64_C (1000000000) + now.tv_nsec;
}

static void
handler (int sig)
{
  unsigned i = __atomic_fetch_add (&nhits, 1, __ATOMIC_RELAXED);
  (void)sig;
  if (i < NHITS)
    hits[i] = date_ns ();
}

static void
receive (int how)
{
  sigset_t set;
  sigemptyset (&set);
  sigaddset (&set, SIGUSR1);
  CHECK (pthread_sigmask (how, &set, NULL) == 0);
}

static void *volatile sink;

static void *
allocate (void *is_receiver)
{
  if (is_receiver)
    receive (SIG_UNBLOCK);
  while (!__atomic_load_n (&stop, __ATOMIC_RELAXED))
    sink = cairn_rt_malloc (16, NULL);
  return NULL;
}

/* Send signals all the time, from where nobody can stop us.  */
static pid_t
start_sender (void)
{
  pid_t receiver = getpid (), sender = fork ();
  CHECK (sender >= 0);
  if (sender == 0)
    {
      while (kill (receiver, SIGUSR1) == 0 && getppid () == receiver)
        usleep (200);
      _exit (0);
    }
  return sender;
}

/* How many signals came while LINE's collection had the world stopped, from what
   CAIRN_DEBUG=gctrace=1 says of it: some microseconds less, as it is rounded.  */
static unsigned
count_in (const char *line, const struct cairn_mem_stats *stats)
{
  unsigned long cycle;
  double stop_ms, mark_ms, end_ms;
  unsigned n = 0;
  if (sscanf (line, "gc %lu @%*fs %*d%%: %lf+%lf+%lf ms clock", &cycle,
              &stop_ms, &mark_ms, &end_ms)
      != 4)
    return 0;
  ncycles++;
  uint64_t end = stats->pause_end[(cycle - 1) % CAIRN_MEM_STATS_NPAUSES];
  uint64_t start = end - (uint64_t)((mark_ms + end_ms) * 1e6) + 5000;
  for (unsigned i = 0; i < nhits && i < NHITS; i++)
    n += hits[i] > start && hits[i] < end;
  return n;
}

/* Collect while signals come; they go to the thread that allocates if IN_OTHER,
   and else to this one.  Returns how many came while the world was stopped.  */
static unsigned
count_in_pauses (int in_other)
{
  static struct cairn_mem_stats stats;
  pthread_t other;
  char line[256];
  unsigned n = 0;
  receive (SIG_BLOCK);
  CHECK (pthread_create (&other, NULL, allocate, in_other ? &stop : NULL) == 0);
  if (!in_other)
    receive (SIG_UNBLOCK);
  for (int i = 0; i < NCOLLECTIONS; i++)
    {
      usleep (1000);
      cairn_gc ();
    }
  __atomic_store_n (&stop, 1, __ATOMIC_RELAXED);
  CHECK (pthread_join (other, NULL) == 0);
  stop = 0;
  cairn_mem_stats (&stats);
  rewind (trace);
  while (fgets (line, sizeof line, trace))
    n += count_in (line, &stats);
  return n;
}

int
main (int argc, char **argv)
{
  (void)argc;
  rerun_with ("CAIRN_DEBUG", "gctrace=1", argv);
  trace = tmpfile ();
  CHECK (trace && dup2 (fileno (trace), 2) == 2);
  struct sigaction action = { .sa_handler = handler, .sa_flags = SA_RESTART };
  void **list = NULL;
  CHECK (sigaction (SIGUSR1, &action, NULL) == 0);
  receive (SIG_BLOCK);
  /* What takes some milliseconds to mark.  */
  for (int i = 0; i < 300000; i++)
    {
      void **next = cairn_rt_malloc (32, NULL);
      *next = list;
      list = next;
    }
  pid_t sender = start_sender ();
  CHECK (count_in_pauses (1) == 0);
  CHECK (count_in_pauses (0) == 0);
  CHECK (nhits > 0 && ncycles >= 2 * NCOLLECTIONS);
  CHECK (kill (sender, SIGKILL) == 0);
  CHECK (waitpid (sender, NULL, 0) == sender);
  CHECK (list != NULL);
  return 0;
}
