/* The order of fields decides how large a structure is: each stands at a
   multiple of its alignment, and what is left between them is lost.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stddef.h>
#include <stdio.h>

struct bad
{
  char a;
  double b;
  char c;
};

struct good
{
  double b;
  char a;
  char c;
};

static struct cairn_mem_stats stats;
void *kept;

/* What an array of a thousand elements of EACH bytes takes.  */
static size_t
thousand (size_t each)
{
  cairn_mem_stats (&stats);
  size_t before = stats.total_alloc;
  kept = cairn_calloc (1000, each);
  cairn_mem_stats (&stats);
  return stats.total_alloc - before;
}

int
main (void)
{
  printf ("bad:  %zu bytes, b at %zu, c at %zu; a thousand: %zu\n",
          sizeof (struct bad), offsetof (struct bad, b),
          offsetof (struct bad, c), thousand (sizeof (struct bad)));
  printf ("good: %zu bytes, a at %zu, c at %zu; a thousand: %zu\n",
          sizeof (struct good), offsetof (struct good, a),
          offsetof (struct good, c), thousand (sizeof (struct good)));
  return 0;
}
