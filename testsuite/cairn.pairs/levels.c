/* How many loads lie between a variable's address and the sink.  */

struct both { int *a; int **b; };

int *sink;
int **sink2;
int ***sink3;
int value;

void
address (void)
{
  int i = 0;
  sink = &i;
}

void
address_of_address (void)
{
  int i = 0;
  int *p = &i;
  sink2 = &p;
}

void
address_of_address_of_address (void)
{
  int i = 0;
  int *p = &i;
  int **q = &p;
  sink3 = &q;
}

void
one_load_from_two (void)
{
  int i = 0;
  int *p = &i;
  int **q = &p;
  sink = *q;
}

void
two_loads_from_three (void)
{
  int i = 0;
  int *p = &i;
  int **q = &p;
  int ***r = &q;
  sink = **r;
}

void
one_load_from_three (void)
{
  int i = 0;
  int *p = &i;
  int **q = &p;
  int ***r = &q;
  sink2 = *r;
}

void
all_loads (void)
{
  int i = 0;
  int *p = &i;
  int **q = &p;
  int ***r = &q;
  value = ***r;
}

void
copied_pointer (void)
{
  int i = 0;
  int *p = &i;
  int *q = p;
  int **r = &q;
  value = **r;
}

void
load_of_copy (void)
{
  int i = 0;
  int *p = &i;
  int **q = &p;
  int **r = q;
  sink = *r;
}

int *
returned_after_load (void)
{
  int i = 0;
  int *p = &i;
  int **q = &p;
  return *q;
}

int **
returned_address_of_address (void)
{
  int i = 0;
  int *p = &i;
  int **q = &p;
  return q;
}

int
value_returned (void)
{
  int i = 7;
  int *p = &i;
  int **q = &p;
  int *r = *q;
  return *r;
}

int *
parameter_by_two_addresses (int *p)
{
  int **q = &p;
  int ***r = &q;
  return **r;
}

int **
parameter_address_after_load (int *p)
{
  int **q = &p;
  int ***r = &q;
  return *r;
}

void
parameter_content_by_address (int **p)
{
  int ***q = &p;
  sink = **q;
}

int *
parameter_fourth_level (int *****p)
{
  return ****p;
}

/* C differs: it counts loads up to four, beyond they are all the same.
   C says: "leaking param: p to result level=4".  */
int *
parameter_fifth_level (int ******p)
{
  return *****p;
}

void
parameter_fourth_level_stored (int *****p)
{
  sink = ****p;
}

int
parameter_all_levels (int ****p)
{
  return ****p;
}

int ***
parameter_level_one (int ****p)
{
  return *p;
}

int **
mixed_levels (int ***p, int **q, int which)
{
  if (which)
    return *p;
  return q;
}

int *
deeper_way_also (int **p, int which)
{
  if (which)
    return *p;
  return (int *) p;
}

int *
least_of_two_levels (struct both *p, int which)
{
  if (which)
    return p->a;
  return *p->b;
}

void
new_in_new (void)
{
  int **p = __builtin_malloc (sizeof *p);
  int *q = __builtin_malloc (sizeof *q);
  *q = 1;
  sink2 = p;
  sink = q;
}

int
new_loaded (void)
{
  int *q = __builtin_malloc (sizeof *q);
  *q = 1;
  return *q;
}

void
new_by_address (void)
{
  int *q = __builtin_malloc (sizeof *q);
  int **p = &q;
  *q = 1;
  sink = *p;
}

void
new_address_of_pointer (void)
{
  int *q = __builtin_malloc (sizeof *q);
  *q = 1;
  sink2 = &q;
}
