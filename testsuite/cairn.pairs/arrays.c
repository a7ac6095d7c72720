/* Arrays are values: a pointer in one element is in the array.  */

struct pair { int *v[2]; };

int *sink;
int **sink2;
int table[4];
int *pointers[4];

void
element_stored (void)
{
  int i = 0;
  int *a[2] = { 0 };
  a[0] = &i;
  sink = a[0];
}

void
other_element_stored (void)
{
  int i = 0;
  int *a[2] = { 0 };
  a[0] = &i;
  sink = a[1];
}

int
element_stays (void)
{
  int i = 0;
  int *a[2] = { 0 };
  a[0] = &i;
  return *a[0];
}

void
element_at_an_index (int n)
{
  int i = 0;
  int *a[8] = { 0 };
  a[n & 7] = &i;
  sink = a[(n + 1) & 7];
}

void
address_of_element (void)
{
  int a[4] = { 0 };
  sink = &a[2];
}

int
address_of_element_stays (void)
{
  int a[4] = { 0 };
  int *p = &a[2];
  return *p;
}

void
address_of_pointer_element (void)
{
  int i = 0;
  int *a[2] = { &i };
  sink2 = &a[0];
}

struct pair
pair_of (int *a, int *b)
{
  return (struct pair){ { a, b } };
}

struct pair
pair_of_contents (int **a, int **b)
{
  return (struct pair){ { *a, *b } };
}

struct pair
pair_of_local (int *a)
{
  int i = 0;
  return (struct pair){ { a, &i } };
}

int
pair_of_local_stays (int *a)
{
  int i = 0;
  struct pair p = pair_of (a, &i);
  return *p.v[0];
}

int *
element_of_array_parameter (struct pair p)
{
  return p.v[0];
}

int *
element_of_array_by_pointer (int *(*a)[2])
{
  return (*a)[0];
}

int **
address_of_element_by_pointer (int *(*a)[2])
{
  return &(*a)[0];
}

void
element_stored_by_pointer (int *(*a)[2], int *p)
{
  (*a)[0] = p;
}

int
integers_only (int (*a)[4])
{
  return (*a)[0] + (*a)[3];
}

int *
integers_address (int (*a)[4])
{
  return &(*a)[2];
}

void
array_copied (void)
{
  int i = 0;
  struct pair a = { { &i } };
  struct pair b = a;
  sink = b.v[1];
}

int
array_copied_stays (void)
{
  int i = 0;
  struct pair a = { { &i } };
  struct pair b = a;
  return *b.v[0];
}

void
two_dimensions (void)
{
  int i = 0;
  int *a[2][2] = { { 0 } };
  a[0][1] = &i;
  sink = a[1][0];
}

int
two_dimensions_stay (void)
{
  int i = 0;
  int *a[2][2] = { { 0 } };
  a[0][1] = &i;
  return *a[0][1];
}

void
global_array (int *p)
{
  pointers[1] = p;
}

int *
global_array_element (void)
{
  return &table[2];
}

void
local_in_global_array (void)
{
  int i = 0;
  pointers[0] = &i;
}

int *
array_of_integers_returned (void)
{
  int a[4] = { 1, 2, 3, 4 };
  return &a[0];
}

int
array_of_integers_summed (int n)
{
  int a[4] = { 1, 2, 3, 4 };
  int s = 0;
  for (int i = 0; i < 4; i++)
    s += a[i];
  return s + n;
}
