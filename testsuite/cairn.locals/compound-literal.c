/* Compound literals have the life of their block, and longer if pointed to.  */
#include "../lib/check.h"

struct pair { int a, b; };
struct node { int n; struct node *next; };

static NOINLINE struct pair *returned (int n) { return &(struct pair){ n, -n }; }
static NOINLINE int *array (int n) { return (int[]){ n, n + 1, n + 2 }; }
static NOINLINE int *scalar (int n) { return &(int){ n }; }
static NOINLINE struct node *chain (int n)
{
  return &(struct node){ n, &(struct node){ n + 1, &(struct node){ n + 2, 0 } } };
}
static struct pair *kept[10];
static NOINLINE void in_loop (void)
{
  for (int i = 0; i < 10; i++)
    kept[i] = &(struct pair){ i, i * i };
}
static NOINLINE void by_goto (void)
{
  int i = 0;
 again:
  kept[i] = &(struct pair){ i, 2 * i };
  if (++i < 10)
    goto again;
}
static NOINLINE int *nested_expression (int n)
{
  int *p = ({ &(int){ n }; });
  return p;
}
static struct pair *at_file_scope = &(struct pair){ 8, 9 };
static NOINLINE int first (const struct pair *p) { return p->a; }
static NOINLINE char *string (void) { return (char[]){ "literal" }; }

int
main (void)
{
  struct pair *r = returned (3);
  int *a = array (5), *s = scalar (7), *e = nested_expression (12);
  struct node *c = chain (1);
  char *t = string ();
  in_loop ();
  clobber ();
  CHECK (r->a == 3 && r->b == -3);
  CHECK (a[0] == 5 && a[2] == 7 && *s == 7 && *e == 12);
  CHECK (c->n == 1 && c->next->n == 2 && c->next->next->n == 3
         && c->next->next->next == NULL);
  CHECK (strcmp (t, "literal") == 0);
  for (int i = 0; i < 10; i++)
    CHECK (kept[i]->a == i && kept[i]->b == i * i);
  by_goto ();
  clobber ();
  /* One function-level block: C says one object, assigned ten times.  */
  CHECK (kept[9]->b == 18);
  CHECK (at_file_scope->b == 9 && first (&(struct pair){ 4, 0 }) == 4);
  return 0;
}
