/* Assignments of a thing to a part of itself.  */

struct string { char *p; long len; };
struct pair { int *p1, *p2; };
struct box { struct box *q; int *p; int a[4]; struct pair pair, other; };
struct buffer { char a[64]; char *p; int n; };

int *sink;

void
points_into_itself (struct buffer *b)
{
  b->p = &b->a[0];
}

void
advanced (struct buffer *b)
{
  b->p = b->p + 1;
}

void
pointer_to_itself (struct box *b)
{
  b->q = b;
}

void
field_to_field (struct box *b)
{
  b->pair.p1 = b->pair.p2;
}

void
fields_exchanged (struct box *b)
{
  int *t = b->pair.p1;
  b->pair.p1 = b->pair.p2;
  b->pair.p2 = t;
}

void
field_to_field_of_another (struct box *b, struct box *c)
{
  b->pair.p1 = c->pair.p2;
}

void
field_to_itself (struct box *b)
{
  b->p = b->p;
}

void
next_but_one (struct box *b)
{
  b->q = b->q->q;
}

void
address_of_own_element (struct box *b)
{
  b->p = &b->a[1];
}

void
kept_after_self_assignment (struct box *b)
{
  b->pair.p1 = b->pair.p2;
  sink = b->pair.p2;
}

void
kept_before_self_assignment (struct box *b)
{
  sink = b->pair.p2;
  b->pair.p1 = b->pair.p2;
}

int
local_to_itself (void)
{
  struct box b = { 0 };
  b.pair.p1 = b.pair.p2;
  b.p = &b.a[0];
  return *b.p;
}

struct box *
local_to_itself_returned (void)
{
  struct box b = { 0 };
  struct box *p = &b;
  p->q = p;
  return p;
}

void
integers_exchanged (struct box *b)
{
  b->a[0] = b->a[1];
}

void
struct_to_struct (struct box *b)
{
  b->pair = b->other;
}

void
struct_to_struct_of_another (struct box *b, struct box *c)
{
  b->pair = c->other;
}

/* Here the object is not the same one.  */

void
field_of_the_next (struct box *b)
{
  struct box *first = b;
  while (b->q)
    {
      b = b->q;
      first->p = b->pair.p1;
    }
}

void
carried_to_the_next (struct box *b)
{
  int *t = 0;
  for (; b; b = b->q)
    {
      b->p = t;
      t = b->pair.p1;
    }
}

void
rotated (struct box *b, struct box *c, int n)
{
  while (n--)
    {
      int *t = b->p;
      struct box *s = b;
      b = c;
      c = s;
      b->p = t;
    }
}
