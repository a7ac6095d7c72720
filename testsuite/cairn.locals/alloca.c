/* alloca: its memory lives on when a pointer to it does.  */
#include <alloca.h>
#include "../lib/check.h"

struct node { int n; struct node *next; };

static NOINLINE char *returned (int n)
{
  char *p = alloca (n);
  memset (p, 'a', n - 1);
  p[n - 1] = 0;
  return p;
}
static NOINLINE struct node *list (int n)
{
  struct node *head = NULL;
  for (int i = 0; i < n; i++)
    {
      struct node *p = alloca (sizeof *p);
      p->n = i;
      p->next = head;
      head = p;
    }
  return head;
}
static NOINLINE void *aligned (int n)
{
  void *p = __builtin_alloca_with_align (n, 512);
  CHECK ((uintptr_t) p % 64 == 0);
  memset (p, 3, n);
  return p;
}
static char *global;
static NOINLINE void stored (const char *text)
{
  global = strcpy (alloca (strlen (text) + 1), text);
}
static NOINLINE int local_use (int n)
{
  int *p = alloca (n * sizeof *p), total = 0;
  for (int i = 0; i < n; i++)
    p[i] = i;
  for (int i = 0; i < n; i++)
    total += p[i];
  return total;
}

int
main (void)
{
  char *r = returned (40);
  struct node *l = list (50);
  unsigned char *a = aligned (100);
  stored ("kept by a global");
  clobber ();
  CHECK (strlen (r) == 39 && r[0] == 'a' && r[38] == 'a');
  for (int i = 49; i >= 0; i--, l = l->next)
    CHECK (l->n == i);
  CHECK (l == NULL);
  for (int i = 0; i < 100; i++)
    CHECK (a[i] == 3);
  CHECK (strcmp (global, "kept by a global") == 0);
  CHECK (local_use (100) == 4950);
  return 0;
}
