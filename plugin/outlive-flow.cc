/* outlive-flow.cc: follows an address to where it stays behind.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   An address is followed through copies, offsets and joins of control flow,
   into and out of local aggregates, member by member, into allocated objects
   and through callees.  It is not followed through integers, arithmetic, or
   pointers of which is not known where they point.  */

#include "outlive.h"
#include "source-text.h"
#include "stages.h"

/* How many aggregates and objects an address may be in within another.  */
static const int max_nesting = 3;

/* One address that is being followed.  */
struct follower
{
  outlive_mentions *mentions;
  hash_set<tree> seen;            /* Registers that hold it.  */
  int nesting;
  std::vector<gimple *> required; /* Stores that put it into what is now being
                                     followed.  */
  std::vector<outlive_sink> sinks;
};

static void follow_register (follower *f, tree name,
                             const outlive_notes &notes);
static void follow_store (follower *f, gimple *stmt, tree ref,
                          const outlive_notes &notes);

/* -- What statements mention.  */

static bool
mention_address (gimple *stmt, tree op, tree, void *data)
{
  outlive_mentions *m = (outlive_mentions *) data;
  tree base = get_base_address (op);

  if (base && DECL_P (base))
    m->addresses.get_or_insert (base).push_back ({ stmt, op });
  return false;
}

void
outlive_find_mentions (outlive_mentions *m)
{
  basic_block bb;

  FOR_EACH_BB_FN (bb, cfun)
    {
      for (gphi_iterator i = gsi_start_phis (bb); !gsi_end_p (i);
           gsi_next (&i))
        if (!virtual_operand_p (gimple_phi_result (i.phi ())))
          walk_stmt_load_store_addr_ops (i.phi (), m, NULL, NULL,
                                         mention_address);
      for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
           gsi_next (&i))
        {
          gimple *stmt = gsi_stmt (i);
          if (is_gimple_debug (stmt) || gimple_clobber_p (stmt))
            continue;
          walk_stmt_load_store_addr_ops (stmt, m, NULL, NULL, mention_address);
          tree rhs = gimple_assign_single_p (stmt)
                         ? gimple_assign_rhs1 (stmt)
                     : gimple_code (stmt) == GIMPLE_RETURN
                         ? gimple_return_retval (as_a<greturn *> (stmt))
                         : NULL_TREE;
          tree base = rhs ? get_base_address (rhs) : NULL_TREE;
          if (base && DECL_P (base))
            m->reads.get_or_insert (base).push_back ({ stmt, rhs });
        }
    }
}

/* -- Notes.  */

outlive_note
outlive_note_for (gimple *stmt)
{
  outlive_note note;

  note.loc = gimple_location (stmt);
  note.text = source_text_statement (stmt);
  return note;
}

/* NOTES and STMT, if that is a step that the programmer wrote.  */
static outlive_notes
with_note (const outlive_notes &notes, gimple *stmt)
{
  outlive_notes more = notes;
  outlive_note note = outlive_note_for (stmt);

  if (note.loc > BUILTINS_LOCATION
      && (more.empty () || more.back ().loc != note.loc))
    more.push_back (note);
  return more;
}

/* -- Sinks.  */

/* PLACE keeps the address from STMT on.  */
static void
add_sink (follower *f, const outlive_place &place, gimple *stmt,
          const outlive_notes &notes)
{
  if (!outlive_kept_p (stmt, place))
    return;
  for (gimple *r : f->required)
    if (r != stmt && !outlive_path_p (r, stmt, NULL)
        && !outlive_path_p (stmt, r, NULL))
      return;
  f->sinks.push_back ({ place, stmt, notes });
}

/* What the pointer PTR points to: a place without a reference.  Returns false
   if that is not known.  For an object, DECL is the register that has its
   address.  */
