/* The timers' heap against a model, an array that is searched: random timers
   are added, removed and run, and each time the same are due, in the order of
   their times, with the argument and the serial that they had.  A ticker that
   is late happens once, and is then due at the next multiple of its period.
   SEED= chooses another sequence.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

/* With what it calls replaced.  */
#include "sched/timers.c"
#include "../../lib/check.h"

#include <stdarg.h>
#include <sys/mman.h>

#define N 3000
#define NSTEPS 200000

static unsigned nchanged;

void
cairni_sched_timer_changed (void)
{
  nchanged++;
}

void *
cairni_sys_map (size_t nbytes)
{
  return calloc (1, nbytes);
}

void *
cairni_sys_remap (void *p, size_t old_nbytes, size_t nbytes)
{
  CHECK (nbytes > old_nbytes);
  return realloc (p, nbytes);
}

void
cairni_fatal (const char *format, ...)
{
  printf ("%s\n", format);
  exit (1);
}

void
cairni_lock_wait (struct cairni_lock *l)
{
  (void)l;
  CHECK (!"a lock is held");
}

void
cairni_lock_wake (struct cairni_lock *l)
{
  (void)l;
  CHECK (!"somebody waits for a lock");
}

static uint64_t state;

static unsigned
random_below (unsigned n)
{
  state = state * 6364136223846793005 + 1442695040888963407;
  return (state >> 33) % n;
}

static struct cairni_timer timers[N];
static bool is_active[N]; /* The model's opinion.  */
static size_t last_ns;    /* When what has happened last was due.  */
static size_t clock_ns;
static unsigned nhappened;

static void
happen (struct cairni_m *m, void *arg, uint64_t serial)
{
  struct cairni_timer *timer = arg;
  unsigned i = timer - timers;
  CHECK (m == NULL && serial == timer->serial);
  CHECK (is_active[i]);
  CHECK (lock.word == 0);
  nhappened++;
  if (timer->period_ns)
    {
      CHECK (timer->when_ns > clock_ns);
      CHECK (timer->when_ns - timer->period_ns <= clock_ns);
      return;
    }
  /* Nothing that was due earlier is left.  */
  CHECK (timer->when_ns >= last_ns && timer->when_ns <= clock_ns);
  last_ns = timer->when_ns;
  is_active[i] = false;
}

static size_t
model_next (void)
{
  size_t next_ns = SIZE_MAX;
  for (unsigned i = 0; i < N; i++)
    if (is_active[i] && timers[i].when_ns < next_ns)
      next_ns = timers[i].when_ns;
  return next_ns;
}

static void
check_heap (void)
{
  size_t n = 0;
  for (unsigned i = 0; i < N; i++)
    {
      CHECK (is_active[i] == (timers[i].place != 0));
      n += is_active[i];
      if (is_active[i])
        CHECK (heap[timers[i].place] == &timers[i]);
    }
  CHECK (cairni_timers_count () == n);
  for (size_t place = 2; place <= ntimers; place++)
    CHECK (heap[(place - 2) / FANOUT + 1]->when_ns <= heap[place]->when_ns);
  CHECK (cairni_timers_next_ns == model_next ());
}

static void
add (unsigned i)
{
  unsigned before = nchanged;
  bool is_first;
  timers[i].when_ns = clock_ns + random_below (1000);
  timers[i].period_ns = random_below (8) == 0 ? 1 + random_below (300) : 0;
  timers[i].fn = happen;
  timers[i].arg = &timers[i];
  timers[i].serial++;
  is_first = timers[i].when_ns < cairni_timers_next_ns;
  cairni_timers_add (&timers[i]);
  is_active[i] = true;
  /* Who sleeps until the first one has to be told of an earlier one.  */
  CHECK (nchanged == before + is_first);
}

static void
run (void)
{
  unsigned ndue = 0;
  clock_ns += random_below (100) == 0 ? 5000 : random_below (20);
  for (unsigned i = 0; i < N; i++)
    ndue += is_active[i] && timers[i].when_ns <= clock_ns;
  nhappened = 0;
  last_ns = 0;
  CHECK (cairni_timers_run (NULL, clock_ns) == ndue);
  CHECK (nhappened == ndue);
  CHECK (model_next () > clock_ns);
}

int
main (void)
{
  const char *seed = getenv ("SEED");
  state = seed ? strtoull (seed, NULL, 0) : 1;
  for (unsigned step = 0; step < NSTEPS; step++)
    {
      /* How many there are goes up and down.  */
      unsigned i = random_below (step / 20000 % 2 ? N / 100 : N);
      if (random_below (3) == 0)
        run ();
      else if (!is_active[i])
        add (i);
      else
        {
          CHECK (cairni_timers_remove (&timers[i]));
          is_active[i] = false;
          CHECK (!cairni_timers_remove (&timers[i]));
          if (random_below (2))
            add (i);
        }
      if (step % 64 == 0)
        check_heap ();
    }
  cairni_timers_after_fork ();
  for (unsigned i = 0; i < N; i++)
    CHECK (!cairni_timers_remove (&timers[i]));
  CHECK (cairni_timers_next_ns == SIZE_MAX && cairni_timers_count () == 0);
  return 0;
}
