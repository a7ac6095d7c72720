/* Foreign code calls back: the C library's sorting, searching and walking, and
   code that calls back what calls it again, many times over.
   { cairn-foreign }
   { cairn-also }

   Catches: a callback that runs on a growable stack while its caller is on the
   system stack, or the reverse; a second switch that overwrites the frames of
   the first.  */

#define _GNU_SOURCE
#include <fcntl.h>
#include <ftw.h>
#include <search.h>
#include <dirent.h>
#include <fnmatch.h>
#include "compiled.h"

typedef long step_fn (long n, void *closure);
extern LOOKS long away (step_fn *fn, long n, void *closure);

#ifdef FOREIGN

NOINLINE long
away (step_fn *fn, long n, void *closure)
{
  volatile char bytes[3000];
  bytes[n % 3000] = n;
  long result = fn (n, closure);
  CHECK (bytes[n % 3000] == (char) n);
  return result + 1;
}

#else

/* N times here, foreign code, here…  */
static LOOKS long
step (long n, void *closure)
{
  long mine = n, *outer = closure;
  CHECK (*outer == n + 1);
  grow (20);
  long result = n > 0 ? away (step, n - 1, &mine) : 0;
  grow_addressed (20, NULL);
  CHECK (*outer == n + 1 && mine == n);
  return result;
}

static int ncalls;

static int
compare (const void *a, const void *b)
{
  int x = *(const int *) a, y = *(const int *) b;
  ncalls++;
  grow_addressed (5, NULL);
  return (x > y) - (x < y);
}

static int
compare_sorting (const void *a, const void *b)
{
  int few[] = { 3, 1, 2, *(const int *) a };
  qsort (few, 4, sizeof few[0], compare);
  return compare (a, b);
}

static NOINLINE void
sort (void)
{
  enum { MAX = 200 };
  int n = stressed () ? 40 : MAX;
  int numbers[MAX];
  for (int i = 0; i < n; i++)
    numbers[i] = i * 7919 % n;
  qsort (numbers, n, sizeof numbers[0], compare);
  for (int i = 0; i < n; i++)
    CHECK (numbers[i] == i);
  for (int i = 0; i < n; i++)
    numbers[i] = i * 7919 % n;
  qsort (numbers, n, sizeof numbers[0], compare_sorting);
  for (int i = 0; i < n; i++)
    {
      CHECK (numbers[i] == i);
      int *found = bsearch (&i, numbers, n, sizeof numbers[0], compare);
      CHECK (found == &numbers[i]);
    }
}

static int nvisited;

static void
visit (const void *node, VISIT which, int depth)
{
  if (which == postorder || which == leaf)
    nvisited += **(int *const *) node;
  grow (10 + depth);
}

static NOINLINE void
search (void)
{
  static int numbers[100];
  void *root = NULL;
  for (int i = 0; i < 100; i++)
    {
      numbers[i] = i * 37 % 100;
      tsearch (&numbers[i], &root, compare);
    }
  for (int i = 0; i < 100; i++)
    CHECK (**(int **) tfind (&i, &root, compare) == i);
  twalk (root, visit);
  CHECK (nvisited == 4950);
  for (int i = 0; i < 100; i++)
    tdelete (&i, &root, compare);
  CHECK (root == NULL);
}

static int nfiles, nfolders;

static int
count (const char *path, const struct stat *st, int type, struct FTW *place)
{
  (void) st;
  grow_addressed (10, NULL);
  CHECK (strlen (path) > (size_t) place->base);
  if (type == FTW_F)
    nfiles++;
  else if (type == FTW_D || type == FTW_DP)
    nfolders++;
  return 0;
}

static int
wanted (const struct dirent *entry)
{
  grow (10);
  return fnmatch ("f*", entry->d_name, 0) == 0;
}

static NOINLINE void
walk (void)
{
  char folder[] = "walk-XXXXXX", path[100];
  CHECK (mkdtemp (folder) != NULL);
  for (int i = 0; i < 3; i++)
    {
      sprintf (path, "%s/f%d", folder, i);
      close (creat (path, 0600));
    }
  CHECK (nftw (folder, count, 5, FTW_PHYS) == 0);
  CHECK (nfiles == 3 && nfolders == 1);
  struct dirent **entries;
  CHECK (scandir (folder, &entries, wanted, alphasort) == 3);
  for (int i = 0; i < 3; i++)
    {
      sprintf (path, "%s/%s", folder, entries[i]->d_name);
      CHECK (unlink (path) == 0);
    }
  CHECK (rmdir (folder) == 0);
}

static NOINLINE void
all (int depth)
{
  if (depth > 0)
    all (depth - 1);
  else
    {
      long outer = 100;
      CHECK (away (step, 99, &outer) == 100);
      sort ();
    }
  __asm__ volatile ("");
}

int
main (void)
{
  all (0);
  search ();
  walk ();
  all (40);
  CHECK (ncalls > 500);
  long outer = 101;
  CHECK (step (100, &outer) == 100);
  return 0;
}
#endif
