/* A slice: where it begins, how long it is, how much room there is.  */

struct slice { int *p; long len, cap; };
struct pointers { int **p; long len, cap; };

struct slice sink;
struct pointers sink_pointers;
int *sink_int;
long sink_length;
void use (int);

struct slice
make_stored (void)
{
  struct slice s = { __builtin_malloc (10 * sizeof (int)), 10, 10 };
  s.p[0] = 1;
  return s;
}

int
make_stays (void)
{
  struct slice s = { __builtin_malloc (10 * sizeof (int)), 10, 10 };
  s.p[0] = 1;
  return s.p[0];
}

struct slice
make_of_a_length (long n)
{
  struct slice s = { __builtin_malloc (n * sizeof (int)), n, n };
  return s;
}

struct slice
array_sliced (void)
{
  int a[4] = { 1 };
  return (struct slice){ &a[0], 4, 4 };
}

int
array_sliced_stays (void)
{
  int a[4] = { 1 };
  struct slice s = { &a[0], 4, 4 };
  return s.p[0];
}

struct slice
resliced (struct slice s)
{
  return (struct slice){ s.p + 1, s.len - 1, s.cap - 1 };
}

int *
address_of_element (struct slice s)
{
  return &s.p[1];
}

int
element (struct slice s)
{
  return s.p[1];
}

int *
pointer_element (struct pointers s)
{
  return s.p[1];
}

void
pointer_element_stored (struct pointers s)
{
  sink_int = s.p[0];
}

void
element_set (struct slice s, int n)
{
  s.p[0] = n;
}

void
pointer_element_set (struct pointers s, int *p)
{
  s.p[0] = p;
}

void
slice_stored (struct slice s)
{
  sink = s;
}

void
slice_of_pointers_stored (struct pointers s)
{
  sink_pointers = s;
}

long
length (struct slice s)
{
  return s.len;
}

long
length_called (struct slice s)
{
  return length (s);
}

long
length_of_local_called (void)
{
  int a[4] = { 1 };
  struct slice s = { &a[0], 4, 4 };
  use (s.p[0]);
  return length (s);
}

long
length_recursive (struct slice s, int n)
{
  if (n > 0)
    return length_recursive (s, n - 1);
  return s.len;
}

long
length_of_one (struct slice a, struct slice b, int n)
{
  if (n > 0)
    return a.len;
  return b.cap;
}

int
short_length (struct slice s)
{
  return (int) s.len;
}

void
length_stored (struct slice s)
{
  sink_length = s.len;
}

void
length_of_local_stored (void)
{
  int a[4] = { 1 };
  struct slice s = { &a[0], 4, 4 };
  use (s.p[0]);
  sink_length = s.len;
}

void
slice_by_pointer_stored (struct slice *s)
{
  sink = *s;
}

struct slice *
slice_address_returned (struct slice s)
{
  return &s;
}

int
literal_of_pointers_stays (void)
{
  int i = 0;
  int *a[1];
  a[0] = &i;
  struct pointers s = { &a[0], 1, 1 };
  return *s.p[0];
}

/* C differs: what is stored in an element is known to stay in A.  C says:
   nothing.  */
int
pointer_element_set_stays (void)
{
  int i = 0;
  int *a[2] = { 0 };
  struct pointers s = { &a[0], 2, 2 };
  s.p[1] = &i;
  return *s.p[1];
}

void
literal_of_pointers_stored (void)
{
  int i = 0;
  sink_pointers = (struct pointers){ (int *[1]){ &i }, 1, 1 };
}

void
copied (struct slice to, struct slice from)
{
  for (long k = 0; k < from.len; k++)
    to.p[k] = from.p[k];
}

void
pointers_copied (struct pointers to, struct pointers from)
{
  for (long k = 0; k < from.len; k++)
    to.p[k] = from.p[k];
}

struct pointers
first_of_two (struct pointers a, struct pointers b)
{
  if (a.len)
    return a;
  return b;
}

struct slice
sliced_by_pointer (int (*a)[4])
{
  return (struct slice){ &(*a)[1], 3, 3 };
}

int
sum (struct slice s)
{
  int n = 0;
  for (long k = 0; k < s.len; k++)
    n += s.p[k];
  return n;
}

int
sum_of_local (void)
{
  int a[3] = { 1, 2, 3 };
  return sum ((struct slice){ &a[0], 3, 3 });
}

void
local_stored (void)
{
  int a[3] = { 1, 2, 3 };
  slice_stored ((struct slice){ &a[0], 3, 3 });
}
