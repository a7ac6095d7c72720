/* Structures and pointers copied by memcpy between pointers to char: reported
   as chars, kept all the same.  */
#include "../lib/check.h"

struct record { int *p; char text[8]; };

static struct record kept;
static int *kept_pointer;

static NOINLINE void to_global (int n)
{
  int x = n;
  struct record r = { &x, "a" };
  memcpy ((char *) &kept, (char *) &r, sizeof r);
}
static NOINLINE void pointer_to_global (int n)
{
  int x = n, *p = &x;
  memmove ((char *) &kept_pointer, (char *) &p, sizeof p);
}
static NOINLINE int *by_local (int n)
{
  int x = n, *p = &x, *q;
  char *to = (char *) &q;
  memcpy (to, (char *) &p, sizeof p);
  return q;
}
static NOINLINE char *to_object (int n)
{
  int x = n;
  struct record r = { &x, "b" };
  char *object = malloc (sizeof r);
  memcpy (object, (char *) &r, sizeof r);
  return object;
}
static void copy (char *to, char *from, int n)
{
  memcpy (to, from, n);
}
static NOINLINE void by_callee (int n)
{
  int x = n;
  struct record r = { &x, "c" };
  copy ((char *) &kept, (char *) &r, sizeof r);
}
static NOINLINE int *to_caller (int n)
{
  int x = n, *p = &x, *q = NULL;
  copy ((char *) &q, (char *) &p, sizeof p);
  return q;
}
static char *duplicate (char *from, int n)
{
  char *object = malloc (n);
  memcpy (object, from, n);
  return object;
}
static NOINLINE int **by_duplicate (int n)
{
  int x = n, *p = &x;
  return (int **) duplicate ((char *) &p, sizeof p);
}
/* It is known to escape only after the copy.  */
static NOINLINE int *found_again (int n)
{
  int x = n, *p = &x;
  char *object = malloc (sizeof p);
  memcpy (object, (char *) &p, sizeof p);
  int *q = *(int **) object;
  kept.p = (int *) object;
  return q;
}

int
main (void)
{
  to_global (1);
  clobber ();
  CHECK (*kept.p == 1);
  pointer_to_global (2);
  clobber ();
  CHECK (*kept_pointer == 2);
  int *q = by_local (3);
  clobber ();
  CHECK (*q == 3);
  struct record *r = (struct record *) to_object (4);
  clobber ();
  CHECK (*r->p == 4);
  by_callee (5);
  clobber ();
  CHECK (*kept.p == 5);
  q = to_caller (6);
  clobber ();
  CHECK (*q == 6);
  int **again = by_duplicate (7);
  q = found_again (8);
  clobber ();
  CHECK (**again == 7 && *q == 8 && **(int **) kept.p == 8);
  return 0;
}
