/* Methods, and method values as a function with its receiver.  */

struct T { int n; int *p; struct T *parent; };
struct method { int (*f) (struct T *); struct T *t; };

int *sink;
struct T *sink_t;
struct method sink_method;
int call_unknown (struct method m);

int
T_value (struct T *t)
{
  return t->n;
}

int *
T_pointer (struct T *t)
{
  return t->p;
}

int *
T_address (struct T *t)
{
  return &t->n;
}

struct T *
T_self (struct T *t)
{
  return t;
}

void
T_keep (struct T *t)
{
  sink_t = t;
}

void
T_keep_pointer (struct T *t)
{
  sink = t->p;
}

void
T_set (struct T *t, int *p)
{
  t->p = p;
}

void
T_set_number (struct T *t, int n)
{
  t->n = n;
}

struct T *
T_with (struct T *t, int *p)
{
  t->p = p;
  return t;
}

void
T_adopt (struct T *t, struct T *child)
{
  child->parent = t;
}

int *
T_by_value (struct T t)
{
  return t.p;
}

int
local_value (void)
{
  struct T t = { 1, 0, 0 };
  struct T *p = &t;
  return T_value (p);
}

void
local_kept (void)
{
  struct T t = { 1, 0, 0 };
  T_keep (&t);
}

int
local_self (void)
{
  struct T t = { 1, 0, 0 };
  return T_self (&t)->n;
}

struct T *
local_self_returned (void)
{
  struct T t = { 1, 0, 0 };
  return T_self (&t);
}

int
local_set_number (void)
{
  struct T t = { 0 };
  T_set_number (&t, 3);
  return t.n;
}

/* C differs: the methods are known to store in T, which stays.  C says:
   nothing.  */
int
local_set (void)
{
  int i = 0;
  struct T t = { 0 };
  T_set (&t, &i);
  return *t.p;
}

int *
chain (struct T *t)
{
  return T_pointer (T_self (T_self (t)));
}

/* C differs: as above, and the result is known to be T again.  C says:
   nothing.  */
int
local_with (void)
{
  int i = 0;
  struct T t = { 0 };
  return *T_with (&t, &i)->p;
}

struct T *
new_with (int *p)
{
  struct T *t = __builtin_malloc (sizeof *t);
  return T_with (t, p);
}

void
method_value_kept (struct T *t)
{
  sink_method = (struct method){ T_value, t };
}

int
method_value_unknown (struct T *t)
{
  return call_unknown ((struct method){ T_value, t });
}

int
method_value_of_local_unknown (void)
{
  struct T t = { 1, 0, 0 };
  return call_unknown ((struct method){ T_value, &t });
}

int
method_value_called (struct T *t)
{
  struct method m = { T_value, t };
  return m.f (m.t);
}

int
expression (struct T *t)
{
  return T_value (t);
}

int *
by_value (struct T *t)
{
  return T_by_value (*t);
}

int
of_new (void)
{
  struct T *t = __builtin_malloc (sizeof *t);
  t->n = 1;
  return T_value (t);
}

struct T *
of_new_returned (void)
{
  struct T *t = __builtin_malloc (sizeof *t);
  t->n = 1;
  return T_self (t);
}
