/* rt-check.h: what the tests of the runtime share.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   The tests call the entry points by themselves, as compiled code would.
   To see whether an object was freed, its contents are looked at after a
   collection with CAIRN_DEBUG=clobberfree=1, which fills freed memory.  An
   address that must not count as a reference is kept inverted.  */

#ifndef RT_CHECK_H
#define RT_CHECK_H

#include "../lib/check.h"

#include "cairn.h"
#include "cairn-rt.h"

#define PATTERN 0x5ca1ab1e0ddba11ul

/* Start the program again with NAME=VALUE in its environment, once.  */
static inline void
rerun_with (const char *name, const char *value, char **argv)
{
  const char *now = getenv (name);
  if (now && strcmp (now, value) == 0)
    return;
  setenv (name, value, 1);
  execv ("/proc/self/exe", argv);
  CHECK (!"execv");
}

/* Hide the address P from the collector; again: show it.  */
static inline uintptr_t
hide (const void *p)
{
  return ~(uintptr_t)p;
}

/* A new object of 48 bytes whose first word is PATTERN.  */
static NOINLINE __attribute__ ((unused)) unsigned long *
new_object (void)
{
  unsigned long *p = cairn_rt_malloc (40, NULL);
  CHECK (p);
  p[0] = PATTERN;
  return p;
}

/* Overwrite what dead frames and registers held.  */
static NOINLINE __attribute__ ((unused)) void
wipe_stack (void)
{
  volatile char room[8192];
  for (unsigned i = 0; i < sizeof room; i++)
    room[i] = 0;
  __asm__ volatile("xor %%ebx, %%ebx\n\txor %%r12d, %%r12d\n\t"
                   "xor %%r13d, %%r13d\n\txor %%r14d, %%r14d\n\t"
                   "xor %%r15d, %%r15d" ::
                       : "rbx", "r12", "r13", "r14", "r15", "memory");
}

/* Collect, and give freed slots to others.  */
static NOINLINE __attribute__ ((unused)) void
collect (void)
{
  wipe_stack ();
  cairn_gc ();
  for (int i = 0; i < 200; i++)
    memset (cairn_rt_malloc (40, NULL), 0x77, 40);
  wipe_stack ();
}

/* Whether the object at the hidden address H still has its pattern.  */
static NOINLINE __attribute__ ((unused)) int
is_alive (uintptr_t h)
{
  return *(volatile unsigned long *)hide ((void *)h) == PATTERN;
}

#endif /* RT_CHECK_H */
