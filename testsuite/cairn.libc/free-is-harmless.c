/* With free=ignore a freed object is still there for who points to it.  */
/* { dg-options "-Wall -Wno-use-after-free" } */
#include "../lib/check.h"

struct session { char name[32]; struct session *parent; };

static NOINLINE struct session *open_session (const char *name,
                                              struct session *parent)
{
  struct session *s = malloc (sizeof *s);
  strcpy (s->name, name);
  s->parent = parent;
  return s;
}
static NOINLINE void close_session (struct session *s) { free (s); }

int
main (void)
{
  struct session *a = open_session ("a", NULL), *b = open_session ("b", a);
  close_session (a);
  clobber ();
  for (int i = 0; i < 100; i++)
    open_session ("x", NULL);
  CHECK (strcmp (b->parent->name, "a") == 0);
  close_session (b);
  close_session (b);
  CHECK (strcmp (b->name, "b") == 0);
  return 0;
}
