/* outlive-scope.cc: uses of a block's local after the block.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   GCC marks the end of a local's life by a clobber.  From there on registers
   that hold its address dangle, as long as nothing assigns to them; a copy of
   one, or a join of control flow that it reaches, dangles as well.  What is
   looked for is a load or store through one, and a call that is given one.  */

#include "outlive.h"

/* NAME dangles from behind STMT, or at the beginning of BB if STMT is NULL. */
struct dangling
{
  tree name;
  gimple *stmt;
  basic_block bb;
};

/* A search for loads and stores through NAME.  */
struct access_search
{
  tree name;
  bool found;
};

static bool
access_through (gimple *, tree base, tree, void *data)
{
  access_search *a = (access_search *) data;

  if (TREE_CODE (base) == MEM_REF && TREE_OPERAND (base, 0) == a->name)
    a->found = true;
  return false;
}

/* Whether STMT uses what NAME points to, or hands it on.  */
static bool
accesses_p (gimple *stmt, tree name)
{
  access_search a = { name, false };

  if (is_gimple_call (stmt) && !gimple_call_internal_p (stmt)
      && !gimple_call_builtin_p (stmt, BUILT_IN_FREE))
    for (unsigned i = 0; i < gimple_call_num_args (stmt); i++)
      if (gimple_call_arg (stmt, i) == name)
        return true;
  walk_stmt_load_store_ops (stmt, &a, access_through, access_through);
  return a.found;
}

/* The registers that hold the address of DECL by copying alone.  */
static void
holders (outlive_mentions *m, tree decl, auto_vec<tree> *names)
{
  std::vector<outlive_mentions::mention> *uses = m->addresses.get (decl);

  for (size_t i = 0; uses && i < uses->size (); i++)
    {
      gimple *stmt = (*uses)[i].stmt;
      if (is_gimple_assign (stmt)
          && (gimple_assign_rhs_code (stmt) == ADDR_EXPR
              || CONVERT_EXPR_CODE_P (gimple_assign_rhs_code (stmt))
              || gimple_assign_rhs_code (stmt) == POINTER_PLUS_EXPR)
          && POINTER_TYPE_P (TREE_TYPE (gimple_assign_lhs (stmt)))
          && TREE_CODE (gimple_assign_lhs (stmt)) == SSA_NAME)
        names->safe_push (gimple_assign_lhs (stmt));
    }
}

/* The copy of NAME that STMT makes, or NULL_TREE.  */
static tree
copy_of (gimple *stmt, tree name)
{
  if (is_gimple_assign (stmt) && gimple_assign_rhs1 (stmt) == name
      && TREE_CODE (gimple_assign_lhs (stmt)) == SSA_NAME
      && POINTER_TYPE_P (TREE_TYPE (gimple_assign_lhs (stmt)))
      && (gimple_assign_single_p (stmt)
          || CONVERT_EXPR_CODE_P (gimple_assign_rhs_code (stmt))
          || gimple_assign_rhs_code (stmt) == POINTER_PLUS_EXPR))
    return gimple_assign_lhs (stmt);
  return NULL_TREE;
}

/* Follow D to an access, which is returned, and note on TODO what comes to
   dangle by it.  DECL coming to life again ends the search: it may then be
   assigned its address again.  */
static gimple *
follow_dangling (const dangling &d, auto_vec<dangling> *todo)
{
  auto_sbitmap seen (last_basic_block_for_fn (cfun));
  auto_vec<basic_block> blocks;
  basic_block bb = d.stmt ? gimple_bb (d.stmt) : d.bb;
  gimple *def = SSA_NAME_DEF_STMT (d.name);
  gimple_stmt_iterator i;

  bitmap_clear (seen);
  if (d.stmt)
    {
      i = gsi_for_stmt (d.stmt);
      gsi_next (&i);
    }
  else
    i = gsi_start_bb (bb);
  for (;;)
    {
      bool redefined = false;
      for (; !gsi_end_p (i) && !redefined; gsi_next (&i))
        {
          gimple *stmt = gsi_stmt (i);
          if (stmt == def)
            redefined = true;
          else if (accesses_p (stmt, d.name))
            return stmt;
          else if (tree copy = copy_of (stmt, d.name))
            todo->safe_push ({ copy, stmt, NULL });
        }
      edge e;
      edge_iterator ei;
      if (!redefined)
        FOR_EACH_EDGE (e, ei, bb->succs)
          {
            if (e->flags & (EDGE_ABNORMAL | EDGE_EH))
              continue;
            for (gphi_iterator p = gsi_start_phis (e->dest); !gsi_end_p (p);
                 gsi_next (&p))
              if (gimple_phi_arg_def (p.phi (), e->dest_idx) == d.name)
                todo->safe_push ({ gimple_phi_result (p.phi ()), NULL,
                                   e->dest });
            if (bitmap_bit_p (seen, e->dest->index)
                || e->dest == EXIT_BLOCK_PTR_FOR_FN (cfun)
                || (gimple_code (def) == GIMPLE_PHI
                    && gimple_bb (def) == e->dest))
              continue;
            bitmap_set_bit (seen, e->dest->index);
            blocks.safe_push (e->dest);
          }
      if (blocks.is_empty ())
        return NULL;
      bb = blocks.pop ();
      i = gsi_start_bb (bb);
    }
}

gimple *
outlive_late_use (outlive_mentions *m, tree decl)
{
  auto_vec<tree> names;
  auto_vec<dangling> todo;
  hash_set<tree> done;
  basic_block bb;

  holders (m, decl, &names);
  if (names.is_empty ())
    return NULL;
  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
         gsi_next (&i))
      if (gimple_clobber_p (gsi_stmt (i), CLOBBER_EOL)
          && gimple_assign_lhs (gsi_stmt (i)) == decl)
        for (tree name : names)
          todo.safe_push ({ name, gsi_stmt (i), NULL });
  while (!todo.is_empty ())
    {
      dangling d = todo.pop ();
      /* The address itself dangles from each end of the block.  */
      if (!names.contains (d.name) && done.add (d.name))
        continue;
      if (gimple *use = follow_dangling (d, &todo))
        return use;
      if (todo.length () > 1000)
        return NULL;
    }
  return NULL;
}
