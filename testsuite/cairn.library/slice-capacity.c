/* The capacities of slices are those of Go 1.19, whose `append' made the
   numbers here, and so is the number of allocations.

   Catches: another growth rule or other size classes; memory that is allocated
   elsewhere on the way; an array that could be in the frame and is not; a slice
   of numbers that the collector looks into.

   { cairn-not-moved "counts allocations" }  */

#include "library.h"
#include <cairn/slice.h>

struct three
{
  char c[3];
};
struct twelve
{
  int i[3];
};
struct hundred
{
  char c[100];
};
CAIRN_SLICE (bytes, unsigned char);
CAIRN_SLICE (threes, struct three);
CAIRN_SLICE (ints, int);
CAIRN_SLICE (longs, long);
CAIRN_SLICE_NOSCAN (numbers, long);
CAIRN_SLICE (twelves, struct twelve);
CAIRN_SLICE (hundreds, struct hundred);
CAIRN_SLICE (pointers, void *);
CAIRN_SLICE (doubles, double);

/* Append N elements to a slice of type NAME; it must have these capacities.  */
#define CHECK_CAPS(NAME, N, ...)                                               \
  do                                                                           \
    {                                                                          \
      static const size_t caps[] = { __VA_ARGS__ };                            \
      struct NAME s = { 0 };                                                   \
      __typeof__ (*s.data) zero = { 0 };                                       \
      size_t k = 0;                                                            \
      for (size_t i = 0; i < N; i++)                                           \
        {                                                                      \
          if (i > 0 && i == caps[k])                                           \
            k++;                                                               \
          CAIRN_SLICE_APPEND (&s, zero);                                       \
          CHECK (s.cap == caps[k]);                                            \
        }                                                                      \
      CHECK (k == sizeof caps / sizeof *caps - 1);                             \
    }                                                                          \
  while (0)

static void
test_append (void)
{
  CHECK_CAPS (bytes, 5000, 8, 16, 32, 64, 128, 256, 512, 896, 1408, 2048, 3072,
              4096, 5376);
  CHECK_CAPS (threes, 2000, 2, 5, 10, 21, 42, 85, 170, 341, 682, 1066, 1621,
              2261);
  CHECK_CAPS (ints, 5000, 2, 4, 8, 16, 32, 64, 128, 256, 512, 864, 1344, 2048,
              3072, 4096, 5440);
  CHECK_CAPS (longs, 20000, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 848, 1280,
              1792, 2560, 3408, 5120, 7168, 9216, 12288, 16384, 21504);
  CHECK_CAPS (twelves, 2000, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 853, 1365,
              2048);
  CHECK_CAPS (hundreds, 2000, 1, 2, 4, 8, 17, 34, 69, 143, 286, 573, 983, 1474,
              2048);
}

/* append (make ([]int64, n), make ([]int64, more)...)  */
static void
test_append_all (void)
{
  static const size_t rows[][4] = {
    { 1, 1, 20, 608 },          { 5, 6, 20, 608 },
    { 7, 8, 20, 608 },          { 33, 36, 44, 608 },
    { 100, 112, 112, 608 },     { 1000, 1024, 1024, 1360 },
    { 5000, 5120, 5120, 6144 },
  };
  static const size_t lens[] = { 0, 10, 300 };
  for (int i = 0; i < 7; i++)
    for (int k = 0; k < 3; k++)
      {
        struct longs s = CAIRN_SLICE_MAKE (struct longs, lens[k], lens[k]);
        struct longs more
            = CAIRN_SLICE_MAKE (struct longs, rows[i][0], rows[i][0]);
        CAIRN_SLICE_APPEND_ALL (&s, more);
        CHECK (s.cap == rows[i][k + 1]);
        CHECK (s.len == lens[k] + rows[i][0]);
      }
}

static NOINLINE struct numbers
thousand (size_t cap)
{
  struct numbers s = CAIRN_SLICE_MAKE (struct numbers, 0, cap);
  for (long i = 0; i < 1000; i++)
    CAIRN_SLICE_APPEND (&s, i);
  return s;
}

static NOINLINE long
frame_only (void)
{
  struct longs s = CAIRN_SLICE_MAKE (struct longs, 10, 10);
  CAIRN_SLICE_AT (s, 3) = opaque_int (7);
  return CAIRN_SLICE_AT (s, 3) + CAIRN_SLICE_AT (s, 4);
}

static void
test_allocations (void)
{
  uint64_t before = allocations ();
  thousand (0);
  CHECK (allocations () - before == 12);
  before = allocations ();
  thousand (1000);
  CHECK (allocations () - before == 1);
  before = allocations ();
  CHECK (frame_only () == 7);
  CHECK (allocations () - before == !CAIRNI_PLUGIN);
}

/* What only a slice of numbers has the address of is collected.  */
static struct numbers numbers;
static struct doubles doubles;
static struct pointers pointers;

#define NHIDDEN 40

static NOINLINE void *
object (void)
{
  return memset (cairn_malloc (3000), 1, 3000);
}

static NOINLINE void
hide (void)
{
  for (int i = 0; i < NHIDDEN; i++)
    {
      union
      {
        double d;
        void *p;
      } hidden = { .p = object () };
      CAIRN_SLICE_APPEND (&doubles, hidden.d);
      CAIRN_SLICE_APPEND (&numbers, (long)object ());
      CAIRN_SLICE_APPEND (&pointers, object ());
    }
}

/* Whether there is an object at P that is none of POINTERS.  */
static int
is_kept (const void *p)
{
  for (size_t i = 0; i < pointers.len; i++)
    if (pointers.data[i] == p)
      return 0;
  return cairn_is_heap (p);
}

static NOINLINE void
test_noscan (void)
{
  int nkept = 0;
  hide ();
  clobber ();
  cairn_gc ();
  allocations ();
  for (int i = 0; i < NHIDDEN; i++)
    {
      void *p;
      memcpy (&p, &doubles.data[i], sizeof p);
      nkept += is_kept (p) + is_kept ((void *)numbers.data[i]);
      CHECK (((char *)pointers.data[i])[2999] == 1);
    }
  /* A register or a dead frame may have one or the other.  */
  CHECK (nkept < NHIDDEN / 4);
}

int
main (void)
{
  test_append ();
  test_append_all ();
  test_allocations ();
  test_noscan ();
  return 0;
}
