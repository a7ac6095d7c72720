/* Globals are the heap.  */

struct node { struct node *next; int *value; };

int *pointer;
int **pointer2;
int number;
struct node *list;
struct node head;
int *table[8];
static int *private_pointer;

void
set (int *p)
{
  pointer = p;
}

void
set_private (int *p)
{
  private_pointer = p;
}

int *
get (void)
{
  return pointer;
}

int *
address_of_global (void)
{
  return &number;
}

void
content_set (int *p)
{
  *pointer2 = p;
}

void
address_of_local_set (void)
{
  int x = 1;
  pointer = &x;
}

void
address_of_local_in_content (void)
{
  int x = 1;
  *pointer2 = &x;
}

void
field_set (int *p)
{
  head.value = p;
}

void
field_by_pointer_set (int *p)
{
  list->value = p;
}

void
element_set (int *p, int n)
{
  table[n & 7] = p;
}

void
struct_set (struct node n)
{
  head = n;
}

void
struct_loaded_set (struct node *n)
{
  head = *n;
}

void
pushed (int *p)
{
  struct node *n = __builtin_malloc (sizeof *n);
  n->value = p;
  n->next = list;
  list = n;
}

void
local_pushed (void)
{
  int x = 1;
  pushed (&x);
}

void
node_pushed (struct node *n)
{
  n->next = list;
  list = n;
}

void
local_node_pushed (void)
{
  struct node n = { 0 };
  n.next = list;
  list = &n;
}

void
local_node_pushed_by_call (void)
{
  struct node n = { 0 };
  node_pushed (&n);
}

struct node *
popped (void)
{
  struct node *n = list;
  list = n->next;
  return n;
}

int
read_by_local_pointer (void)
{
  int **p = &pointer;
  return **p;
}

void
written_by_local_pointer (int *q)
{
  int **p = &pointer;
  *p = q;
}

void
local_by_local_pointer (void)
{
  int x = 1;
  int **p = &pointer;
  *p = &x;
}

int
copied_out (void)
{
  struct node n = head;
  return n.value == pointer;
}

void
set_and_reset (int *p)
{
  int *old = pointer;
  pointer = p;
  pointer = old;
}

int *
static_local (int *p)
{
  static int *kept;
  int *old = kept;
  kept = p;
  return old;
}

int *
address_of_static_local (void)
{
  static int n;
  return &n;
}

void
compared (int *p)
{
  number = p == pointer;
}
