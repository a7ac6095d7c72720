/* Variable arguments: Go's are a slice that the caller makes, C's a list.  */

#include <stdarg.h>

struct pointers { int **p; long len; };

int *sink;
int **sink2;
struct pointers sink_pointers;

void
first_kept (struct pointers ps)
{
  sink = ps.p[0];
}

int
first_looked_at (struct pointers ps)
{
  return *ps.p[0];
}

void
all_kept (struct pointers ps)
{
  sink_pointers = ps;
}

int *
first_returned (struct pointers ps)
{
  return ps.p[0];
}

int **
place_of_first_returned (struct pointers ps)
{
  return &ps.p[0];
}

void
local_to_first_kept (void)
{
  int i = 0;
  first_kept ((struct pointers){ (int *[]){ &i }, 1 });
}

int
local_to_first_looked_at (void)
{
  int i = 0;
  return first_looked_at ((struct pointers){ (int *[]){ &i }, 1 });
}

void
local_to_all_kept (void)
{
  int i = 0;
  all_kept ((struct pointers){ (int *[]){ &i }, 1 });
}

int *
local_to_first_returned (void)
{
  int i = 0;
  return first_returned ((struct pointers){ (int *[]){ &i }, 1 });
}

int
local_to_first_returned_value (void)
{
  int i = 0;
  return *first_returned ((struct pointers){ (int *[]){ &i }, 1 });
}

int **
local_to_place_returned (void)
{
  int i = 0;
  return place_of_first_returned ((struct pointers){ (int *[]){ &i }, 1 });
}

void
parameter_to_first_kept (int *p)
{
  first_kept ((struct pointers){ (int *[]){ p }, 1 });
}

int
parameter_to_first_looked_at (int *p)
{
  return first_looked_at ((struct pointers){ (int *[]){ p }, 1 });
}

void
parameters_handed_on (struct pointers ps)
{
  first_kept (ps);
}

int
parameters_handed_on_looked_at (struct pointers ps)
{
  return first_looked_at (ps);
}

/* The same with C's own.  */

void
list_kept (int n, ...)
{
  va_list ap;
  va_start (ap, n);
  sink = va_arg (ap, int *);
  va_end (ap);
}

int
list_looked_at (int n, ...)
{
  va_list ap;
  va_start (ap, n);
  int value = *va_arg (ap, int *);
  va_end (ap);
  return value;
}

int *
list_returned (int n, ...)
{
  va_list ap;
  va_start (ap, n);
  int *p = va_arg (ap, int *);
  va_end (ap);
  return p;
}

void
local_to_list_kept (void)
{
  int i = 0, k = 0;
  list_kept (2, &i, &k);
}

int
local_to_list_looked_at (void)
{
  int i = 0, k = 0;
  return list_looked_at (2, &i, &k);
}

int *
local_to_list_returned (void)
{
  int i = 0, k = 0;
  return list_returned (2, &i, &k);
}

int
local_to_list_returned_value (void)
{
  int i = 0, k = 0;
  return *list_returned (2, &i, &k);
}

void
parameter_to_list_kept (int *p, int *q)
{
  list_kept (2, p, q);
}

int
parameter_to_list_looked_at (int *p, int *q)
{
  return list_looked_at (2, p, q);
}

int *
parameter_to_list_returned (int *p, int *q)
{
  return list_returned (2, p, q);
}
