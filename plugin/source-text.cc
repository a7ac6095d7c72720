/* source-text.cc: statements and operands as the programmer would write them.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   GIMPLE has taken expressions apart; this puts together as much as helps to
   recognise a line of the source.  What does not is an ellipsis.  */

#include "source-text.h"

static const int max_nesting = 4;
static const char *const ellipsis = "...";

static std::string text (tree op, int nesting);

/* The arguments of CALL in parentheses.  */
static std::string
arguments_text (gimple *call, int nesting)
{
  std::string s = "(";

  for (unsigned i = 0; i < gimple_call_num_args (call); i++)
    {
      if (i)
        s += ", ";
      s += text (gimple_call_arg (call, i), nesting + 1);
    }
  return s + ")";
}

static std::string
call_text (gimple *call, int nesting)
{
  tree fndecl;
  std::string name;

  if (gimple_call_internal_p (call))
    return gimple_call_internal_p (call, IFN_VA_ARG) ? "va_arg" : ellipsis;
  fndecl = gimple_call_fndecl (call);
  if (fndecl)
    {
      name = IDENTIFIER_POINTER (DECL_NAME (fndecl));
      if (startswith (name.c_str (), "__builtin_"))
        name = name.substr (strlen ("__builtin_"));
    }
  else
    name = text (gimple_call_fn (call), nesting + 1);
  if (name == "alloca_with_align" || name == "alloca_with_align_and_max")
    return "alloca(" + text (gimple_call_arg (call, 0), nesting + 1) + ")";
  return name + arguments_text (call, nesting);
}

static const char *
operator_text (tree_code code)
{
  switch (code)
    {
    case POINTER_PLUS_EXPR:
    case PLUS_EXPR:
      return " + ";
    case MINUS_EXPR:
    case POINTER_DIFF_EXPR:
      return " - ";
    case MULT_EXPR:
      return " * ";
    case BIT_AND_EXPR:
      return " & ";
    case BIT_IOR_EXPR:
      return " | ";
    case BIT_XOR_EXPR:
      return " ^ ";
    case LSHIFT_EXPR:
      return " << ";
    case RSHIFT_EXPR:
      return " >> ";
    default:
      return NULL;
    }
}

/* The right hand side of STMT.  */
static std::string
rhs_text (gimple *stmt, int nesting)
{
  tree_code code = gimple_assign_rhs_code (stmt);
  tree rhs1 = gimple_assign_rhs1 (stmt);

  if (gimple_assign_single_p (stmt) || CONVERT_EXPR_CODE_P (code))
    return text (rhs1, nesting);
  if (gimple_num_ops (stmt) == 3 && operator_text (code))
    return text (rhs1, nesting + 1) + operator_text (code)
           + text (gimple_assign_rhs2 (stmt), nesting + 1);
  return ellipsis;
}

/* Whether the programmer named DECL.  */
static bool
named_p (tree decl)
{
  return decl && DECL_P (decl) && DECL_NAME (decl) && !DECL_ARTIFICIAL (decl);
}

static std::string
decl_text (tree decl)
{
  if (DECL_NAME (decl) && (!DECL_ARTIFICIAL (decl) || !VAR_P (decl)))
    return IDENTIFIER_POINTER (DECL_NAME (decl));
  return ellipsis;
}

static std::string
name_text (tree name, int nesting)
{
  gimple *def = SSA_NAME_DEF_STMT (name);

  if (named_p (SSA_NAME_VAR (name)))
    return decl_text (SSA_NAME_VAR (name));
  if (is_gimple_assign (def))
    return rhs_text (def, nesting + 1);
  if (is_gimple_call (def))
    return call_text (def, nesting + 1);
  return ellipsis;
}

/* The member or element REF.  */
static std::string
component_text (tree ref, int nesting)
{
  tree base = TREE_OPERAND (ref, 0);

  if (TREE_CODE (ref) == ARRAY_REF)
    return text (base, nesting + 1) + "["
           + text (TREE_OPERAND (ref, 1), nesting + 1) + "]";
  std::string field = decl_text (TREE_OPERAND (ref, 1));
  if (TREE_CODE (base) == MEM_REF && integer_zerop (TREE_OPERAND (base, 1))
      && TREE_CODE (TREE_OPERAND (base, 0)) == SSA_NAME)
    return text (TREE_OPERAND (base, 0), nesting + 1) + "->" + field;
  return text (base, nesting + 1) + "." + field;
}

