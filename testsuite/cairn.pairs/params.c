/* What becomes of a parameter.  */

int *sink;
int **sink2;

int *
returned (int *p)
{
  return p;
}

int
unused (int *p)
{
  return 0;
}

int
looked_at (int *p)
{
  return *p + p[1];
}

void
written (int *p, int n)
{
  *p = n;
}

void
stored (int *p)
{
  sink = p;
}

void
content_stored (int **p)
{
  sink = *p;
}

void
content_of_content_stored (int ***p)
{
  sink = **p;
}

void
deep_value_looked_at (int ***p, int *n)
{
  *n = ***p;
}

int *
content_returned (int **p)
{
  return *p;
}

int *
content_of_content_returned (int ***p)
{
  return **p;
}

int *
one_of_two_returned (int *p, int *q, int which)
{
  if (which)
    return p;
  return q;
}

int *
second_returned (int *p, int *q)
{
  return q;
}

int *
stored_and_returned (int *p)
{
  sink = p;
  return p;
}

int *
content_stored_and_itself_returned (int **p, int ***out)
{
  sink = *p;
  *out = p;
  return *p;
}

int **
content_stored_returned (int **p)
{
  sink = *p;
  return p;
}

int **
address_returned (int *p)
{
  return &p;
}

void
address_stored (int *p)
{
  sink2 = &p;
}

int *
integer_address_returned (int n)
{
  return &n;
}

int
address_stays (int *p)
{
  int **pp = &p;
  return **pp;
}

int *
content_by_address_returned (int *p)
{
  int **pp = &p;
  return *pp;
}

/* C differs: only the value that P has at the return is followed, not every
   value that P ever has.  C says: "p does not escape",
   "leaking param: q to result level=0".  */
int *
assigned_before_return (int *p, int *q)
{
  p = q;
  return p;
}

int
compared (int *p, int *q)
{
  return p == q || p == 0;
}

void
into_other (int **to, int *p)
{
  *to = p;
}

void
content_into_other (int **to, int **from)
{
  *to = *from;
}

void
swapped (int **p, int **q)
{
  int *t = *p;
  *p = *q;
  *q = t;
}

void
values_swapped (int *p, int *q)
{
  int t = *p;
  *p = *q;
  *q = t;
}

void
sometimes_stored (int *p, int n)
{
  if (n > 0)
    sink = p;
}

int *
by_locals (int *p)
{
  int *a = p;
  int *b = a;
  int *c = b;
  return c;
}

/* Callers.  */

int
gives_what_is_returned (void)
{
  int x = 1;
  int *p = returned (&x);
  return *p;
}

void
stores_what_is_returned (void)
{
  int x = 1;
  sink = returned (&x);
}

int
gives_what_is_looked_at (void)
{
  int x[2] = { 1, 2 };
  return looked_at (&x[0]);
}

void
gives_what_is_stored (void)
{
  int x = 1;
  stored (&x);
}

void
gives_content_stored (void)
{
  int x = 1;
  int *p = &x;
  content_stored (&p);
}

int
gives_second (void)
{
  int x = 1, y = 2;
  return *second_returned (&x, &y);
}

void
stores_second (void)
{
  int x = 1, y = 2;
  sink = second_returned (&x, &y);
}

void
stores_content_returned (void)
{
  int x = 1;
  int *p = &x;
  sink = content_returned (&p);
}
