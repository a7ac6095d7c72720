/* -m=2: each verdict has a complete chain to its sink.  */
/* { dg-options "-fplugin-arg-cairn-m=2" } */

int *global;

int *
returned (int n)
{
  int x = n; /* { dg-escape "x escapes to heap:" } */
  /* { dg-escape "  flow: {result} = &x:" -1 } */
  /* { dg-escape "    from &x (address-of) at why.c:14:10" -2 } */
  /* { dg-escape "    from return &x (return) at why.c:14:10" -3 } */
  /* { dg-escape "moved to heap: x" -4 } */
  return &x;
}

int
stays (int n)
{
  int x = n, *p = &x;
  return *p;
}
