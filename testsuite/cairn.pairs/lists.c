/* Lists, trees, queues: pointers to more of the same.  */

struct node { struct node *next; int *data; };
struct ring { struct ring *next, *prev; };
struct list { struct node *first, *last; };

int *sink;
struct node *sink_node;

int *
data (struct node *n)
{
  return n->data;
}

struct node *
next (struct node *n)
{
  return n->next;
}

int *
data_of_next (struct node *n)
{
  return n->next->data;
}

void
data_kept (struct node *n)
{
  sink = n->data;
}

void
data_of_next_kept (struct node *n)
{
  sink = n->next->data;
}

void
next_kept (struct node *n)
{
  sink_node = n->next;
}

struct node *
last (struct node *n)
{
  while (n->next)
    n = n->next;
  return n;
}

int *
data_of_last (struct node *n)
{
  while (n->next)
    n = n->next;
  return n->data;
}

void
all_data_kept (struct node *n)
{
  for (struct node *k = n; k; k = k->next)
    sink = k->data;
}

struct node *
cons (struct node *rest, int *data)
{
  struct node *n = __builtin_malloc (sizeof *n);
  n->next = rest;
  n->data = data;
  return n;
}

struct node *
cons_literal (struct node *rest, int *data)
{
  return &(struct node){ rest, data };
}

int
local_list (void)
{
  int i = 0;
  struct node a = { 0, &i };
  struct node b = { &a, &i };
  struct node c = { &b, 0 };
  return *c.next->next->data;
}

struct node *
local_list_returned (void)
{
  int i = 0;
  struct node a = { 0, &i };
  struct node b = { &a, 0 };
  struct node *n = &b;
  return n;
}

int *
local_list_data_returned (void)
{
  int i = 0;
  struct node a = { 0, &i };
  struct node b = { &a, 0 };
  return b.next->data;
}

void
inserted (struct node *at, struct node *n)
{
  n->next = at->next;
  at->next = n;
}

void
removed (struct node *before)
{
  before->next = before->next->next;
}

struct node *
reversed (struct node *n)
{
  struct node *done = 0;
  while (n)
    {
      struct node *next = n->next;
      n->next = done;
      done = n;
      n = next;
    }
  return done;
}

void
appended (struct list *l, struct node *n)
{
  l->last->next = n;
  l->last = n;
}

struct node *
taken (struct list *l)
{
  struct node *n = l->first;
  l->first = n->next;
  return n;
}

int
sum (struct list l)
{
  int s = 0;
  for (struct node *n = l.first; n; n = n->next)
    s += *n->data;
  return s;
}

int
sum_of_local (void)
{
  int i = 1;
  struct node a = { 0, &i };
  struct list l = { &a, &a };
  return sum (l);
}

void
joined (struct ring *a, struct ring *b)
{
  a->next = b;
  b->prev = a;
}

int
self_ring (void)
{
  struct ring *r = __builtin_calloc (1, sizeof *r);
  return r->next == r->prev;
}

struct ring *
new_ring (void)
{
  struct ring *r = __builtin_malloc (sizeof *r);
  r->next = r;
  r->prev = r;
  return r;
}

struct node **
slot_of_last (struct node **n)
{
  while (*n)
    n = &(*n)->next;
  return n;
}

struct node **
first_slot (struct list *l)
{
  return &l->first;
}

void
put_in_slot (struct node **slot, struct node *n)
{
  n->next = *slot;
  *slot = n;
}

int
two_nodes_found (struct node *n, struct node *m)
{
  return n->next == m || m->next == n;
}
