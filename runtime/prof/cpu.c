/* cpu.c: where the time goes.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The handler puts what it finds into a ring, without a lock: it takes a number,
   and with that a place, which is its alone until it says that it is full.  The
   thread that makes the profile empties the ring ten times a second.

     .inv.cpu.place  A place's STATE goes from FREE to TAKEN by who fills it, to FULL
                     when it is filled, and to FREE by who empties it.  */

#include "prof/cpu.h"
#include "arch/x86_64/arch.h"
#include "heap/thread.h"
#include "os/cpu-timer.h"
#include "os/sys.h"
#include "prof/buckets.h"
#include "prof/profile.h"
#include "stack/trace.h"

#include <errno.h>
#include <string.h>

#define PERIOD_NS ((size_t)10000000)
#define PAUSE_NS ((size_t)50000000)
#define NPLACES 2048
#define MAX_TIMERS 4096

enum
{
  FREE,
  TAKEN,
  FULL
};

struct place
{
  int state;
  uint32_t weight; /* Periods that it stands for.  */
  uint32_t nframes, labels_nbytes;
  uintptr_t pcs[CAIRNI_BUCKET_NFRAMES];
  char labels[CAIRNI_LABELS_NBYTES];
};

struct timer
{
  const struct cairni_thread *thread;
  int tid;
  bool is_seen;
  timer_t id;
};

struct profile
{
  struct place places[NPLACES];
  struct timer timers[MAX_TIMERS];
  unsigned ntimers;
  struct cairni_buckets buckets;
};

/* The one that is being made; NULL: none.  */
static struct profile *current;
static unsigned next_place;

/* Handlers that are at work.  */
static unsigned nhandlers;

static bool is_busy;

