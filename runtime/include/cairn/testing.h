/* cairn/testing.h: benchmarks.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Time is measured as Go's testing package does it, and told in the same
   form, so that Go's benchstat compares the outcomes:

     #include <cairn/testing.h>

     CAIRN_BENCHMARK (Sum)
     {
       for (uint64_t i = 0; i < b->n; i++)
         cairn_keep (sum (numbers, 1000));
     }

     CAIRN_BENCHMARK_MAIN ()

     $ cairn-cc -O2 sum.c -o sum && ./sum -benchmem
     goos: linux
     goarch: amd64
     pkg: sum
     cpu: …
     BenchmarkSum-8   	 3871210	       309.4 ns/op	       0 B/op	       0 allocs/op
     PASS
     ok  	sum	1.513s

   A benchmark is called again and again, with a larger b->n each time, until it
   takes the time that it should; then what the last call took is divided by
   b->n.  B/op and allocs/op count collected objects, by the sizes of their
   slots, of the whole program while the timer runs: what code without the
   plugin gets from malloc is not among them.  ./sum -help lists the options.

   Durations are in nanoseconds.  b belongs to the goroutine that the benchmark
   is called in; it and what is made of it are valid until the benchmark
   returns.  */

#ifndef CAIRN_TESTING_H
#define CAIRN_TESTING_H

#include <cairn.h>
#include <cairn/go.h>

struct cairn_b
{
  uint64_t n; /* How often to do what is measured.  */
  void *arg;  /* What cairn_b_run was given; the main ones: NULL.  */
  struct cairni_b_state *state; /* The library's.  */
};

/* One of the goroutines of cairn_b_run_parallel.  */
struct cairn_pb
{
  uint64_t left; /* The library's.  */
  struct cairn_b *b;
  void (*fn) (struct cairn_pb *pb);
  void *arg; /* What cairn_b_run_parallel was given.  */
};

struct cairn_benchmark
{
  const char *name;
  void (*fn) (struct cairn_b *b);
  struct cairn_benchmark *next;
};

/* Define the benchmark NAME, an identifier, which is told as BenchmarkNAME; its
   body, in which B is its struct cairn_b, follows.  Benchmarks run in the order
   in which they stand in a file.  */
#define CAIRN_BENCHMARK(NAME)                                                  \
  static void cairni_benchmark_##NAME (struct cairn_b *b);                     \
  __attribute__ ((constructor)) static void cairni_add_benchmark_##NAME (void) \
  {                                                                            \
    static struct cairn_benchmark cairni_entry                                 \
        = { #NAME, cairni_benchmark_##NAME, NULL };                            \
    cairni_b_add (&cairni_entry);                                              \
  }                                                                            \
  static void cairni_benchmark_##NAME (                                        \
      __attribute__ ((unused)) struct cairn_b *b)

/* A main that runs the benchmarks which its arguments choose; its status is 1
   if one failed, 2 if the arguments are wrong.  */
#define CAIRN_BENCHMARK_MAIN()                                                 \
  int main (int argc, char **argv) { return cairn_bench_main (argc, argv); }

/* Do not let the compiler leave out what computes X, a value.  */
#define cairn_keep(X)                                                          \
  do                                                                           \
    {                                                                          \
      __typeof__ (X) cairni_kept = (X);                                        \
      __asm__ volatile ("" : : "X"(cairni_kept));                              \
    }                                                                          \
  while (0)

/* -- The timer of B, which runs when the benchmark is called.  Each of these
   looks at the statistics, for which all threads stop a moment.  */

/* Forget the time and the allocations so far.  */
extern void cairn_b_reset_timer (struct cairn_b *B);
/* Stop counting, and go on; not while cairn_b_run_parallel runs.  */
extern void cairn_b_stop_timer (struct cairn_b *B);
extern void cairn_b_start_timer (struct cairn_b *B);
/* The time counted so far.  */
extern int64_t cairn_b_elapsed (const struct cairn_b *B);

/* -- What is told of B.  */

