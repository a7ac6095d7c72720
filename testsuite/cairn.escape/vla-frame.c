/* A VLA of the outermost block lives as long as any other local: a structure
   that holds its address, and only goes down, does not move it.  */

struct frame
{
  int *variables;
};

static int
run (struct frame *f, int n) /* { dg-escape "f does not escape" } */
{
  return f->variables[n - 1];
}

int
call (int n)
{
  int variables[n];
  struct frame f = { variables };
  for (int i = 0; i < n; i++)
    variables[i] = i;
  return run (&f, n);
}

/* Ways out of it are its end, too.  */
void
early (int n, struct frame *g) /* { dg-escape "g does not escape" } */
{
  int variables[n];
  struct frame f = { variables };
  f.variables[0] = n;
  if (n > 4)
    return;
  g->variables[0] = run (&f, n);
}

/* The end of an inner block is not the function's.  */
int
inner (int n)
{
  struct frame f;
  {
    int variables[n]; /* { dg-escape "moved to heap: variables" } */
    f.variables = variables;
    variables[n - 1] = n;
  }
  return run (&f, n);
}

int
inner_then_value (int n)
{
  int *last, sum;
  {
    int variables[n]; /* { dg-escape "moved to heap: variables" } */
    last = variables;
    sum = ++variables[0];
  }
  return last[0] + sum;
}

int *
result (int n)
{
  int variables[n]; /* { dg-escape "moved to heap: variables" } */
  struct frame f = { variables };
  return f.variables;
}

int
loop (int n)
{
  int *last = 0;
  for (int i = 1; i < n; i++)
    {
      int variables[i]; /* { dg-escape "moved to heap: variables" } */
      struct frame f = { variables };
      variables[0] = i;
      if (last)
        n += last[0];
      last = f.variables;
    }
  return n;
}
