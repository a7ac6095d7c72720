/* A pool of buffers: what is used all the time is made once.  A buffer comes
   back as it was put, so it is cleared before it is used again.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "measure.h"
#include <cairn/pool.h>

enum
{
  NBYTES = 4096
};

static void *
new_buffer (void)
{
  return cairn_malloc_noscan (NBYTES);
}

static struct cairn_pool buffers = CAIRN_POOL_INIT (new_buffer, 65536);
static long ndirty;

/* What a buffer is good for.  */
__attribute__ ((noinline)) static void
fill (char *buffer)
{
  ndirty += buffer[0] != 0;
  snprintf (buffer, NBYTES, "a request");
}

char *made;

static void
make (void)
{
  made = new_buffer ();
  fill (made);
}

static void
pool (void)
{
  char *buffer = cairn_pool_get (&buffers);
  memset (buffer, 0, NBYTES);
  fill (buffer);
  CAIRN_POOL_PUT (&buffers, buffer, NBYTES);
}

static void
pool_no_reset (void)
{
  char *buffer = cairn_pool_get (&buffers);
  fill (buffer);
  CAIRN_POOL_PUT (&buffers, buffer, NBYTES);
}

int
main (void)
{
  measure ("make", make);
  pool ();
  measure ("pool", pool);
  printf ("%ld dirty buffers\n", ndirty);
  measure ("pool, no reset", pool_no_reset);
  printf ("%ld dirty buffers\n", ndirty);
  return 0;
}
