/* benchmark.c: how often a benchmark is called, and what it takes.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A benchmark is first called for once.  From what it took the next number is
   foretold: enough for the time that is wanted and a fifth more, but at most a
   hundred times the number before, as few repetitions say little.  That is how
   Go does it, and outcomes are to be comparable.  Before each call a collection
   clears away what the one before left.

     .inv.benchmark.own  What the harness itself needs is not counted: it is
                         manual memory, and the timer is off meanwhile.  */

#define _GNU_SOURCE
#include "lib/benchmark.h"

#include "cairn/sync.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* More than so many are never done in a call.  */
#define MAX_N 1000000000

/* What a goroutine of a parallel benchmark takes at a time should take this
   long, but be no more than so many.  */
#define GRAIN_NS 100000
#define MAX_GRAIN 10000

/* -- The timer.  */

static void
get_allocs (uint64_t *nmallocs, uint64_t *nbytes)
{
  struct cairn_mem_stats stats;
  cairn_mem_stats (&stats);
  *nmallocs = stats.mallocs;
  *nbytes = stats.total_alloc;
}

CAIRNI_PUBLIC void
cairn_b_start_timer (struct cairn_b *b)
{
  struct cairni_b_state *s = b->state;
  if (s->timer_is_on)
    return;
  get_allocs (&s->start_mallocs, &s->start_nbytes);
  s->timer_is_on = true;
  s->start_ns = cairn_now ();
}

CAIRNI_PUBLIC void
cairn_b_stop_timer (struct cairn_b *b)
{
  struct cairni_b_state *s = b->state;
  uint64_t nmallocs, nbytes;
  if (!s->timer_is_on)
    return;
  s->duration_ns += cairn_now () - s->start_ns;
  get_allocs (&nmallocs, &nbytes);
  s->nmallocs += nmallocs - s->start_mallocs;
  s->nbytes += nbytes - s->start_nbytes;
  s->timer_is_on = false;
}

CAIRNI_PUBLIC void
cairn_b_reset_timer (struct cairn_b *b)
{
  struct cairni_b_state *s = b->state;
  struct cairni_metric *m;
  while ((m = s->metrics))
    {
      s->metrics = m->next;
      free (m->unit);
      free (m);
    }
  s->duration_ns = 0;
  s->nmallocs = s->nbytes = 0;
  if (s->timer_is_on)
    {
      get_allocs (&s->start_mallocs, &s->start_nbytes);
      s->start_ns = cairn_now ();
    }
}

CAIRNI_PUBLIC int64_t
cairn_b_elapsed (const struct cairn_b *b)
{
  const struct cairni_b_state *s = b->state;
  return s->duration_ns + (s->timer_is_on ? cairn_now () - s->start_ns : 0);
}

/* -- What is reported.  */

CAIRNI_PUBLIC void
cairn_b_report_allocs (struct cairn_b *b)
{
  b->state->shows_allocs = true;
}

CAIRNI_PUBLIC void
cairn_b_set_bytes (struct cairn_b *b, int64_t nbytes)
{
  b->state->bytes_each = nbytes;
}

CAIRNI_PUBLIC void
cairn_b_report_metric (struct cairn_b *b, double value, const char *unit)
{
  struct cairni_metric **at = &b->state->metrics;
  if (!*unit || strpbrk (unit, " \t\n\r\v\f"))
    cairni_fatal ("cairn_b_report_metric: the unit \"%s\" is empty or has "
                  "blanks: benchstat could not read it",
                  unit);
  while (*at && strcmp ((*at)->unit, unit) < 0)
    at = &(*at)->next;
  if (!*at || strcmp ((*at)->unit, unit) != 0)
    {
      struct cairni_metric *m = malloc (sizeof *m);
      char *copy = strdup (unit);
      if (!m || !copy)
        cairni_bench_no_memory ();
      *m = (struct cairni_metric){ copy, 0, *at };
      *at = m;
    }
  (*at)->value = value;
}

