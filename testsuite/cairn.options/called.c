int
f (int n)
{
  int sum = 0;
  for (int i = 0; i < n; i++)
    {
      int k = i;
      void add (int j)
      {
        void twice (void) { sum += 2 * k + j; }
        twice ();
        k++;
      }
      add (k);
    }
  return sum;
}
