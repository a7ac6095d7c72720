/* totals.c: the sums of a profile are those of cairn_mem_stats, whatever is
   allocated, how large it is, and how often a sample is taken; and each function has
   its share.  */

/* { profile-env "CAIRN_DEBUG=memprofilerate=1024" } */

#include "../lib/check.h"
#include <cairn/profile.h>
#include <math.h>

static void **kept;
static int nkept;

static void
keep (void *p)
{
  kept[nkept++] = p;
}

#define NKINDS 7
#define EACH ((size_t)8 << 20)

#define ALLOCATE(k, n)                                                        \
  NOINLINE void                                                               \
  allocate_##k (size_t i)                                                     \
  {                                                                           \
    void *p = malloc (n);                                                     \
    if (i % 2)                                                                \
      keep (p);                                                               \
    opaque (p);                                                               \
  }

static const size_t sizes[NKINDS] = { 15, 31, 100, 900, 5000, 30000, 100000 };
ALLOCATE (0, 15)
ALLOCATE (1, 31)
ALLOCATE (2, 100)
ALLOCATE (3, 900)
ALLOCATE (4, 5000)
ALLOCATE (5, 30000)
ALLOCATE (6, 100000)

static void (*const allocators[NKINDS]) (size_t)
  = { allocate_0, allocate_1, allocate_2, allocate_3,
      allocate_4, allocate_5, allocate_6 };

/* Whether A is about B.  */
static void
compare (double a, double b, double tolerance, const char *what)
{
  if (a < b * (1 - tolerance) || a > b * (1 + tolerance))
    {
      printf ("%s: %.0f in the profile, %.0f really\n", what, a, b);
      exit (1);
    }
}

static char *
profile (void)
{
  char *text = NULL;
  size_t nbytes;
  FILE *out = open_memstream (&text, &nbytes);
  CHECK (cairn_write_heap_profile_text (out) == 0);
  fclose (out);
  return text;
}

int
main (void)
{
  struct cairn_mem_stats stats;
  unsigned long objects, space, all_objects, all_space;
  kept = malloc (sizeof *kept * (EACH / 15 * 2));
  for (int k = 0; k < NKINDS; k++)
    for (size_t i = 0; i < EACH / sizes[k]; i++)
      allocators[k] (i);
  cairn_gc ();
  cairn_mem_stats (&stats);
  char *text = profile ();
  char *head = strstr (text, "heap profile: ");
  CHECK (head);
  CHECK (sscanf (head, "heap profile: %lu: %lu [%lu: %lu]", &objects, &space,
                 &all_objects, &all_space)
         == 4);
  /* 8192 samples and more of each size; seven times what is to be expected, as
     deviations go, or more.  */
  compare (space, stats.heap_alloc, 0.05, "bytes in use");
  compare (all_space, stats.total_alloc, 0.05, "bytes allocated");
  compare (objects, stats.heap_objects, 0.08, "objects in use");
  compare (all_objects, stats.mallocs, 0.08, "objects allocated");
  double sums[NKINDS] = { 0 };
  for (char *line = strtok (text, "\n"); line; line = strtok (NULL, "\n"))
    {
      static double last;
      char *name = strstr (line, "allocate_");
      if (sscanf (line, "%lu: %lu [%lu: %lu]", &objects, &space, &all_objects,
                  &all_space)
          == 4)
        last = all_objects;
      else if (*line == '#' && name && last)
        {
          sums[name[9] - '0'] += last;
          last = 0;
        }
    }
  for (int k = 0; k < NKINDS; k++)
    compare (sums[k], EACH / sizes[k], 0.08, "objects of a size");
  return 0;
}
