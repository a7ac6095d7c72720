/* memory-monitor.c: tell now and then what is allocated.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "prof/memory-monitor.h"
#include "base/hooks.h"
#include "base/options.h"
#include "cairn/profile.h"
#include "heap/kept.h"
#include "heap/thread.h"
#include "os/sys.h"
#include "prof/service.h"

#include <errno.h>

#define SECOND_NS ((size_t)1000000000)

/* What the program is called with.  */
typedef void callback (const struct cairn_memory *memory);

/* What was measured when, to be compared with.  */
struct beat
{
  size_t period_ns; /* 0: off.  */
  size_t next_ns;
  size_t last_ns, last_total;
  bool was_over;
};

/* Written with LOCK, which nobody holds for long; read by the service.  */
static struct cairni_lock lock;
static struct
{
  size_t period_ns;
  callback *tell;
  size_t limit_nbytes;
  callback *warn;
  bool is_new; /* Begin anew.  */
} settings = { .limit_nbytes = (size_t)100 << 20 };

/* The service's.  */
static struct beat monitor, tracer;
static size_t start_ns;

static void
begin (struct beat *beat, size_t period_ns, size_t now_ns)
{
  struct cairn_mem_stats stats;
  cairn_mem_stats (&stats);
  *beat = (struct beat){ .period_ns = period_ns,
                         .next_ns = now_ns + period_ns,
                         .last_ns = now_ns,
                         .last_total = stats.total_alloc };
}

/* Measure since the last time; whether the limit has been passed since then.  */
static bool
measure (struct beat *beat, size_t limit_nbytes, struct cairn_memory *memory)
{
  struct cairn_mem_stats stats;
  cairn_mem_stats (&stats);
  size_t now_ns = cairni_sys_now_ns ();
  double seconds = (now_ns - beat->last_ns) / 1e9;
  *memory = (struct cairn_memory){
    .alloc_rate = (stats.total_alloc - beat->last_total) / seconds,
    .total_alloc = stats.total_alloc,
    .heap_alloc = stats.heap_alloc,
    .heap_objects = stats.heap_objects,
    .sys = stats.sys,
    .num_gc = stats.num_gc,
    .limit = limit_nbytes,
    .is_over = stats.heap_alloc > limit_nbytes,
  };
  bool is_passed = memory->is_over && !beat->was_over;
  beat->was_over = memory->is_over;
  beat->last_ns = now_ns;
  beat->last_total = stats.total_alloc;
  beat->next_ns += beat->period_ns;
  /* Beats that were missed are not made up for.  */
  if (beat->next_ns <= now_ns)
    beat->next_ns = now_ns + beat->period_ns;
  return is_passed;
}

static void
call (callback *fn, const struct cairn_memory *memory)
{
  union
  {
    callback *fn;
    /* As the runtime calls it.  */
    uintptr_t (*any) (uintptr_t, uintptr_t, uintptr_t);
  } any = { fn };
  cairni_hooks.run (any.any, (uintptr_t)memory, 0, 0);
}

static void
print_warning (const struct cairn_memory *memory)
{
  cairni_print ("cairn: warning: %m in %z objects on the heap, more than %m",
                memory->heap_alloc, memory->heap_objects, memory->limit);
}

static void
run_monitor (void)
{
  struct cairn_memory memory;
  cairni_lock_acquire (&lock);
  callback *tell = settings.tell, *warn = settings.warn;
  size_t limit_nbytes = settings.limit_nbytes;
  cairni_lock_release (&lock);
  bool is_passed = measure (&monitor, limit_nbytes, &memory);
  if (tell)
    call (tell, &memory);
  if (is_passed && warn)
    call (warn, &memory);
  else if (is_passed)
    print_warning (&memory);
}

static void
run_tracer (void)
{
  struct cairn_memory memory;
  bool is_passed = measure (&tracer, settings.limit_nbytes, &memory);
  cairni_print ("mem @%ts: %m/s, %m in %z objects, %z collections, %m from the "
                "system",
                (tracer.last_ns - start_ns) / 1000000, memory.alloc_rate,
                memory.heap_alloc, memory.heap_objects, memory.num_gc,
                memory.sys);
  if (is_passed && monitor.period_ns == 0)
    print_warning (&memory);
}

bool
cairni_memory_monitor_init (void)
{
  start_ns = cairni_sys_now_ns ();
  return cairni_debug.memtrace != 0;
}

size_t
cairni_memory_monitor_answer (void)
{
  size_t now_ns = cairni_sys_now_ns (), next_ns = SIZE_MAX;
  cairni_lock_acquire (&lock);
  bool is_new = settings.is_new;
  size_t period_ns = settings.period_ns;
  settings.is_new = false;
  cairni_lock_release (&lock);
  if (is_new)
    begin (&monitor, period_ns, now_ns);
  if (cairni_debug.memtrace && tracer.period_ns == 0)
    begin (&tracer, SECOND_NS, now_ns);
  if (monitor.period_ns && monitor.next_ns <= now_ns)
    run_monitor ();
  if (tracer.period_ns && tracer.next_ns <= now_ns)
    run_tracer ();
  if (monitor.period_ns)
    next_ns = monitor.next_ns;
  if (tracer.period_ns)
    next_ns = cairni_min (next_ns, tracer.next_ns);
  now_ns = cairni_sys_now_ns ();
  return next_ns == SIZE_MAX ? 0 : next_ns > now_ns ? next_ns - now_ns : 1;
}

CAIRNI_PUBLIC int
cairn_monitor (int64_t period_ns, callback *fn)
{
  cairni_thread_get ();
  cairni_kept_set (CAIRNI_MONITOR, 0, fn);
  cairni_lock_acquire (&lock);
  settings.period_ns = period_ns > 0 ? period_ns : 0;
  settings.tell = fn;
  settings.is_new = true;
  cairni_lock_release (&lock);
  if (period_ns > 0 && !cairni_service_start ())
    {
      errno = EAGAIN;
      return -1;
    }
  cairni_service_wake ();
  return 0;
}

CAIRNI_PUBLIC size_t
cairn_set_monitor_limit (size_t nbytes, callback *fn)
{
  cairni_thread_get ();
  cairni_kept_set (CAIRNI_MONITOR, 1, fn);
  cairni_lock_acquire (&lock);
  size_t old = settings.limit_nbytes;
  settings.limit_nbytes = nbytes;
  settings.warn = fn;
  cairni_lock_release (&lock);
  return old;
}

void
cairni_memory_monitor_after_fork (void)
{
  lock.word = 0;
  settings.period_ns = 0;
  settings.is_new = false;
  monitor.period_ns = tracer.period_ns = 0;
}
