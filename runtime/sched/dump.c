/* dump.c: what all goroutines are doing.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   In Go's words where it has any.  */

#include "sched/dump.h"
#include "base/hooks.h"
#include "gc/world.h"
#include "os/loader.h"
#include "sched/scheduler.h"
#include "stack/trace.h"

static const char *
reason_of (const struct cairni_goroutine *g)
{
  static const char *const reasons[] = {
#define REASON(id, text) text,
    CAIRNI_REASONS (REASON)
#undef REASON
  };
  switch (__atomic_load_n (&g->state, __ATOMIC_ACQUIRE))
    {
    case CAIRNI_WAITING:
      return reasons[g->reason];
    case CAIRNI_RUNNABLE:
      return "runnable";
    default:
      return "running";
    }
}

static void
print_one (struct cairni_goroutine *g, void *self)
{
  if (g == self || g->is_system)
    return;
  cairni_print ("");
  cairni_print ("goroutine %z [%s]%s:", (size_t)g->id, reason_of (g),
                g->is_thread ? " (a thread of the program)" : "");
  if (!g->is_off)
    cairni_print ("  (in a thread; its frames are not shown)");
  else if (g->saved_nbytes)
    {
      const uintptr_t *sp = (const uintptr_t *)g->stack_sp;
      cairni_trace_print (sp[0], g->stack_sp + 8);
    }
  else if (((const uintptr_t *)g->stack_sp)[CAIRNI_ARCH_PARKED_NWORDS - 1]
           == (uintptr_t)cairni_arch_begin)
    cairni_trace_frame ((uintptr_t)g->fn + 1);
  else
    cairni_trace_print ((uintptr_t)cairni_arch_parked + 1, g->stack_sp);
  if (g->created_at)
    {
      cairni_print ("created by goroutine %z:", (size_t)g->created_by);
      cairni_trace_frame (g->created_at);
    }
}

/* The caller's goroutine first, whose frames are to be had.  */
static void
print_self (void)
{
  struct cairni_m *m = cairni_m_self;
  if (!m || !m->g || m->g->is_system)
    return;
  cairni_print ("");
  cairni_print ("goroutine %z [running]:", (size_t)m->g->id);
  cairni_trace_print (0, 0);
}

/* With the loader's lock, which symbols need.  */
static void
dump_others (void *unused)
{
  struct cairni_m *m = cairni_m_self;
  (void)unused;
  cairni_lock_acquire (&cairni_world_lock);
  cairni_world_stop ();
  cairni_goroutine_each (print_one, m ? m->g : NULL);
  cairni_world_start ();
  cairni_lock_release (&cairni_world_lock);
}

void
cairni_dump_all (void)
{
  print_self ();
  cairni_loader_lock_and_call (dump_others, NULL);
}

void
cairni_sched_fault (const char *what)
{
  cairni_print ("fatal error: %s", what);
  print_self ();
  cairni_hooks.end_process (2);
}

void
cairni_sched_deadlock (void)
{
  static int is_told;
  /* Others may see it, too.  */
  if (__atomic_exchange_n (&is_told, 1, __ATOMIC_SEQ_CST))
    for (;;)
      cairni_relax ();
  cairni_print ("fatal error: all goroutines are asleep - deadlock!");
  cairni_goroutine_each (print_one, NULL);
  cairni_hooks.end_process (2);
}
