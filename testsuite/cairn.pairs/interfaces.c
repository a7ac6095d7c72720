/* An interface is a table of functions and a pointer to the data.  */

struct shape_table { int (*area) (void *data); void *(*self) (void *data); };
struct shape { const struct shape_table *table; void *data; };
struct square { int side; int *p; };
struct any { const void *type; void *data; };

struct any sink_any;
struct shape sink_shape;
int *sink;
static const char int_type[] = "int";
static const char pointer_type[] = "*int";

int
square_area (void *data)
{
  struct square *s = data;
  return s->side * s->side;
}

void *
square_self (void *data)
{
  return data;
}

static const struct shape_table square_table = { square_area, square_self };

/* C differs: the functions that the table can hold are known.  C says:
   "s does not escape".  */
int
area (struct shape s)
{
  return s.table->area (s.data);
}

void
shape_stored (struct shape s)
{
  sink_shape = s;
}

struct shape
shape_returned (struct shape s)
{
  return s;
}

int
shape_compared (struct shape s)
{
  return s.data == 0;
}

/* An integer in an interface is a copy of it.  */
void
integer_boxed (int n)
{
  int *copy = __builtin_malloc (sizeof *copy);
  *copy = n;
  sink_any = (struct any){ int_type, copy };
}

int
integer_boxed_stays (int n)
{
  int *copy = __builtin_malloc (sizeof *copy);
  *copy = n + 1;
  struct any a = { int_type, copy };
  return a.type == int_type;
}

void
pointer_boxed (int *p)
{
  sink_any = (struct any){ pointer_type, p };
}

void
address_boxed (void)
{
  int i = 0;
  sink_any = (struct any){ pointer_type, &i };
}

int
address_boxed_stays (void)
{
  int i = 0;
  struct any a = { pointer_type, &i };
  return a.type == pointer_type;
}

void
taken_out_and_stored (struct any a)
{
  if (a.type == pointer_type)
    sink = a.data;
}

int *
taken_out_and_returned (struct any a)
{
  if (a.type == pointer_type)
    return a.data;
  return 0;
}

int
taken_out_and_looked_at (struct any a)
{
  if (a.type == pointer_type)
    return *(int *) a.data;
  return 0;
}

int
address_through_interface (void)
{
  int i = 3;
  struct any a = { pointer_type, &i };
  return taken_out_and_looked_at (a);
}

void
address_through_interface_stored (void)
{
  int i = 3;
  struct any a = { pointer_type, &i };
  taken_out_and_stored (a);
}

int *
address_through_interface_returned (void)
{
  int i = 3;
  struct any a = { pointer_type, &i };
  return taken_out_and_returned (a);
}

struct any
boxed_and_returned (int *p)
{
  return (struct any){ pointer_type, p };
}

void
interface_in_interface (struct shape *s)
{
  sink_any = (struct any){ 0, s };
}

/* C differs: the functions that the table can hold are known.  C says:
   "leaking param: s to result level=0".  */
void *
method_returns_data (struct shape s)
{
  return s.table->self (s.data);
}

struct any *
interface_address (struct any a)
{
  return &a;
}

/* C differs: the functions that the table can hold are known.  C says:
   "sq does not escape".  */
int
square_of_parameter (struct square *sq)
{
  struct shape s = { &square_table, sq };
  return area (s);
}

int
square_on_the_stack_known (void)
{
  struct square sq = { 3, 0 };
  return square_area (&sq);
}

/* C differs: the functions that the table can hold are known.  C says: nothing.
   */
int
square_of_local (void)
{
  struct square sq = { 3, 0 };
  struct shape s = { &square_table, &sq };
  return area (s);
}
