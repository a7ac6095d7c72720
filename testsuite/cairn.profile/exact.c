/* exact.c: with memprofilerate=1 every object is in the profile, which is that of
   the last collection; memory that is freed at once is gone at once.  */

/* { profile-env "CAIRN_DEBUG=memprofilerate=1 CAIRN_GC=off" } */
/* { profile-options "-fplugin-arg-cairn-free=trust" } */

#include "../lib/check.h"
#include <cairn/profile.h>

void *kept[1000];

struct numbers
{
  unsigned long objects, space, all_objects, all_space;
};

/* What the functions called NAME have.  */
static struct numbers
numbers_of (const char *name)
{
  struct numbers n = { 0 }, last = { 0 };
  char *text = NULL, function[40];
  size_t nbytes;
  FILE *out = open_memstream (&text, &nbytes);
  CHECK (cairn_write_heap_profile_text (out) == 0);
  fclose (out);
  snprintf (function, sizeof function, "\t%s", name);
  for (char *line = strtok (text, "\n"); line; line = strtok (NULL, "\n"))
    if (sscanf (line, "%lu: %lu [%lu: %lu]", &last.objects, &last.space,
                &last.all_objects, &last.all_space)
        == 4)
      ;
    else if (*line == '#' && strstr (line, function))
      {
        n.objects += last.objects;
        n.space += last.space;
        n.all_objects += last.all_objects;
        n.all_space += last.all_space;
        last = (struct numbers){ 0 };
      }
  return n;
}

NOINLINE void
keep_some (size_t nbytes)
{
  for (int i = 0; i < 1000; i++)
    kept[i] = malloc (nbytes);
}

NOINLINE void
free_some (size_t nbytes)
{
  for (int i = 0; i < 1000; i++)
    free (opaque (malloc (nbytes)));
}

NOINLINE void
lose_some (size_t nbytes)
{
  for (int i = 0; i < 1000; i++)
    opaque (malloc (nbytes));
}

int
main (void)
{
  keep_some (56);
  free_some (56);
  free_some (40000);
  struct numbers keeps = numbers_of ("keep_some");
  struct numbers frees = numbers_of ("free_some");
  /* No collection yet: everything.  */
  CHECK (keeps.objects == 1000 && keeps.all_objects == 1000);
  CHECK (keeps.space == 64000 && keeps.all_space == 64000);
  CHECK (frees.objects == 0 && frees.space == 0);
  CHECK (frees.all_objects == 2000);
  cairn_gc ();
  lose_some (56);
  /* That was not there at the last collection.  */
  CHECK (numbers_of ("lose_some").all_objects == 0);
  cairn_gc ();
  struct numbers loses = numbers_of ("lose_some");
  CHECK (loses.all_objects == 1000);
  CHECK (loses.objects < 10);
  CHECK (numbers_of ("keep_some").objects == 1000);
  memset (kept, 0, sizeof kept);
  CHECK (numbers_of ("keep_some").objects == 1000);
  cairn_gc ();
  CHECK (numbers_of ("keep_some").objects < 10);
  CHECK (numbers_of ("keep_some").all_objects == 1000);
  return 0;
}
