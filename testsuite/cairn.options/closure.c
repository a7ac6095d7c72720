int (*f (int n)) (int)
{
  int g (int i) { return i + n; }
  return g;
}
int main (void) { return f (1) (-1); }
