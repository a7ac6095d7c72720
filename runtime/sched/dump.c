/* dump.c: what all goroutines are doing.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   In Go's words where it has any.  Nothing here allocates.  The frames of a
   goroutine that waits are on its stack; one that is in a thread has been
   stopped there, with its registers stored.  */

#include "sched/dump.h"
#include "base/hooks.h"
#include "gc/world.h"
#include "os/loader.h"
#include "os/sys.h"
#include "sched/scheduler.h"
#include "stack/trace.h"

#define MINUTE_NS ((size_t)60000000000)

/* How long who ends the program waits for others to stop, in two steps.  */
#define PATIENCE_NS ((size_t)1000000000)
#define PAUSE_NS ((size_t)1000000)

struct dump
{
  const struct cairni_arch_registers *self; /* NULL: the caller's.  */
  bool is_dying;
  bool only_leaked;
  size_t now_ns;
  size_t n; /* Written about.  */
};

static const char *
state_of (const struct cairni_goroutine *g, int state)
{
  return state == CAIRNI_WAITING    ? cairni_debug_reasons[g->reason]
         : state == CAIRNI_RUNNABLE ? "runnable"
                                    : "running";
}

static void
print_head (const struct cairni_goroutine *g, const struct dump *dump)
{
  int state = __atomic_load_n (&g->state, __ATOMIC_ACQUIRE);
  const char *leaked = state == CAIRNI_WAITING && g->is_leaked ? " (leaked)"
                                                               : "";
  const char *locked = g->nbound ? ", locked to thread" : "";
  const char *thread = g->is_thread ? " (a thread of the program)" : "";
  size_t minutes = state == CAIRNI_WAITING && dump->now_ns > g->since_ns
                       ? (dump->now_ns - g->since_ns) / MINUTE_NS
                       : 0;
  cairni_print ("");
  if (minutes)
    cairni_print ("goroutine %z [%s%s, %z minutes%s]%s:", (size_t)g->id,
                  state_of (g, state), leaked, minutes, locked, thread);
  else
    cairni_print ("goroutine %z [%s%s%s]%s:", (size_t)g->id,
                  state_of (g, state), leaked, locked, thread);
}

static void
print_creator (const struct cairni_goroutine *g)
{
  char name[CAIRNI_TRACE_NAME_NBYTES];
  if (g->created_at == 0)
    return;
  /* A call may be its function's last instruction.  */
  cairni_trace_name (g->created_at - 1, name, sizeof name);
  cairni_print ("created by %s in goroutine %z", name, (size_t)g->created_by);
}

static void
print_waiting (const struct cairni_goroutine *g)
{
  struct cairni_arch_registers registers = cairni_goroutine_registers (g);
  /* Its first function may have left its frame to the one that waits.  */
  if ((registers.rip == (uintptr_t)cairni_arch_begin
       || cairni_trace_print (&registers, false) == 0)
      && g->fn)
    cairni_trace_frame ((uintptr_t)g->fn + 1);
}

/* Whether G, in whose thread no frames were found, seems to be just about to go
   on: its frames are still as they are while it waits.  */
static bool
is_about_to_run (const struct cairni_goroutine *g)
{
  return !g->is_thread && !g->on_thread && g->stack_sp
         && cairni_stack_words (g->m->tcb)->stack_sp == g->stack_sp;
}

static void
print_in_thread (const struct cairni_goroutine *g)
{
  struct cairni_arch_registers registers;
  if (!g->m || !cairni_world_registers (g->m->thread, &registers))
    cairni_print ("  (in a thread that could not be stopped)");
  else if (cairni_trace_print (&registers, g->on_thread) == 0)
    {
      if (is_about_to_run (g))
        print_waiting (g);
      else if (g->fn)
        cairni_trace_frame ((uintptr_t)g->fn + 1);
    }
}

static void
print_other (struct cairni_goroutine *g, void *arg)
{
  struct dump *dump = arg;
  struct cairni_m *m = cairni_m_self;
  if ((m && g == m->g) || g->is_system || (dump->only_leaked && !g->is_leaked))
    return;
  dump->n++;
  print_head (g, dump);
  if (g->is_off)
    print_waiting (g);
  else
    print_in_thread (g);
  print_creator (g);
}

/* The caller's goroutine.  */
static void
print_self (struct dump *dump)
{
  struct cairni_m *m = cairni_m_self;
  struct cairni_goroutine *g = m ? m->g : NULL;
  unsigned nlines;
  if (!g || g->is_system)
    return;
  dump->n++;
  print_head (g, dump);
  if (m->is_resuming)
    {
      struct cairni_arch_registers registers
          = cairni_arch_waiting (cairni_stack_words (m->tcb)->stack_sp);
      nlines = cairni_trace_print (&registers, false);
    }
  else
    nlines = cairni_trace_print (dump->self, g->on_thread);
  if (nlines == 0 && g->fn)
    cairni_trace_frame ((uintptr_t)g->fn + 1);
  print_creator (g);
}

