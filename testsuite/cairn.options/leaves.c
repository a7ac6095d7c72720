int (*f (int n)) (int)
{
  __label__ out;
  char *p = __builtin_alloca (n);
  int g (int i)
  {
    if (i < 0)
      goto out;
    return i + n;
  }
  *p = g (n);
  return g;
out:
  return 0;
}
