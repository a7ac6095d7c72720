/* Calls: known, unknown, by pointer, of one another.  */

typedef int *fn (int *);
struct ops { fn *f; int *p; };

int *sink;
int outside (int *p);
int *outside_result (int *p);
int number (void);

int
calls_unknown (void)
{
  int x = 1;
  return outside (&x);
}

void
passes_to_unknown (int *p)
{
  outside (p);
}

void
content_to_unknown (int **p)
{
  outside (*p);
}

void
value_to_unknown (int *p)
{
  int x = *p;
  outside (&x);
}

int *
unknown_result (int *p)
{
  return outside_result (p);
}

int
unknown_result_value (void)
{
  int x = 1;
  return *outside_result (&x);
}

int
by_function_pointer (fn *f)
{
  int x = 1;
  return *f (&x);
}

int *
parameter_by_function_pointer (fn *f, int *p)
{
  return f (p);
}

int *
by_field (struct ops *o, int *p)
{
  return o->f (p);
}

int *
by_field_own_data (struct ops *o)
{
  return o->f (o->p);
}

int *
same (int *p)
{
  return p;
}

void
keep (int *p)
{
  sink = p;
}

int
look (int *p)
{
  return *p;
}

int
calls_look (void)
{
  int x = 1;
  return look (&x);
}

void
calls_keep (void)
{
  int x = 1;
  keep (&x);
}

void
calls_keep_same (void)
{
  int x = 1;
  keep (same (&x));
}

int
calls_look_same (void)
{
  int x = 1;
  return look (same (&x));
}

int *
forwards (int *p)
{
  return same (p);
}

void
forwards_to_keep (int *p)
{
  keep (p);
}

void
content_forwarded_to_keep (int **p)
{
  keep (*p);
}

int *
content_forwarded_to_same (int **p)
{
  return same (*p);
}

int *
same_of_content_of_address (int *p)
{
  int **pp = &p;
  return same (*pp);
}

int
argument_twice (int *p, int *q)
{
  return *p + *q;
}

int
passes_one_local_twice (void)
{
  int x = 1;
  return argument_twice (&x, &x);
}

void
keep_first (int *p, int *q)
{
  sink = p;
}

void
passes_to_both (void)
{
  int x = 1, y = 2;
  keep_first (&x, &y);
}

int *
callee_defined_below (int *p);

int *
calls_callee_defined_below (int *p)
{
  return callee_defined_below (p);
}

int *
callee_defined_below (int *p)
{
  return p;
}

void
on_one_path (int *p)
{
  if (number ())
    keep (p);
  else
    look (p);
}

int
conditional_argument (void)
{
  int x = 1, y = 2;
  return look (number () ? &x : &y);
}

void
conditional_argument_kept (void)
{
  int x = 1, y = 2;
  keep (number () ? &x : &y);
}

void
struct_to_keep (struct ops o)
{
  keep (o.p);
}

int
local_in_struct_to_look (void)
{
  int x = 1;
  struct ops o = { 0, &x };
  return look (o.p);
}

void
local_in_struct_to_keep (void)
{
  int x = 1;
  struct ops o = { 0, &x };
  struct_to_keep (o);
}
