/* scope.cc: marks where the storage of a local begins.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   In C, a local of a block is a new object each time the block is entered,
   and the same one until it is left.  GIMPLE forgets blocks early, so this
   pass, which runs while they are still there, writes the beginnings down as
   statements:

     marker    `x = {CLOBBER}', of kind CLOBBER_UNDEF, with a flag of ours on
               the right hand side.  To GCC it is a store of nothing.

   1. scope_walk_* note all blocks, labels and jumps of the function, and for
      each label and jump the innermost block that it is in.
   2. scope_redirect_jumps handles jumps into blocks.  Such a jump passes no
      block entry, so it is led to a landing, a place just before its label
      that has the markers of all blocks that the jump enters:

          goto label;
        landing:
          x = {CLOBBER};
          goto label;
        label:

      Not in analyze mode, where the code may not change.
   3. scope_plant_entry puts the markers at the entries.

   The outermost block needs no markers: it is entered when the function is.
   A block with a label whose address is taken, or to which a nested function
   jumps, is entered by jumps that cannot be led elsewhere: its locals get no
   marker and are one object per function call.  A block around it likewise.

   Only locals whose address is taken get markers: nobody can tell one object
   from another without it.  */

#include "gcc-compat.h"
#include "options.h"
#include "stages.h"

/* A block.  */
struct scope_block
{
  scope_block *outer; /* NULL for the outermost.  */
  gbind *bind;
  bool unmarked; /* Entered in ways that cannot carry markers.  */
};

/* A statement that jumps, and the block that it is in.  */
struct scope_jump
{
  gimple *stmt;
  scope_block *block;
};

/* The landing for jumps to LABEL that enter ENTERED, a block around LABEL,
   and what lies between.  */
struct scope_landing
{
  tree label;
  scope_block *entered;
  tree landing;
};

/* One function's blocks and jumps.  */
struct scope_function
{
  auto_delete_vec<scope_block> blocks;
  scope_block *current;
  hash_map<tree, scope_block *> labels;
  auto_vec<scope_jump> jumps;
  auto_vec<scope_landing> landings;
};

/* The flag on a marker's right hand side.  The C front end uses none of the
   language flags of a CONSTRUCTOR.  */
#define MARKER_FLAG(ctor) TREE_LANG_FLAG_6 (CONSTRUCTOR_CHECK (ctor))

bool
scope_marker_p (const gimple *stmt)
{
  return (gimple_assign_single_p (stmt)
          && TREE_CLOBBER_P (gimple_assign_rhs1 (stmt))
          && MARKER_FLAG (gimple_assign_rhs1 (stmt)));
}

void
scope_remove_markers (void)
{
  basic_block bb;
  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);)
      {
        gimple *stmt = gsi_stmt (gsi);
        if (scope_marker_p (stmt))
          {
            unlink_stmt_vdef (stmt);
            gsi_remove (&gsi, true);
            release_defs (stmt);
          }
        else
          gsi_next (&gsi);
      }
}

/* Whether VAR, of a block, gets a marker.  */
static bool
scope_marked_var_p (tree var)
{
  return (VAR_P (var) && TREE_ADDRESSABLE (var)
          && heap_move_candidate_p (var));
}

/* Append to *SEQ the markers of BLOCK's own locals.  */
static void
scope_add_markers (gimple_seq *seq, scope_block *block)
{
  if (!block->outer || block->unmarked)
    return;
  for (tree var = gimple_bind_vars (block->bind); var; var = DECL_CHAIN (var))
    if (scope_marked_var_p (var))
      {
        tree clobber = build_clobber (TREE_TYPE (var), CLOBBER_UNDEF);
        MARKER_FLAG (clobber) = 1;
        gimple_seq_add_stmt (seq, gimple_build_assign (var, clobber));
      }
}

/* Whether BLOCK has markers.  */
static bool
scope_has_markers_p (scope_block *block)
{
  if (!block->outer || block->unmarked)
    return false;
  for (tree var = gimple_bind_vars (block->bind); var; var = DECL_CHAIN (var))
    if (scope_marked_var_p (var))
      return true;
  return false;
}

