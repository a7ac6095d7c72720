/* Structs given and returned, by value and by pointer.  */

struct u { int *p; int *q; int **pp; };
struct v { struct u u; struct u *pu; };
struct w { struct u a[2]; };
struct integers { int a, b, c; };

int *sink;
int **sink2;
struct u *sink_u;

int *
field (struct u u)
{
  return u.p;
}

int *
field_by_pointer (struct u *u)
{
  return u->p;
}

int *
content_of_field (struct u u)
{
  return *u.pp;
}

int *
content_of_field_by_pointer (struct u *u)
{
  return *u->pp;
}

int **
address_of_field_by_pointer (struct u *u)
{
  return &u->p;
}

int **
address_of_field (struct u u)
{
  return &u.p;
}

void
field_kept (struct u u)
{
  sink = u.p;
}

void
content_of_field_kept (struct u u)
{
  sink = *u.pp;
}

void
field_kept_by_pointer (struct u *u)
{
  sink = u->p;
}

void
content_of_field_kept_by_pointer (struct u *u)
{
  sink = *u->pp;
}

int
value_of_field (struct u u)
{
  return *u.p + **u.pp;
}

struct u
same (struct u a)
{
  return a;
}

struct u *
same_by_pointer (struct u *a)
{
  return a;
}

struct u
loaded (struct u *a)
{
  return *a;
}

struct u *
address (struct u a)
{
  return &a;
}

int *
field_of_nested (struct v v)
{
  return v.u.p;
}

int *
field_behind_nested (struct v v)
{
  return v.pu->p;
}

int *
field_of_nested_by_pointer (struct v *v)
{
  return v->u.p;
}

int *
field_behind_nested_by_pointer (struct v *v)
{
  return v->pu->p;
}

struct u *
pointer_field (struct v v)
{
  return v.pu;
}

struct u
nested_by_value (struct v v)
{
  return v.u;
}

int *
field_of_element (struct w w)
{
  return w.a[1].p;
}

int *
field_of_element_by_pointer (struct w *w)
{
  return w->a[1].p;
}

int
integers_by_value (struct integers i)
{
  return i.a + i.b + i.c;
}

struct integers
integers_returned (struct integers i)
{
  i.a = 1;
  return i;
}

struct integers *
integers_address (struct integers i)
{
  return &i;
}

struct integers
integers_local (void)
{
  struct integers i = { 1, 2, 3 };
  struct integers *p = &i;
  p->b = 4;
  return i;
}

void
field_of_local_kept (void)
{
  int i = 0;
  struct u u = { &i, 0, 0 };
  field_kept (u);
}

int
field_of_local_value (void)
{
  int i = 0;
  int *p = &i;
  struct u u = { &i, &i, &p };
  return value_of_field (u);
}

void
field_of_local_kept_by_pointer (void)
{
  int i = 0;
  struct u u = { &i, 0, 0 };
  field_kept_by_pointer (&u);
}

void
result_of_same_kept (void)
{
  int i = 0;
  struct u u = { &i, 0, 0 };
  struct u w = same (u);
  sink = w.p;
}

void
result_of_same_by_pointer_kept (void)
{
  int i = 0;
  struct u u = { &i, 0, 0 };
  sink_u = same_by_pointer (&u);
}

int
result_of_same_by_pointer_value (void)
{
  int i = 0;
  struct u u = { &i, 0, 0 };
  return *same_by_pointer (&u)->p;
}

void
content_of_result_kept (void)
{
  int i = 0;
  struct u u = { &i, 0, 0 };
  sink = same_by_pointer (&u)->p;
}

struct u
made (int *p)
{
  struct u u = { 0 };
  u.p = p;
  u.q = p;
  return u;
}

struct u *
made_new (int *p)
{
  struct u *u = __builtin_malloc (sizeof *u);
  u->p = p;
  return u;
}

struct u *
made_literal (int *p)
{
  return &(struct u){ p, 0, 0 };
}

int
made_and_dropped (int *p)
{
  struct u *u = __builtin_malloc (sizeof *u);
  u->q = 0;
  u->p = 0;
  return u->p == u->q;
}
