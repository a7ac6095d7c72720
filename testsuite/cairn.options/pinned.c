/* Functions that must not be on a stack that moves, each for a reason of its
   own: .inv.frame.  */

extern int next (void *);

int
reads_frame (void)
{
  return next (__builtin_frame_address (0));
}

int
variable_size (int n)
{
  struct s { char c[n]; } s;
  int by_value (struct s t) { return t.c[n - 1]; }
  s.c[n - 1] = n;
  return by_value (s) + next (&n);
}

int
free_to_move (int n)
{
  int a[4] = { n, 1, 2, 3 };
  return next (a) + a[n & 3];
}