/* B/op and allocs/op, without -benchmem, too.  */
extern void cairn_b_report_allocs (struct cairn_b *B);
/* MB/s as well: one of N processes NBYTES.  */
extern void cairn_b_set_bytes (struct cairn_b *B, int64_t NBYTES);
/* VALUE with UNIT, as "misses/op", which must have no blanks and is copied.  The
   unit ns/op replaces what was measured, as do B/op and allocs/op.  */
extern void cairn_b_report_metric (struct cairn_b *B, double VALUE,
                                   const char *UNIT) CAIRN_NOESCAPE (3);
/* The benchmark fails: print FORMAT, as printf does, and do not go on with
   larger B->n.  The function should return then.  */
extern void cairn_b_fail (struct cairn_b *B, const char *FORMAT, ...)
    __attribute__ ((format (printf, 2, 3)));

/* -- What calls back; the names with cairni_ are the library's.  That it is done
   here and not in the library has the benchmarks run on the caller's stack,
   which grows.  */

extern void cairni_b_add (struct cairn_benchmark *ENTRY);
extern void cairni_bench_start (int ARGC, char **ARGV);
extern struct cairn_b *cairni_b_begin (struct cairn_b *PARENT,
                                       const char *NAME, void *ARG);
extern int cairni_b_next (struct cairn_b *B);
extern struct cairn_benchmark *
cairni_bench_next (struct cairn_benchmark *LAST);
extern int cairni_bench_end (void);
extern unsigned cairni_pb_begin (struct cairn_b *B);
extern struct cairn_pb *cairni_pb_new (struct cairn_b *B,
                                       void (*FN) (struct cairn_pb *),
                                       void *ARG);
extern int cairni_pb_more (struct cairn_pb *PB);
extern void cairni_pb_done (struct cairn_pb *PB);
extern void cairni_pb_end (struct cairn_b *B);

/* Run FN as a benchmark within B, with ARG in its struct; it is told as
   BenchmarkOUTER/NAME, blanks in NAME as `_'.  B itself is not told of then.
   Returns 0 if it failed, 1 if not or if it was not chosen.  */
static inline int
cairn_b_run (struct cairn_b *B, const char *NAME,
             void (*FN) (struct cairn_b *), void *ARG)
{
  struct cairn_b *cairni_b = cairni_b_begin (B, NAME, ARG);
  int cairni_more = cairni_b ? cairni_b_next (cairni_b) : 1;
  if (!cairni_b)
    return 1;
  while (cairni_more > 0)
    {
      FN (cairni_b);
      cairni_more = cairni_b_next (cairni_b);
    }
  return cairni_more == 0;
}

/* Whether PB is to do it once more: the loop of what cairn_b_run_parallel calls
   is while (cairn_pb_next (pb)).  */
static inline int
cairn_pb_next (struct cairn_pb *PB)
{
  if (PB->left == 0 && !cairni_pb_more (PB))
    return 0;
  PB->left--;
  return 1;
}

static inline void
cairni_pb_run (void *ARG)
{
  struct cairn_pb *cairni_pb = (struct cairn_pb *)ARG;
  cairni_pb->fn (cairni_pb);
  cairni_pb_done (cairni_pb);
}

/* Divide B->n among goroutines, as many as can run at once times what
   cairn_b_set_parallelism said, each of which calls FN.  Returns when all
   have.  */
static inline void
cairn_b_run_parallel (struct cairn_b *B, void (*FN) (struct cairn_pb *),
                      void *ARG)
{
  unsigned cairni_i, cairni_n = cairni_pb_begin (B);
  for (cairni_i = 0; cairni_i < cairni_n; cairni_i++)
    cairn_go (cairni_pb_run, cairni_pb_new (B, FN, ARG));
  cairni_pb_end (B);
}

/* Have cairn_b_run_parallel use P goroutines a processor, 1 unless set.  */
extern void cairn_b_set_parallelism (struct cairn_b *B, unsigned P);

/* What CAIRN_BENCHMARK_MAIN is.  */
static inline int
cairn_bench_main (int argc, char **argv)
{
  struct cairn_benchmark *cairni_at = NULL;
  cairni_bench_start (argc, argv);
  while ((cairni_at = cairni_bench_next (cairni_at)))
    cairn_b_run (NULL, cairni_at->name, cairni_at->fn, NULL);
  return cairni_bench_end ();
}

#endif /* CAIRN_TESTING_H */
