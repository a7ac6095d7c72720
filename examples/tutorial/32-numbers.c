/* The numbers to remember, each measured: 2 KB, 1 GB, 32 KB, 67, 8 KB; and the
   checklist of what keeps a function from the heap.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stdio.h>

static struct cairn_mem_stats stats;
void *kept;
int sum;

/* What an object of NBYTES takes.  */
static uint64_t
given (size_t nbytes)
{
  cairn_mem_stats (&stats);
  uint64_t before = stats.total_alloc;
  kept = cairn_malloc (nbytes);
  cairn_mem_stats (&stats);
  return stats.total_alloc - before;
}

/* The heap objects that F makes.  */
static uint64_t
objects (void (*f) (void))
{
  cairn_mem_stats (&stats);
  uint64_t before = stats.mallocs;
  f ();
  cairn_mem_stats (&stats);
  return stats.mallocs - before;
}

static void
check (const char *what, uint64_t expected, uint64_t is)
{
  printf ("[%c] %-46s %10lu\n", is == expected ? 'x' : ' ', what, is);
}

static void
look (const int *p)
{
  sum += *p;
}

static void
pass_down (void)
{
  int n = 1;
  look (&n);
}
static void
hand_up (void)
{
  int n = 1;
  kept = &n;
}

static void
call_closure (void)
{
  int n = 0;
  void add (int by) { n += by; }
  add (1);
  look (&n);
}

int
main (void)
{
  check ("a stack begins with", 2048, cairn_stack_size ());
  check ("and may have", 1000000000, cairn_set_max_stack (1000000000));
  check ("the largest small object, with a byte to spare", 32768,
         given (32767));
  check ("a page: one byte more takes that much more", 8192,
         given (32768) - given (32767));
  uint64_t nclasses = 0;
  for (int i = 0; i < CAIRN_MEM_STATS_NSIZES; i++)
    nclasses += stats.by_size[i].size > 0;
  check ("sizes of small objects", 67, nclasses);

  check ("objects when an address is passed down", 0, objects (pass_down));
  check ("when it is kept", 1, objects (hand_up));
  check ("when a closure is called", 0, objects (call_closure));
  return 0;
}
