/* gdb prints the variables that a nested function uses, even when the function
   that they are declared in has returned: those of the iteration.  */
/* { gdb-test KEPT "k" "10" } */
/* { gdb-test KEPT "shared" "5" } */
/* { gdb-test KEPT "s.a" "11" } */
/* { gdb-test KEPT "k = 12" "12" } */
/* { gdb-test KEPT "k + local" "23" } */

typedef int function (void);
static function *functions[3];
struct { int a; } *volatile keep;
static volatile int stop;

__attribute__ ((noipa)) static void
make (int n)
{
  int shared = 5;
  for (int i = 0; i < n; i++)
    {
      int k = 10 * i;
      struct { int a; } s = { k + 1 };
      int get (void)
      {
        volatile int local = k + 1;
        stop = 1; /* KEPT */
        return local + shared + k + s.a;
      }
      functions[i] = get;
    }
}

int
main (void)
{
  make (3);
  int sum = functions[1] ();
  return sum == 0;
}
