/* Variables that a nested function uses live as long as it does.  */

typedef int function (void);

function *
counter (int from) /* { dg-escape "moved to heap: from" } */
{
  int count = 0; /* { dg-escape "moved to heap: count" } */
  int other = from;
  int next (void) { return from + count++; }
  other++;
  return other ? next : 0;
}

int
called_only (int n)
{
  int twice (void) { return 2 * n; }
  return twice ();
}
