/* escape-size.cc: what is too large for a stack.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Go's compiler has two limits, one for variables that the programmer
   declares and a lower one for what an expression makes; so have we.  What is
   larger lives on the heap, whether or not its address is taken.  To the graph
   that is one more edge, its address flows to the heap: what is stored in it
   then escapes as well, as in Go.

   Not limited: parameters and what a function returns, which the caller puts
   where the ABI says, GCC's own temporaries, and what has no constant size,
   VLAs among it.  */

#include "escape-front.h"
#include "source-text.h"
#include "stages.h"

static const char too_large[] = "too large for stack";

/* The largest variable DECL's like that may live in a frame, in bytes.  */
static unsigned HOST_WIDE_INT
limit_nbytes (tree decl)
{
  return front_literal_p (decl) ? front_object_max_nbytes
                                : front_variable_max_nbytes;
}

/* Whether DECL, a local, is the programmer's and over its limit.  */
static bool
too_large_p (tree decl)
{
  return VAR_P (decl) && (!DECL_ARTIFICIAL (decl) || front_literal_p (decl)
                          || closure_frame_p (decl))
         && heap_move_candidate_p (decl)
         && (!tree_fits_uhwi_p (DECL_SIZE_UNIT (decl))
             || tree_to_uhwi (DECL_SIZE_UNIT (decl)) > limit_nbytes (decl));
}

/* What walk_stmt_load_store_addr_ops calls: BASE is what a reference is to,
   DATA a set of variables.  */
static bool
note_large (gimple *, tree base, tree, void *data)
{
  hash_set<tree> *large = (hash_set<tree> *) data;

  base = get_base_address (base);
  if (base && VAR_P (base) && too_large_p (base))
    large->add (base);
  return false;
}

/* The variables that the code uses and that are too large.  Those that it does
   not use, which sizeof may name, need no memory.  */
static void
find_large (hash_set<tree> *large)
{
  basic_block bb;

  FOR_EACH_BB_FN (bb, cfun)
    {
      for (gphi_iterator i = gsi_start_phis (bb); !gsi_end_p (i);
           gsi_next (&i))
        walk_stmt_load_store_addr_ops (i.phi (), large, note_large,
                                       note_large, note_large);
      for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
           gsi_next (&i))
        if (!gimple_clobber_p (gsi_stmt (i)) && !is_gimple_debug (gsi_stmt (i)))
          walk_stmt_load_store_addr_ops (gsi_stmt (i), large, note_large,
                                         note_large, note_large);
    }
}

void
front_size_limits (front_context *c)
{
  hash_set<tree> large;
  bool any = false;
  tree decl;
  unsigned i;

  FOR_EACH_LOCAL_DECL (cfun, i, decl)
    any |= too_large_p (decl);
  if (any)
    find_large (&large);
  /* In the order of their declaration, which is the same at every level.  */
  c->stmt = NULL;
  FOR_EACH_LOCAL_DECL (cfun, i, decl)
    if (large.contains (decl))
      esc_flow (c->g, &c->g->heap, front_variable (c, decl), -1,
                front_note (c, too_large));

  for (esc_location *o : c->f->objects)
    {
      c->stmt = (gimple *) const_cast<void *> (o->entity);
      if (!gimple_alloca_call_p (c->stmt))
        continue;
      tree nbytes = source_constant (gimple_call_arg (c->stmt, 0));
      if (nbytes && !gimple_call_alloca_for_var_p (as_a<gcall *> (c->stmt))
          && tree_int_cst_sgn (nbytes) > 0
          && (!tree_fits_uhwi_p (nbytes)
              || tree_to_uhwi (nbytes) > front_object_max_nbytes))
        esc_flow (c->g, &c->g->heap, o, -1, front_note (c, too_large));
    }
}
