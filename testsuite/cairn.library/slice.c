/* Slices: random operations on several that share arrays, beside a model.

   Catches: an element that a collection frees because only a slice leads to it,
   also one that begins in the middle of its array; an array that is shared
   after growing, or not shared before; elements between length and capacity
   that are not zero at first; and a macro that evaluates an argument twice.  */

#include "library.h"
#include <cairn/slice.h>

CAIRN_SLICE (texts, char *);
CAIRN_SLICE (ints, int);
CAIRN_SLICE (rows, struct ints);

#define NSLICES 6
#define NARRAYS (NSLICES + 1)
#define MAX_CAP 4000

/* The model: what stands in each array, 0 for NULL, and which part of which
   array each slice is.  */
static long arrays[NARRAYS][MAX_CAP];
static struct
{
  int array;
  size_t start, len, cap;
} model[NSLICES];

static struct texts slices[NSLICES];

static int
free_array (void)
{
  for (int a = 0;; a++)
    {
      int used = 0;
      for (int i = 0; i < NSLICES; i++)
        used |= model[i].array == a;
      if (!used)
        return a;
    }
}

/* Slice I got a new array.  */
static void
move_model (int i)
{
  int a = free_array ();
  CHECK (slices[i].cap <= MAX_CAP);
  memset (arrays[a], 0, sizeof arrays[a]);
  memcpy (arrays[a], &arrays[model[i].array][model[i].start],
          model[i].len * sizeof (long));
  model[i].array = a;
  model[i].start = 0;
  model[i].cap = slices[i].cap;
}

static void
model_append (int i, long value)
{
  arrays[model[i].array][model[i].start + model[i].len++] = value;
}

static NOINLINE void
compare (int i)
{
  CHECK (slices[i].len == model[i].len);
  CHECK (slices[i].cap == model[i].cap);
  for (size_t k = 0; k < model[i].len; k++)
    {
      const char *text = CAIRN_SLICE_AT (slices[i], k);
      long value = arrays[model[i].array][model[i].start + k];
      CHECK (value ? text && atol (text) == value : !text);
    }
}

static NOINLINE void
append (int i, long value)
{
  int is_full = model[i].len == model[i].cap;
  CAIRN_SLICE_APPEND (&slices[i], digits (value));
  if (is_full)
    move_model (i);
  model_append (i, value);
}

static NOINLINE void
append_all (int i, int from)
{
  size_t n = model[from].len;
  int grows = model[i].cap - model[i].len < n;
  long values[MAX_CAP];
  memcpy (values, &arrays[model[from].array][model[from].start],
          n * sizeof (long));
  if (model[i].len + n > MAX_CAP / 4)
    return;
  CAIRN_SLICE_APPEND_ALL (&slices[i], slices[from]);
  if (grows)
    move_model (i);
  for (size_t k = 0; k < n; k++)
    model_append (i, values[k]);
}

static NOINLINE void
copy (int to, int from)
{
  size_t n = CAIRN_SLICE_COPY (slices[to], slices[from]);
  CHECK (
      n == (model[to].len < model[from].len ? model[to].len : model[from].len));
  memmove (&arrays[model[to].array][model[to].start],
           &arrays[model[from].array][model[from].start], n * sizeof (long));
}

static NOINLINE void
cut (int to, int from)
{
  size_t max = roll ((unsigned)model[from].cap + 1);
  size_t hi = roll ((unsigned)max + 1);
  size_t lo = roll ((unsigned)hi + 1);
  if (roll (2))
    slices[to] = CAIRN_SLICE_SUB_CAP (slices[from], lo, hi, max);
  else
    {
      max = model[from].cap;
      slices[to] = CAIRN_SLICE_SUB (slices[from], lo, hi);
    }
  model[to] = model[from];
  model[to].start += lo;
  model[to].len = hi - lo;
  model[to].cap = max - lo;
}

static NOINLINE void
make (int i)
{
  size_t cap = roll (40), len = roll ((unsigned)cap + 1);
  slices[i] = CAIRN_SLICE_MAKE (struct texts, len, cap);
  model[i].len = 0;
  move_model (i);
  model[i].len = len;
}

static void
fuzz (int n)
{
  for (int round = 0; round < n; round++)
    {
      int i = (int)roll (NSLICES), j = (int)roll (NSLICES);
      switch (roll (10))
        {
        case 0:
          make (i);
          break;
        case 1:
        case 2:
          cut (i, j);
          break;
        case 3:
          copy (i, j);
          break;
        case 4:
          append_all (i, j);
          break;
        case 5:
          CAIRN_SLICE_GROW (&slices[i], 20);
          if (model[i].cap - model[i].len < 20)
            move_model (i);
          break;
        default:
          for (int k = (int)roll (20); k >= 0; k--)
            if (model[i].len < MAX_CAP / 4)
              append (i, 1 + roll (1000000));
        }
      for (int k = 0; k < NSLICES; k++)
        compare (k);
    }
}

static int ncalls;

static struct ints *
counted (struct ints *s)
{
  ncalls++;
  return s;
}

