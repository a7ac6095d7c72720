/* escape-values.cc: which types hold pointers; operands to locations.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#include "escape-front.h"

/* What the fields of TYPE can carry.  */
static enum holds
fields_hold (tree type)
{
  enum holds most = HOLDS_NOTHING;

  for (tree f = TYPE_FIELDS (type); f; f = DECL_CHAIN (f))
    if (TREE_CODE (f) == FIELD_DECL)
      {
        enum holds h = type_holds (TREE_TYPE (f));
        if (h > most)
          most = h;
      }
  return most;
}

/* Whether an object of TYPE has room for a pointer's bytes.  */
static bool
room_for_pointer_p (tree type)
{
  tree size = TYPE_SIZE_UNIT (type);
  return !size || !tree_fits_uhwi_p (size)
         || tree_to_uhwi (size) >= POINTER_SIZE_UNITS;
}

enum holds
type_holds (tree type)
{
  switch (TREE_CODE (type))
    {
    case POINTER_TYPE:
    case REFERENCE_TYPE:
    case NULLPTR_TYPE:
      return HOLDS_POINTERS;
    case BOOLEAN_TYPE:
    case VOID_TYPE:
    case REAL_TYPE:
    case FIXED_POINT_TYPE:
      return HOLDS_NOTHING;
    case INTEGER_TYPE:
    case ENUMERAL_TYPE:
      /* A char may be one byte of a pointer that is being copied.  Integers
         between char and pointer may not alias a pointer, unless the user
         says otherwise (not GCC, which says so at -O0).  */
      return TYPE_PRECISION (type) >= POINTER_SIZE
                     || TYPE_PRECISION (type) <= CHAR_TYPE_SIZE
                     || (OPTION_SET_P (flag_strict_aliasing)
                         && !flag_strict_aliasing)
                 ? HOLDS_BYTES : HOLDS_NOTHING;
    case COMPLEX_TYPE:
    case VECTOR_TYPE:
      if (POINTER_TYPE_P (TREE_TYPE (type)))
        return HOLDS_POINTERS;
      return !FLOAT_TYPE_P (TREE_TYPE (type)) && room_for_pointer_p (type)
                 ? HOLDS_BYTES : HOLDS_NOTHING;
    case ARRAY_TYPE:
      {
        enum holds h = type_holds (TREE_TYPE (type));
        return h == HOLDS_BYTES && !room_for_pointer_p (type)
                   ? HOLDS_NOTHING : h;
      }
    case RECORD_TYPE:
    case UNION_TYPE:
    case QUAL_UNION_TYPE:
      /* Raw storage is copied as a struct of whatever members.  */
      if (fields_hold (type) == HOLDS_POINTERS)
        return HOLDS_POINTERS;
      return room_for_pointer_p (type) ? HOLDS_BYTES : HOLDS_NOTHING;
    case FUNCTION_TYPE:
    case METHOD_TYPE:
      return HOLDS_NOTHING;
    default:
      return HOLDS_POINTERS;
    }
}

bool
type_split_p (tree type)
{
  return TREE_CODE (type) == RECORD_TYPE
         && fields_hold (type) == HOLDS_POINTERS;
}

bool
front_literal_p (tree decl)
{
  return VAR_P (decl) && C_DECL_COMPOUND_LITERAL_P (decl)
         && DECL_ARTIFICIAL (decl) && !DECL_NAME (decl);
}

esc_note
front_note (front_context *c, const char *why)
{
  esc_note note = { why, c->stmt };
  return note;
}

esc_location *
front_temp (front_context *c)
{
  return esc_location_create (c->g, ESC_TEMP, c->f->index, INT_MAX, NULL);
}

esc_location *
front_variable (front_context *c, tree decl)
{
  if (TREE_CODE (decl) == RESULT_DECL)
    return c->f->result;
  if ((!VAR_P (decl) && TREE_CODE (decl) != PARM_DECL)
      || is_global_var (decl))
    return NULL;
  bool existed;
  esc_location *&loc = c->f->vars.get_or_insert (decl, &existed);
  if (!existed)
    loc = esc_location_create (c->g, ESC_VAR, c->f->index, 0, decl);
  return loc;
}

/* Whether REF may read memory that holds part of a pointer although its type
   holds none: as the C library's memcpy would, or through another member of a
   union.  */
static bool
punned_p (tree ref)
{
  for (; handled_component_p (ref); ref = TREE_OPERAND (ref, 0))
    {
      tree type = TREE_TYPE (TREE_OPERAND (ref, 0));
      if (TREE_CODE (ref) == VIEW_CONVERT_EXPR
          || (TREE_CODE (type) == UNION_TYPE
              && type_holds (type) != HOLDS_NOTHING))
        return true;
    }
  return TREE_CODE (ref) == MEM_REF
         && TYPE_REF_CAN_ALIAS_ALL (TREE_TYPE (TREE_OPERAND (ref, 1)));
}

