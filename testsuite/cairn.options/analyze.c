/* Everything that the plugin would touch.  */
#include <alloca.h>
#include <stdlib.h>
#include <string.h>
struct s { int n; struct s *next; };
int *f (int n) { int x = n; return &x; }
struct s *g (int n)
{
  struct s *list = NULL;
  for (int i = 0; i < n; i++)
    {
      struct s *p = malloc (sizeof *p), local = { i, list };
      *p = local;
      list = i % 2 ? p : &local;
    }
  return list;
}
char *h (int n) { char v[n]; memset (v, 1, n); return v; }
char *a (int n) { return alloca (n); }
int *l (int n) { return (int[]){ n, n }; }
int k (int n)
{
  int inner (int i) { return i + n; }
  int (*p) (int) = inner;
  return p (1);
}
