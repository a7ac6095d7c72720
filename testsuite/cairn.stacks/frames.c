/* frames.c: the address stack: pushes, pops, what has no constant size.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

#include "stacks.h"
#include <signal.h>
#include <sys/time.h>

extern void *cairn_rt_frame_alloc (size_t nbytes, size_t align);
extern void cairn_rt_frame_release (void *end);

/* The words of stack-abi.def.  */
struct frame_words
{
  uintptr_t ptr, limit, start, chunk;
};

static struct frame_words
words (void)
{
  struct frame_words w;
  __asm__ volatile ("movq %%fs:0x88, %0\n\tmovq %%fs:0x90, %1\n\t"
		    "movq %%fs:0x98, %2\n\tmovq %%fs:0xa0, %3"
		    : "=&r"(w.ptr), "=&r"(w.limit), "=&r"(w.start),
		      "=&r"(w.chunk));
  return w;
}

static struct frame_words before;

static long
note (void)
{
  before = words ();
  return 0;
}

static long
same (void)
{
  struct frame_words now = words ();
  if (memcmp (&now, &before, sizeof now) == 0)
    return 0;
  printf ("%#lx %#lx %#lx %#lx, not %#lx %#lx %#lx %#lx\n", now.ptr, now.limit,
	  now.start, now.chunk, before.ptr, before.limit, before.start,
	  before.chunk);
  return 1;
}

static double
seconds (void)
{
  struct timespec t;
  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static double started;

static long
start_clock (void)
{
  started = seconds ();
  return 0;
}

/* N calls took less than MAX_NS each: no system calls.  */
static long
stop_clock (long n, long max_ns)
{
  double ns = (seconds () - started) * 1e9 / n;
  if (getenv ("VERBOSE"))
    printf ("%.1f ns\n", ns);
  CHECK (ns < max_ns);
  return 0;
}

/* Allocations of all sizes, in order; released at once and one by one.  */
static void
allocate (void *unused)
{
  char *blocks[200];
  for (int round = 0; round < 20; round++)
    {
      struct frame_words first = words ();
      for (int i = 0; i < 200; i++)
	{
	  size_t nbytes = 1 + (i * 37 + round) % 3000 + (i % 50 == 0) * 300000;
	  size_t align = i % 7 == 0 ? 64 : i % 11 == 0 ? 4096 : 16;
	  blocks[i] = cairn_rt_frame_alloc (nbytes, align);
	  CHECK ((uintptr_t) blocks[i] % align == 0);
	  memset (blocks[i], i, nbytes);
	  CHECK (blocks[i / 2][0] == (char) (i / 2));
	}
      cairn_rt_frame_release ((void *) first.ptr);
      struct frame_words now = words ();
      CHECK (memcmp (&now, &first, sizeof now) == 0);
    }
}

/* A handler at any point pushes and pops.  */
static volatile long nsignals;

static void
handler (int sig)
{
  push_pop (1, 160);
  push_pop (1, 3000);
  enter_frame (1500, (void *) push_pop, 2, 300);
  nsignals++;
}

static long
start_timer (void)
{
  struct sigaction action = { .sa_handler = handler,
			      .sa_flags = SA_ONSTACK | SA_RESTART };
  sigaction (SIGALRM, &action, NULL);
  struct itimerval often = { { 0, 50 }, { 0, 50 } };
  setitimer (ITIMER_REAL, &often, NULL);
  return 0;
}

static long
stop_timer (void)
{
  struct itimerval never = { { 0, 0 }, { 0, 0 } };
  setitimer (ITIMER_REAL, &never, NULL);
  CHECK (nsignals > 10);
  return 0;
}

struct step steps[] = {
  { push_pop, { 1, 16 } },
  { note },
  { push_pop, { 1000, 16 } },
  { same },
  { push_pop, { 1000, 16384 } },
  { same },
  { push_pop, { 100, 1 << 20 } },
  { same },
  { with_frame, { 10000 }, .wanted = 10000 },
  { same },
  { enter_frame, { 1904, (long) allocate, 0 } },
  { same },
  { start_clock },
  /* The first chunk has 2048 - 64 - 16 bytes: these do not fit.  */
  { enter_frame, { 1904, (long) push_pop, 10000000, 160 } },
  { stop_clock, { 10000000, 200 } },
  { same },
  { start_timer },
  { enter_frame, { 1904, (long) push_pop, 100000000, 160 } },
  { with_frame, { 10000 }, .wanted = 10000 },
  { stop_timer },
  { same },
  { 0 }
};
