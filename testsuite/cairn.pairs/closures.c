/* Nested functions and the variables they share with their parent.  */

typedef int fn (void);
typedef void setter (int *);

fn *sink_fn;
int *sink;
void take (fn *f);

fn *
counter (void)
{
  int n = 0;
  int next (void)
  {
    n++;
    return n;
  }
  return next;
}

int
called_at_once (void)
{
  int n = 0;
  int next (void)
  {
    n++;
    return n;
  }
  return next ();
}

void
kept (void)
{
  int n = 0;
  int next (void)
  {
    n++;
    return n;
  }
  sink_fn = next;
}

void
handed_to_unknown (void)
{
  int n = 0;
  int next (void)
  {
    n++;
    return n;
  }
  take (next);
}

int
call (fn *f)
{
  return f ();
}

int
handed_to_caller (void)
{
  int n = 0;
  int next (void)
  {
    n++;
    return n;
  }
  return call (next);
}

fn *
passed_through (fn *f)
{
  return f;
}

fn *
returned_through (void)
{
  int n = 0;
  int next (void)
  {
    n++;
    return n;
  }
  return passed_through (next);
}

void
address_taken_inside (void)
{
  int n = 0;
  void leak (void)
  {
    n++;
    sink = &n;
  }
  leak ();
}

int *
address_returned_from_inside (void)
{
  int n = 0;
  int *get (void)
  {
    n++;
    return &n;
  }
  return get ();
}

int
address_from_inside_stays (void)
{
  int n = 0;
  int *get (void)
  {
    n++;
    return &n;
  }
  return *get ();
}

fn *
captures_parameter (int n)
{
  int next (void)
  {
    n++;
    return n;
  }
  return next;
}

int
captures_parameter_stays (int n)
{
  int next (void)
  {
    n++;
    return n;
  }
  return next () + next ();
}

void
parameter_of_nested (int *p)
{
  void keep (int *q) { sink = q; }
  keep (p);
}

int
parameter_of_nested_stays (int *p)
{
  int look (int *q) { return *q; }
  return look (p);
}

/* C differs: what a nested function returns is followed like any other's; for
   Go the result of a function that has no name is the heap to its own
   parameters.  C says: "leaking param: p to result level=0",
   "leaking param: q to result level=0".  */
int *
parameter_of_nested_returned (int *p)
{
  int *same (int *q) { return q; }
  return same (p);
}

void
captured_pointer_stored (int *p)
{
  void keep (void) { sink = p; }
  keep ();
}

int
captured_pointer_looked_at (int *p)
{
  int look (void) { return *p; }
  return look ();
}

int *
captured_pointer_returned (int *p)
{
  int *same (void) { return p; }
  return same ();
}

int
captured_pointer_assigned (int *q)
{
  int *p = 0;
  void set (void) { p = q; }
  set ();
  return *p;
}

fn *
nested_twice (void)
{
  int n = 0;
  fn *inner (void)
  {
    int next (void)
    {
      n++;
      return n;
    }
    return next;
  }
  return inner ();
}

fn *
captures_nothing (void)
{
  int one (void) { return 1; }
  return one;
}

void
local_passed_to_nested (void)
{
  int x = 1;
  void keep (int *q) { sink = q; }
  keep (&x);
}

int
local_passed_to_nested_stays (void)
{
  int x = 1;
  int look (int *q) { return *q; }
  return look (&x);
}

fn *
two_functions_one_variable (void)
{
  int n = 0;
  int up (void) { n++; return n; }
  int down (void) { n--; return n; }
  down ();
  return up;
}