static NOINLINE void
test_once (void)
{
  struct ints a = CAIRN_SLICE_MAKE (struct ints, 0, 2);
  ncalls = 0;
  for (int i = 0; i < 5;)
    CAIRN_SLICE_APPEND (counted (&a), i++);
  CHECK (ncalls == 5 && a.len == 5);
  size_t i = 1;
  CAIRN_SLICE_AT (*counted (&a), i++) += 40;
  CHECK (ncalls == 6 && i == 2 && a.data[1] == 41);
  struct ints b = CAIRN_SLICE_SUB (*counted (&a), i++, 4);
  CHECK (ncalls == 7 && i == 3 && b.len == 2 && b.data[0] == 2);
}

/* The values of the arguments may change the slice.  */
static int
push_one (struct ints *s)
{
  CAIRN_SLICE_APPEND (s, 1);
  return 2;
}

static NOINLINE void
test_nested (void)
{
  struct ints a = { 0 };
  CAIRN_SLICE_APPEND (&a, push_one (&a));
  CHECK (a.len == 2 && a.data[0] == 1 && a.data[1] == 2);

  /* Slices of slices, elements with commas.  */
  struct rows rows = { 0 };
  for (int i = 0; i < 10; i++)
    {
      struct ints row = CAIRN_SLICE_MAKE (struct ints, 3, 3);
      CAIRN_SLICE_AT (row, 2) = i;
      CAIRN_SLICE_APPEND (&rows, row);
    }
  CAIRN_SLICE_APPEND (&rows, (struct ints){ a.data, 1, 1, {} });
  CAIRN_SLICE_APPEND (&CAIRN_SLICE_AT (rows, 3), 33);
  clobber ();
  for (int i = 0; i < 10; i++)
    CHECK (CAIRN_SLICE_AT (CAIRN_SLICE_AT (rows, i), 2) == i);
  CHECK (CAIRN_SLICE_AT (CAIRN_SLICE_AT (rows, 3), 3) == 33);
  CHECK (CAIRN_SLICE_AT (CAIRN_SLICE_AT (rows, 10), 0) == 1);
}

/* Appending to a slice of a frame's array makes another.  */
static NOINLINE struct ints
from_frame (void)
{
  int array[4] = { 1, 2, 3, 4 };
  struct ints s = CAIRN_SLICE_FROM (struct ints, array, 4);
  CAIRN_SLICE_APPEND (&s, 5);
  array[0] = 9;
  return s;
}

/* And so does one whose array the compiler puts in the frame.  */
static NOINLINE struct ints
from_small (int n)
{
  struct ints small = CAIRN_SLICE_MAKE (struct ints, 0, 4);
  struct ints large = { 0 };
  for (int i = 0; i < n; i++)
    CAIRN_SLICE_APPEND (&small, i);
  CAIRN_SLICE_APPEND_ALL (&large, small);
  return large;
}

static NOINLINE void
test_frames (void)
{
  struct ints a = from_frame ();
  clobber ();
  for (int i = 0; i < 5; i++)
    CHECK (CAIRN_SLICE_AT (a, i) == i + 1);
  for (int n = 1; n < 10; n += 3)
    {
      struct ints b = from_small (n);
      clobber ();
      for (int i = 0; i < n; i++)
        CHECK (CAIRN_SLICE_AT (b, i) == i);
    }
}

static struct ints five;

static void
wrong_index (void)
{
  CAIRN_SLICE_AT (five, 5) = 1;
}

static void
wrong_negative (void)
{
  CAIRN_SLICE_AT (five, opaque_int (-1)) = 1;
}

static void
wrong_empty (void)
{
  struct ints none = { 0 };
  CAIRN_SLICE_AT (none, 0) = 1;
}

static void
wrong_sub (void)
{
  five = CAIRN_SLICE_SUB (five, 3, 2);
}

static void
wrong_sub_cap (void)
{
  five = CAIRN_SLICE_SUB_CAP (five, 0, 2, 9);
}

static void
wrong_make (void)
{
  five = CAIRN_SLICE_MAKE (struct ints, 3, 2);
}

static void
wrong_make_negative (void)
{
  five = CAIRN_SLICE_MAKE (struct ints, 0, opaque_int (-7));
}

static void
wrong_grow (void)
{
  CAIRN_SLICE_GROW (&five, SIZE_MAX / 8);
}

static void
test_misuse (void)
{
  five = CAIRN_SLICE_MAKE (struct ints, 5, 8);
  CHECK_ENDS (wrong_index, ": index out of range [5] with length 5");
  CHECK_ENDS (wrong_negative, ": index out of range [-1] with length 5");
  CHECK_ENDS (wrong_empty, ": index out of range [0] with length 0");
  CHECK_ENDS (wrong_sub, ": slice bounds out of range [3:2:8] with capacity 8");
  CHECK_ENDS (wrong_sub_cap,
              ": slice bounds out of range [0:2:9] with capacity 8");
  CHECK_ENDS (wrong_make, ": a slice cannot have length 3 and capacity 2");
  CHECK_ENDS (wrong_make_negative,
              ": a slice cannot have length 0 and capacity -7");
  CHECK_ENDS (wrong_grow, ": out of memory: 2305843009213693956 elements of 4 "
                          "bytes");
}

int
main (void)
{
  for (int i = 0; i < NSLICES; i++)
    make (i);
  fuzz (rounds (3000));
  test_once ();
  test_nested ();
  test_frames ();
  test_misuse ();
  return 0;
}
