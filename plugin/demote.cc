/* demote.cc: allocations that do not outlive the frame become part of it.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Where the object of malloc (n), calloc (m, n) or realloc (NULL, n) does not
   escape and n is a constant:

     p = malloc (n)     block = {}; p = &block
     free (p)           nothing

   Two steps.  demote_decide works on a solved component, before the report,
   and gives each object its place; demote_rewrite changes the code.

   An object stays on the heap unless all of this holds:

   .demote.once     There is one object of the call at a time: the solver lets
                    escape what is still referred to when its loop's iteration
                    is over, as it does with variables.  It does not know of
                    setjmp and nonlocal labels: functions with these are left
                    alone.
   .demote.release  Whatever may free, resize or measure it can be removed:
                    that is a direct call of free in the same function the
                    argument of which can be nothing but such objects.  The
                    solver finds what may, in callees too (esc_release).
   .demote.builtin  malloc and free are known to be the C library's: they are
                    not defined in the file, and -fno-builtin is not given.
   .demote.frame    The frame stays small, because stacks are the system's.
                    Least is allowed where the function may be called again
                    while it runs: what was fine on the heap must not overflow
                    the stack by its recursion.

   The block is zeroed, as the collector's objects are: a program that forgets
   to initialize one behaves the same wherever it lives.  */

#include "escape-front.h"
#include "source-text.h"
#include "stages.h"

/* In bytes: the largest object that is moved to the frame, all of them in a
   function, and all in one that may be called again while it runs.  */
static const unsigned HOST_WIDE_INT object_max_nbytes = 1024;
static const unsigned HOST_WIDE_INT frame_max_nbytes = 2048;
static const unsigned HOST_WIDE_INT reentrant_max_nbytes = 64;

/* In bytes: what malloc aligns objects to.  */
static const unsigned block_align_nbytes = 16;

/* Functions that may be called again while they run, or that call one of
   which nothing is known.  */
static hash_set<cgraph_node *> *reentrant;

/* -- Deciding.  */

static gcall *
object_call (const esc_location *l)
{
  return as_a<gcall *> ((gimple *) const_cast<void *> (l->entity));
}

/* The entry point that replaces CALL, a call of a function that GCC knows to
   be the C library's; else ENTRY_LAST.  */
static enum entry_point
library_call (const gcall *call)
{
  return gimple_call_builtin_p (call, BUILT_IN_NORMAL)
           ? entry_point_replacing (gimple_call_fndecl (call)) : ENTRY_LAST;
}

/* Whether CALL is a free that can be removed.  */
static bool
free_p (gimple *stmt)
{
  gcall *call = safe_dyn_cast<gcall *> (stmt);
  return call && library_call (call) == ENTRY_FREE && !stmt_ends_bb_p (call);
}

/* Multiply *NBYTES by the constant T.  Returns false if T is none, or if the
   product is too large to be of interest.  */
static bool
size_multiply (tree t, unsigned HOST_WIDE_INT *nbytes, const char **why)
{
  t = source_constant (t);
  if (!t)
    *why = "non-constant size";
  else if (!tree_fits_uhwi_p (t) || tree_to_uhwi (t) > object_max_nbytes
           || (*nbytes *= tree_to_uhwi (t)) > object_max_nbytes)
    *why = "too large for stack";
  return !*why;
}

/* Why the object of CALL cannot live in a frame, as far as the call tells;
   NULL if it can.  Sets *NBYTES to its size.  */
static const char *
call_obstacle (gcall *call, unsigned HOST_WIDE_INT *nbytes)
{
  const char *why = NULL;
  tree lhs = gimple_call_lhs (call);

  *nbytes = 1;
  switch (library_call (call))
    {
    case ENTRY_CALLOC:
      size_multiply (gimple_call_arg (call, 1), nbytes, &why);
      /* FALLTHROUGH */
    case ENTRY_MALLOC:
      if (!why)
        size_multiply (gimple_call_arg (call, 0), nbytes, &why);
      break;
    case ENTRY_REALLOC:
      if (!integer_zerop (gimple_call_arg (call, 0)))
        return "resizes another object";
      size_multiply (gimple_call_arg (call, 1), nbytes, &why);
      break;
    default:
      return "not from malloc, calloc or realloc";
    }
  if (why)
    return why;
  if (*nbytes == 0)
    return "size 0";
  if (!lhs || !POINTER_TYPE_P (TREE_TYPE (lhs)) || stmt_ends_bb_p (call))
    return "not used as a plain pointer";
  return NULL;
}

