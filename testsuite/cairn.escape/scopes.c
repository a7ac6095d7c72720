/* Loops and blocks: a variable whose address outlives its iteration.  */

int *keep[10];

int **
fresh (int n)
{
  for (int i = 0; i < n; i++)
    {
      int k = i; /* { dg-escape "moved to heap: k" } */
      keep[i] = &k;
    }
  return keep;
}

int
outlives_iteration (int n)
{
  int *last = 0;
  for (int i = 0; i < n; i++)
    {
      int k = i; /* { dg-escape "moved to heap: k" } */
      if (last)
        k += *last;
      last = &k;
    }
  return last ? *last : 0;
}

int
within_iteration (int n)
{
  int total = 0;
  for (int i = 0; i < n; i++)
    {
      int k = i, *p = &k;
      *p += 1;
      total += k;
    }
  return total;
}

int *
block (int c)
{
  {
    int x = c; /* { dg-escape "moved to heap: x" } */
    return &x;
  }
}
