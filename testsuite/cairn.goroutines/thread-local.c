/* thread-local.c: a thread-local variable's name means that of the thread where the
   goroutine is by then, whatever GCC knows of it from before.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   The variables of the program itself are in all threads equally far from the
   thread pointer.  Functions that call none cannot be preempted at their entry: the
   thread is the same before and after.  */

#include "goroutines.h"

#define NGOROUTINES 20

static __thread long counter, array[16];
__thread long shared;
static __thread struct
{
  long a, b;
} both;
static struct cairn_waitgroup group;

static __attribute__ ((noipa)) long
offset_of (const long *p)
{
  const char *pointer;
  __asm__ ("movq %%fs:0, %0" : "=r"(pointer));
  return (const char *)p - pointer;
}

/* What the variable at OFFSET is in this thread.  */
static __attribute__ ((noipa)) long *
at (long offset)
{
  char *pointer;
  __asm__ ("movq %%fs:0, %0" : "=r"(pointer));
  return (long *)(pointer + offset);
}

static long counter_offset, shared_offset, b_offset, element_offset;

static __attribute__ ((noipa)) void
take_addresses (int n)
{
  for (int i = 0; i < n; i++)
    {
      CHECK (offset_of (&counter) == counter_offset);
      CHECK (offset_of (&shared) == shared_offset);
      CHECK (offset_of (&both.b) == b_offset);
      CHECK (offset_of (&array[3]) == element_offset);
      cairn_yield ();
      CHECK (offset_of (&counter) == counter_offset);
      CHECK (offset_of (&shared) == shared_offset);
      CHECK (offset_of (&both.b) == b_offset);
      CHECK (offset_of (&array[3]) == element_offset);
    }
}

static __attribute__ ((noipa)) void
use_names (int n)
{
  for (int i = 0; i < n; i++)
    {
      counter = i;
      CHECK (*at (counter_offset) == i);
      cairn_yield ();
      counter = i + 1;
      CHECK (*at (counter_offset) == i + 1);
      *at (shared_offset) = i;
      CHECK (shared == i);
      cairn_yield ();
      *at (shared_offset) = i + 1;
      CHECK (shared == i + 1);
      array[3] = i;
      CHECK (*at (element_offset) == i);
      cairn_yield ();
      array[3] = i + 1;
      both.b = i;
      CHECK (*at (element_offset) == i + 1 && *at (b_offset) == i);
    }
}

static void
run (void *arg)
{
  int n = (long)arg;
  take_addresses (20 * n);
  use_names (20 * n);
  cairn_waitgroup_done (&group);
}

int
main (int argc, char **argv)
{
  long n = 20 * amount (argc, argv);
  counter_offset = offset_of (&counter);
  shared_offset = offset_of (&shared);
  b_offset = offset_of (&both.b);
  element_offset = offset_of (&array[3]);
  cairn_waitgroup_add (&group, NGOROUTINES);
  for (int i = 0; i < NGOROUTINES; i++)
    cairn_go (run, (void *)n);
  cairn_waitgroup_wait (&group);
  return 0;
}
