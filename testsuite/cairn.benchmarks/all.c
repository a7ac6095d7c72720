/* Benchmarks of every kind; benchmarks.exp looks at what is told of them.  */

#include <cairn/testing.h>

struct node
{
  struct node *next;
  long values[4];
};

struct node *kept;

static __attribute__ ((noinline)) long
sum (const struct node *n)
{
  return n->values[0] + n->values[3];
}

static __attribute__ ((noinline)) struct node *
make (struct node *next)
{
  struct node n = { next, { 1, 2, 3, 4 } };
  return &n;
}

/* 40 bytes, whose address goes to another function and no further.  */
CAIRN_BENCHMARK (Stack)
{
  for (uint64_t i = 0; i < b->n; i++)
    {
      struct node n = { NULL, { i } };
      cairn_keep (sum (&n));
    }
}

/* The same with an address that outlives it: with its type a slot of 48.  */
CAIRN_BENCHMARK (Escapes)
{
  for (uint64_t i = 0; i < b->n; i++)
    kept = make (NULL);
}

CAIRN_BENCHMARK (AlwaysShown)
{
  cairn_b_report_allocs (b);
  for (uint64_t i = 0; i < b->n; i++)
    kept = make (make (NULL));
}

/* Two hundred milliseconds that do not count, and a thousand objects.  */
CAIRN_BENCHMARK (Stopped)
{
  cairn_b_stop_timer (b);
  for (int i = 0; i < 1000; i++)
    kept = make (NULL);
  cairn_sleep (200 * CAIRN_MILLISECOND);
  cairn_b_start_timer (b);
  for (uint64_t i = 0; i < b->n; i++)
    cairn_keep (i);
}

CAIRN_BENCHMARK (Reset)
{
  for (int i = 0; i < 1000; i++)
    kept = make (NULL);
  cairn_sleep (200 * CAIRN_MILLISECOND);
  cairn_b_reset_timer (b);
  for (uint64_t i = 0; i < b->n; i++)
    cairn_keep (i);
}

/* It takes a millisecond, so that b->n is foretold.  */
CAIRN_BENCHMARK (Millisecond)
{
  for (uint64_t i = 0; i < b->n; i++)
    cairn_sleep (CAIRN_MILLISECOND);
}

CAIRN_BENCHMARK (Bytes)
{
  static char from[1 << 16], to[1 << 16];
  cairn_b_set_bytes (b, sizeof from);
  for (uint64_t i = 0; i < b->n; i++)
    {
      __builtin_memcpy (to, from, sizeof to);
      cairn_keep (to[i % sizeof to]);
    }
}

CAIRN_BENCHMARK (Metric)
{
  for (uint64_t i = 0; i < b->n; i++)
    cairn_keep (i);
  cairn_b_report_metric (b, 2.5, "misses/op");
  cairn_b_report_metric (b, 0.125, "a/op");
  cairn_b_report_metric (b, 1, "a/op");
}

static void
make_many (struct cairn_b *b)
{
  int how_many = *(int *)b->arg;
  for (uint64_t i = 0; i < b->n; i++)
    for (int k = 0; k < how_many; k++)
      kept = make (NULL);
}

static void
outer (struct cairn_b *b)
{
  static int one = 1, three = 3;
  cairn_b_run (b, "one", make_many, &one);
  cairn_b_run (b, "and three", make_many, &three);
  cairn_b_run (b, "one", make_many, &one);
}

CAIRN_BENCHMARK (Sub) { cairn_b_run (b, "deep", outer, NULL); }

static uint64_t nparallel;

static void
count (struct cairn_pb *pb)
{
  while (cairn_pb_next (pb))
    __atomic_fetch_add (&nparallel, 1, __ATOMIC_RELAXED);
}

/* Each is done once, by whichever goroutine.  */
CAIRN_BENCHMARK (Parallel)
{
  cairn_b_set_parallelism (b, 3);
  nparallel = 0;
  cairn_b_run_parallel (b, count, NULL);
  if (nparallel != b->n)
    cairn_b_fail (b, "%llu instead of %llu", (unsigned long long)nparallel,
                  (unsigned long long)b->n);
}

/* A stack of the goroutine's own, which grows: 2,000 frames.  */
static __attribute__ ((noinline)) long
deep (long n)
{
  volatile long here[8] = { n };
  return n == 0 ? 0 : deep (n - 1) + here[0] % 2;
}

CAIRN_BENCHMARK (Deep)
{
  for (uint64_t i = 0; i < b->n; i++)
    if (deep (2000) != 1000)
      cairn_b_fail (b, "deep is wrong");
}

CAIRN_BENCHMARK_MAIN ()
