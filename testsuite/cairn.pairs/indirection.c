/* Stores and loads through pointers.  */

int *sink;

struct cell { int *p; };

void
store_to_local_pointer (void)
{
  int i = 0;
  int *p = 0;
  int **pp = &p;
  p = &i;
  sink = *pp;
}

/* C differs: the store is known to go to P, which stays.  C says: nothing.  */
int
store_through_local_pointer (void)
{
  int i = 1;
  int *p = 0;
  int **pp = &p;
  *pp = &i;
  return *p;
}

void
store_through_parameter (int **to)
{
  int i = 0;
  *to = &i;
}

void
store_parameter_through_parameter (int **to, int *p)
{
  *to = p;
}

void
store_through_content (int ***to, int *p)
{
  **to = p;
}

void
store_through_field (struct cell *to, int *p)
{
  to->p = p;
}

/* C differs: the store is known to go to C, which stays.  C says:
   "p does not escape".  */
int
store_through_pointer_to_struct (int *p)
{
  struct cell c;
  struct cell *pc = &c;
  pc->p = p;
  return *c.p;
}

int
store_to_struct (int *p)
{
  struct cell c;
  c.p = p;
  return *c.p;
}

int
load_through_two (int **p)
{
  int *q = *p;
  return *q;
}

/* C differs: Q is known to be what is there already; Go knows that only of
   "*p = *p".  C says: "p does not escape".  */
void
load_and_store_back (int **p)
{
  int *q = *p;
  *p = q;
}

void
load_and_store_other (int **p, int **q)
{
  int *t = *p;
  *q = t;
}

int *
load_after_store (int *p)
{
  int *a;
  a = p;
  int **pa = &a;
  return *pa;
}

void
global_receives_loaded (int ***p)
{
  int **q = *p;
  sink = *q;
}

void
store_null (int **to)
{
  *to = 0;
}

void
store_integer (int *to, int *from)
{
  *to = *from;
}

int
address_through_two_stays (void)
{
  int i = 3;
  int *p = &i;
  int **q = &p;
  **q = 4;
  return i;
}

void
address_stored_in_new (void)
{
  int i = 0;
  int **p = __builtin_malloc (sizeof *p);
  *p = &i;
  sink = *p;
}

/* C differs: the store is known to go to the new object, which stays.
   C says: "malloc(8) does not escape".  */
int
address_stored_in_new_stays (void)
{
  int i = 0;
  int **p = __builtin_malloc (sizeof *p);
  *p = &i;
  return **p;
}

/* C differs: TO can be nothing but &P, so the call stores in P, which stays.
   C says: nothing.  */
int
callee_stores_in_local (void)
{
  int i = 0;
  int *p;
  store_parameter_through_parameter (&p, &i);
  return *p;
}

int *
callee_stores_in_local_returned (void)
{
  int i = 0;
  int *p;
  store_parameter_through_parameter (&p, &i);
  return p;
}

void
choice_of_targets (int **a, int **b, int *p, int which)
{
  int **to = which ? a : b;
  *to = p;
}

int *
alias_of_parameter (int **p)
{
  int **a = p;
  int ***b = &a;
  return **b;
}
