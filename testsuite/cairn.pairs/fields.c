/* Structs: a variable is one place, whatever field is meant.  */

struct x { int *p1; int *p2; int a[2]; struct x *next; };
struct y { struct x x; };
struct z { struct x *px; };

int *sink;
struct x *sink_x;

void
field_stored (void)
{
  int i = 0;
  struct x x = { 0 };
  x.p1 = &i;
  sink = x.p1;
}

/* One place: the other field carries the address as well.  */
void
other_field_stored (void)
{
  int i = 0;
  struct x x = { 0 };
  x.p1 = &i;
  sink = x.p2;
}

int
field_stays (void)
{
  int i = 0;
  struct x x = { 0 };
  x.p1 = &i;
  return *x.p1;
}

void
address_of_field (void)
{
  struct x x = { 0 };
  sink = &x.a[1];
}

int
address_of_field_stays (void)
{
  struct x x = { 0 };
  int *p = &x.a[1];
  return *p;
}

void
field_of_nested (void)
{
  int i = 0;
  struct y y = { { 0 } };
  y.x.p1 = &i;
  sink = y.x.p1;
}

void
nested_struct_copied (void)
{
  int i = 0;
  struct y y = { { 0 } };
  y.x.p1 = &i;
  struct x x = y.x;
  sink = x.p1;
}

int
struct_copied_stays (void)
{
  int i = 0;
  struct x x = { 0 };
  x.p1 = &i;
  struct x copy = x;
  return *copy.p1;
}

void
parameter_field_stored (struct x *x)
{
  sink = x->p2;
}

void
parameter_field_address_stored (struct x *x)
{
  sink = &x->a[0];
}

int *
parameter_field_returned (struct x *x)
{
  return x->p1;
}

int *
parameter_field_address_returned (struct x *x)
{
  return &x->a[1];
}

int
parameter_field_value (struct x *x)
{
  return *x->p1 + x->a[0];
}

void
parameter_nested_field_stored (struct z *z)
{
  sink = z->px->p1;
}

void
parameter_nested_struct_stored (struct z *z)
{
  sink_x = z->px;
}

struct x
parameter_struct_loaded (struct x *x)
{
  return *x;
}

void
struct_with_address_stored (void)
{
  int i = 0;
  struct x x = { 0 };
  x.p1 = &i;
  struct z z = { &x };
  sink_x = z.px;
}

void
field_through_two (void)
{
  int i = 0;
  struct x x = { 0 };
  x.p1 = &i;
  struct z z = { &x };
  sink = z.px->p1;
}

void
literal_stored (void)
{
  int i = 0;
  sink_x = &(struct x){ .p1 = &i };
}

int
literal_stays (void)
{
  int i = 0;
  struct x *x = &(struct x){ .p1 = &i };
  return *x->p1;
}

void
field_of_literal_stored (void)
{
  int i = 0;
  struct x *x = &(struct x){ .p1 = &i };
  sink = x->p1;
}

void
new_filled_later (void)
{
  int i = 0;
  struct x *x = __builtin_malloc (sizeof *x);
  x->p1 = &i;
  sink_x = x;
}

void
integer_field_only (void)
{
  int i = 5;
  struct x x = { 0 };
  x.a[0] = i;
  sink = x.p1;
}

struct x
struct_value_from_field (struct y *y)
{
  return y->x;
}

void
two_structs (struct x *a, struct x *b)
{
  a->p1 = b->p2;
}

void
struct_assigned (struct x *a, struct x *b)
{
  *a = *b;
}

void
struct_linked (struct x *a, struct x *b)
{
  a->next = b;
}

void
struct_unlinked (struct x *a)
{
  a->next = 0;
}
