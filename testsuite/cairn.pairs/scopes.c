/* Blocks, shadows, switches, conditional values.  */

int *sink;
int some (void);
void use (int);

/* A variable of an inner block lives on as long as it is pointed to.  */
int
inner_block (void)
{
  int *p;
  {
    int x = 1;
    p = &x;
  }
  return *p;
}

int *
inner_block_returned (void)
{
  int *p;
  {
    int x = 1;
    p = &x;
  }
  return p;
}

int
branch (int n)
{
  int *p = &n;
  if (n > 1)
    {
      int x = 1;
      p = &x;
    }
  return *p;
}

void
branch_kept (int n)
{
  int y = n;
  int *p = &y;
  if (n > 1)
    {
      int x = 1;
      p = &x;
    }
  sink = p;
}

int
shadowed (void)
{
  int x = 1;
  int *p = &x;
  {
    int x = 2;
    p = &x;
  }
  return *p;
}

void
inner_shadow_kept (void)
{
  int x = 1;
  use (x);
  {
    int x = 2;
    sink = &x;
  }
}

int *
cases (int n)
{
  int a = 1, b = 2, c = 3;
  switch (n)
    {
    case 0:
      return &a;
    case 1:
      return &b;
    default:
      use (*&c);
    }
  return 0;
}

int *
conditional (int *p, int *q, int n)
{
  int *r = q;
  if (n)
    r = p;
  return r;
}

int
conditional_value (int *p, int *q, int n)
{
  int *r = n ? p : q;
  return *r;
}

int
conditional_locals (int n)
{
  int a = 1, b = 2;
  int *r = &b;
  if (n)
    r = &a;
  return *r;
}

void
conditional_local_kept (int *p)
{
  int a = 1;
  int *r = p;
  if (some ())
    r = &a;
  sink = r;
}

int
early_return (int *p)
{
  int x = 1;
  if (!p)
    return x;
  int *q = &x;
  return *p + *q;
}

void
dead_branch (void)
{
  int x = 1;
  if (some () && !some ())
    sink = &x;
}

int *
second_use (int *p)
{
  use (*p);
  int *q = p;
  use (*q);
  return q;
}

void
in_condition (int *p)
{
  int *q;
  if ((q = p))
    sink = q;
}

int
compared_with_local (int *p)
{
  int x = 1;
  return p == &x;
}

int
nothing_but_values (int n)
{
  int x = n, y = x * 2;
  return x + y;
}