/* walk_gimple_seq's callback that fills the scope_function in WI->info.  */
static tree
scope_walk_stmt (gimple_stmt_iterator *gsi, bool *handled,
                 struct walk_stmt_info *wi)
{
  scope_function *fn = (scope_function *) wi->info;
  gimple *stmt = gsi_stmt (*gsi);
  *handled = false;

  switch (gimple_code (stmt))
    {
    case GIMPLE_BIND:
      {
        scope_block *block = new scope_block;
        block->outer = fn->current;
        block->bind = as_a<gbind *> (stmt);
        block->unmarked = false;
        fn->blocks.safe_push (block);
        fn->current = block;
        walk_gimple_seq (gimple_bind_body (block->bind), scope_walk_stmt, NULL,
                         wi);
        fn->current = block->outer;
        *handled = true;
        break;
      }

    case GIMPLE_LABEL:
      {
        tree label = gimple_label_label (as_a<glabel *> (stmt));
        fn->labels.put (label, fn->current);
        if (FORCED_LABEL (label) || DECL_NONLOCAL (label))
          for (scope_block *b = fn->current; b; b = b->outer)
            b->unmarked = true;
        break;
      }

    case GIMPLE_GOTO:
    case GIMPLE_COND:
    case GIMPLE_SWITCH:
    case GIMPLE_ASM:
      fn->jumps.safe_push ({ stmt, fn->current });
      break;

    default:
      break;
    }
  return NULL_TREE;
}

/* Where a jump in BLOCK to LABEL is to go: LABEL, or a landing.  */
static tree
scope_landing_for (scope_function *fn, scope_block *block, tree label)
{
  scope_block **target = label ? fn->labels.get (label) : NULL;
  if (!target)
    return label;

  /* The outermost block with markers that contains the label but not the
     jump.  */
  hash_set<scope_block *> around;
  for (scope_block *b = block; b; b = b->outer)
    around.add (b);
  scope_block *entered = NULL;
  for (scope_block *b = *target; b && !around.contains (b); b = b->outer)
    if (scope_has_markers_p (b))
      entered = b;
  if (!entered)
    return label;

  for (const scope_landing &l : fn->landings)
    if (l.label == label && l.entered == entered)
      return l.landing;
  tree landing = create_artificial_label (UNKNOWN_LOCATION);
  fn->landings.safe_push ({ label, entered, landing });
  return landing;
}

/* Lead all jumps of FN that enter blocks with markers to landings.  */
static void
scope_redirect_jumps (scope_function *fn)
{
  for (const scope_jump &jump : fn->jumps)
    switch (gimple_code (jump.stmt))
      {
      case GIMPLE_GOTO:
        {
          tree dest = gimple_goto_dest (jump.stmt);
          if (TREE_CODE (dest) == LABEL_DECL)
            gimple_goto_set_dest (as_a<ggoto *> (jump.stmt),
                                  scope_landing_for (fn, jump.block, dest));
          break;
        }

      case GIMPLE_COND:
        {
          gcond *cond = as_a<gcond *> (jump.stmt);
          gimple_cond_set_true_label (
            cond, scope_landing_for (fn, jump.block,
                                     gimple_cond_true_label (cond)));
          gimple_cond_set_false_label (
            cond, scope_landing_for (fn, jump.block,
                                     gimple_cond_false_label (cond)));
          break;
        }

      case GIMPLE_SWITCH:
        {
          gswitch *sw = as_a<gswitch *> (jump.stmt);
          for (unsigned i = 0; i < gimple_switch_num_labels (sw); i++)
            {
              tree label = gimple_switch_label (sw, i);
              CASE_LABEL (label)
                = scope_landing_for (fn, jump.block, CASE_LABEL (label));
            }
          break;
        }

      case GIMPLE_ASM:
        {
          gasm *stmt = as_a<gasm *> (jump.stmt);
          for (unsigned i = 0; i < gimple_asm_nlabels (stmt); i++)
            {
              tree op = gimple_asm_label_op (stmt, i);
              TREE_VALUE (op)
                = scope_landing_for (fn, jump.block, TREE_VALUE (op));
            }
          break;
        }

      default:
        gcc_unreachable ();
      }
}

