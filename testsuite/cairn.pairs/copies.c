/* Copies: with the C library's functions and by hand.  */

#include <stdlib.h>
#include <string.h>

struct bytes { char *p; long len; };
struct pointers { int **p; long len; };

char *sink;
int *sink_int;
struct pointers sink_pointers;

void
bytes_copied (struct bytes to, struct bytes from)
{
  memcpy (to.p, from.p, from.len);
}

void
bytes_moved (struct bytes to, struct bytes from)
{
  memmove (to.p, from.p, from.len);
}

int
local_bytes_copied (void)
{
  char a[8] = { 1 };
  char b[8];
  memcpy (b, a, sizeof b);
  return b[0];
}

void
pointers_copied (int **to, int **from, int n)
{
  memcpy (to, from, n * sizeof *to);
}

int
local_pointers_copied (void)
{
  int i = 0;
  int *a[1] = { &i };
  int *b[1];
  memcpy (b, a, sizeof b);
  return *b[0];
}

void
local_pointers_copied_kept (void)
{
  int i = 0;
  int *a[1] = { &i };
  int *b[1];
  memcpy (b, a, sizeof b);
  sink_int = b[0];
}

char *
duplicated (struct bytes s)
{
  char *p = malloc (s.len);
  memcpy (p, s.p, s.len);
  return p;
}

char *
duplicated_in_two (struct bytes s, struct bytes t)
{
  char *p = malloc (s.len + t.len);
  memcpy (p, s.p, s.len);
  memcpy (p + s.len, t.p, t.len);
  return p;
}

void
duplicated_stored (struct bytes s)
{
  char *p = malloc (s.len);
  memcpy (p, s.p, s.len);
  sink = p;
}

int **
pointers_duplicated (struct pointers s)
{
  int **p = malloc (s.len * sizeof *p);
  memcpy (p, s.p, s.len * sizeof *p);
  return p;
}

int
compared (struct bytes a, struct bytes b)
{
  return a.len == b.len && memcmp (a.p, b.p, a.len) == 0;
}

int
local_compared (void)
{
  char a[4] = { 1 }, b[4] = { 2 };
  return memcmp (a, b, sizeof a) == 0;
}

char *
found (struct bytes s, int c)
{
  return memchr (s.p, c, s.len);
}

void
cleared (struct pointers s)
{
  memset (s.p, 0, s.len * sizeof *s.p);
}

void
kept (struct bytes s)
{
  sink = s.p;
}

int
first (struct bytes s)
{
  return s.p[0];
}

int
byte_by_byte (struct bytes to, struct bytes from)
{
  for (long i = 0; i < from.len; i++)
    to.p[i] = from.p[i];
  return to.p[0];
}
