/* What becomes of pointers given as parameters.  */

int *global;
int **global_pp;
void unknown (int *);

int
reads (int *p) /* { dg-escape "p does not escape" } */
{
  return *p;
}

void
writes (int *p, int n) /* { dg-escape "p does not escape" } */
{
  p[3] = n;
}

void
leaks (int *p) /* { dg-escape "leaking param: p" } */
{
  global = p;
}

void
leaks_content (int **p) /* { dg-escape "leaking param content: p" } */
{
  global = *p;
}

int *
returns (int *p) /* { dg-escape "leaking param: p to result level=0" } */
{
  return p;
}

int *
returns_content (int **p) /* { dg-escape "leaking param: p to result level=1" } */
{
  return *p;
}

void
calls_unknown (int *p) /* { dg-escape "leaking param: p" } */
{
  unknown (p);
}

int
passes_to_reader (int *p) /* { dg-escape "p does not escape" } */
{
  return reads (p);
}

void
passes_to_leaker (int *p) /* { dg-escape "leaking param: p" } */
{
  leaks (p);
}

int
two (int *p, /* { dg-escape "p does not escape" } */
     int *q) /* { dg-escape "leaking param: q" } */
{
  global = q;
  return *p;
}

int
compares (int *p, /* { dg-escape "p does not escape" } */
          int *q) /* { dg-escape "q does not escape" } */
{
  return p == q ? 1 : (int) (p - q);
}

int
integers (int a, long b, double c)
{
  return a + b + c;
}
