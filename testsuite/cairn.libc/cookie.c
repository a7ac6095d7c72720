/* A stream whose functions are nested ones and whose cookie is a variable of
   a function that has returned.  */
/* { dg-options "-Wall -Wno-trampolines" } */
#define _GNU_SOURCE
#include "../lib/check.h"

#define N 10

static int closed;

static NOINLINE FILE *text (int n)
{
  char bytes[100];
  size_t nbytes = 0, at = 0;
  int cookie = n;
  ssize_t get (void *c, char *to, size_t max)
  {
    clobber ();
    CHECK (*(int *) c == n);
    if (max > nbytes - at)
      max = nbytes - at;
    memcpy (to, bytes + at, max);
    at += max;
    return max;
  }
  ssize_t put (void *c, const char *from, size_t n_from)
  {
    clobber ();
    CHECK (*(int *) c == n && at + n_from <= sizeof bytes);
    memcpy (bytes + at, from, n_from);
    at += n_from;
    if (nbytes < at)
      nbytes = at;
    return n_from;
  }
  int seek (void *c, off64_t *offset, int whence)
  {
    clobber ();
    CHECK (*(int *) c == n && whence == SEEK_SET);
    at = *offset;
    return 0;
  }
  int close (void *c)
  {
    clobber ();
    CHECK (*(int *) c == n && nbytes > 0);
    closed++;
    return 0;
  }
  cookie_io_functions_t functions = { get, put, seek, close };
  return fopencookie (&cookie, "w+", functions);
}

int
main (void)
{
  FILE *f[N];
  for (int i = 0; i < N; i++)
    CHECK ((f[i] = text (i)) != NULL);
  clobber ();
  for (int i = 0; i < N; i++)
    fprintf (f[i], "%d", i * i);
  clobber ();
  for (int i = 0; i < N; i++)
    {
      int n;
      rewind (f[i]);
      clobber ();
      CHECK (fscanf (f[i], "%d", &n) == 1 && n == i * i);
      CHECK (fclose (f[i]) == 0 && closed == i + 1);
    }
  /* No functions at all.  */
  FILE *none = fopencookie (NULL, "r", (cookie_io_functions_t){ NULL });
  CHECK (none && getc (none) == EOF && fclose (none) == 0);
  CHECK (fopencookie (NULL, "x", (cookie_io_functions_t){ NULL }) == NULL);
  return 0;
}
