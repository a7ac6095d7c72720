int *keep;
int *returned (int n) { int x; x = n; return &x; }
int loop (int n)
{
  int i;
  for (i = 0; i < n; i++)
    {
      int k;
      k = i;
      keep = &k;
    }
  return *keep;
}
