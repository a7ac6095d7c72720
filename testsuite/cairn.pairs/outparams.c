/* Results that leave through a pointer the caller gives.  */

struct context { int *buffer; int n; struct context *parent; };

int *sink;
struct context *sink_context;

void
set_pointer (int **out, int *p)
{
  *out = p;
}

void
set_new (int **out)
{
  int *p = __builtin_malloc (sizeof *p);
  *p = 1;
  *out = p;
}

void
set_local (int **out)
{
  int x = 1;
  *out = &x;
}

void
set_value (int *out, int n)
{
  *out = n;
}

void
set_from_global (int **out)
{
  *out = sink;
}

void
init_ (struct context *c, int *buffer)
{
  c->buffer = buffer;
  c->n = 0;
}

void
init_parent (struct context *c, struct context *parent)
{
  c->parent = parent;
}

void
init_whole (struct context *c, int *buffer)
{
  *c = (struct context){ buffer, 1, 0 };
}

void
init_whole_from (struct context *c, struct context *other)
{
  *c = *other;
}

int
value_of_out (void)
{
  int n;
  set_value (&n, 3);
  return n;
}

int
new_of_out (void)
{
  int *p;
  set_new (&p);
  return *p;
}

int *
new_of_out_returned (void)
{
  int *p;
  set_new (&p);
  return p;
}

/* C differs: the call is known to store in C, which stays.  C says:
   nothing.  */
int
init_of_local (void)
{
  int buffer[4] = { 1 };
  struct context c;
  init_ (&c, &buffer[0]);
  return *c.buffer;
}

void
init_of_local_kept (void)
{
  int buffer[4] = { 1 };
  struct context c;
  init_ (&c, &buffer[0]);
  sink_context = &c;
}

void
buffer_of_local_kept (void)
{
  int buffer[4] = { 1 };
  struct context c;
  init_ (&c, &buffer[0]);
  sink = c.buffer;
}

/* C differs: the call is known to store BUFFER in C, which stays.  C says:
   "buffer does not escape".  */
int
init_with_parameter (int *buffer)
{
  struct context c;
  init_ (&c, buffer);
  return *c.buffer;
}

void
init_of_parameter (struct context *c)
{
  int buffer[4] = { 1 };
  init_ (c, &buffer[0]);
}

void
init_of_parameter_with_parameter (struct context *c, int *buffer)
{
  init_ (c, buffer);
}

struct context *
init_new (int *buffer)
{
  struct context *c = __builtin_malloc (sizeof *c);
  init_ (c, buffer);
  return c;
}

/* C differs: the call stores PARENT in C, which stays.  C says: nothing.  */
int
child (void)
{
  struct context parent = { 0, 3, 0 };
  struct context c;
  init_parent (&c, &parent);
  return c.parent->n;
}

int
global_by_out (void)
{
  int *p;
  set_from_global (&p);
  return *p;
}

void
two_outs (int **a, int **b, int *p, int *q)
{
  *a = p;
  *b = q;
}

int *
out_and_result (int **out, int *p, int *q)
{
  *out = p;
  return q;
}

void
out_of_out (int ***out, int **p)
{
  *out = p;
}

void
out_content (int **out, int **p)
{
  *out = *p;
}
