/* address-slots.cc: the places of locals in a frame of the address stack.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Two locals share a place if no way through the function names both, as in the
   two branches of a conditional statement.  From where a local is first named,
   its address may be anywhere until the function returns, so it is alive from
   there on: a forward problem over the blocks, whose join is a union.  (Without
   the plugin GCC ends the life of a local with its scope.  Here its address may
   be used after that; see set_gcc_options.)

   Without optimization nothing is shared, for the debugger's sake.  */

#include "address-frame.h"

/* So many locals are looked at.  */
static const unsigned MAX_SHARING = 400;

/* One block's sets of indices of locals.  */
struct slot_block
{
  bitmap named; /* Within.  */
  bitmap alive; /* At its begin.  */
};

/* The state for one function.  */
struct slot_sharing
{
  hash_map<tree, unsigned> indices;
  auto_vec<slot_block> blocks;
  auto_vec<bitmap> conflicts; /* Of each local.  */
  bitmap named;               /* That of the block at hand.  */
};

/* walk_tree's callback: note the local *TP.  DATA is the slot_sharing.  */
static tree
note_named (tree *tp, int *walk_subtrees, void *data)
{
  slot_sharing *s = (slot_sharing *) data;
  if (TYPE_P (*tp))
    *walk_subtrees = 0;
  else if (DECL_P (*tp))
    if (unsigned *index = s->indices.get (*tp))
      bitmap_set_bit (s->named, *index);
  return NULL_TREE;
}

/* walk_gimple_op's callback: the same for an operand.  */
static tree
note_operand (tree *tp, int *walk_subtrees, void *data)
{
  return note_named (tp, walk_subtrees,
                     ((struct walk_stmt_info *) data)->info);
}

/* Note what BB names.  An argument of a phi is named where its edge begins.  */
static void
note_block (slot_sharing *s, basic_block bb)
{
  struct walk_stmt_info wi;
  memset (&wi, 0, sizeof (wi));
  wi.info = s;
  s->named = s->blocks[bb->index].named;
  for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
       gsi_next (&gsi))
    if (!is_gimple_debug (gsi_stmt (gsi)) && !gimple_clobber_p (gsi_stmt (gsi)))
      walk_gimple_op (gsi_stmt (gsi), note_operand, &wi);

  edge e;
  edge_iterator ei;
  FOR_EACH_EDGE (e, ei, bb->succs)
    for (gphi_iterator gpi = gsi_start_phis (e->dest); !gsi_end_p (gpi);
         gsi_next (&gpi))
      walk_tree (gimple_phi_arg_def_ptr (gpi.phi (), e->dest_idx), note_named,
                 s, NULL);
}

/* Find out what is alive where.  */
static void
solve_alive (slot_sharing *s)
{
  auto_bitmap after;
  basic_block bb;
  bool changed;
  do
    {
      changed = false;
      FOR_EACH_BB_FN (bb, cfun)
        {
          slot_block *b = &s->blocks[bb->index];
          edge e;
          edge_iterator ei;
          bitmap_ior (after, b->alive, b->named);
          FOR_EACH_EDGE (e, ei, bb->succs)
            if (e->dest != EXIT_BLOCK_PTR_FOR_FN (cfun))
              changed |= bitmap_ior_into (s->blocks[e->dest->index].alive,
                                          after);
        }
    }
  while (changed);
}

