/* Functions that the C library calls with what it is given.  */
#define _GNU_SOURCE
#include <dirent.h>
#include <ftw.h>
#include <link.h>
#include <pthread.h>
#include <search.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

const void *kept;

static int
looks (const void *a, /* { dg-escape "a does not escape" } */
       const void *b) /* { dg-escape "b does not escape" } */
{
  return *(const int *) a - *(const int *) b;
}

static int
keeps_first (const void *a, /* { dg-escape "leaking param: a" } */
             const void *b) /* { dg-escape "b does not escape" } */
{
  kept = a;
  return *(const int *) b;
}

static int
looks_with (const void *a, /* { dg-escape "a does not escape" } */
            const void *b, /* { dg-escape "b does not escape" } */
            void *data)    /* { dg-escape "data does not escape" } */
{
  ++*(int *) data;
  return looks (a, b);
}

static int
gives_to_data (const void *a, /* { dg-escape "leaking param: a" } */
               const void *b, /* { dg-escape "b does not escape" } */
               void *data)    /* { dg-escape "data does not escape" } */
{
  *(const void **) data = a;
  return looks (a, b);
}

static int
keeps_data (const void *a, /* { dg-escape "a does not escape" } */
            const void *b, /* { dg-escape "b does not escape" } */
            void *data)    /* { dg-escape "leaking param: data" } */
{
  kept = data;
  return looks (a, b);
}

int
sorts (void)
{
  int a[] = { 2, 1 };
  int b[] = { 2, 1 }; /* { dg-escape "moved to heap: b" } */
  qsort (a, 2, sizeof *a, looks);
  qsort (b, 2, sizeof *b, keeps_first);
  return *a + *b;
}

int
sorts_with_data (void)
{
  int a[] = { 2, 1 };
  int b[] = { 2, 1 };
  int n = 0;
  int m = 0; /* { dg-escape "moved to heap: m" } */
  qsort_r (a, 2, sizeof *a, looks_with, &n);
  qsort_r (b, 2, sizeof *b, keeps_data, &m);
  return *a + *b;
}

int *
sorts_and_finds (void)
{
  int a[] = { 2, 1 }; /* { dg-escape "moved to heap: a" } */
  int *found = 0;
  qsort_r (a, 2, sizeof *a, gives_to_data, &found);
  return found;
}

int
searches (void)
{
  int key = 1;
  int key2 = 1; /* { dg-escape "moved to heap: key2" } */
  int a[] = { 2, 1 };
  int b[] = { 2, 1 };
  size_t n = 2;
  int *p = bsearch (&key, a, 2, sizeof *a, looks);
  int *q = bsearch (&key2, b, 2, sizeof *b, keeps_first);
  int *r = lfind (&key, a, &n, sizeof *a, looks);
  return *p + *q + *r;
}

int *
finds (void)
{
  int key = 1;
  int a[] = { 2, 1 }; /* { dg-escape "moved to heap: a" } */
  size_t n = 2;
  return lfind (&key, a, &n, sizeof *a, looks);
}

/* The keys of a tree stay in it; what is looked for does not.  */
void *tree;
int
plants (void)
{
  int key = 1; /* { dg-escape "moved to heap: key" } */
  int other = 2;
  void *root = 0;
  tsearch (&key, &root, looks);
  return tfind (&other, &root, looks) != 0;
}

/* Functions of the C library are known, too; those without a body are not.  */
extern int unknown (const void *, const void *);
int
known_by_table (void)
{
  char a[2][8] = { "b", "a" };
  char b[2][8] = { "b", "a" }; /* { dg-escape "moved to heap: b" } */
  qsort (a, 2, sizeof *a, (int (*) (const void *, const void *)) strcmp);
  qsort (b, 2, sizeof *b, unknown);
  return a[0][0] + b[0][0];
}

/* Entries come from elsewhere; no function, no leak.  */
static int
filter (const struct dirent *d) /* { dg-escape "d does not escape" } */
{
  return d->d_name[0] != '.';
}

int
lists (void)
{
  struct dirent **entries;
  int n = scandir (".", &entries, filter, alphasort);
  return n + scandir ("/", &entries, NULL, NULL);
}

static int
counts (struct dl_phdr_info *info, /* { dg-escape "info does not escape" } */
        size_t size,
        void *data) /* { dg-escape "data does not escape" } */
{
  *(int *) data += info->dlpi_phnum + size;
  return 0;
}

static int
keeps_in_data (struct dl_phdr_info *info, /* { dg-escape "info does not escape" } */
               size_t size,
               void *data) /* { dg-escape "leaking param: data" } */
{
  kept = data;
  return info->dlpi_phnum + size;
}

int
iterates (void)
{
  int n = 0;
  int m = 0; /* { dg-escape "moved to heap: m" } */
  dl_iterate_phdr (counts, &n);
  dl_iterate_phdr (keeps_in_data, &m);
  return n;
}

/* These are called when the caller may be gone.  */
static void *
runs (void *data) /* { dg-escape "leaking param: data to result level=0" } */
{
  return data;
}

static void
destroys (void *data) /* { dg-escape "data does not escape" } */
{
  *(int *) data = 0;
}

static void
handles (int n)
{
  (void) n;
}

int
starts (void)
{
  pthread_t thread;
  pthread_key_t key;
  int x = 1; /* { dg-escape "moved to heap: x" } */
  int y = 2; /* { dg-escape "moved to heap: y" } */
  void *result;
  pthread_create (&thread, NULL, runs, &x);
  pthread_key_create (&key, destroys);
  pthread_setspecific (key, &y);
  signal (SIGUSR1, handles);
  return pthread_join (thread, &result);
}

void
nested (int n)
{
  int x = n; /* { dg-escape "moved to heap: x" } */
  void handler (int s) { x += s; }
  signal (SIGUSR1, handler);
}
