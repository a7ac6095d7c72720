/* What leaves by the result.  */

struct two { int *a; int *b; };
struct one { int *a; };
struct deep { struct one in; int n; };

int *sink;

int *
local (void)
{
  int x = 1;
  return &x;
}

int *
local_by_pointer (void)
{
  int x = 1;
  int *p = &x;
  return p;
}

int *
local_on_one_path (int *q, int which)
{
  int x = 1;
  if (which)
    return &x;
  return q;
}

int *
by_a_result_variable (int *p)
{
  int *r;
  r = p;
  return r;
}

int *
result_variable_local (void)
{
  int x = 0;
  int *r = 0;
  r = &x;
  return r;
}

struct two
two_results (int *p, int *q)
{
  struct two r = { p, q };
  return r;
}

struct one
in_a_struct (int *p)
{
  return (struct one){ p };
}

struct one
content_in_a_struct (int **p)
{
  return (struct one){ *p };
}

struct deep
in_a_nested_struct (int *p)
{
  struct deep d;
  d.in.a = p;
  d.n = 1;
  return d;
}

struct one
local_in_a_struct (void)
{
  int x = 1;
  struct one s = { &x };
  return s;
}

struct two
local_and_parameter_in_a_struct (int *p)
{
  int x = 1;
  return (struct two){ &x, p };
}

int
value_of_local_by_struct (void)
{
  int x = 1;
  struct one s = { &x };
  return *s.a;
}

int *
field_of_result (int *p)
{
  return in_a_struct (p).a;
}

int *
field_of_result_local (void)
{
  int x = 1;
  return in_a_struct (&x).a;
}

int
field_of_result_value (void)
{
  int x = 1;
  return *in_a_struct (&x).a;
}

struct one
result_passed_on (int *p)
{
  return in_a_struct (p);
}

struct two
results_passed_on (int *p)
{
  int x = 1;
  return two_results (p, &x);
}

int *
chain_of_results (int *p)
{
  return by_a_result_variable (by_a_result_variable (p));
}

int *
chain_of_results_local (void)
{
  int x = 1;
  return by_a_result_variable (by_a_result_variable (&x));
}

int
chain_of_results_value (void)
{
  int x = 1;
  return *by_a_result_variable (by_a_result_variable (&x));
}

void
result_dropped (void)
{
  int x = 1;
  by_a_result_variable (&x);
}

void
struct_result_stored (void)
{
  int x = 1;
  struct one s = in_a_struct (&x);
  sink = s.a;
}

int *
address_of_result_value (void)
{
  int x = *local ();
  return &x;
}

int
difference (int *p, int *q)
{
  int r = *p - *q;
  return r;
}
