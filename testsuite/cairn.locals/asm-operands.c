/* Moved variables as operands of asm: in registers, in memory, in and out.  */
/* { cairn-require "test `uname -m` = x86_64" "x86-64" } */
#include "../lib/check.h"

static NOINLINE int *memory_out (int n)
{
  int x;
  __asm__ ("movl %1, %0" : "=m"(x) : "r"(n));
  return &x;
}
static NOINLINE int *register_out (int n)
{
  int x;
  __asm__ ("leal 1(%1), %0" : "=r"(x) : "r"(n));
  return &x;
}
static NOINLINE int *in_out (int n)
{
  int x = n;
  __asm__ ("addl $5, %0" : "+rm"(x) : : "cc");
  __asm__ ("incl %0" : "+m"(x) : : "cc");
  return &x;
}
static NOINLINE long *address_in (long n)
{
  long x = 0;
  __asm__ volatile ("movq %1, (%0)" : : "r"(&x), "r"(n) : "memory");
  return &x;
}
static NOINLINE long *kept_by_asm (long n)
{
  long x = n, *q;
  __asm__ ("movq %1, %0" : "=r"(q) : "r"(&x));
  return q;
}
static NOINLINE int *array_operand (int n)
{
  int a[4] = { 0 };
  __asm__ ("movl %1, 8(%2)" : "+m"(a) : "r"(n), "r"(a));
  return a;
}
static NOINLINE int *by_goto (int n)
{
  int x = n;
  __asm__ goto ("cmpl $10, %0\n\tjg %l1" : : "m"(x) : "cc" : large);
  x = -1;
  return &x;
 large:
  x *= 2;
  return &x;
}

int
main (void)
{
  int *a = memory_out (1), *b = register_out (2), *c = in_out (3);
  long *d = address_in (4), *e = kept_by_asm (5);
  int *f = array_operand (6), *g = by_goto (11), *h = by_goto (9);
  clobber ();
  CHECK (*a == 1 && *b == 3 && *c == 9 && *d == 4 && *e == 5);
  CHECK (f[2] == 6 && f[0] == 0 && f[3] == 0);
  CHECK (*g == 22 && *h == -1);
  return 0;
}
