/* What is too large for a stack, and why it moves.  */
/* { dg-options "-fplugin-arg-cairn-m=2" } */

int
large (int n)
{
  int a[40000]; /* { dg-escape "a escapes to heap:" } */
  /* { dg-escape "  flow: {heap} = &a:" -1 } */
  /* { dg-escape "    from a (too large for stack) at sizes.c:7:7" -2 } */
  /* { dg-escape "moved to heap: a" -3 } */
  a[n] = n;
  return a[n];
}

int
literal (int n)
{
  return ((int[20000]){ n })[3]; /* { dg-escape "(array){...} escapes to heap:" } */
  /* { dg-escape "  flow: {heap} = &(array){...}:" -1 } */
  /* { dg-escape "    from (array){...} (too large for stack) at sizes.c:18:23" -2 } */
  /* { dg-escape "(array){...} escapes to heap" -3 } */
}

int
in_alloca (int n)
{
  char *p = __builtin_alloca (70000); /* { dg-escape "alloca(70000) escapes to heap:" } */
  /* { dg-escape "  flow: {heap} = &{storage for alloca(70000)}:" -1 } */
  /* { dg-escape "    from alloca(70000) (too large for stack) at sizes.c:27:13" -2 } */
  /* { dg-escape "alloca(70000) escapes to heap" -3 } */
  p[0] = n;
  return p[0];
}

/* The parameter is where the caller put it; A needs no memory.  */
struct large { int a[40000]; };

int
parameter (struct large s)
{
  int a[40000];
  return s.a[3] + (int) sizeof a;
}

int
small (int n)
{
  int a[32768], *p = a;
  p[n] = n;
  return p[n];
}
