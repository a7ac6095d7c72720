/* reach.c: the shortest way from a root to an object.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A search in breadth: a list of the objects that were found, in order, each
   with the one before it, is the queue, too.  First come the roots but for the
   calling thread's, which is where the question itself stands; if that does not
   find the object, those.  The mark bits say what was found; they are clear
   outside collections, and are cleared again.  */

#include "gc/reach.h"
#include "arch/x86_64/arch.h"
#include "heap/object.h"
#include "heap/page-heap.h"
#include "os/loader.h"
#include "os/sys.h"

#include <string.h>

#define NO_PARENT UINT32_MAX
#define MIN_NODES ((size_t)1 << 14)

struct node
{
  uintptr_t start;
  uintptr_t from;
  uint32_t parent; /* NO_PARENT: a root, ...  */
  uint8_t kind;    /* ... of this kind,  */
  bool is_caller;
  int tid; /* and this thread's.  */
};

static struct
{
  struct node *nodes;
  size_t n, max;
  uintptr_t target; /* The start of the object that is looked for, inverted: in
                       a static program this is a root.  */
  size_t found;     /* Its node, from 1 on; 0: not found.  */
  bool callers;     /* The calling thread's roots are wanted now.  */
  bool overflowed;
  struct node here; /* What is looked through: how its finds begin.  */
} search;

static bool
grow (void)
{
  size_t nbytes = search.max * sizeof *search.nodes;
  struct node *bigger = cairni_sys_remap (search.nodes, nbytes, 2 * nbytes);
  if (!bigger)
    return false;
  search.nodes = bigger;
  search.max *= 2;
  return true;
}

/* The bit of the object or closure that P points into, and its address in
 *START; NULL: there is none.  */
static uint64_t *
find_mark (uintptr_t p, uintptr_t *start, uint64_t *bit)
{
  if (!cairni_arena_has (p))
    return NULL;
  struct cairni_span *span = cairni_arena_span (p);
  unsigned slot;
  if (!span)
    return NULL;
  if (cairni_span_is_collected (span))
    {
      slot = cairni_span_slot (span, p);
      if (slot >= span->nslots)
        return NULL;
      *start = cairni_span_slot_addr (span, slot);
    }
  else if (span->kind == CAIRNI_THUNK)
    {
      slot = (p - span->start) % CAIRNI_THUNK_HALF_NBYTES / CAIRNI_THUNK_NBYTES;
      *start = span->start + slot * CAIRNI_THUNK_NBYTES;
    }
  else
    return NULL;
  *bit = (uint64_t)1 << slot % 64;
  return span->alloc_bits[slot / 64] & *bit ? &span->mark_bits[slot / 64]
                                            : NULL;
}

/* The word at FROM may be a pointer.  */
static void
see (uintptr_t p, uintptr_t from)
{
  uintptr_t start;
  uint64_t bit;
  uint64_t *mark = find_mark (p, &start, &bit);
  if (!mark || (*mark & bit))
    return;
  if ((search.n == search.max && !grow ()) || search.n >= NO_PARENT)
    {
      search.overflowed = true;
      return;
    }
  *mark |= bit;
  struct node *node = &search.nodes[search.n++];
  *node = search.here;
  node->start = start;
  node->from = from;
  if (start == ~search.target)
    search.found = search.n;
}

static void
see_range (uintptr_t lo, uintptr_t hi)
{
  lo = cairni_align_up (lo, 8);
  for (; lo + 8 <= hi && !search.found; lo += 8)
    see (*(const uintptr_t *)lo, lo);
}

static void
see_bytes (uintptr_t lo, uintptr_t hi)
{
  for (; lo + 8 <= hi && !search.found; lo++)
    {
      uintptr_t word;
      memcpy (&word, (const void *)lo, sizeof word);
      see (word, lo);
    }
}

/* The type of the object at START in SPAN, which has *NBYTES; NULL: not known.
 */
static const struct cairn_type *
type_of (const struct cairni_span *span, uintptr_t start, size_t *nbytes)
{
  return span->kind == CAIRNI_TYPED ? cairni_span_map (span, start, nbytes)
                                    : NULL;
}

static void
see_typed (uintptr_t lo, uintptr_t hi, const struct cairn_type *type)
{
  for (; lo < hi && !search.found; lo += type->nbytes)
    for (size_t i = 0; i < type->nwords && lo + 8 * i + 8 <= hi; i++)
      if (type->ptr_bits[i / 64] >> i % 64 & 1)
        see (((const uintptr_t *)lo)[i], lo + 8 * i);
}

