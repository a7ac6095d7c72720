/* gdb prints moved variables by their names, at every level.  */
/* { gdb-test STOP "x" "42" } */
/* { gdb-test STOP "s" "{a = 1, b = 2}" } */
/* { gdb-test STOP "s.b" "2" } */
/* { gdb-test STOP "v[1]" "7" } */
/* { gdb-test STOP "sizeof x" "4" } */
/* { gdb-test STOP "*keep" "42" } */
/* { gdb-test STOP "x = 43" "43" } */
/* { gdb-test STOP "x + *keep" "86" } */
/* { gdb-test LOOP "k" "0" } */

int *volatile keep;
struct pair { int a, b; } *volatile keep_pair;
int (*volatile keep_array)[3];
volatile int step;

/* A variable that is used no more may be optimized out; these are used.  */
__attribute__ ((noipa)) void
use (void *p)
{
  __asm__ ("" : : "r"(p) : "memory");
}

__attribute__ ((noipa)) void
moves (void)
{
  int x = 42;
  struct pair s = { 1, 2 };
  int v[3] = { 6, 7, 8 };
  keep = &x;
  keep_pair = &s;
  keep_array = &v;
  step = 1; /* STOP */
  use (&x);
  use (&s);
  use (&v);
}
__attribute__ ((noipa)) void
loops (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = i;
      keep = &k;
      step = 2; /* LOOP */
      use (&k);
    }
}
int
main (void)
{
  moves ();
  loops (3);
  return 0;
}
