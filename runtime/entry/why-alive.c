/* why-alive.c: cairn_why_alive, in words.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "cairn/heap.h"

#include "gc/collect.h"
#include "gc/reach.h"
#include "gc/world.h"
#include "heap/object.h"
#include "os/symbol.h"
#include "prof/locations.h"
#include "sched/goroutine.h"
#include "stack/frame.h"
#include "stack/trace.h"

#include <errno.h>

struct question
{
  struct cairni_reach reach;
  uint64_t goroutine; /* That has the root on its stack; 0: none.  */
  uintptr_t pc; /* Of the function that has it in its frame; 0: not known.  */
};

/* Note whether G, which does not run, has the root.  */
static void
look_at_goroutine (struct cairni_goroutine *g, void *arg)
{
  struct question *q = arg;
  uintptr_t from = q->reach.steps[0].from;
  if (g->is_off
      && (from - g->stack_lo < g->stack_nbytes
          || cairni_frame_has (g->frame_chunk, from)))
    {
      struct cairni_arch_registers registers = cairni_goroutine_registers (g);
      q->goroutine = g->id;
      /* Below are the registers of the function that waits.  */
      q->pc = from - g->stack_sp < registers.rsp - g->stack_sp
                  ? registers.rip - 1
                  : cairni_trace_owner (&registers, from);
    }
}

static void
look_at_threads (struct question *q)
{
  struct cairni_arch_registers registers;
  for (const struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    {
      if (t->tid != q->reach.root.tid)
        continue;
      if (t == cairni_thread_self)
        cairni_arch_get_registers (&registers);
      else if (!cairni_world_registers (t, &registers))
        continue;
      q->pc = cairni_trace_owner (&registers, q->reach.steps[0].from);
    }
}

static void
answer (void *arg, uintptr_t sp)
{
  struct question *q = arg;
  cairni_reach_find (&q->reach, sp);
  if (q->reach.is_reached && q->reach.root.kind == CAIRNI_ROOT_GOROUTINE)
    cairni_goroutine_each (look_at_goroutine, q);
  else if (q->reach.is_reached && q->reach.root.kind == CAIRNI_ROOT_THREAD)
    look_at_threads (q);
}

/* Write in whose frame it is, PC being where that is, and the line, if that is
   known.  */
static void
write_frame (uintptr_t pc, FILE *f)
{
  char name[CAIRNI_TRACE_NAME_NBYTES];
  struct cairni_locations set;
  const struct cairni_location *location;
  if (!cairni_locations_init (&set))
    location = NULL;
  else if ((location = cairni_locations_find (&set, pc)))
    {
      /* The function that the others were inlined into.  */
      const struct cairni_line *line = &location->lines[location->nlines - 1];
      fprintf (f, "  the frame of %s", line->function);
      if (line->file && line->line)
        fprintf (f, " (%s:%u)", line->file, line->line);
    }
  if (!location)
    {
      cairni_trace_name (pc, name, sizeof name);
      fprintf (f, "  the frame of %s", name);
    }
  fputs (", in ", f);
  cairni_locations_destroy (&set);
}

static void
write_root (const struct question *q, FILE *f)
{
  static const char *const words[] = {
    [CAIRNI_ROOT_DATA] = "data",
    [CAIRNI_ROOT_THREAD] = "thread",
    [CAIRNI_ROOT_CONTEXT] = "a context of ucontext.h",
    [CAIRNI_ROOT_ENDED] = "what an ended thread has left",
    [CAIRNI_ROOT_KEPT] = "what the kernel or the C library holds",
    [CAIRNI_ROOT_CLEANUP] = "the argument of a cleanup",
    [CAIRNI_ROOT_MANUAL] = "memory from malloc of code without the plugin",
  };
  const struct cairni_root *root = &q->reach.root;
  uintptr_t from = q->reach.steps[0].from;
  char name[128];
  uintptr_t start;
  if (root->kind == CAIRNI_ROOT_DATA
      && cairni_symbol_find_data (from, name, sizeof name, &start))
    {
      fprintf (f, "  variable %s", name);
      if (from > start)
        fprintf (f, " + %zu", (size_t)(from - start));
    }
  else if (q->pc)
    {
      write_frame (q->pc, f);
      if (root->kind == CAIRNI_ROOT_GOROUTINE)
        fprintf (f, "goroutine %llu", (unsigned long long)q->goroutine);
      else
        fprintf (f, "thread %d%s", root->tid,
                 root->is_caller ? ", which is asking" : "");
    }
  else if (root->kind == CAIRNI_ROOT_THREAD)
    fprintf (f, "  the stack or the variables of thread %d%s", root->tid,
             root->is_caller ? ", which is asking" : "");
  else if (root->kind == CAIRNI_ROOT_GOROUTINE && q->goroutine)
    fprintf (f, "  the stack of goroutine %llu",
             (unsigned long long)q->goroutine);
  else if (root->kind == CAIRNI_ROOT_GOROUTINE)
    fprintf (f, "  a goroutine or a timer");
  else
    fprintf (f, "  %s", words[root->kind]);
  fprintf (f, ", at %#zx\n", (size_t)from);
}

/* Write what STEP is.  */
static void
write_object (const struct cairni_reach_step *step, FILE *f)
{
  fprintf (f, "%#zx (%zu bytes", (size_t)step->start, step->nbytes);
  if (step->type[0])
    fprintf (f, ", %s", step->type);
  fputc (')', f);
}

static void
write_way (const struct question *q, FILE *f)
{
  const struct cairni_reach *r = &q->reach;
  size_t n = cairni_min (r->nsteps, CAIRNI_REACH_MAX);
  write_object (&r->steps[n - 1], f);
  fputs (" is reached from\n", f);
  write_root (q, f);
  for (size_t i = 0; i < n; i++)
    {
      if (i == CAIRNI_REACH_MAX / 2 && r->nsteps > n)
        fprintf (f, "  ... %zu more ...\n", r->nsteps - n);
      fputs ("  ", f);
      write_object (&r->steps[i], f);
      /* The next one may be far behind.  */
      if (i + 1 < n
          && r->steps[i + 1].from - r->steps[i].start < r->steps[i].nbytes)
        fprintf (f, " at %zu",
                 (size_t)(r->steps[i + 1].from - r->steps[i].start));
      fputc ('\n', f);
    }
}

CAIRNI_PUBLIC int
cairn_why_alive (const void *p, FILE *f)
{
  struct question q = { .reach = { .p = (uintptr_t)p } };
  struct cairni_object object = cairni_object_find (p);
  if (!object.span || !cairni_span_is_collected (object.span))
    {
      errno = EINVAL;
      return -1;
    }
  if (!cairni_collect_stopped (answer, &q) || q.reach.is_out_of_memory)
    {
      errno = ENOMEM;
      return -1;
    }
  if (q.reach.is_reached)
    write_way (&q, f);
  else
    fprintf (f, "%#zx (%zu bytes) is not reached\n", (size_t)object.start,
             object.nbytes);
  return q.reach.is_reached;
}
