/* One variable moves.  Line 6 is known to options.exp.  */

int *
small (int n)
{
  int x = n;
  return &x;
}