/* Look through the object NUMBER.  */
static void
see_object (size_t number)
{
  uintptr_t start = search.nodes[number].start;
  struct cairni_span *span = cairni_arena_span (start);
  size_t nbytes = cairni_span_slot_nbytes (span);
  search.here = (struct node){ .parent = number };
  if (span->kind == CAIRNI_THUNK)
    {
      const struct cairni_thunk_data *data
          = (const void *)(span->start + CAIRNI_THUNK_HALF_NBYTES);
      data += (start - span->start) / CAIRNI_THUNK_NBYTES;
      see ((uintptr_t)data->chain, start);
      return;
    }
  const struct cairn_type *type = type_of (span, start, &nbytes);
  if (span->kind == CAIRNI_NOSCAN)
    return;
  if (!type)
    see_range (start, start + nbytes);
  else if (!cairni_loader_still_has (type)
           || (type->flags & CAIRN_TYPE_UNALIGNED))
    see_bytes (start, start + nbytes);
  else
    see_typed (start, start + nbytes, type);
}

static void
see_root (uintptr_t lo, uintptr_t hi, const struct cairni_root *root)
{
  search.here = (struct node){ .parent = NO_PARENT,
                               .kind = root->kind,
                               .tid = root->tid,
                               .is_caller = root->is_caller };
  if (root->is_caller == search.callers)
    see_range (lo, hi);
}

/* Describe NODE, of the way, in STEP.  */
static void
describe (const struct node *node, struct cairni_reach_step *step)
{
  const struct cairni_span *span = cairni_arena_span (node->start);
  size_t nbytes = cairni_span_slot_nbytes (span);
  *step = (struct cairni_reach_step){ .start = node->start,
                                      .nbytes = nbytes,
                                      .from = node->from };
  if (span->kind == CAIRNI_THUNK)
    {
      step->nbytes = CAIRNI_THUNK_NBYTES;
      strcpy (step->type, "closure");
      return;
    }
  const struct cairn_type *type = type_of (span, node->start, &nbytes);
  if (type && type->name && cairni_loader_still_has (type))
    strncpy (step->type, type->name, sizeof step->type - 1);
}

/* Fill in REACH from what was found.  */
static void
tell (struct cairni_reach *reach)
{
  size_t n = 0;
  reach->is_reached = true;
  for (uint32_t i = search.found - 1; i != NO_PARENT;
       i = search.nodes[i].parent)
    n++;
  reach->nsteps = n;
  size_t half = CAIRNI_REACH_MAX / 2;
  for (uint32_t i = search.found - 1; i != NO_PARENT;
       i = search.nodes[i].parent)
    {
      const struct node *node = &search.nodes[i];
      n--;
      if (reach->nsteps <= CAIRNI_REACH_MAX || n < half)
        describe (node, &reach->steps[n]);
      else if (n >= reach->nsteps - half)
        describe (node, &reach->steps[n - (reach->nsteps - CAIRNI_REACH_MAX)]);
      if (node->parent == NO_PARENT)
        reach->root
            = (struct cairni_root){ node->kind, node->tid, node->is_caller };
    }
}

void
cairni_reach_find (struct cairni_reach *reach, uintptr_t sp)
{
  size_t done = 0;
  search.max = MIN_NODES;
  search.n = search.found = 0;
  search.overflowed = false;
  search.nodes = cairni_sys_map (search.max * sizeof *search.nodes);
  search.target = ~cairni_object_find ((const void *)reach->p).start;
  reach->is_reached = false;
  reach->is_out_of_memory = !search.nodes;
  if (!search.nodes)
    return;
  for (int round = 0; round < 2 && !search.found; round++)
    {
      search.callers = round == 1;
      cairni_roots_visit (sp, see_root);
      for (; done < search.n && !search.found; done++)
        see_object (done);
    }
  if (search.found)
    tell (reach);
  else
    reach->is_out_of_memory = search.overflowed;
  for (size_t i = 0; i < search.n; i++)
    {
      uintptr_t start;
      uint64_t bit;
      *find_mark (search.nodes[i].start, &start, &bit) &= ~bit;
    }
  cairni_sys_unmap (search.nodes, search.max * sizeof *search.nodes);
}
