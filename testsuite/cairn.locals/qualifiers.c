/* volatile, bit-fields, _Alignas, _Atomic, register-sized and odd sizes.  */
#include <stdatomic.h>
#include "../lib/check.h"

struct bits
{
  unsigned a : 3;
  int b : 13;
  unsigned long c : 40;
  unsigned char d;
  _Bool e : 1;
};
struct three { char c[3]; };

static NOINLINE volatile int *of_volatile (int n)
{
  volatile int x = n;
  x++;
  x += x;
  return &x;
}
static NOINLINE struct bits *of_bits (int n)
{
  struct bits s = { 0 };
  s.a = n;
  s.b = -n;
  s.c = (unsigned long) n << 30;
  s.d = n + 1;
  s.e = 1;
  s.a++;
  return &s;
}
static NOINLINE void *align_32 (int n)
{
  _Alignas (32) char x[5] = { n, n, n, n, n };
  return x;
}
static NOINLINE void *align_64 (int n)
{
  _Alignas (64) int x = n;
  return &x;
}
static NOINLINE void *align_4096 (int n)
{
  int x __attribute__ ((aligned (4096))) = n;
  return &x;
}
static NOINLINE void *align_param (int n) { return &n; }
static NOINLINE atomic_int *of_atomic (int n)
{
  atomic_int x = n;
  atomic_fetch_add (&x, 3);
  x *= 2;
  return &x;
}
static NOINLINE struct three *odd (int n)
{
  struct three x = { { n, n + 1, n + 2 } };
  return &x;
}
static NOINLINE const volatile char *both (void)
{
  const volatile char x = 'q';
  return &x;
}

int
main (void)
{
  volatile int *v = of_volatile (4);
  struct bits *b = of_bits (5);
  char *a32 = align_32 (1);
  int *a64 = align_64 (64), *a4096 = align_4096 (4096), *ap = align_param (3);
  atomic_int *at = of_atomic (7);
  struct three *o = odd (9);
  const volatile char *q = both ();
  clobber ();
  CHECK (*v == 10);
  CHECK (b->a == 6 && b->b == -5 && b->c == 5ul << 30 && b->d == 6 && b->e);
  CHECK ((uintptr_t) a32 % 32 == 0 && a32[4] == 1);
  CHECK ((uintptr_t) a64 % 64 == 0 && *a64 == 64);
  CHECK ((uintptr_t) a4096 % 4096 == 0 && *a4096 == 4096);
  CHECK (*ap == 3);
  CHECK (atomic_load (at) == 20);
  CHECK (o->c[0] == 9 && o->c[2] == 11);
  CHECK (*q == 'q');
  return 0;
}
