/* A moved parameter has its current value in gdb, not the one it came with.  */
/* { gdb-test STOP "n" "9" } */
/* { gdb-test STOP "p->b" "4" } */

struct pair { int a, b; } pair = { 3, 4 };
int *volatile keep;
struct pair **volatile keep_pair;
volatile int step;

__attribute__ ((noipa)) void
use (void *q)
{
  __asm__ ("" : : "r"(q) : "memory");
}
__attribute__ ((noipa)) void
moves (int n, struct pair *p)
{
  keep = &n;
  keep_pair = &p;
  *keep = n + 1;
  step = 1; /* STOP */
  use (&n);
  use (&p);
}
int
main (void)
{
  moves (8, &pair);
  return 0;
}