/* Whether the direct call E of a function without a body in this file may
   lead back to the caller.  */
static bool
may_call_back_p (cgraph_edge *e)
{
  tree fndecl = e->callee->decl;
  const char *spec = front_callee_spec (fndecl);

  return spec ? strchr (spec, 'f') != NULL : !fndecl_built_in_p (fndecl);
}

/* Whether F may be called again while it runs.  */
static bool
reentrant_p (front_component *comp, front_function *f)
{
  cgraph_node *node = f->node;

  if (comp->functions.length () > 1 || node->indirect_calls)
    return true;
  for (cgraph_edge *e = node->callees; e; e = e->next_callee)
    {
      cgraph_node *callee = e->callee->ultimate_alias_target ();
      if (callee == node)
        return true;
      if (callee->has_gimple_body_p () ? reentrant->contains (callee)
                                       : may_call_back_p (e))
        return true;
    }
  return false;
}

typedef hash_map<esc_location *, front_demotion *> candidate_map;

/* Choose F's candidates: objects that could live in the frame if nothing
   releases them and there is room.  */
static void
choose_candidates (front_function *f, candidate_map *candidates)
{
  f->demotions.safe_grow_cleared (f->objects.length (), true);
  for (unsigned i = 0; i < f->objects.length (); i++)
    {
      front_demotion *d = &f->demotions[i];
      esc_location *l = f->objects[i];
      unsigned HOST_WIDE_INT nbytes;

      if (l->escapes || gimple_alloca_call_p (object_call (l)))
        d->why = "";
      else if (f->fn->calls_setjmp || f->fn->has_nonlocal_label)
        d->why = "the function calls setjmp or has a nonlocal label";
      else if (!(d->why = call_obstacle (object_call (l), &nbytes)))
        candidates->put (l, d);
    }
}

/* Send those of F's candidates to the heap for which its frame has no
   room.  */
static void
limit_frame (front_component *comp, front_function *f)
{
  bool again = reentrant_p (comp, f);
  unsigned HOST_WIDE_INT room = again ? reentrant_max_nbytes
                                      : frame_max_nbytes;

  if (again)
    reentrant->add (f->node);
  for (unsigned i = 0; i < f->objects.length (); i++)
    if (!f->demotions[i].why)
      {
        unsigned HOST_WIDE_INT nbytes;
        call_obstacle (object_call (f->objects[i]), &nbytes);
        if (nbytes <= room)
          room -= nbytes;
        else
          f->demotions[i].why
            = again ? "the function may be called again while it runs"
                    : "too many for stack";
      }
}

/* Whether R is a free that can be removed: it can release nothing but objects
   in the frame of its own function.  */
static bool
removable_p (const struct esc_release *r, candidate_map *candidates)
{
  if (r->open || !free_p ((gimple *) const_cast<void *> (r->note.where)))
    return false;
  for (size_t i = 0; i < r->npointees; i++)
    {
      front_demotion **d = candidates->get (r->pointees[i]);
      if (!d || (*d)->why || r->pointees[i]->function != r->ptr->function)
        return false;
    }
  return r->npointees > 0;
}

/* Send those that R may release back to the heap.  Returns whether there are
   any.  */
static bool
reject_pointees (const struct esc_release *r, candidate_map *candidates)
{
  bool changed = false;
  gimple *where = (gimple *) const_cast<void *> (r->note.where);
  gcall *call = safe_dyn_cast<gcall *> (where);
  enum entry_point id = call ? library_call (call) : ENTRY_LAST;

  for (size_t i = 0; i < r->npointees; i++)
    {
      front_demotion **d = candidates->get (r->pointees[i]);
      if (!d || (*d)->why)
        continue;
      (*d)->why = id == ENTRY_FREE ? "what is freed may be another object"
                  : id == ENTRY_REALLOC || id == ENTRY_REALLOCARRAY
                    ? "may be resized"
                    : "may be freed by a call";
      (*d)->where = where;
      changed = true;
    }
  return changed;
}

/* A free that may get what is on the heap stays, and so must be given nothing
   else.  */
