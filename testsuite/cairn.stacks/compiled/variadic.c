/* Variable arguments of all types, more than 4 KB of them, read here and by
   foreign code, and lists that are passed down, copied and read again.
   { cairn-foreign }
   { cairn-also }

   Catches: arguments that are read from a stack that has moved since va_start;
   a copy of them that is cut off.  */

#include <stdarg.h>
#include "compiled.h"

struct large { long w[100]; };
struct small { double d; int i; };

extern long away_sum (int n, ...);
extern LOOKS long away_list (int n, va_list ap);
extern long away_back (long (*fn) (int, ...), long (*list) (int, va_list), int n,
		       ...);

#define SUM_LIST(name, use_stack)                                            \
  LOOKS long name (int n, va_list ap)                                     \
  {                                                                          \
    long sum = 0;                                                            \
    for (int i = 0; i < n; i++)                                              \
      {                                                                      \
	use_stack;                                                           \
	sum += va_arg (ap, int);                                             \
	use_stack;                                                           \
	sum += va_arg (ap, double);                                          \
	sum += va_arg (ap, long double);                                     \
	use_stack;                                                           \
	struct small small = va_arg (ap, struct small);                      \
	sum += small.d + small.i;                                            \
	struct large large = va_arg (ap, struct large);                      \
	use_stack;                                                           \
	for (int j = 0; j < 100; j++)                                        \
	  sum += large.w[j];                                                 \
	sum += *va_arg (ap, int *);                                          \
      }                                                                      \
    return sum;                                                              \
  }

#ifdef FOREIGN

SUM_LIST (away_list, stand ())

NOINLINE long
away_sum (int n, ...)
{
  va_list ap;
  va_start (ap, n);
  long sum = away_list (n, ap);
  va_end (ap);
  return sum;
}

NOINLINE long
away_back (long (*fn) (int, ...), long (*list) (int, va_list), int n, ...)
{
  va_list ap;
  stand ();
  struct large large = { { 1, 2, 3 } };
  struct small small = { 4, 5 };
  int ten = 10;
  long sum = fn (1, 7, 8.0, 9.0L, small, large, &ten);
  va_start (ap, n);
  sum = sum * 1000000 + list (n, ap);
  va_end (ap);
  return sum;
}

#else

static SUM_LIST (here_list, grow (40))

static LOOKS long
here_sum (int n, ...)
{
  va_list ap;
  grow (30);
  va_start (ap, n);
  grow (300);
  long sum = here_list (n, ap);
  va_end (ap);
  return sum;
}

/* Read everything three times, from here and from below and from foreign
   code.  */
static NOINLINE long
copied (int n, ...)
{
  va_list ap, again, third;
  va_start (ap, n);
  va_copy (again, ap);
  long sum = here_list (n, ap);
  grow (100);
  CHECK (va_arg (again, int) == 100);
  grow (100);
  CHECK (va_arg (again, double) == 101);
  grow (100);
  va_copy (third, again);
  CHECK (va_arg (again, long double) == 102);
  CHECK (va_arg (third, long double) == 102);
  va_end (third);
  va_end (again);
  va_end (ap);
  va_start (ap, n);
  CHECK (away_list (n, ap) == sum);
  va_end (ap);
  va_start (ap, n);
  CHECK (here_list (n, ap) == sum);
  va_end (ap);
  return sum;
}

/* Nested va_starts, each with a list of its own alive.  */
static NOINLINE long
nested (int depth, ...)
{
  va_list ap;
  va_start (ap, depth);
  long first = va_arg (ap, long);
  long below = depth ? nested (depth - 1, first + 1, first + 2, first + 3,
			       first + 4, first + 5, first + 6, first + 7,
			       first + 8)
		     : 0;
  for (int i = 1; i < 8; i++)
    CHECK (va_arg (ap, long) == first + i);
  va_end (ap);
  return below + first;
}

/* The list outlives a function that was given it by reference.  */
static LOOKS int
next_of (va_list *ap)
{
  grow (20);
  return va_arg (*ap, int);
}

static NOINLINE int
by_reference (int n, ...)
{
  va_list ap;
  int sum = 0;
  va_start (ap, n);
  for (int i = 0; i < n; i++)
    sum += next_of (&ap) * (i + 1);
  va_end (ap);
  return sum;
}

static NOINLINE int
text_of (char *buffer, const char *format, ...)
{
  va_list ap;
  va_start (ap, format);
  int n = vsprintf (buffer, format, ap);
  va_end (ap);
  return n;
}

/* 4,800 bytes and more.  */
#define SET(i)                                                               \
  100 + i, 101.0 + i, 102.0L + i, (struct small) { 103.0 + i, 104 },         \
    (struct large) { { i, [50] = 5, [99] = i } }, &five
#define SETS SET (0), SET (1), SET (2), SET (3), SET (4), SET (5)

int
main (void)
{
  int five = opaque_int (5);
  long expected = 0;
  for (int i = 0; i < 6; i++)
    expected += 510 + 4 * i + 2 * i + 5 + 5;
  for (int depth = 0; depth < 80; depth += 13)
    {
      grow (depth);
      CHECK (here_sum (6, SETS) == expected);
      CHECK (away_sum (6, SETS) == expected);
      CHECK (copied (6, SETS) == expected);
      CHECK (away_back (here_sum, here_list, 6, SETS)
	     == 49 * 1000000 + expected);
    }
  long (*volatile pointer) (int, ...) = here_sum;
  CHECK (pointer (6, SETS) == expected);
  pointer = away_sum;
  CHECK (pointer (6, SETS) == expected);
  CHECK (nested (200, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L) == 201 * 101);
  CHECK (by_reference (9, 1, 2, 3, 4, 5, 6, 7, 8, 9) == 285);

  char buffer[200];
  CHECK (text_of (buffer, "%d %s %g %Lg %ld %d %d %d %d %c", 1, "two", 3.0,
		  4.0L, 5L, 6, 7, 8, 9, 'x')
	 == 21);
  CHECK (strcmp (buffer, "1 two 3 4 5 6 7 8 9 x") == 0);
  return 0;
}
#endif
