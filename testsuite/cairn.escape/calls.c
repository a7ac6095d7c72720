/* Locals through calls within the file: the callee's tags decide.  */

int *global;

static int
reads (int *p) /* { dg-escape "p does not escape" } */
{
  return *p;
}

static int *
identity (int *p) /* { dg-escape "leaking param: p to result level=0" } */
{
  return p;
}

static void
keeps (int *p) /* { dg-escape "leaking param: p" } */
{
  global = p;
}

int
given_to_reader (int n)
{
  int x = n;
  return reads (&x);
}

int
through_identity (int n)
{
  int x = n;
  return *identity (&x);
}

int *
through_identity_and_out (int n)
{
  int x = n; /* { dg-escape "moved to heap: x" } */
  return identity (&x);
}

void
given_to_keeper (int n)
{
  int x = n; /* { dg-escape "moved to heap: x" } */
  keeps (&x);
}

static int odd (int *p, int n);

static int
even (int *p, int n) /* { dg-escape "p does not escape" } */
{
  return n == 0 ? *p : odd (p, n - 1);
}

static int
odd (int *p, int n) /* { dg-escape "p does not escape" } */
{
  return n == 0 ? -*p : even (p, n - 1);
}

int
mutual (int n)
{
  int x = n;
  return even (&x, n);
}

static int *
deep (int *p, int n) /* { dg-escape "leaking param: p to result level=0" } */
{
  return n == 0 ? p : deep (p, n - 1);
}

int
recursion (int n)
{
  int x = n;
  return *deep (&x, n);
}

int
indirect (int (*f) (int *)) /* { dg-escape "f does not escape" } */
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  return f (&x);
}

static void
out_parameter (int **result, int *p) /* { dg-escape "result does not escape" } */
/* { dg-escape "leaking param: p" -1 } */
{
  *result = p;
}

int
uses_out_parameter (int n)
{
  int x = n;
  int *p;
  out_parameter (&p, &x);
  return *p;
}
