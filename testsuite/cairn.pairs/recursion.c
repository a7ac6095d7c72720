/* Functions that call each other in a circle.  */

struct tree { struct tree *left, *right; int *value; };

int *sink;
struct tree *sink_tree;

int *
itself (int *p, int n)
{
  if (n == 0)
    return p;
  return itself (p, n - 1);
}

int
itself_looks (int *p, int n)
{
  if (n == 0)
    return *p;
  return itself_looks (p, n - 1);
}

void
itself_keeps (int *p, int n)
{
  if (n == 0)
    sink = p;
  else
    itself_keeps (p, n - 1);
}

int
local_down (int *p, int n)
{
  int x = n;
  if (n == 0)
    return *p;
  return local_down (&x, n - 1);
}

int *
local_up (int n)
{
  int x = n;
  if (n == 0)
    return &x;
  return local_up (n - 1);
}

int *pong (int *p, int n);

/* C differs: results are followed around a circle of two functions; for Go
   one's result is the heap to the other's parameters.  C says:
   "leaking param: p to result level=0".  */
int *
ping (int *p, int n)
{
  if (n == 0)
    return p;
  return pong (p, n - 1);
}

/* C differs: results are followed around a circle of two functions; for Go
   one's result is the heap to the other's parameters.  C says:
   "leaking param: p to result level=0".  */
int *
pong (int *p, int n)
{
  return ping (p, n);
}

int odd (int *p, int n);

int
even (int *p, int n)
{
  if (n == 0)
    return *p;
  return odd (p, n - 1);
}

int
odd (int *p, int n)
{
  return even (p, n);
}

int
calls_even (void)
{
  int x = 1;
  return even (&x, 5);
}

/* C differs: results are followed around a circle of two functions; for Go
   one's result is the heap to the other's parameters.  C says: nothing.  */
int
calls_ping (void)
{
  int x = 1;
  return *ping (&x, 5);
}

int *
calls_ping_returns (void)
{
  int x = 1;
  return ping (&x, 5);
}

int
count (struct tree *t)
{
  if (!t)
    return 0;
  return count (t->left) + 1 + count (t->right);
}

int *
leftmost (struct tree *t)
{
  if (!t->left)
    return t->value;
  return leftmost (t->left);
}

struct tree *
leftmost_node (struct tree *t)
{
  if (!t->left)
    return t;
  return leftmost_node (t->left);
}

void
all_kept (struct tree *t)
{
  if (!t)
    return;
  sink = t->value;
  all_kept (t->left);
  all_kept (t->right);
}

struct tree *
build (int depth)
{
  struct tree *t = __builtin_malloc (sizeof *t);
  if (depth)
    {
      t->left = build (depth - 1);
      t->right = build (depth - 1);
    }
  return t;
}

int
exchanged (int *p, int *q, int n)
{
  if (n == 0)
    return *p;
  return exchanged (q, p, n - 1);
}

int *
exchanged_returned (int *p, int *q, int n)
{
  if (n == 0)
    return p;
  return exchanged_returned (q, p, n - 1);
}

struct frames { struct frames *up; int n; };

int
chain_of_frames (struct frames *up, int n)
{
  struct frames here = { up, n };
  if (n == 0)
    return here.up ? here.up->n : 0;
  return chain_of_frames (&here, n - 1);
}

void
chain_of_frames_kept (struct tree *up, int n)
{
  struct tree here = { up, 0, 0 };
  if (n == 0)
    sink_tree = &here;
  else
    chain_of_frames_kept (&here, n - 1);
}