/* What the value of OP can carry.  */
static enum holds
operand_holds (tree op)
{
  enum holds h = type_holds (TREE_TYPE (op));

  if (h == HOLDS_NOTHING && TREE_CODE (op) == SSA_NAME)
    {
      gimple *def = SSA_NAME_DEF_STMT (op);
      if (gimple_assign_load_p (def) && punned_p (gimple_assign_rhs1 (def)))
        return HOLDS_BYTES;
    }
  else if (h == HOLDS_NOTHING && punned_p (op))
    return HOLDS_BYTES;
  return h;
}

/* The location of the register NAME.  */
static esc_location *
front_register (front_context *c, tree name)
{
  unsigned version = SSA_NAME_VERSION (name);
  enum holds h = operand_holds (name);

  if (h == HOLDS_NOTHING)
    return NULL;
  if (!c->f->ssa[version])
    {
      int depth = c->f->depths.ssa_depth[version];
      esc_location *l = esc_location_create (c->g, ESC_TEMP, c->f->index,
                                             depth, name);
      l->bytes = h == HOLDS_BYTES;
      c->f->ssa[version] = l;
    }
  return c->f->ssa[version];
}

/* The memory that REF reads or writes: a local variable, *POINTER, or
   (neither) memory of which nothing is known.  */
static esc_location *
front_memory (front_context *c, tree ref, esc_location **pointer)
{
  tree base = ref;

  *pointer = NULL;
  while (handled_component_p (base) || TREE_CODE (base) == WITH_SIZE_EXPR)
    base = TREE_OPERAND (base, 0);
  if (TREE_CODE (base) == MEM_REF || TREE_CODE (base) == TARGET_MEM_REF)
    {
      tree ptr = TREE_OPERAND (base, 0);
      if (TREE_CODE (ptr) == ADDR_EXPR)
        return front_memory (c, TREE_OPERAND (ptr, 0), pointer);
      *pointer = front_location (c, ptr);
      return NULL;
    }
  if (DECL_P (base))
    return front_variable (c, base);
  return NULL;
}

/* What of a structure a reference reaches.  */
enum part
{
  PART_POINTERS,
  PART_INTEGERS,
  PART_BOTH
};

/* Which part of the structure at its base REF is.  */
static enum part
part_of (tree ref)
{
  enum part part = POINTER_TYPE_P (TREE_TYPE (ref)) ? PART_POINTERS
                   : type_holds (TREE_TYPE (ref)) == HOLDS_BYTES
                       ? PART_INTEGERS : PART_BOTH;

  if (!handled_component_p (ref))
    return PART_BOTH;
  for (; handled_component_p (ref); ref = TREE_OPERAND (ref, 0))
    if ((TREE_CODE (ref) != COMPONENT_REF && TREE_CODE (ref) != ARRAY_REF)
        || TREE_CODE (TREE_TYPE (TREE_OPERAND (ref, 0))) == UNION_TYPE)
      return PART_BOTH;
  return DECL_P (ref) ? part : PART_BOTH;
}

/* The location of the integers in the local structure that REF is or is a part
   of, if they are told apart from the pointers beside them: what is in a
   length is not what is in the pointer to so many.  They are if nothing points
   to the structure, so that all references to it are seen.  Else NULL.  */
static esc_location *
front_integers (front_context *c, tree ref)
{
  tree decl = get_base_address (ref);

  if (!decl || (!VAR_P (decl) && TREE_CODE (decl) != PARM_DECL)
      || is_global_var (decl) || TREE_ADDRESSABLE (decl)
      || !type_split_p (TREE_TYPE (decl)))
    return NULL;
  esc_location *var = front_variable (c, decl);
  bool existed;
  esc_location *&loc = c->f->integers.get_or_insert (decl, &existed);
  if (!existed)
    {
      loc = esc_location_create (c->g, ESC_TEMP, c->f->index, var->depth,
                                 NULL);
      loc->bytes = true;
    }
  return loc;
}

bool
front_copy_structure (front_context *c, tree lhs, tree rhs)
{
  if (!DECL_P (lhs) || !DECL_P (rhs))
    return false;
  esc_location *to = front_integers (c, lhs);
  esc_location *from = front_integers (c, rhs);
  if (!to || !from)
    return false;
  esc_flow (c->g, to, from, 0, front_note (c, "assign"));
  esc_flow (c->g, front_variable (c, lhs), front_variable (c, rhs), 0,
            front_note (c, "assign"));
  return true;
}

void
front_split (front_context *c, tree op, esc_location **pointers,
             esc_location **integers)
{
  *integers = DECL_P (op) ? front_integers (c, op) : NULL;
  if (*integers)
    *pointers = front_variable (c, op);
  else
    *pointers = *integers = front_location (c, op);
}

void
front_split_parameter (front_context *c, tree decl, esc_location *pointers,
                       esc_location *integers)
{
  esc_location *var = front_variable (c, decl);
  esc_location *beside = front_integers (c, decl);

  esc_flow (c->g, var, pointers, 0, front_note (c, "parameter"));
  esc_flow (c->g, beside ? beside : var, integers, 0,
            front_note (c, "parameter"));
}

