/* collector.c: what only growable stacks and address stacks lead to is kept, in
   several threads, which collect and grow all the time.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

#include "stacks.h"
#include <pthread.h>

/* Called by hold.  */
long *
make_object (long n)
{
  long *p = cairn_malloc (3 * sizeof *p);
  p[0] = n;
  p[1] = ~n;
  return p;
}

long
check_object (long *p, long n)
{
  CHECK (p[0] == n && p[1] == ~n);
  memset (p, 0x5a, 2 * sizeof *p);
  return 0;
}

long
collect (void)
{
  static __thread int n;
  if (n++ % 4 == 0)
    cairn_gc ();
  for (int i = 0; i < 100; i++)
    memset (cairn_malloc (24), 0x5a, 24);
  return 0;
}

static long
hold_all (long unused)
{
  for (long n = 1; n < 2000; n = n * 3 / 2 + 1)
    {
      /* On the system stack: a callback's frames.  */
      hold (n % 100);
    }
  return 0;
}

#define NTHREADS 6

static pthread_t threads[NTHREADS];

static long
start (void)
{
  for (long i = 0; i < NTHREADS; i++)
    CHECK (pthread_create (&threads[i], NULL, (void *(*) (void *)) hold,
			   (void *) (i * 300)) == 0);
  return 0;
}

static long
join (void)
{
  for (int i = 0; i < NTHREADS; i++)
    CHECK (pthread_join (threads[i], NULL) == 0);
  return 0;
}

struct step steps[] = {
  { hold, { 10 } },
  { hold, { 1000 } },
  { start },
  { hold, { 3 } }, { hold, { 300 } }, { hold, { 1 } }, { hold, { 500 } },
  { hold, { 3 } }, { hold, { 300 } }, { hold, { 1 } }, { hold, { 2500 } },
  { hold_all },
  { join },
  { start },
  { hold, { 3 } }, { hold, { 300 } }, { hold, { 1 } }, { hold, { 500 } },
  { join },
  { 0 }
};