static bool
pointed_place (tree ptr, outlive_place *place)
{
  *place = { OUTLIVE_GLOBAL, NULL_TREE, -1, NULL_TREE, NULL_TREE };
  for (int i = 0; i < 32; i++)
    {
      if (TREE_CODE (ptr) == ADDR_EXPR)
        {
          tree base = get_base_address (TREE_OPERAND (ptr, 0));
          if (base && VAR_P (base))
            {
              place->kind = is_global_var (base) ? OUTLIVE_GLOBAL
                                                 : OUTLIVE_LOCAL;
              place->decl = base;
              return true;
            }
          if (!base || TREE_CODE (base) != MEM_REF)
            return false;
          ptr = TREE_OPERAND (base, 0);
          continue;
        }
      if (TREE_CODE (ptr) != SSA_NAME || !POINTER_TYPE_P (TREE_TYPE (ptr)))
        return false;
      gimple *def = SSA_NAME_DEF_STMT (ptr);
      if (SSA_NAME_IS_DEFAULT_DEF (ptr))
        {
          tree parm = SSA_NAME_VAR (ptr);
          if (!parm || TREE_CODE (parm) != PARM_DECL)
            return false;
          place->kind = OUTLIVE_PARAM;
          place->param = 0;
          for (tree p = DECL_ARGUMENTS (cfun->decl); p; p = DECL_CHAIN (p))
            {
              if (p == parm)
                return true;
              place->param++;
            }
          return false;
        }
      if (is_gimple_call (def))
        {
          place->kind = OUTLIVE_OBJECT;
          place->decl = ptr;
          return (gimple_call_flags (def) & ECF_MALLOC) != 0
                 && !gimple_alloca_call_p (def);
        }
      if (!is_gimple_assign (def)
          || (!gimple_assign_single_p (def)
              && !CONVERT_EXPR_CODE_P (gimple_assign_rhs_code (def))
              && gimple_assign_rhs_code (def) != POINTER_PLUS_EXPR))
        return false;
      ptr = gimple_assign_rhs1 (def);
    }
  return false;
}

/* The local aggregate DECL has the address in REF (NULL_TREE: somewhere) from
   STMT on: follow it to where DECL is read.  */
static void
follow_local (follower *f, tree decl, tree ref, gimple *stmt,
              const outlive_notes &notes)
{
  std::vector<outlive_mentions::mention> *reads
      = f->mentions->reads.get (decl);
  outlive_place place
      = { OUTLIVE_LOCAL, decl, -1, ref, ref ? outlive_field (ref)
                                            : NULL_TREE };

  if (!reads || f->nesting >= max_nesting)
    return;
  f->nesting++;
  f->required.push_back (stmt);
  for (const outlive_mentions::mention &m : *reads)
    {
      bool whole = AGGREGATE_TYPE_P (TREE_TYPE (m.op));
      bool same = ref && !whole && operand_equal_p (m.op, ref, 0);
      /* A part of it must have the part with the address.  */
      if (whole ? m.op != decl && !(ref && operand_equal_p (m.op, ref, 0))
                : !same)
        continue;
      if (!outlive_path_p (stmt, m.stmt, &place))
        continue;
      outlive_notes more = with_note (notes, m.stmt);
      if (gimple_code (m.stmt) == GIMPLE_RETURN)
        add_sink (f, { OUTLIVE_RETURN, NULL_TREE, -1, NULL_TREE, NULL_TREE },
                  m.stmt, more);
      else if (TREE_CODE (gimple_assign_lhs (m.stmt)) == SSA_NAME)
        follow_register (f, gimple_assign_lhs (m.stmt), more);
      else if (gimple_assign_lhs (m.stmt) != decl)
        follow_store (f, m.stmt, gimple_assign_lhs (m.stmt), more);
    }
  f->required.pop_back ();
  f->nesting--;
}

/* STMT stores the address in memory at PLACE.  */
static void
follow_place (follower *f, gimple *stmt, outlive_place place,
              const outlive_notes &notes)
{
  switch (place.kind)
    {
    case OUTLIVE_LOCAL:
      follow_local (f, place.decl, place.ref, stmt, notes);
      break;
    case OUTLIVE_OBJECT:
      if (f->nesting >= max_nesting || !outlive_kept_p (stmt, place))
        break;
      f->nesting++;
      f->required.push_back (stmt);
      follow_register (f, place.decl, notes);
      f->required.pop_back ();
      f->nesting--;
      break;
    default:
      add_sink (f, place, stmt, notes);
      break;
    }
}