static void
settle_frees (front_component *comp, candidate_map *candidates)
{
  bool changed;

  do
    {
      changed = false;
      for (struct esc_release *r = comp->graph.releases; r; r = r->next)
        if (!removable_p (r, candidates))
          changed |= reject_pointees (r, candidates);
    }
  while (changed);
}

void
demote_decide (front_component *comp)
{
  candidate_map candidates;

  if (!reentrant)
    reentrant = new hash_set<cgraph_node *>;
  for (front_function *f : comp->functions)
    choose_candidates (f, &candidates);
  /* Those of which more is to be said than that they share a free.  */
  for (struct esc_release *r = comp->graph.releases; r; r = r->next)
    if (!free_p ((gimple *) const_cast<void *> (r->note.where)))
      reject_pointees (r, &candidates);
  settle_frees (comp, &candidates);
  for (front_function *f : comp->functions)
    limit_frame (comp, f);
  settle_frees (comp, &candidates);
}

void
demote_collect (front_component *comp, front_function *f,
                vec<gimple *> *allocations, vec<gimple *> *frees)
{
  hash_set<esc_location *> demoted;

  for (unsigned i = 0; i < f->objects.length (); i++)
    if (!f->demotions[i].why)
      {
        demoted.add (f->objects[i]);
        allocations->safe_push (object_call (f->objects[i]));
      }
  /* What releases one of them releases nothing else.  */
  for (struct esc_release *r = comp->graph.releases; r; r = r->next)
    if (r->npointees && demoted.contains (r->pointees[0]))
      frees->safe_push ((gimple *) const_cast<void *> (r->note.where));
}

void
demote_finish (void)
{
  delete reentrant;
  reentrant = NULL;
}

/* -- Rewriting.  */

/* A variable of the current function for the object of CALL.  */
static tree
make_block (gcall *call)
{
  unsigned HOST_WIDE_INT nbytes;
  const char *why = call_obstacle (call, &nbytes);
  gcc_assert (!why);

  /* An array of char may hold objects of any type.  */
  tree type = build_array_type_nelts (unsigned_char_type_node, nbytes);
  tree block = build_decl (gimple_location (call), VAR_DECL,
                           create_tmp_var_name ("block"), type);
  DECL_CONTEXT (block) = current_function_decl;
  DECL_ARTIFICIAL (block) = 1;
  DECL_IGNORED_P (block) = 1;
  DECL_SEEN_IN_BIND_EXPR_P (block) = 1;
  TREE_USED (block) = 1;
  TREE_ADDRESSABLE (block) = 1;
  SET_DECL_ALIGN (block, block_align_nbytes * BITS_PER_UNIT);
  DECL_USER_ALIGN (block) = 1;
  suppress_warning (block);
  layout_decl (block, 0);
  add_local_decl (cfun, block);
  return block;
}

/* Put the object of CALL in the frame.  Returns its variable.  */
static tree
rewrite_allocation (gcall *call)
{
  tree block = make_block (call);
  tree lhs = gimple_call_lhs (call);
  gassign *zero
    = gimple_build_assign (block, build_constructor (TREE_TYPE (block), NULL));
  gassign *take
    = gimple_build_assign (lhs, build1 (ADDR_EXPR, TREE_TYPE (lhs), block));
  gimple_set_location (zero, gimple_location (call));
  gimple_set_location (take, gimple_location (call));

  gimple_stmt_iterator gsi = gsi_for_stmt (call);
  gimple_move_vops (zero, call);
  gsi_insert_before (&gsi, zero, GSI_SAME_STMT);
  gsi_replace (&gsi, take, true);
  return block;
}

void
demote_rewrite (const vec<gimple *> &allocations, const vec<gimple *> &frees,
                vec<tree> *blocks)
{
  for (gimple *call : allocations)
    blocks->safe_push (rewrite_allocation (as_a<gcall *> (call)));
  for (gimple *call : frees)
    {
      gimple_stmt_iterator gsi = gsi_for_stmt (call);
      unlink_stmt_vdef (call);
      gsi_remove (&gsi, true);
      release_defs (call);
    }
  if (allocations.is_empty () && frees.is_empty ())
    return;
  mark_virtual_operands_for_renaming (cfun);
  update_ssa (TODO_update_ssa_only_virtuals);
}
