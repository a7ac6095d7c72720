/* bounded.c: a program that does nothing but allocate, from deep within, is not slowed
   down much by the profile, which is right all the same.  */

/* { profile-not "O0" } */

#include "../lib/check.h"
#include <cairn/go.h>
#include <cairn/profile.h>

#define COUNT 3000000
#define NBYTES 1000

NOINLINE void
allocate (int n)
{
  for (int i = 0; i < n; i++)
    opaque (malloc (NBYTES));
}

NOINLINE int
descend (int depth)
{
  if (depth > 0)
    return descend (depth - 1) + opaque_int (1);
  allocate (COUNT);
  return 0;
}

int
main (void)
{
  struct cairn_mem_stats stats;
  unsigned long objects, space, all_objects, all_space;
  char *text = NULL;
  size_t nbytes;
  descend (200);
  cairn_gc ();
  cairn_mem_stats (&stats);
  FILE *out = open_memstream (&text, &nbytes);
  CHECK (cairn_write_heap_profile_text (out) == 0);
  fclose (out);
  char *head = strstr (text, "heap profile: ");
  CHECK (head
         && sscanf (head, "heap profile: %lu: %lu [%lu: %lu]", &objects, &space,
                    &all_objects, &all_space)
              == 4);
  /* Few samples may be left; they are not far off.  */
  CHECK (all_space > stats.total_alloc * 0.6 && all_space < stats.total_alloc * 1.6);
  CHECK (all_objects > COUNT * 0.6 && all_objects < COUNT * 1.6);
  /* Rarer than one in 512 KB: the stack is 64 frames that are kept.  */
  unsigned long stacks = 0;
  for (char *line = text; (line = strstr (line, "] @ 0x")); line++)
    stacks++;
  CHECK (stacks >= 1);
  return 0;
}
