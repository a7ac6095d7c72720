/* The allocation functions, as C and POSIX promise them.  */
/* { dg-options "-Wall -Wno-alloc-size-larger-than" } */
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include "../lib/check.h"

static NOINLINE void *hide_malloc (size_t n) { return malloc (n); }
static size_t huge = (size_t) PTRDIFF_MAX;

int
main (void)
{
  for (size_t n = 0; n < 3000; n = n * 5 / 4 + 1)
    {
      unsigned char *p = hide_malloc (n);
      CHECK (p != NULL && (uintptr_t) p % (n >= 16 ? 16 : 8) == 0);
      CHECK (malloc_usable_size (p) >= n);
      memset (p, 0x77, n);
      p = realloc (p, n * 2 + 1);
      for (size_t i = 0; i < n; i++)
        CHECK (p[i] == 0x77);
      p = realloc (p, n / 2 + 1);
      for (size_t i = 0; i < n / 2 && i < n; i++)
        CHECK (p[i] == 0x77);
      free (p);
      unsigned char *z = calloc (n, 3);
      for (size_t i = 0; i < n * 3; i++)
        CHECK (z[i] == 0);
      memset (z, 0xff, n * 3);
      free (z);
    }
  for (size_t align = 8; align <= 65536; align *= 2)
    {
      char *p = aligned_alloc (align, align * 2), *q = memalign (align, 33);
      void *r = NULL;
      CHECK (posix_memalign (&r, align, 100) == 0);
      CHECK ((uintptr_t) p % align == 0 && (uintptr_t) q % align == 0
             && (uintptr_t) r % align == 0);
      memset (p, 1, align * 2);
      memset (q, 2, 33);
      memset (r, 3, 100);
      CHECK (p[0] == 1 && q[32] == 2 && ((char *) r)[99] == 3);
      free (p);
      free (q);
      free (r);
    }
  void *bad = &bad;
  CHECK (posix_memalign (&bad, 3, 8) == EINVAL);
  errno = 0;
  CHECK (opaque (malloc (huge)) == NULL && errno == ENOMEM);
  errno = 0;
  CHECK (opaque (calloc (huge, 4)) == NULL && errno == ENOMEM);
  errno = 0;
  CHECK (opaque (reallocarray (NULL, huge, 4)) == NULL && errno == ENOMEM);
  char *d = strdup ("duplicate"), *n = strndup ("duplicate", 3), *a;
  CHECK (asprintf (&a, "%s/%s", d, n) == 13);
  clobber ();
  CHECK (strcmp (a, "duplicate/dup") == 0);
  free (a);
  free (n);
  free (d);
  free (NULL);
  /* A pointer to the function is a function too.  */
  void *(*volatile allocate) (size_t) = malloc;
  void (*volatile release) (void *) = free;
  void *p = allocate (100);
  memset (p, 1, 100);
  release (p);
  void *e = malloc (0), *e2 = calloc (0, 8);
  free (e);
  free (e2);
  CHECK ((p = realloc (NULL, 20)) != NULL);
  free (p);
  return 0;
}