/* The value of the address ADDR.  */
static front_value
front_address (front_context *c, tree addr)
{
  tree base = TREE_OPERAND (addr, 0);
  esc_location *pointer;
  esc_location *var;

  while (handled_component_p (base))
    base = TREE_OPERAND (base, 0);
  if (TREE_CODE (base) == FUNCTION_DECL || TREE_CODE (base) == LABEL_DECL
      || CONSTANT_CLASS_P (base))
    return { NULL, 0 };
  var = front_memory (c, base, &pointer);
  if (var && var != c->f->result)
    {
      /* The way to here is told in two steps: the address, its use.  */
      esc_location *t = front_temp (c);
      esc_flow (c->g, t, var, -1, front_note (c, "address-of"));
      return { t, 0 };
    }
  if (pointer)
    return { pointer, 0 };
  return { &c->g->unknown, 0 };
}

front_value
front_operand (front_context *c, tree op)
{
  switch (TREE_CODE (op))
    {
    case SSA_NAME:
      return { front_register (c, op), 0 };
    case ADDR_EXPR:
      return front_address (c, op);
    case WITH_SIZE_EXPR:
      return front_operand (c, TREE_OPERAND (op, 0));
    case CONSTRUCTOR:
      {
        esc_location *t = NULL;
        unsigned i;
        tree value;
        FOR_EACH_CONSTRUCTOR_VALUE (CONSTRUCTOR_ELTS (op), i, value)
          {
            front_value v = front_operand (c, value);
            if (!v.loc)
              continue;
            if (!t)
              t = front_temp (c);
            esc_flow (c->g, t, v.loc, v.derefs, front_note (c, "element"));
          }
        return { t, 0 };
      }
    case FUNCTION_DECL:
    case LABEL_DECL:
      return { NULL, 0 };
    default:
      break;
    }
  if (CONSTANT_CLASS_P (op))
    {
      /* An address that the program makes up: a device, a marker.  */
      bool made_up = POINTER_TYPE_P (TREE_TYPE (op)) && !integer_zerop (op);
      return { made_up ? &c->g->unknown : NULL, 0 };
    }

  /* A register seen as another type, or a part of one.  */
  tree base = op;
  while (handled_component_p (base))
    base = TREE_OPERAND (base, 0);
  if (TREE_CODE (base) == SSA_NAME || CONSTANT_CLASS_P (base))
    return front_operand (c, base);

  enum holds h = operand_holds (op);
  esc_location *pointer;
  esc_location *var;
  front_value v;
  if (h == HOLDS_NOTHING)
    return { NULL, 0 };
  esc_location *integers = front_integers (c, op);
  if (integers && part_of (op) == PART_INTEGERS)
    return { integers, 0 };
  var = front_memory (c, op, &pointer);
  if (var && integers && part_of (op) == PART_BOTH)
    {
      esc_location *t = front_temp (c);
      esc_flow (c->g, t, var, 0, front_note (c, "copy"));
      esc_flow (c->g, t, integers, 0, front_note (c, "copy"));
      v = { t, 0 };
    }
  else if (var)
    v = { var, 0 };
  else if (pointer)
    v = { pointer, 1 };
  else
    v = { &c->g->unknown, 0 };
  if (h == HOLDS_BYTES && v.loc != &c->g->unknown)
    {
      esc_location *t = front_temp (c);
      t->bytes = true;
      esc_flow (c->g, t, v.loc, v.derefs, front_note (c, "copy"));
      v = { t, 0 };
    }
  return v;
}

esc_location *
front_location (front_context *c, tree op)
{
  front_value v = front_operand (c, op);

  if (!v.loc || v.derefs == 0)
    return v.loc;
  esc_location *t = front_temp (c);
  esc_flow (c->g, t, v.loc, v.derefs, front_note (c, "load"));
  return t;
}

void
front_assign (front_context *c, tree lhs, front_value v, const char *why)
{
  esc_location *pointer;
  esc_location *var;

  if (!v.loc)
    return;
  if (TREE_CODE (lhs) == SSA_NAME)
    {
      esc_location *dst = front_register (c, lhs);
      if (dst)
        esc_flow (c->g, dst, v.loc, v.derefs, front_note (c, why));
      return;
    }
  esc_location *integers = front_integers (c, lhs);
  if (integers && part_of (lhs) != PART_POINTERS)
    {
      esc_flow (c->g, integers, v.loc, v.derefs, front_note (c, why));
      if (part_of (lhs) == PART_INTEGERS)
        return;
    }
  var = front_memory (c, lhs, &pointer);
  if (var)
    esc_flow (c->g, var, v.loc, v.derefs, front_note (c, why));
  else if (pointer)
    esc_store (c->g, pointer, 0, v.loc, v.derefs, front_note (c, why));
  else
    esc_flow (c->g, v.loc->bytes ? &c->g->byte_heap : &c->g->heap, v.loc,
              v.derefs, front_note (c, why));
}