CAIRNI_PUBLIC void
cairn_b_fail (struct cairn_b *b, const char *format, ...)
{
  struct cairni_b_state *s = b->state;
  char *text = NULL, *none = NULL;
  va_list args;
  va_start (args, format);
  if (vasprintf (&text, format, args) < 0)
    text = NULL;
  va_end (args);
  /* The first of several goroutines says why.  */
  if (!__atomic_compare_exchange_n (&s->failure, &none, text, false,
                                    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    free (text);
  __atomic_store_n (&s->has_failed, true, __ATOMIC_RELEASE);
}

/* -- Calls.  */

void
cairni_bench_no_memory (void)
{
  cairni_fatal ("out of memory for benchmarks");
}

/* Have the caller of cairni_b_next call B for N.  */
static int
start (struct cairn_b *b, uint64_t n)
{
  struct cairni_b_state *s = b->state;
  s->is_running = true;
  s->parallelism = 1;
  b->n = n;
  cairn_gc ();
  cairn_b_reset_timer (b);
  cairn_b_start_timer (b);
  return 1;
}

/* B is over.  */
static void
destroy (struct cairn_b *b)
{
  cairn_b_reset_timer (b);
  free (b->state->failure);
  free (b->state->name);
  free (b->state);
  free (b);
}

/* B has been called: for how many next?  0: it has taken long enough.  */
static uint64_t
next_n (const struct cairn_b *b)
{
  const struct cairni_bench_options *o = &cairni_bench_options;
  const struct cairni_b_state *s = b->state;
  if (o->benchtime_n > 0)
    return b->n < o->benchtime_n ? o->benchtime_n : 0;
  if (s->duration_ns >= o->benchtime_ns || b->n >= MAX_N)
    return 0;
  double each = (double)(s->duration_ns > 0 ? s->duration_ns : 1) / b->n;
  double wanted = 1.2 * o->benchtime_ns / each;
  double least = b->n + 1.0, most = 100.0 * b->n;
  double n = wanted > most ? most : wanted;
  n = n < least ? least : n;
  return n < MAX_N ? (uint64_t)n : MAX_N;
}

/* A benchmark NAME in PARENT that is to be called with ARG; NULL: it was not
   chosen.  */
CAIRNI_PUBLIC struct cairn_b *
cairni_b_begin (struct cairn_b *parent, const char *name, void *arg)
{
  struct cairni_b_state *above = parent ? parent->state : NULL;
  char *full = cairni_bench_name (above, name);
  bool partial;
  if (above)
    above->has_sub = true;
  /* Those within have been called already.  */
  if ((parent && parent->n > 1) || !cairni_bench_matches (full, &partial))
    {
      free (full);
      return NULL;
    }
  struct cairn_b *b = calloc (1, sizeof *b);
  struct cairni_b_state *s = calloc (1, sizeof *s);
  if (!b || !s)
    cairni_bench_no_memory ();
  b->arg = arg;
  b->state = s;
  s->parent = above;
  s->name = full;
  s->has_sub = partial;
  s->nleft = cairni_bench_options.count;
  return b;
}

/* Whether B is to be called: 1; 0: it has ended, -1: it has failed, and there
   is no B any more.  */
CAIRNI_PUBLIC int
cairni_b_next (struct cairn_b *b)
{
  struct cairni_b_state *s = b->state;
  if (!s->is_running)
    return start (b, 1);
  cairn_b_stop_timer (b);
  uint64_t n = s->has_failed || s->has_sub ? 0 : next_n (b);
  s->last_ns = s->duration_ns;
  s->last_n = b->n;
  if (n > 0)
    return start (b, n);
  if (!s->has_sub || s->failure || s->has_failed)
    cairni_bench_print (b);
  if (!s->has_failed && !s->has_sub && --s->nleft > 0)
    {
      s->last_n = 0;
      return start (b, 1);
    }
  int outcome = s->has_failed ? -1 : 0;
  if (s->has_failed)
    {
      cairni_bench_failed = true;
      /* Whose part fails has failed.  */
      if (s->parent)
        s->parent->has_failed = true;
    }
  destroy (b);
  return outcome;
}

/* -- Parallel ones.  */

CAIRNI_PUBLIC void
cairn_b_set_parallelism (struct cairn_b *b, unsigned p)
{
  if (p > 0)
    b->state->parallelism = p;
}

/* Returns how many goroutines are wanted.  */
CAIRNI_PUBLIC unsigned
cairni_pb_begin (struct cairn_b *b)
{
  struct cairni_b_state *s = b->state;
  unsigned n = s->parallelism * cairn_max_procs ();
  double grain = 1;
  if (s->last_n > 0 && s->last_ns > 0)
    grain = (double)GRAIN_NS * s->last_n / s->last_ns;
  s->grain = grain < 1 ? 1 : grain > MAX_GRAIN ? MAX_GRAIN : (uint64_t)grain;
  s->given = 0;
  s->group = calloc (1, sizeof *s->group);
  if (!s->group)
    cairni_bench_no_memory ();
  cairn_waitgroup_add (s->group, n);
  return n;
}

/* What one of them is given.  */
CAIRNI_PUBLIC struct cairn_pb *
cairni_pb_new (struct cairn_b *b, void (*fn) (struct cairn_pb *), void *arg)
{
  struct cairn_pb *pb = malloc (sizeof *pb);
  if (!pb)
    cairni_bench_no_memory ();
  *pb = (struct cairn_pb){ 0, b, fn, arg };
  return pb;
}

CAIRNI_PUBLIC int
cairni_pb_more (struct cairn_pb *pb)
{
  struct cairni_b_state *s = pb->b->state;
  uint64_t n = pb->b->n;
  uint64_t from = __atomic_fetch_add (&s->given, s->grain, __ATOMIC_RELAXED);
  if (from >= n)
    return 0;
  pb->left = cairni_min (s->grain, n - from);
  return 1;
}

CAIRNI_PUBLIC void
cairni_pb_done (struct cairn_pb *pb)
{
  struct cairn_waitgroup *group = pb->b->state->group;
  free (pb);
  cairn_waitgroup_done (group);
}

CAIRNI_PUBLIC void
cairni_pb_end (struct cairn_b *b)
{
  struct cairni_b_state *s = b->state;
  cairn_waitgroup_wait (s->group);
  free (s->group);
  s->group = NULL;
  if (s->given < b->n && !s->has_failed)
    cairn_b_fail (b, "a goroutine of cairn_b_run_parallel left before "
                     "cairn_pb_next returned 0");
}
