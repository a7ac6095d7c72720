/* Benchmarks that fail, and one between them that does not.  */

#include <cairn/testing.h>

static void
inner (struct cairn_b *b)
{
  cairn_b_fail (b, "the inner one, %d", (int)b->n);
}

CAIRN_BENCHMARK (Outer)
{
  if (cairn_b_run (b, "inner", inner, NULL))
    __builtin_abort ();
}

CAIRN_BENCHMARK (Good)
{
  for (uint64_t i = 0; i < b->n; i++)
    cairn_keep (i);
}

static void
leave (struct cairn_pb *pb)
{
  (void)pb;
}

CAIRN_BENCHMARK (Leaves) { cairn_b_run_parallel (b, leave, NULL); }

CAIRN_BENCHMARK_MAIN ()