/* walk_gimple_seq_mod's callback that writes out the landings of the
   scope_function in WI->info.  */
static tree
scope_write_landings (gimple_stmt_iterator *gsi, bool *handled,
                      struct walk_stmt_info *wi)
{
  scope_function *fn = (scope_function *) wi->info;
  glabel *stmt = dyn_cast<glabel *> (gsi_stmt (*gsi));
  *handled = false;
  if (!stmt)
    return NULL_TREE;

  tree label = gimple_label_label (stmt);
  gimple_seq seq = NULL;
  for (const scope_landing &l : fn->landings)
    if (l.label == label)
      {
        auto_vec<scope_block *> entered;
        for (scope_block *b = *fn->labels.get (label);; b = b->outer)
          {
            entered.safe_push (b);
            if (b == l.entered)
              break;
          }
        gimple_seq_add_stmt (&seq, gimple_build_label (l.landing));
        while (entered.length () > 0)
          scope_add_markers (&seq, entered.pop ());
        gimple_seq_add_stmt (&seq, gimple_build_goto (label));
      }
  if (seq)
    {
      gsi_insert_before (gsi, gimple_build_goto (label), GSI_SAME_STMT);
      gsi_insert_seq_before (gsi, seq, GSI_SAME_STMT);
    }
  return NULL_TREE;
}

/* Put the markers of BLOCK's locals at its entry.  In analyze mode they follow
   the labels there, for between two labels they would keep GCC from treating
   the labels as one.  */
static void
scope_plant_entry (scope_block *block)
{
  gimple_seq seq = NULL;
  scope_add_markers (&seq, block);
  if (!seq)
    return;

  gimple_seq *body = gimple_bind_body_ptr (block->bind);
  gimple_stmt_iterator gsi = gsi_start (*body);
  while (cairn_options.analyze && !gsi_end_p (gsi))
    if (gimple_code (gsi_stmt (gsi)) == GIMPLE_LABEL
        || is_gimple_debug (gsi_stmt (gsi)))
      gsi_next (&gsi);
    else if (gimple_code (gsi_stmt (gsi)) == GIMPLE_TRY)
      {
        body = gimple_try_eval_ptr (gsi_stmt (gsi));
        gsi = gsi_start (*body);
      }
    else
      break;
  if (gsi_end_p (gsi))
    gimple_seq_add_seq (body, seq);
  else
    gsi_insert_seq_before (&gsi, seq, GSI_SAME_STMT);
}

namespace
{

const pass_data pass_data_cairn_scope = {
  GIMPLE_PASS,     /* type */
  "cairn_scope",   /* name */
  OPTGROUP_NONE,   /* optinfo_flags */
  TV_PLUGIN_RUN,   /* tv_id */
  PROP_gimple_any, /* properties_required */
  0,               /* properties_provided */
  0,               /* properties_destroyed */
  0,               /* todo_flags_start */
  0,               /* todo_flags_finish */
};

class pass_cairn_scope : public gimple_opt_pass
{
public:
  pass_cairn_scope (gcc::context *ctxt)
    : gimple_opt_pass (pass_data_cairn_scope, ctxt)
  {
  }

  unsigned int execute (function *) final override;
};

unsigned int
pass_cairn_scope::execute (function *fun)
{
  scope_function fn;
  fn.current = NULL;

  gimple_seq body = gimple_body (fun->decl);
  struct walk_stmt_info wi;
  memset (&wi, 0, sizeof (wi));
  wi.info = &fn;
  walk_gimple_seq (body, scope_walk_stmt, NULL, &wi);

  if (!cairn_options.analyze)
    scope_redirect_jumps (&fn);
  if (fn.landings.length () > 0)
    {
      memset (&wi, 0, sizeof (wi));
      wi.info = &fn;
      walk_gimple_seq_mod (&body, scope_write_landings, NULL, &wi);
      gimple_set_body (fun->decl, body);
    }
  for (scope_block *block : fn.blocks)
    scope_plant_entry (block);
  return 0;
}

} // anonymous namespace

opt_pass *
make_pass_cairn_scope (gcc::context *ctxt)
{
  return new pass_cairn_scope (ctxt);
}