/* STMT stores the address in REF.  */
static void
follow_store (follower *f, gimple *stmt, tree ref, const outlive_notes &notes)
{
  tree base = get_base_address (ref);
  outlive_place place;

  if (!base)
    return;
  if (TREE_CODE (base) == RESULT_DECL)
    place = { OUTLIVE_RETURN, NULL_TREE, -1, NULL_TREE, NULL_TREE };
  else if (VAR_P (base) || TREE_CODE (base) == PARM_DECL)
    place = { is_global_var (base) ? OUTLIVE_GLOBAL : OUTLIVE_LOCAL, base, -1,
              ref, NULL_TREE };
  else if (TREE_CODE (base) != MEM_REF
           || !pointed_place (TREE_OPERAND (base, 0), &place))
    return;
  else if (TREE_CODE (TREE_OPERAND (base, 0)) == ADDR_EXPR)
    place.ref = ref;
  place.field = outlive_field (ref);
  follow_place (f, stmt, place, notes);
}

/* -- Calls.  */

/* Word NUMBER, from 0, of SPEC.  */
static std::string
spec_word (const char *spec, unsigned number)
{
  std::string word;

  for (;; number--)
    {
      size_t n = strcspn (spec, " ");
      word.assign (spec, n);
      if (!number || !spec[n])
        return word;
      spec += n + 1;
    }
}

/* Functions of the C library that surely go on using what they are given as
   argument ARG, from 0.  The table in escape/libc.def is no help: it says
   "kept" when in doubt.  */
static const struct
{
  const char *name;
  unsigned arg;
} keepers[] = {
  { "initstate", 1 },           { "on_exit", 1 },
  { "pthread_create", 3 },      { "pthread_setspecific", 1 },
  { "putenv", 0 },              { "setbuf", 1 },
  { "setbuffer", 1 },           { "setstate", 0 },
  { "setvbuf", 1 },             { "thrd_create", 2 },
  { "tss_set", 1 },
};

/* The call CALL, of a function without a body, is given the address as
   argument I.  */
static void
follow_library (follower *f, gimple *call, unsigned i,
                const outlive_notes &notes)
{
  tree lhs = gimple_call_lhs (call);
  tree fndecl = gimple_call_fndecl (call);
  const char *spec = outlive_library (call);

  if (spec && lhs && TREE_CODE (lhs) == SSA_NAME
      && spec_word (spec, 0) == std::to_string (i + 1))
    follow_register (f, lhs, notes);
  for (const auto &k : keepers)
    if (fndecl && DECL_FILE_SCOPE_P (fndecl) && TREE_PUBLIC (fndecl)
        && k.arg == i
        && strcmp (IDENTIFIER_POINTER (DECL_NAME (fndecl)), k.name) == 0)
      add_sink (f, { OUTLIVE_LIBRARY, fndecl, -1, NULL_TREE, NULL_TREE },
                call, notes);
}

/* The call CALL is given the address as argument I.  */
static void
follow_argument (follower *f, gimple *call, unsigned i,
                 const outlive_notes &before)
{
  outlive_notes notes = with_note (before, call);
  tree lhs = gimple_call_lhs (call);
  outlive_summary *s = outlive_callee (call);

  if (!s)
    {
      follow_library (f, call, i, notes);
      return;
    }
  if (i >= s->params.size ())
    return;
  for (const outlive_sink &sink : s->params[i])
    {
      outlive_notes more = notes;
      outlive_place place = sink.place;
      more.insert (more.end (), sink.notes.begin (), sink.notes.end ());
      place.ref = NULL_TREE;
      switch (place.kind)
        {
        case OUTLIVE_RETURN:
          if (lhs && TREE_CODE (lhs) == SSA_NAME)
            follow_register (f, lhs, more);
          else if (lhs)
            follow_store (f, call, lhs, more);
          break;
        case OUTLIVE_PARAM:
          if ((unsigned) place.param < gimple_call_num_args (call)
              && pointed_place (gimple_call_arg (call, place.param), &place))
            {
              place.field = sink.place.field;
              follow_place (f, call, place, more);
            }
          break;
        default:
          add_sink (f, place, call, more);
          break;
        }
    }
}

/* -- Registers.  */