static std::string
text (tree op, int nesting)
{
  if (nesting > max_nesting)
    return ellipsis;
  /* As the front end has it when it optimizes.  */
  if (tree value = source_constant (op))
    op = value;
  else if (tree decl = TREE_CODE (op) == SSA_NAME ? SSA_NAME_VAR (op) : op)
    if (tree initial = source_constant_value (decl))
      op = initial;
  switch (TREE_CODE (op))
    {
    case SSA_NAME:
      return name_text (op, nesting);
    case INTEGER_CST:
      if (POINTER_TYPE_P (TREE_TYPE (op)) && integer_zerop (op))
        return "NULL";
      if (tree_fits_shwi_p (op))
        return std::to_string ((long long) tree_to_shwi (op));
      return ellipsis;
    case STRING_CST:
      return "\"...\"";
    case ADDR_EXPR:
      {
        tree base = TREE_OPERAND (op, 0);
        if (TREE_CODE (base) == ARRAY_REF
            && integer_zerop (TREE_OPERAND (base, 1)))
          base = TREE_OPERAND (base, 0);
        if (TREE_CODE (base) == STRING_CST
            || TREE_CODE (base) == FUNCTION_DECL)
          return text (base, nesting);
        if (VAR_P (base))
          return "&" + decl_text (base);
        return "&" + text (base, nesting);
      }
    case MEM_REF:
      {
        tree ptr = TREE_OPERAND (op, 0);
        if (TREE_CODE (ptr) == ADDR_EXPR)
          return text (TREE_OPERAND (ptr, 0), nesting);
        if (integer_zerop (TREE_OPERAND (op, 1)))
          return "*" + text (ptr, nesting + 1);
        return "*(" + text (ptr, nesting + 1) + " + ...)";
      }
    case COMPONENT_REF:
    case ARRAY_REF:
      return component_text (op, nesting);
    default:
      return DECL_P (op) ? decl_text (op) : ellipsis;
    }
}

std::string
source_text (tree op)
{
  return text (op, 0);
}

std::string
source_text_call (gimple *call)
{
  return call_text (call, 0);
}

std::string
source_text_statement (gimple *stmt)
{
  if (is_gimple_assign (stmt))
    {
      tree lhs = gimple_assign_lhs (stmt);
      if (TREE_CODE (lhs) == SSA_NAME && !named_p (SSA_NAME_VAR (lhs)))
        return rhs_text (stmt, 0);
      tree decl = TREE_CODE (lhs) == SSA_NAME ? SSA_NAME_VAR (lhs) : lhs;
      return (DECL_P (decl) ? decl_text (decl) : source_text (lhs)) + " = "
             + rhs_text (stmt, 1);
    }
  if (is_gimple_call (stmt))
    return call_text (stmt, 0);
  if (greturn *ret = dyn_cast<greturn *> (stmt))
    return "return " + source_text (gimple_return_retval (ret));
  if (gphi *phi = dyn_cast<gphi *> (stmt))
    return source_text (gimple_phi_result (phi));
  return gimple_code (stmt) == GIMPLE_ASM ? "asm" : ellipsis;
}

std::string
source_vla_name (gimple *call)
{
  tree lhs = gimple_call_lhs (call);
  use_operand_p use;
  gimple *stmt;

  if (!lhs || !gimple_call_alloca_for_var_p (as_a<gcall *> (call)))
    return "";
  /* The address may pass through a temporary on its way to the variable
     NAME.N that GCC keeps a VLA's address in.  The VLA itself may be gone.  */
  if (TREE_CODE (lhs) == SSA_NAME && !SSA_NAME_VAR (lhs)
      && single_imm_use (lhs, &use, &stmt) && is_gimple_assign (stmt))
    lhs = gimple_assign_lhs (stmt);
  if (TREE_CODE (lhs) == SSA_NAME)
    lhs = SSA_NAME_VAR (lhs);
  if (!lhs || !DECL_P (lhs) || !DECL_NAME (lhs))
    return "";
  std::string name = IDENTIFIER_POINTER (DECL_NAME (lhs));
  return name.substr (0, name.rfind ('.'));
}
