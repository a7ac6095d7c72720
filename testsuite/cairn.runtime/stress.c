/* { dg-do run } */
/* { dg-options "-pthread" } */
/* Everything at once with a collection at every allocation, from several
   threads.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <pthread.h>

struct tree
{
  struct tree *left, *right;
  unsigned long value;
};

static NOINLINE struct tree *
make (int depth)
{
  struct tree *t = cairn_rt_malloc (sizeof *t, NULL);
  t->value = PATTERN;
  if (depth > 0)
    {
      t->left = make (depth - 1);
      t->right = make (depth - 1);
    }
  return t;
}

static NOINLINE int
count (const struct tree *t)
{
  CHECK (t->value == PATTERN);
  return t->left ? 1 + count (t->left) + count (t->right) : 1;
}

static void *
work (void *arg)
{
  struct tree *t = make (5);
  for (int i = 0; i < 5; i++)
    {
      char *s = cairn_rt_strdup ("a string");
      void *m = malloc (100);
      CHECK (count (make (4)) == 31);
      CHECK (strcmp (s, "a string") == 0);
      free (m);
    }
  CHECK (count (t) == 63);
  return arg;
}

int
main (int argc, char **argv)
{
  pthread_t threads[3];
  (void)argc;
  rerun_with ("CAIRN_DEBUG", "gcstress=1,clobberfree=1", argv);
  for (int i = 0; i < 3; i++)
    CHECK (pthread_create (&threads[i], NULL, work, NULL) == 0);
  work (NULL);
  for (int i = 0; i < 3; i++)
    pthread_join (threads[i], NULL);
  return 0;
}
