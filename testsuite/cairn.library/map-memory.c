/* What maps allocate.

   Catches: a hint that does not spare the growing; a table that never shrinks
   its share of deleted slots but grows; a map that keeps what was deleted; one
   of numbers that the collector looks into.

   { cairn-not-moved "counts allocations" }  */

#include "library.h"
#include <cairn/map.h>

CAIRN_MAP (longs, long, long);
CAIRN_MAP_NOSCAN (numbers, long, long);
CAIRN_MAP (ints, int, float);

/* The map, its bytes and its slots are all.  */
static void
test_hint (void)
{
  for (size_t n = 1; n < 3000; n = n * 3 / 2 + 1)
    {
      uint64_t before = allocations ();
      struct longs *map = longs_make (n);
      for (size_t i = 0; i < n; i++)
        longs_set (map, (long)i * 77, 1);
      CHECK (allocations () - before == 3);
      CHECK (longs_len (map) == n);
    }
}

/* A key for I that lies about anywhere.  */
static long
scatter (long i)
{
  uint64_t x = (uint64_t)i + 1;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  return (long)(x * x);
}

/* Entries come and go; there are never more than 80, and room for 112, so that
   deleted slots are taken back without a larger table, sometimes, but not
   often: each time there are at least 28.  */
static void
test_churn (void)
{
  struct longs *map = longs_make (112);
  uint64_t before = allocations ();
  int n = 100000;
  for (long i = 0; i < n; i++)
    {
      longs_set (map, scatter (i), i);
      if (i >= 79)
        CHECK (longs_delete (map, scatter (i - 79)));
    }
  CHECK (map->mask + 1 == 8);
  uint64_t ntables = (allocations () - before) / 2;
  CHECK (ntables > 0 && ntables < (uint64_t)n / 28);
}

#define NHIDDEN 40

static struct longs *longs;
static struct numbers *numbers;

static NOINLINE void *
object (void)
{
  return memset (cairn_malloc (3000), 1, 3000);
}

static NOINLINE void
hide (void)
{
  longs = longs_make (0);
  numbers = numbers_make (0);
  for (int i = 0; i < NHIDDEN; i++)
    {
      longs_set (longs, i, (long)object ());
      numbers_set (numbers, i, (long)object ());
    }
}

/* Whether there is an object at P that is none of LONGS.  */
static int
is_kept (const void *p)
{
  for (struct longs_iterator i = longs_begin (longs); longs_next (&i);)
    if ((const void *)*i.value == p)
      return 0;
  return cairn_is_heap (p);
}

static NOINLINE void
test_noscan (void)
{
  static void *deleted[NHIDDEN / 2];
  int nkept = 0, ndeleted = 0;
  hide ();
  clobber ();
  cairn_gc ();
  allocations ();
  for (int i = 0; i < NHIDDEN; i++)
    {
      nkept += is_kept ((void *)*numbers_find (numbers, i));
      CHECK (((char *)*longs_find (longs, i))[2999] == 1);
    }
  CHECK (nkept < NHIDDEN / 4);
  /* The addresses, for a while where they are none.  */
  for (int i = 0; i < NHIDDEN / 2; i++)
    {
      deleted[i] = (void *)(*longs_find (longs, i) ^ -1l);
      longs_delete (longs, i);
    }
  clobber ();
  cairn_gc ();
  allocations ();
  for (int i = 0; i < NHIDDEN / 2; i++)
    ndeleted += is_kept ((void *)((uintptr_t)deleted[i] ^ -1ul));
  CHECK (ndeleted < NHIDDEN / 8);
}

int
main (void)
{
  test_hint ();
  test_churn ();
  test_noscan ();
  return 0;
}
