/* Complex numbers and vectors, whole and by part.  */
#include "../lib/check.h"

typedef int v4si __attribute__ ((vector_size (16)));
typedef float v8sf __attribute__ ((vector_size (32)));
typedef long v2di __attribute__ ((vector_size (16)));

static NOINLINE _Complex double *of_complex (double r, double i)
{
  _Complex double z = r + i * 1.0i;
  z *= 2;
  return &z;
}
static NOINLINE float *imaginary (float r, float i)
{
  _Complex float z;
  __real__ z = r;
  __imag__ z = i;
  return &__imag__ z;
}
static NOINLINE v4si *of_vector (int n)
{
  v4si v = { n, n + 1, n + 2, n + 3 };
  v += v;
  v[2] = 100;
  return &v;
}
static NOINLINE void *of_wide (float f)
{
  v8sf v = { f, f, f, f, f, f, f, f };
  v[7] = 1;
  return &v;
}
static NOINLINE int *in_vector (int n)
{
  v4si v = { n, n, n, n };
  int *p = (int *) &v;
  p[3] = 9;
  return p + 1;
}
static NOINLINE v2di *param (v2di v)
{
  v[0]++;
  return &v;
}
static NOINLINE _Complex int *param_complex (_Complex int z)
{
  __imag__ z = 5;
  return &z;
}
/* Pointers hidden in a vector of integers.  */
static NOINLINE v2di *pointers (int n)
{
  int a = n, b = n + 1;
  v2di v = { (long) &a, (long) &b };
  return &v;
}

int
main (void)
{
  _Complex double *z = of_complex (1, -2);
  float *i = imaginary (1, 4.5f);
  v4si *v = of_vector (1);
  v8sf *w = of_wide (2);
  int *e = in_vector (3);
  v2di *p = param ((v2di){ 41, 1 });
  _Complex int *c = param_complex (7);
  v2di *h = pointers (60);
  clobber ();
  CHECK (__real__ *z == 2 && __imag__ *z == -4);
  CHECK (*i == 4.5f && i[-1] == 1);
  CHECK ((*v)[0] == 2 && (*v)[2] == 100 && (*v)[3] == 8);
  CHECK (((uintptr_t) w & 31) == 0 && (*w)[0] == 2 && (*w)[7] == 1);
  CHECK (e[0] == 3 && e[2] == 9);
  CHECK ((*p)[0] == 42 && __real__ *c == 7 && __imag__ *c == 5);
  CHECK (*(int *) (*h)[0] == 60 && *(int *) (*h)[1] == 61);
  return 0;
}