static void
fill (struct profile *profile, uint32_t weight, const void *context)
{
  unsigned i = __atomic_fetch_add (&next_place, 1, __ATOMIC_RELAXED);
  struct place *place = &profile->places[i % NPLACES];
  int expected = FREE;
  if (!__atomic_compare_exchange_n (&place->state, &expected, TAKEN, false,
                                    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    return;
  struct cairni_arch_registers registers = cairni_arch_interrupted (context);
  const struct cairn_labels *labels = cairni_labels_self;
  place->weight = weight;
  place->nframes = cairni_trace_collect (&registers, place->pcs,
                                         CAIRNI_BUCKET_NFRAMES, true);
  if (place->nframes == 0)
    place->pcs[place->nframes++] = registers.rip;
  place->labels_nbytes = labels ? labels->nbytes : 0;
  memcpy (place->labels, labels ? labels->text : "", place->labels_nbytes);
  __atomic_store_n (&place->state, FULL, __ATOMIC_RELEASE);
}

static void
handle (int sig, siginfo_t *info, void *context)
{
  int saved = errno;
  (void)sig;
  __atomic_fetch_add (&nhandlers, 1, __ATOMIC_SEQ_CST);
  struct profile *profile = __atomic_load_n (&current, __ATOMIC_SEQ_CST);
  if (profile && info->si_code == SI_TIMER)
    fill (profile, 1 + cairni_max (info->si_overrun, 0), context);
  __atomic_fetch_sub (&nhandlers, 1, __ATOMIC_SEQ_CST);
  errno = saved;
}

/* Count what is in the ring.  */
static void
empty_ring (struct profile *profile)
{
  for (unsigned i = 0; i < NPLACES; i++)
    {
      struct place *place = &profile->places[i];
      if (__atomic_load_n (&place->state, __ATOMIC_ACQUIRE) != FULL)
        continue;
      const struct cairni_stack_key key
          = { .pcs = place->pcs,
              .nframes = place->nframes,
              .labels = place->labels,
              .labels_nbytes = place->labels_nbytes };
      struct cairni_bucket *bucket
          = cairni_buckets_get (&profile->buckets, &key);
      if (bucket)
        bucket->count += place->weight;
      __atomic_store_n (&place->state, FREE, __ATOMIC_RELEASE);
    }
}

static struct timer *
timer_of (struct profile *profile, const struct cairni_thread *thread)
{
  for (unsigned i = 0; i < profile->ntimers; i++)
    if (profile->timers[i].thread == thread
        && profile->timers[i].tid == thread->tid)
      return &profile->timers[i];
  return NULL;
}

/* Have a timer for each thread of the program, and for none that is gone.  */
static void
update_timers (struct profile *profile)
{
  for (unsigned i = 0; i < profile->ntimers; i++)
    profile->timers[i].is_seen = false;
  cairni_lock_acquire (&cairni_world_lock);
  for (struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    {
      struct timer *timer = timer_of (profile, t);
      if (!timer && profile->ntimers < MAX_TIMERS)
        {
          timer = &profile->timers[profile->ntimers];
          *timer = (struct timer){ .thread = t, .tid = t->tid };
          if (!cairni_cpu_timer_start (t->tid, PERIOD_NS, &timer->id))
            continue;
          profile->ntimers++;
        }
      if (timer)
        timer->is_seen = true;
    }
  cairni_lock_release (&cairni_world_lock);
  for (unsigned i = 0; i < profile->ntimers; i++)
    while (i < profile->ntimers && !profile->timers[i].is_seen)
      {
        cairni_cpu_timer_stop (profile->timers[i].id);
        profile->timers[i] = profile->timers[--profile->ntimers];
      }
}

static void
add_sample (struct cairni_bucket *bucket, void *arg)
{
  const uint64_t values[] = { bucket->count, bucket->count * PERIOD_NS };
  cairni_profile_add_sample (arg, bucket, values);
}

static bool
put (struct cairni_buffer *buffer, const struct profile *from, size_t start_ns,
     size_t duration_ns)
{
  struct cairni_profile profile;
  if (!cairni_profile_init (&profile))
    return false;
  cairni_profile_add_type (&profile, "samples", "count");
  cairni_profile_add_type (&profile, "cpu", "nanoseconds");
  cairni_profile_set_head (&profile, &(struct cairni_profile_head){
                                         .period_type = "cpu",
                                         .period_unit = "nanoseconds",
                                         .period = PERIOD_NS,
                                         .time_ns = start_ns,
                                         .duration_ns = duration_ns,
                                     });
  cairni_buckets_each (&from->buckets, add_sample, &profile);
  bool good = cairni_profile_finish (&profile);
  if (good)
    cairni_buffer_put (buffer, profile.message.bytes, profile.message.nbytes);
  cairni_profile_destroy (&profile);
  return good && !buffer->is_broken;
}

static enum cairni_cpu_result
make (struct profile *profile, struct cairni_buffer *buffer, unsigned seconds)
{
  uintptr_t pc;
  /* The unwinder may allocate when it is called for the first time.  */
  cairni_trace_collect (NULL, &pc, 1, true);
  if (!cairni_cpu_timer_handle (handle))
    return CAIRNI_CPU_HANDLED;
  size_t date_ns = cairni_sys_date_ns (), start_ns = cairni_sys_now_ns ();
  size_t end_ns = start_ns + seconds * (size_t)1000000000;
  __atomic_store_n (&current, profile, __ATOMIC_SEQ_CST);
  for (size_t now_ns = start_ns; now_ns < end_ns; now_ns = cairni_sys_now_ns ())
    {
      int never = 0;
      update_timers (profile);
      cairni_sys_futex_wait (&never, 0, cairni_min (PAUSE_NS, end_ns - now_ns));
      empty_ring (profile);
    }
  for (unsigned i = 0; i < profile->ntimers; i++)
    cairni_cpu_timer_stop (profile->timers[i].id);
  __atomic_store_n (&current, NULL, __ATOMIC_SEQ_CST);
  while (__atomic_load_n (&nhandlers, __ATOMIC_SEQ_CST) > 0)
    cairni_sys_yield ();
  empty_ring (profile);
  return put (buffer, profile, date_ns, cairni_sys_now_ns () - start_ns)
             ? CAIRNI_CPU_GOOD
             : CAIRNI_CPU_FAILED;
}

enum cairni_cpu_result
cairni_cpu_profile (struct cairni_buffer *buffer, unsigned seconds)
{
  size_t nbytes
      = cairni_align_up (sizeof (struct profile), CAIRNI_SYS_PAGE_NBYTES);
  if (__atomic_exchange_n (&is_busy, true, __ATOMIC_ACQ_REL))
    return CAIRNI_CPU_BUSY;
  enum cairni_cpu_result result = CAIRNI_CPU_FAILED;
  struct profile *profile = cairni_sys_map (nbytes);
  if (profile)
    {
      result = make (profile, buffer, seconds);
      cairni_buckets_destroy (&profile->buckets);
      cairni_sys_unmap (profile, nbytes);
    }
  __atomic_store_n (&is_busy, false, __ATOMIC_RELEASE);
  return result;
}

void
cairni_cpu_after_fork (void)
{
  current = NULL;
  nhandlers = 0;
  is_busy = false;
}
