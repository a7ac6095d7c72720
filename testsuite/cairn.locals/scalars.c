/* The address of a local of every scalar type outlives its function.  */
#include <stdbool.h>
#include <wchar.h>
#include "../lib/check.h"

#define RETURNS(name, type, value)                                           \
  static NOINLINE type *name (void)                                          \
  {                                                                          \
    type x = (value);                                                        \
    return &x;                                                               \
  }
static int global;
enum colour { red, green = 7 };
RETURNS (of_char, char, 'c')
RETURNS (of_schar, signed char, -3)
RETURNS (of_bool, bool, true)
RETURNS (of_short, short, -12345)
RETURNS (of_int, int, 123456789)
RETURNS (of_uint, unsigned, 0xfedcba98u)
RETURNS (of_long, long, 0x123456789abcdefL)
RETURNS (of_llong, long long, -2)
RETURNS (of_float, float, 1.5f)
RETURNS (of_double, double, -2.25)
RETURNS (of_ldouble, long double, 3.125L)
RETURNS (of_wchar, wchar_t, L'w')
RETURNS (of_enum, enum colour, green)
RETURNS (of_pointer, int *, &global)
RETURNS (of_int128, __int128, (__int128) 5 << 100)

int
main (void)
{
  char *c = of_char ();
  signed char *sc = of_schar ();
  bool *b = of_bool ();
  short *s = of_short ();
  int *i = of_int ();
  unsigned *u = of_uint ();
  long *l = of_long ();
  long long *ll = of_llong ();
  float *f = of_float ();
  double *d = of_double ();
  long double *ld = of_ldouble ();
  wchar_t *w = of_wchar ();
  enum colour *e = of_enum ();
  int ***unused = NULL;
  int **p = of_pointer ();
  __int128 *big = of_int128 ();
  clobber ();
  CHECK (*c == 'c' && *sc == -3 && *b && *s == -12345);
  CHECK (*i == 123456789 && *u == 0xfedcba98u);
  CHECK (*l == 0x123456789abcdefL && *ll == -2);
  CHECK (*f == 1.5f && *d == -2.25 && *ld == 3.125L);
  CHECK (*w == L'w' && *e == green && *p == &global && unused == NULL);
  CHECK (*big == (__int128) 5 << 100);
  /* Two calls, two variables.  */
  int *j = of_int ();
  CHECK (i != j);
  *j = 1;
  CHECK (*i == 123456789);
  return 0;
}
