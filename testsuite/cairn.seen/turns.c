/* turns.c: the dump shows the frames of goroutines that take turns, whenever it
   comes: also of one that is just about to go on.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

/* { seen-env "CAIRN_MAXPROCS=2" } */
/* { seen-run "" 0 "^$" } */

#include "../lib/check.h"
#include <cairn/go.h>

#include <unistd.h>

#define NGOROUTINES 4
#define NDUMPS 500

static int nbegun;
static volatile int n;

static NOINLINE void
inner (void)
{
  __atomic_fetch_add (&nbegun, 1, __ATOMIC_RELAXED);
  for (;;)
    {
      cairn_yield ();
      n++;
    }
}

static NOINLINE void
outer (void *unused)
{
  inner ();
  n++;
}

/* How often TEXT has WHAT.  */
static int
count (const char *text, const char *what)
{
  int found = 0;
  while ((text = strstr (text, what)))
    {
      found++;
      text++;
    }
  return found;
}

int
main (void)
{
  static char text[65536];
  FILE *file = tmpfile ();
  CHECK (file);
  int saved = dup (2), fd = fileno (file);
  for (int i = 0; i < NGOROUTINES; i++)
    cairn_go (outer, NULL);
  while (__atomic_load_n (&nbegun, __ATOMIC_RELAXED) < NGOROUTINES)
    cairn_yield ();
  for (int i = 0; i < NDUMPS; i++)
    {
      CHECK (ftruncate (fd, 0) == 0);
      CHECK (lseek (fd, 0, SEEK_SET) == 0);
      dup2 (fd, 2);
      cairn_dump_goroutines ();
      dup2 (saved, 2);
      ssize_t nbytes = pread (fd, text, sizeof text - 1, 0);
      CHECK (nbytes > 0);
      text[nbytes] = 0;
      if (count (text, "  inner + ") != NGOROUTINES
          || count (text, "  outer + ") != NGOROUTINES)
        {
          fputs (text, stderr);
          return 1;
        }
    }
  _exit (0);
}
