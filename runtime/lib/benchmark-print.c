/* benchmark-print.c: benchmarks as Go's benchstat reads them.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A line a benchmark, its fields separated by tabs:

     BenchmarkNAME-P  N  VALUE UNIT  VALUE UNIT ...

   P is how many processors there are, left out if that is 1.  The form is
   described at https://golang.org/design/14313-benchmark-format.  */

#include "lib/benchmark.h"

#include <string.h>

/* The value that the benchmark itself has reported for UNIT, or NULL.  */
static const double *
own_value (const struct cairni_b_state *s, const char *unit)
{
  for (const struct cairni_metric *m = s->metrics; m; m = m->next)
    if (strcmp (m->unit, unit) == 0)
      return &m->value;
  return NULL;
}

static bool
is_standard (const char *unit)
{
  return strcmp (unit, "ns/op") == 0 || strcmp (unit, "MB/s") == 0
         || strcmp (unit, "B/op") == 0 || strcmp (unit, "allocs/op") == 0;
}

/* Print VALUE with about four digits that count, in columns in which the point
   stands at the same place.  */
static void
print_value (double value, const char *unit)
{
  double size = value < 0 ? -value : value;
  double limit = 999.95;
  int decimals = 0;
  while (size != 0 && size < limit && decimals < 7)
    {
      limit /= 10;
      decimals++;
    }
  printf ("\t%*.*f %s", decimals ? 11 + decimals : 10, decimals, value, unit);
}

/* Print TOTAL divided by the number of B's repetitions, or B's own value.  */
static void
print_each (const struct cairn_b *b, uint64_t total, const char *unit)
{
  const double *own = own_value (b->state, unit);
  if (own)
    printf ("\t%8.0f %s", *own, unit);
  else
    printf ("\t%8llu %s", (unsigned long long)(total / b->n), unit);
}

static void
print_result (const struct cairn_b *b)
{
  const struct cairni_b_state *s = b->state;
  const double *ns = own_value (s, "ns/op");
  const double *mbs = own_value (s, "MB/s");
  printf ("\t%8llu", (unsigned long long)b->n);
  double each = ns ? *ns : (double)s->duration_ns / b->n;
  if (each != 0)
    print_value (each, "ns/op");
  if (mbs)
    printf ("\t%7.2f MB/s", *mbs);
  else if (s->bytes_each > 0 && s->duration_ns > 0)
    printf ("\t%7.2f MB/s",
            (double)s->bytes_each * b->n / 1e6 / (s->duration_ns / 1e9));
  for (const struct cairni_metric *m = s->metrics; m; m = m->next)
    if (!is_standard (m->unit))
      print_value (m->value, m->unit);
  if (cairni_bench_options.benchmem || s->shows_allocs)
    {
      print_each (b, s->nbytes, "B/op");
      print_each (b, s->nmallocs, "allocs/op");
    }
}

void
cairni_bench_print (const struct cairn_b *b)
{
  const struct cairni_b_state *s = b->state;
  size_t nprocs = cairn_max_procs ();
  if (cairni_bench_options.list_only)
    return;
  if (s->has_failed)
    {
      printf ("--- FAIL: %s\n", s->name);
      if (s->failure)
        printf ("    %s\n", s->failure);
    }
  else
    {
      printf ("%s", s->name);
      if (nprocs > 1)
        printf ("-%zu", nprocs);
      print_result (b);
      printf ("\n");
    }
  fflush (stdout);
}
