/* One local for each cause that the summary counts.  */
#include <stdlib.h>
struct box { int *p; } *boxes;
int *global;
void unknown (int *);
void other (int *);

int *returned (int n) { int x = n; return &x; }
void stored (int n) { int x = n; global = &x; }
void lost (int n) { int x = n, y = n; unknown (&x); unknown (&y); }
void lost_elsewhere (int n) { int x = n; other (&x); }
static void hands_on (int *p) { unknown (p); }
void lost_deep (int n) { int x = n; hands_on (&x); }
void indirect (int n, void (*f) (int *)) { int x = n; f (&x); }

void
boxed (int n)
{
  int x = n;
  struct box *b = malloc (sizeof *b);
  b->p = &x;
  boxes = b;
}

int
looped (int n)
{
  int *last = 0;
  while (n--)
    {
      int x = n;
      last = last ? last : &x;
    }
  return last ? *last : 0;
}

typedef int function (void);
function *closed (int n) { int inner (void) { return n; } return inner; }

int too_large (int n) { int a[40000], *p = a; p[n] = n; return *p; }

int stays (int n) { int x = n, *p = &x; return *p; }
