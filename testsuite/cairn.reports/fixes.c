/* What a fix in the SARIF report is for: the variables named yes_..., by their
   declarations alone; those named no_... have none, although much is alike.
   With the fixes the program does the same.  */
#include <stdio.h>

struct point { int x, y; };
struct node { int *p; struct node *next; };
typedef int number;

static int total;
static const int *global;
static void look (const void *p) { total += p != 0; }
static void add (int **p) { total += **p; }
static void walk (const struct node *n) { total += *n->p; }
static struct node *same (struct node *n) { return n; }
void unknown (const void *);
#define VALUE 3
#define TABLE const int no_macro[] = { 1, 2 };

/* Constants become static.  */

const int *
table (int n)
{
  const int yes_table[4] = { 1, 2, /* three; */ 0x3, -4 };
  const char yes_text[] = "a; \"text\", /* no comment */";
  look (yes_text);
  unknown (yes_text);
  return &yes_table[n & 3];
}

const struct point *
origin (void)
{
	struct point const yes_point = { .x = 1,
					 .y = 2 };
	return &yes_point;
}

const char *const *
names (int n)
{
  const char *const yes_names[] = {
    "one",   // first
    "two",
    NULL
  };
  const double yes_real = 1.5e-3;
  unknown (&yes_real);
  return &yes_names[n & 1];
}

const int *
constants (int n)
{
  const int no_argument = n;
  const int no_name = VALUE;
  const int no_first = 1, no_second = 2;
  int const *no_pointer = &no_argument;
  const volatile int no_volatile = 5;
  int no_variable = 4;
  const char *no_names[] = { "a", "b" };
  TABLE
  unknown (&no_pointer);
  unknown (&no_name);
  unknown (&no_first);
  unknown (&no_second);
  unknown ((const void *) &no_volatile);
  unknown (&no_variable);
  unknown (no_names);
  unknown (no_macro);
  for (const int no_loop = 2; total < 0;)
    unknown (&no_loop);
  if (n)
    { const int no_block = 3; unknown (&no_block); }
  return &no_argument;
}

/* Declarations move into the loop.  */

void
narrowed (int n)
{
  int *keeper;
  struct node last;
  struct node parts[1];
  for (int i = 0; i < n; i++)
    {
      number yes_value = i;
      keeper = &yes_value;
      add (&keeper);
      if (i == 2)
	{
	  int yes_inner = 2 * i;
	  last = (struct node){ 0 };
	  last.p = &yes_inner;
	  walk (&last);
	}
    }
  (void) parts;
}

/* Not if a value is used later, or in the next iteration, or the name is used
   outside, or the address stays behind, or it means another.  */

void
not_narrowed (int n)
{
  int *after = 0;
  int *carried;
  int *sized;
  struct node linked;
  struct node *link = 0;
  struct node parts;
  int *inner;
  for (int i = 0; i < n; i++)
    {
      int no_after = i;
      after = &no_after;
      add (&after);
    }
  total += *after;
  for (int i = 0; i < n; i++)
    {
      int no_carried = i;
      if (i % 2 == 0)
	carried = &no_carried;
      add (&carried);
    }
  for (int i = 0; i < n; i++)
    {
      int no_sized = i;
      sized = &no_sized;
      add (&sized);
    }
  total += sizeof sized;
  for (int i = 0; i < n; i++)
    {
      int no_linked = i;
      if (link)
	total += link->p != 0;
      linked = (struct node){ 0 };
      linked.p = &no_linked;
      link = same (&linked);
      total += *link->p;
    }
  for (int i = 0; i < n; i++)
    {
      int no_part = i;
      parts.p = &no_part;
      walk (&parts);
    }
  for (int i = 0; i < n; i++)
    {
      {
	int no_inner = i;
	inner = &no_inner;
      }
      add (&inner);
    }
}

void
shadowed (int n)
{
  number *shadow;
  for (int i = 0; i < n; i++)
    {
      typedef long number;
      number unused = 0;
      int no_shadowed = i;
      shadow = &no_shadowed;
      total += (int) unused;
      add (&shadow);
    }
}

void
unknown (const void *p)
{
  static int n;
  if (n++ > 100)
    global = p;
}

int
main (void)
{
  total += *table (2) + origin ()->y + names (1)[0][1];
  total += *constants (7);
  narrowed (5);
  not_narrowed (5);
  shadowed (4);
  printf ("%d\n", total);
  return 0;
}
