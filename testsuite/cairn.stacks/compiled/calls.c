/* Arguments and results of all kinds on their way to foreign code and back, and
   from foreign code to the program's functions and back.
   { cairn-foreign }
   { cairn-also }

   Catches: a switch of stacks that loses, moves or misaligns an argument or a
   result; foreign code on a growable stack (stand).  */

#include <complex.h>
#include "compiled.h"

struct pair { long a, b; };
struct mixed { double d; long l; };
struct floats { float x, y, z; };
struct odd { char c[13]; };
struct big { long w[20]; };
struct huge { char c[5000]; };
struct x87 { long double x; };
struct aligned { long w[8]; } __attribute__ ((aligned (64)));
typedef int v4si __attribute__ ((vector_size (16)));
typedef double v4df __attribute__ ((vector_size (32)));
typedef __int128 int128;
typedef long double ldouble;
typedef float complex cfloat;
typedef double complex cdouble;
typedef long double complex cldouble;
typedef char *string;

/* KIND (name, type, bytes of the type without padding at its end)  */
#define KINDS(KIND)                                                          \
  KIND (char, char, 1)                                                       \
  KIND (short, short, 2)                                                     \
  KIND (long, long, 8)                                                       \
  KIND (string, string, 8)                                                   \
  KIND (int128, int128, 16)                                                  \
  KIND (float, float, 4)                                                     \
  KIND (double, double, 8)                                                   \
  KIND (ldouble, ldouble, 10)                                                \
  KIND (cfloat, cfloat, 8)                                                   \
  KIND (cdouble, cdouble, 16)                                                \
  KIND (cldouble, cldouble, 10)                                              \
  KIND (v4si, v4si, 16)                                                      \
  KIND (v4df, v4df, 32)                                                      \
  KIND (pair, struct pair, 16)                                               \
  KIND (mixed, struct mixed, 16)                                             \
  KIND (floats, struct floats, 12)                                           \
  KIND (odd, struct odd, 13)                                                 \
  KIND (big, struct big, 160)                                                \
  KIND (huge, struct huge, 5000)                                             \
  KIND (x87, struct x87, 10)                                                 \
  KIND (aligned, struct aligned, 64)

/* one: X alone.  nine: X behind nine words and nine doubles, so on the stack.
   two: X twice, the first one returned.  back: calls FN with X.  */
#define DECLARE(name, type, nbytes)                                          \
  typedef type one_##name (type);                                            \
  typedef type nine_##name (long, long, long, long, long, long, long, long,  \
			    long, double, double, double, double, double,    \
			    double, double, double, double, type);           \
  extern type one_##name##_away (type x);                                    \
  extern nine_##name nine_##name##_away;                                     \
  extern type two_##name##_away (long n, type x, double d, type y);          \
  extern type back_##name##_away (one_##name *one, nine_##name *nine, type x);
KINDS (DECLARE)

#define SAME(x, y, nbytes) (memcmp (&(x), &(y), nbytes) == 0)
#define NINE 1, 2, 3, 4, 5, 6, 7, 8, 9, 1., 2., 3., 4., 5., 6., 7., 8., 9.
#define DEFINE(name, type, nbytes, where, use_stack)                         \
  NOINLINE type one_##name##where (type x)                                   \
  {                                                                          \
    use_stack;                                                               \
    return x;                                                                \
  }                                                                          \
  NOINLINE type nine_##name##where (long a, long b, long c, long d, long e,  \
				    long f, long g, long h, long i,          \
				    double p, double q, double r, double s,  \
				    double t, double u, double v, double w,  \
				    double y, type x)                        \
  {                                                                          \
    use_stack;                                                               \
    CHECK (a == 1 && b == 2 && c == 3 && d == 4 && e == 5 && f == 6          \
	   && g == 7 && h == 8 && i == 9);                                   \
    CHECK (p == 1 && q == 2 && r == 3 && s == 4 && t == 5 && u == 6          \
	   && v == 7 && w == 8 && y == 9);                                   \
    return x;                                                                \
  }

#ifdef FOREIGN

#define AWAY(name, type, nbytes)                                             \
  DEFINE (name, type, nbytes, _away, stand ())                               \
  NOINLINE type two_##name##_away (long n, type x, double d, type y)         \
  {                                                                          \
    stand ();                                                                \
    CHECK (n == 11 && d == 12 && SAME (x, y, nbytes));                       \
    return x;                                                                \
  }                                                                          \
  NOINLINE type back_##name##_away (one_##name *one, nine_##name *nine,      \
				    type x)                                  \
  {                                                                          \
    stand ();                                                                \
    type y = one (x), z = nine (NINE, x);                                    \
    CHECK (SAME (y, z, nbytes));                                             \
    return y;                                                                \
  }
KINDS (AWAY)

#else

#define HERE(name, type, nbytes)                                             \
  DEFINE (name, type, nbytes, _here, grow (50))                              \
  static NOINLINE void test_##name (int seed)                                \
  {                                                                          \
    type x, y;                                                               \
    memset (&x, 0, sizeof x);                                                \
    if (sizeof x > 10 && nbytes == 10)                                       \
      *(ldouble *) opaque (&x) = seed * 1.25L;                                        \
    else                                                                     \
      for (unsigned i = 0; i < sizeof x; i++)                                \
	((unsigned char *) &x)[i] = seed + i * 7;                            \
    one_##name *volatile one = one_##name##_away;                            \
    nine_##name *volatile nine = nine_##name##_away;                         \
    y = one_##name##_away (x);                                               \
    CHECK (SAME (x, y, nbytes));                                             \
    y = nine_##name##_away (NINE, x);                                        \
    CHECK (SAME (x, y, nbytes));                                             \
    y = one (x);                                                             \
    CHECK (SAME (x, y, nbytes));                                             \
    y = nine (NINE, x);                                                      \
    CHECK (SAME (x, y, nbytes));                                             \
    y = two_##name##_away (11, x, 12, x);                                    \
    CHECK (SAME (x, y, nbytes));                                             \
    y = back_##name##_away (one_##name##_here, nine_##name##_here, x);       \
    CHECK (SAME (x, y, nbytes));                                             \
    one = one_##name##_here;                                                 \
    nine = nine_##name##_here;                                               \
    y = one (x);                                                             \
    CHECK (SAME (x, y, nbytes));                                             \
    y = nine (NINE, x);                                                      \
    CHECK (SAME (x, y, nbytes));                                             \
    y = nine_##name##_here (NINE, one_##name##_here (x));                    \
    CHECK (SAME (x, y, nbytes));                                             \
  }
KINDS (HERE)

#define TEST(name, type, nbytes) test_##name (seed);

/* What is in use of the stack when a call grows it differs.  */
static NOINLINE void
all (int seed, int depth)
{
  if (depth > 0)
    all (seed, depth - 1);
  else
    {
      KINDS (TEST)
    }
  __asm__ volatile ("");
}

int
main (void)
{
  all (1, 0);
  for (int depth = 1; depth < 60; depth += 7)
    all (depth, depth);
  return 0;
}
#endif
