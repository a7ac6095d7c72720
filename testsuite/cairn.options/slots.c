/* Locals of which no way through the function names two share a place on the
   address stack; others do not.  */

extern int use (int *) __attribute__ ((cairn_noescape));

int
branches (int n)
{
  int *p;
  if (n > 0)
    {
      int a[1000];
      p = a;
      return use (p);
    }
  else
    {
      int b[900];
      p = b;
      use (p);
      return use (p) + 1;
    }
}

int
one_after_the_other (int n)
{
  int *p, *q;
  {
    int a[2000];
    p = a;
    n += use (p);
  }
  {
    int b[2000];
    q = b;
    n += use (q);
  }
  return n + *p + *q;
}