/* Find out which of LOCALS are alive at the same time.  */
static void
find_conflicts (slot_sharing *s, const vec<moved_local *> &locals)
{
  basic_block bb;
  auto_bitmap together;
  bitmap_iterator bi;
  unsigned i;

  s->blocks.safe_grow_cleared (last_basic_block_for_fn (cfun));
  for (slot_block &b : s->blocks)
    b = { BITMAP_ALLOC (NULL), BITMAP_ALLOC (NULL) };
  for (i = 0; i < locals.length (); i++)
    {
      s->indices.put (locals[i]->decl, i);
      s->conflicts.safe_push (BITMAP_ALLOC (NULL));
      /* Parameters are stored at entry.  */
      if (TREE_CODE (locals[i]->decl) == PARM_DECL)
        bitmap_set_bit (
          s->blocks[single_succ (ENTRY_BLOCK_PTR_FOR_FN (cfun))->index].alive,
          i);
    }
  FOR_EACH_BB_FN (bb, cfun)
    note_block (s, bb);
  solve_alive (s);
  FOR_EACH_BB_FN (bb, cfun)
    {
      slot_block *b = &s->blocks[bb->index];
      /* Where two are alive and neither is named, only one can be in use: the
         ways that name them have just come together.  */
      bitmap_ior (together, b->alive, b->named);
      EXECUTE_IF_SET_IN_BITMAP (b->named, 0, i, bi)
        bitmap_ior_into (s->conflicts[i], together);
      EXECUTE_IF_SET_IN_BITMAP (together, 0, i, bi)
        bitmap_ior_into (s->conflicts[i], b->named);
    }
  for (slot_block &b : s->blocks)
    {
      BITMAP_FREE (b.named);
      BITMAP_FREE (b.alive);
    }
}

/* The alignment of L in bytes: for large ones what the code generator would
   choose for the sake of speed.  */
static unsigned
slot_align (const moved_local *l)
{
  unsigned align = DECL_ALIGN_UNIT (l->decl);
  HOST_WIDE_INT nbytes = tree_to_shwi (DECL_SIZE_UNIT (l->decl));
  if (DECL_USER_ALIGN (l->decl))
    return align;
  return MAX (align, nbytes >= 16 ? 16u : nbytes >= 8 ? 8u : 1u);
}

static HOST_WIDE_INT
slot_nbytes (const moved_local *l)
{
  return MAX (tree_to_shwi (DECL_SIZE_UNIT (l->decl)), 1);
}

/* Sort by falling alignment, so that there are no gaps, and falling size, so
   that who shares a place finds it large enough.  */
static int
compare_slots (const void *a, const void *b)
{
  const moved_local *x = *(moved_local *const *) a;
  const moved_local *y = *(moved_local *const *) b;
  if (slot_align (x) != slot_align (y))
    return slot_align (x) < slot_align (y) ? 1 : -1;
  if (slot_nbytes (x) != slot_nbytes (y))
    return slot_nbytes (x) < slot_nbytes (y) ? 1 : -1;
  return DECL_UID (x->decl) < DECL_UID (y->decl) ? -1 : 1;
}

/* A place and the locals that are in it.  */
struct slot
{
  HOST_WIDE_INT offset_nbytes, nbytes;
  bitmap members;
};

HOST_WIDE_INT
address_slots_lay_out (vec<moved_local *> &locals, unsigned *align_nbytes)
{
  slot_sharing sharing;
  auto_vec<slot> slots;
  HOST_WIDE_INT nbytes = 0;
  bool share = optimize && locals.length () > 1
               && locals.length () <= MAX_SHARING;

  *align_nbytes = FRAME_ALIGN_NBYTES;
  locals.qsort (compare_slots);
  if (share)
    find_conflicts (&sharing, locals);
  for (unsigned i = 0; i < locals.length (); i++)
    {
      moved_local *l = locals[i];
      slot *found = NULL;
      if (share)
        for (slot &p : slots)
          if (!found && p.nbytes >= slot_nbytes (l)
              && !bitmap_intersect_p (p.members, sharing.conflicts[i]))
            found = &p;
      if (!found)
        {
          nbytes = ROUND_UP (nbytes, (HOST_WIDE_INT) slot_align (l));
          slots.safe_push ({ nbytes, slot_nbytes (l), BITMAP_ALLOC (NULL) });
          found = &slots.last ();
          nbytes += slot_nbytes (l);
        }
      bitmap_set_bit (found->members, i);
      l->offset_nbytes = found->offset_nbytes;
      *align_nbytes = MAX (*align_nbytes, slot_align (l));
    }
  for (slot &p : slots)
    BITMAP_FREE (p.members);
  for (bitmap b : sharing.conflicts)
    BITMAP_FREE (b);

  /* A frame is never empty, so that its begin tells whether it is the first of
     a chunk.  */
  nbytes = MAX (nbytes, 1) + *align_nbytes - FRAME_ALIGN_NBYTES;
  return ROUND_UP (nbytes, (HOST_WIDE_INT) FRAME_ALIGN_NBYTES);
}
