/* attribute cleanup: runs once, at the end of the scope, with the variable
   as it then is, whether or not the variable lives on.  */
#include "../lib/check.h"

static int order[16], n_order;
static int *kept[8];

static void note (int *p)
{
  order[n_order++] = *p;
}
static void keep (int *p)
{
  kept[n_order] = p;
  order[n_order++] = *p;
}
static NOINLINE int *both (int n)
{
  int x __attribute__ ((cleanup (note))) = n;
  int y __attribute__ ((cleanup (note))) = n + 1;
  y += 10;
  return &x;
}
static NOINLINE void escapes_in_cleanup (int n)
{
  int x __attribute__ ((cleanup (keep))) = n;
  x++;
}
static NOINLINE void in_loop (int n)
{
  for (int i = 0; i < n; i++)
    {
      int x __attribute__ ((cleanup (keep))) = i;
      if (i == 1)
        continue;
      if (i == 3)
        break;
      x += 100;
    }
}
static void release (char **p)
{
  free (*p);
  *p = NULL;
}
static NOINLINE char **pointer (void)
{
  char *text __attribute__ ((cleanup (release))) = malloc (10);
  return &text;
}

int
main (void)
{
  int *p = both (1);
  clobber ();
  CHECK (n_order == 2 && order[0] == 12 && order[1] == 1 && *p == 1);
  n_order = 0;
  escapes_in_cleanup (7);
  clobber ();
  CHECK (n_order == 1 && order[0] == 8 && *kept[0] == 8);
  n_order = 0;
  in_loop (6);
  clobber ();
  CHECK (n_order == 4 && order[0] == 100 && order[1] == 1 && order[2] == 102
         && order[3] == 3);
  for (int i = 0; i < 4; i++)
    CHECK (*kept[i] == order[i]);
  char **t = pointer ();
  clobber ();
  CHECK (*t == NULL);
  return 0;
}
