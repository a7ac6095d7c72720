/* What is wrong with and without Cairn is still said.  */
int uninitialized (int c)
{
  int x;
  return x + c;
}
int bounds (void)
{
  int a[4] = { 0 };
  return a[7];
}
