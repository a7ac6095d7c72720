/* A program with a memcpy of its own, compiled with the plugin, that copies
   nothing for a while.

   Catches: a growth that copies the stack by the program's memcpy; a memcpy that
   is called in place and moves the stack itself.  */

#include "compiled.h"

static volatile int lazy;

void *
memcpy (void *to, const void *from, size_t nbytes)
{
  char *t = to;
  const char *f = from;
  grow_addressed (3, NULL);
  if (!lazy)
    while (nbytes--)
      *t++ = *f++;
  return to;
}

struct large
{
  char text[300];
};

static NOINLINE struct large
twice (const struct large *l)
{
  struct large copy = *l;
  CHECK (grow_addressed (2, NULL) == 2);
  return copy;
}

int
main (void)
{
  struct large one = { "one" };
  struct large two = twice (&one);
  CHECK (strcmp (two.text, "one") == 0);
  lazy = 1;
  CHECK (grow (500) == 500);
  CHECK (grow_addressed (500, NULL) == 500);
  lazy = 0;
  return 0;
}
