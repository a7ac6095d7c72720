/* Makes values for asks.c; is C and C++.  What it needs for that uses the rest
   of the library, which must work there, too.  */

#include "kinds.h"

static int
first_number (const void *self)
{
  return *(const int *)self;
}

static int
second_number (const void *self)
{
  return *(const short *)self;
}

CAIRN_IMPLEMENT (any, first, .number = first_number);
CAIRN_IMPLEMENT (any, second, .number = second_number);

static void *
new_int (void)
{
  return cairn_malloc (sizeof (int));
}

static struct cairn_pool pool = CAIRN_POOL_INIT (new_int, 0);

/* N, by a detour.  */
static int
number (int n)
{
  struct ints s = CAIRN_SLICE_MAKE (struct ints, 0, 2);
  struct squares *squares = squares_make (0);
  struct ages *ages = ages_make (10);
  for (int i = 0; i < 100; i++)
    {
      CAIRN_SLICE_APPEND (&s, i);
      squares_set (squares, i, (long)i * i);
      *ages_at (ages, cairn_string_format ("%d", i)) += i;
    }
  struct cairn_builder b = { NULL, 0, 0 };
  cairn_builder_add (&b, CAIRN_STRING ("1"));
  cairn_builder_add_c (&b, "23");
  struct cairn_string text = CAIRN_STRING_SUB (cairn_builder_string (&b), 1, 2);
  int *p = (int *)cairn_pool_get (&pool);
  *p = *ages_find (ages, text) + (int)*squares_find (squares, 7);
  int result = *p + CAIRN_SLICE_AT (s, n) - 51;
  CAIRN_POOL_PUT (&pool, p, sizeof *p);
  return result;
}

struct any
make_any (int which)
{
  struct any none = { NULL, NULL };
  if (which == 1)
    return CAIRN_BOX (any, first, number (11));
  if (which == 2)
    return CAIRN_BOX (any, second, (short)number (22));
  return none;
}
