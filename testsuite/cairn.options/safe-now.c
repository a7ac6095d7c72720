/* GCC would warn about each of these; with Cairn they are right.  */
int *global;
int *returned (void) { int x = 1; return &x; }
int *array (void) { int a[3] = { 1, 2, 3 }; return a; }
void stored (void) { int x = 2; global = &x; }
int *literal (void) { return (int[]){ 1, 2 }; }
int *block (int c)
{
  int *p = 0;
  if (c)
    {
      int x = c;
      p = &x;
    }
  return p;
}
int after_block (int c)
{
  int *p = &c;
  {
    int x = 2;
    p = &x;
  }
  return *p;
}
