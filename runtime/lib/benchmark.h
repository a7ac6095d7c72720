/* benchmark.h: what the files of <cairn/testing.h> share.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_LIB_BENCHMARK_H
#define CAIRNI_LIB_BENCHMARK_H

#include "base/base.h"
#include "cairn/testing.h"

#include <stdio.h>

/* A value that the benchmark reports itself.  */
struct cairni_metric
{
  char *unit;
  double value;
  struct cairni_metric *next; /* Sorted by unit.  */
};

/* A benchmark and its runs.  Memory is malloc's, so that it is not among the
   collected objects that are counted.  */
struct cairni_b_state
{
  struct cairni_b_state *parent; /* NULL: a main one.  */
  char *name;                    /* "BenchmarkOuter/inner", no processors.  */
  bool is_running;               /* It was called and has not returned.  */
  bool has_sub;  /* It runs others, or is looked into for these only: it is
                    not told of itself.  */
  bool has_failed;
  char *failure;      /* Why, NULL: not said.  */
  unsigned nleft;     /* How often it is still to be told of.  */
  bool timer_is_on;
  bool shows_allocs;
  int64_t start_ns;   /* While the timer is on: since when, and what there */
  uint64_t start_mallocs, start_nbytes; /* was then.  */
  int64_t duration_ns;
  uint64_t nmallocs, nbytes; /* Allocated while the timer was on.  */
  int64_t bytes_each;        /* cairn_b_set_bytes; 0: not set.  */
  struct cairni_metric *metrics;
  int64_t last_ns;    /* What the call before this one took, */
  uint64_t last_n;    /* for how many; 0: there was none.  */
  unsigned parallelism;
  uint64_t given;     /* Parallel: how many of N were handed out; atomic.  */
  uint64_t grain;     /* Parallel: how many at a time.  */
  struct cairn_waitgroup *group; /* Parallel: of the goroutines.  */
};

/* What the command line asks for.  */
struct cairni_bench_options
{
  int64_t benchtime_ns;
  uint64_t benchtime_n; /* 0: go by time.  */
  unsigned count;
  bool benchmem;
  bool list_only;
};

extern struct cairni_bench_options cairni_bench_options;

/* Some benchmark failed.  */
extern bool cairni_bench_failed;

/* Whether the full NAME is chosen: its elements between slashes match those of
   the pattern.  Sets *PARTIAL if the pattern has more elements.  */
extern bool cairni_bench_matches (const char *name, bool *partial);

/* A full name for NAME in PARENT that was not given before, to be freed.  */
extern char *cairni_bench_name (const struct cairni_b_state *parent,
                                const char *name);

/* Print the line of B, which has ended well, or that it has failed.  */
extern void cairni_bench_print (const struct cairn_b *b);

/* End the program: there is no memory for the records of benchmarks.  */
extern void cairni_bench_no_memory (void) __attribute__ ((noreturn));

#endif /* CAIRNI_LIB_BENCHMARK_H */