/* Stop the others if that can be done, without end.  */
static bool
try_stop (void)
{
  int never = 0;
  for (size_t waited_ns = 0; !cairni_lock_try (&cairni_world_lock);
       waited_ns += PAUSE_NS)
    {
      if (waited_ns >= PATIENCE_NS)
        return false;
      cairni_sys_futex_wait (&never, 0, PAUSE_NS);
    }
  return cairni_world_try_stop (PATIENCE_NS);
}

/* With the loader's lock, which symbols need: nobody is stopped who has it.  */
static void
dump_others (void *arg)
{
  struct dump *dump = arg;
  if (dump->is_dying)
    {
      if (!try_stop ())
        cairni_print ("\n(not all threads could be stopped)");
      cairni_goroutine_each (print_other, dump);
      return;
    }
  cairni_lock_acquire (&cairni_world_lock);
  cairni_world_stop ();
  cairni_goroutine_each (print_other, dump);
  cairni_world_start ();
  cairni_world_release ();
}

void
cairni_dump_all (void)
{
  struct dump dump = { .now_ns = cairni_sys_now_ns () };
  /* main is one from now on, should it not have been.  */
  cairni_sched_enter ();
  cairni_sched_leave ();
  print_self (&dump);
  cairni_loader_lock_and_call (dump_others, &dump);
}

size_t
cairni_dump_leaked (void)
{
  struct dump dump = { .now_ns = cairni_sys_now_ns (), .only_leaked = true };
  cairni_loader_lock_and_call (dump_others, &dump);
  return dump.n;
}

#define NFRAMES 64
#define NHIDDEN 32

struct collection
{
  void (*fn) (void *arg, const uintptr_t *pcs, unsigned n,
              const struct cairn_labels *labels);
  void *arg;
  /* Threads of the scheduler's own.  */
  const struct cairni_thread *hidden[NHIDDEN];
  unsigned nhidden;
};

static bool
is_hidden (const struct collection *collection,
           const struct cairni_thread *thread)
{
  for (unsigned i = 0; i < collection->nhidden; i++)
    if (collection->hidden[i] == thread)
      return true;
  return thread == cairni_thread_self || thread->serves;
}

/* Whether nothing is found of G in its thread, as it is just about to go on.  */
static bool
is_hidden_in_thread (const struct cairni_goroutine *g)
{
  struct cairni_arch_registers registers;
  uintptr_t pc;
  return g->m && cairni_world_registers (g->m->thread, &registers)
         && cairni_trace_collect (&registers, &pc, 1, false) == 0
         && is_about_to_run (g);
}

static void
collect_one (struct cairni_goroutine *g, void *arg)
{
  struct collection *collection = arg;
  struct cairni_arch_registers registers;
  uintptr_t pcs[NFRAMES];
  unsigned n = 0;
  if (g->is_system && g->m && collection->nhidden < NHIDDEN)
    collection->hidden[collection->nhidden++] = g->m->thread;
  /* Those in threads are found there.  */
  if (g->is_system || (!g->is_off && !is_hidden_in_thread (g)))
    return;
  registers = cairni_goroutine_registers (g);
  if (registers.rip != (uintptr_t)cairni_arch_begin)
    {
      /* In the call, not behind it.  */
      registers.rip--;
      n = cairni_trace_collect (&registers, pcs, NFRAMES, false);
    }
  if (n == 0)
    pcs[n++] = (uintptr_t)g->fn;
  collection->fn (collection->arg, pcs, n, g->labels);
}

/* With the loader's lock, as in dump_others.  */
static void
collect_all (void *arg)
{
  const struct collection *collection = arg;
  struct cairni_arch_registers registers;
  uintptr_t pcs[NFRAMES];
  cairni_lock_acquire (&cairni_world_lock);
  cairni_world_stop ();
  cairni_goroutine_each (collect_one, arg);
  for (const struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    {
      if (is_hidden (collection, t) || !cairni_world_registers (t, &registers))
        continue;
      unsigned n = cairni_trace_collect (&registers, pcs, NFRAMES, false);
      /* One that is between goroutines has none.  */
      if (n > 0)
        collection->fn (collection->arg, pcs, n, NULL);
    }
  cairni_world_start ();
  cairni_world_release ();
}

void
cairni_dump_collect (void (*fn) (void *arg, const uintptr_t *pcs, unsigned n,
                                 const struct cairn_labels *labels),
                     void *arg)
{
  struct collection collection = { .fn = fn, .arg = arg };
  cairni_loader_lock_and_call (collect_all, &collection);
}

void
cairni_dump_dying (const struct cairni_arch_registers *self)
{
  struct dump dump
      = { .self = self, .is_dying = true, .now_ns = cairni_sys_now_ns () };
  print_self (&dump);
  cairni_loader_lock_and_call (dump_others, &dump);
}

void
cairni_sched_fault (const char *what)
{
  struct dump dump = { .now_ns = cairni_sys_now_ns () };
  if (!cairni_m_self)
    {
      cairni_sched_enter ();
      cairni_sched_leave ();
    }
  cairni_print ("fatal error: %s", what);
  print_self (&dump);
  cairni_hooks.end_process (2);
}

void
cairni_sched_deadlock (void)
{
  cairni_print ("fatal error: all goroutines are asleep - deadlock!");
  cairni_dump_dying (NULL);
  cairni_hooks.end_process (2);
}
