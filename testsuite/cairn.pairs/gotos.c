/* Loops made of goto.  */

int *sink;
int some (void);
void use (int);

void
label_without_loop (void)
{
  int *p = 0;
  int x;
  goto first;
first:
  x = 1;
  p = &x;
  use (*p);
}

void
loop_by_goto (void)
{
  int *p = 0;
again:
  if (some ())
    goto done;
  {
    int x = 1;
    p = &x;
  }
  goto again;
done:
  use (*p);
}

void
loop_by_conditional_goto (void)
{
  int *p = 0;
again:;
  {
    int x = some ();
    p = &x;
  }
  if (some ())
    goto again;
  use (*p);
}

void
declared_before_the_label (void)
{
  int *p = 0;
  int x = 1;
again:
  p = &x;
  if (some ())
    goto again;
  use (*p);
}

void
jump_forward_only (void)
{
  int *p = 0;
  if (some ())
    goto out;
  {
    int x = 1;
    p = &x;
    use (*p);
  }
out:
  use (0);
}

void
pointer_inside_too (void)
{
again:;
  {
    int x = 1;
    int *p = &x;
    use (*p);
  }
  if (some ())
    goto again;
}

/* C differs: an object of C lives as long as its block, here the function, so
   jumping back over the declaration makes no new X.  C says: nothing.  */
void
two_labels (void)
{
  int *p = 0;
outer:;
  int x = some ();
inner:
  p = &x;
  if (some ())
    goto inner;
  use (*p);
  if (x > 7)
    goto outer;
}

int *
returned_after_goto (int *q)
{
  int x = 1;
  int *p = &x;
  if (some ())
    goto out;
  p = q;
out:
  return p;
}

void
out_of_two_loops (void)
{
  int *p = 0;
  for (;;)
    for (;;)
      {
        int x = some ();
        p = &x;
        if (x)
          goto out;
      }
out:
  use (*p);
}

void
new_in_goto_loop (void)
{
  int *p = 0;
again:
  if (some ())
    {
      p = __builtin_malloc (sizeof *p);
      *p = 1;
      goto again;
    }
  use (p != 0);
}

void
switch_in_loop (int n)
{
  int *p = 0;
  while (n--)
    switch (n)
      {
      case 1:
        {
          int x = n;
          p = &x;
          break;
        }
      default:
        use (n);
      }
  use (*p);
}

void
switch_without_loop (int n)
{
  int *p = 0;
  switch (n)
    {
    case 1:
      {
        int x = n;
        p = &x;
        break;
      }
    default:
      return;
    }
  use (*p);
}
