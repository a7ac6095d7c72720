/* kept.c: pointers that are held where the collector does not look.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The kernel holds a signal's handler, and the C library scrambles what it
   was given by atexit.  Such a pointer, if it is into the heap, is kept here
   for ever, once.  The list is made of manual objects, which are roots.  */

#include "cairn-rt.h"

#include "heap/manual.h"
#include "heap/meta.h"

struct kept
{
  struct kept *next;
  void *p;
};

static struct kept *_Atomic first;

void
cairn_rt_keep (void *p)
{
  /* A handler may come here to install itself again: then there is nothing to
     allocate, and no lock to wait for.  */
  if (!cairni_arena_has ((uintptr_t)p))
    return;
  struct kept *head = first;
  for (struct kept *k = head; k; k = k->next)
    if (k->p == p)
      return;

  struct kept *kept = cairni_manual_alloc (sizeof *kept, 0, NULL);
  if (!kept)
    cairni_fatal ("out of memory keeping the address of a nested function");
  kept->p = p;
  kept->next = head;
  while (!__atomic_compare_exchange_n (&first, &kept->next, kept, 0,
                                       __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
    ;
}

void
cairn_rt_keep_content (void *p)
{
  if (p)
    cairn_rt_keep (*(void **)p);
}