/* STMT uses OP, which is the address.  */
static void
follow_use (follower *f, gimple *stmt, tree op, const outlive_notes &notes)
{
  switch (gimple_code (stmt))
    {
    case GIMPLE_PHI:
      follow_register (f, gimple_phi_result (stmt), notes);
      break;
    case GIMPLE_RETURN:
      if (gimple_return_retval (as_a<greturn *> (stmt)) == op)
        add_sink (f, { OUTLIVE_RETURN, NULL_TREE, -1, NULL_TREE, NULL_TREE },
                  stmt, with_note (notes, stmt));
      break;
    case GIMPLE_CALL:
      for (unsigned i = 0; i < gimple_call_num_args (stmt); i++)
        if (gimple_call_arg (stmt, i) == op)
          follow_argument (f, stmt, i, notes);
      break;
    case GIMPLE_ASSIGN:
      {
        tree_code code = gimple_assign_rhs_code (stmt);
        tree lhs = gimple_assign_lhs (stmt);
        tree rhs = gimple_assign_rhs1 (stmt);
        bool copied
          = (rhs == op
             && (gimple_assign_single_p (stmt) || CONVERT_EXPR_CODE_P (code)
                 || code == POINTER_PLUS_EXPR))
            || (code == ADDR_EXPR && TREE_CODE (op) == SSA_NAME
                && TREE_CODE (get_base_address (TREE_OPERAND (rhs, 0)))
                       == MEM_REF
                && TREE_OPERAND (get_base_address (TREE_OPERAND (rhs, 0)), 0)
                       == op);
        if (code == COND_EXPR)
          copied = gimple_assign_rhs2 (stmt) == op
                   || gimple_assign_rhs3 (stmt) == op;
        if (!copied || !POINTER_TYPE_P (TREE_TYPE (lhs)))
          break;
        if (TREE_CODE (lhs) == SSA_NAME)
          follow_register (f, lhs, SSA_NAME_VAR (lhs)
                                       ? with_note (notes, stmt) : notes);
        else
          follow_store (f, stmt, lhs, with_note (notes, stmt));
        break;
      }
    default:
      break;
    }
}

/* NAME holds the address.  */
static void
follow_register (follower *f, tree name, const outlive_notes &notes)
{
  imm_use_iterator i;
  use_operand_p use;
  auto_vec<gimple *> stmts;

  if (f->seen.add (name))
    return;
  FOR_EACH_IMM_USE_FAST (use, i, name)
    if (!is_gimple_debug (USE_STMT (use))
        && !stmts.contains (USE_STMT (use)))
      stmts.safe_push (USE_STMT (use));
  for (gimple *stmt : stmts)
    follow_use (f, stmt, name, notes);
}

/* Whether STMT compares pointers.  */
static bool
comparison_p (gimple *stmt)
{
  return gimple_code (stmt) == GIMPLE_COND
         || (is_gimple_assign (stmt)
             && TREE_CODE_CLASS (gimple_assign_rhs_code (stmt))
                    == tcc_comparison);
}

/* Whether the program itself looks whether a pointer is DECL's address: what
   it then does is not known.  */
static bool
compared_p (outlive_mentions *m, tree decl)
{
  if (std::vector<outlive_mentions::mention> *uses = m->addresses.get (decl))
    for (const outlive_mentions::mention &u : *uses)
      if (comparison_p (u.stmt))
        return true;
  return false;
}

std::vector<outlive_sink>
outlive_follow (outlive_mentions *m, tree decl)
{
  follower f;
  outlive_notes none;

  f.mentions = m;
  f.nesting = 0;
  if (DECL_P (decl) && compared_p (m, decl))
    return f.sinks;
  if (TREE_CODE (decl) == SSA_NAME)
    follow_register (&f, decl, none);
  else if (std::vector<outlive_mentions::mention> *uses
             = m->addresses.get (decl))
    for (const outlive_mentions::mention &u : *uses)
      {
        tree addr = NULL_TREE;
        /* The walk gives the object; the operand is its address.  */
        for (unsigned k = 0; k < gimple_num_ops (u.stmt) && !addr; k++)
          if (tree op = gimple_op (u.stmt, k))
            if (TREE_CODE (op) == ADDR_EXPR
                && get_base_address (TREE_OPERAND (op, 0)) == decl)
              addr = op;
        if (gimple_code (u.stmt) == GIMPLE_PHI)
          follow_register (&f, gimple_phi_result (u.stmt), none);
        else if (gimple_code (u.stmt) == GIMPLE_CALL)
          {
            for (unsigned i = 0; i < gimple_call_num_args (u.stmt); i++)
              {
                tree arg = gimple_call_arg (u.stmt, i);
                if (TREE_CODE (arg) == ADDR_EXPR
                    && get_base_address (TREE_OPERAND (arg, 0)) == decl)
                  follow_argument (&f, u.stmt, i, none);
              }
          }
        else if (addr)
          follow_use (&f, u.stmt, addr, none);
      }
  return f.sinks;
}
