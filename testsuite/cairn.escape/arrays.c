/* VLAs, alloca, compound literals.  */

int *
vla (int n)
{
  int v[n]; /* { dg-escape "moved to heap: v" } */
  v[0] = n;
  return v;
}

int
vla_stays (int n)
{
  int v[n];
  v[0] = n;
  return v[0];
}

void *
cast_vla (int n)
{
  char v[n]; /* { dg-escape "moved to heap: v" } */
  v[0] = 1;
  long *p = (long *) (void *) v;
  return p;
}
