/* Data structures whose every node is somebody's local.  */
#include "../lib/check.h"

struct node { int key; struct node *left, *right; };

static NOINLINE struct node *insert (struct node *tree, int key)
{
  if (!tree)
    {
      struct node fresh = { key, NULL, NULL };
      return &fresh;
    }
  if (key < tree->key)
    tree->left = insert (tree->left, key);
  else
    tree->right = insert (tree->right, key);
  return tree;
}
static NOINLINE int in_order (const struct node *t, int *out, int n)
{
  if (!t)
    return n;
  n = in_order (t->left, out, n);
  out[n++] = t->key;
  return in_order (t->right, out, n);
}
struct link { int n; struct link *next, *previous; };
struct deque { struct link head; };
static NOINLINE struct deque *new_deque (void)
{
  struct deque d;
  d.head.n = 0;
  d.head.next = d.head.previous = &d.head;
  return &d;
}
static NOINLINE void push (struct deque *d, int n)
{
  struct link l = { n, &d->head, d->head.previous };
  l.previous->next = &l;
  d->head.previous = &l;
}
static NOINLINE int pop (struct deque *d)
{
  struct link *l = d->head.next;
  d->head.next = l->next;
  l->next->previous = &d->head;
  return l->n;
}
struct text { size_t nbytes; char *bytes; };
static NOINLINE struct text *append (struct text *t, const char *s)
{
  struct text longer;
  longer.nbytes = t->nbytes + strlen (s);
  char bytes[longer.nbytes + 1];
  memcpy (bytes, t->bytes, t->nbytes);
  strcpy (bytes + t->nbytes, s);
  longer.bytes = bytes;
  return &longer;
}

int
main (void)
{
  struct node *tree = NULL;
  unsigned r = 12345;
  for (int i = 0; i < 300; i++)
    {
      r = r * 1103515245 + 12345;
      tree = insert (tree, r >> 16 & 1023);
    }
  int keys[300];
  clobber ();
  CHECK (in_order (tree, keys, 0) == 300);
  for (int i = 1; i < 300; i++)
    CHECK (keys[i - 1] <= keys[i]);

  struct deque *d = new_deque ();
  for (int i = 0; i < 100; i++)
    push (d, i);
  clobber ();
  for (int i = 0; i < 100; i++)
    CHECK (pop (d) == i);
  CHECK (d->head.next == &d->head);

  struct text *t = &(struct text){ 0, (char[]){ "" } };
  for (int i = 0; i < 100; i++)
    t = append (t, i % 2 ? "ab" : "c");
  clobber ();
  CHECK (t->nbytes == 150 && strlen (t->bytes) == 150);
  for (int i = 0; i < 50; i++)
    CHECK (memcmp (t->bytes + 3 * i, "cab", 3) == 0);
  return 0;
}
