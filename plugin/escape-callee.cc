/* escape-callee.cc: what is known of a function before it is analyzed.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A function has a body in the file, or attributes (attributes.cc), or stands
   in the C library's table (escape/libc.c), or nothing is known of it.  */

#include "attributes.h"
#include "escape-front.h"
#include "escape/libc.h"

/* The table's word on FNDECL, if it is the C library's or the runtime's.  */
static const char *
libc_spec (tree fndecl)
{
  const char *name = IDENTIFIER_POINTER (DECL_NAME (fndecl));

  if (!TREE_PUBLIC (fndecl) || !DECL_FILE_SCOPE_P (fndecl))
    return NULL;
  if (!fndecl_built_in_p (fndecl, BUILT_IN_NORMAL)
      && !DECL_IN_SYSTEM_HEADER (fndecl) && !startswith (name, "cairn_"))
    return NULL;
  const esc_libc_function *known = esc_libc_lookup (name);
  if (!known)
    {
      /* Headers declare some functions by another name: __read_alias.  */
      name = IDENTIFIER_POINTER (DECL_ASSEMBLER_NAME (fndecl));
      known = esc_libc_lookup (name + (name[0] == '*'));
    }
  return known ? known->spec : NULL;
}

/* Headers have inline versions of functions in the table, of which the table
   says more: bsearch calls through a pointer.  */
cgraph_node *
front_sure_callee (tree fndecl)
{
  cgraph_node *node = cgraph_node::get (fndecl);
  enum availability avail;

  if (!node || (DECL_EXTERNAL (fndecl) && libc_spec (fndecl)))
    return NULL;
  node = node->ultimate_alias_target (&avail);
  return avail > AVAIL_INTERPOSABLE && node->has_gimple_body_p () ? node
                                                                  : NULL;
}

const char *
front_callee_spec (tree fndecl)
{
  const char *spec = attributes_spec (TREE_TYPE (fndecl));
  return spec ? spec : libc_spec (fndecl);
}

const char *
front_parameter_word (tree fndecl, int i)
{
  const char *spec = front_callee_spec (fndecl);
  const char *word = spec ? strchr (spec, ' ') : NULL;

  while (word && i-- > 0 && strchr (word + 1, ' '))
    word = strchr (word + 1, ' ');
  return word ? word + 1 : NULL;
}

/* What is known of whatever FN, a pointer to a function, can point to: what all
   its sources agree in, LIMIT steps away at most.  The type of a conditional
   expression, and of __auto_type, has the attributes of both operands, so FN's
   own type counts only where the value comes from memory or a call.  */
static const char *
pointer_spec (tree fn, int limit)
{
  tree type = TREE_TYPE (fn);

  if (TREE_CODE (fn) == ADDR_EXPR
      && TREE_CODE (TREE_OPERAND (fn, 0)) == FUNCTION_DECL)
    return front_sure_callee (TREE_OPERAND (fn, 0))
               ? NULL : front_callee_spec (TREE_OPERAND (fn, 0));
  if (TREE_CODE (fn) != SSA_NAME || !limit || !POINTER_TYPE_P (type)
      || !FUNC_OR_METHOD_TYPE_P (TREE_TYPE (type)))
    return NULL;

  gimple *def = SSA_NAME_DEF_STMT (fn);
  if (gphi *phi = dyn_cast<gphi *> (def))
    {
      const char *all = NULL;
      for (unsigned i = 0; i < gimple_phi_num_args (phi); i++)
        {
          const char *one = pointer_spec (gimple_phi_arg_def (phi, i),
                                          limit - 1);
          if (!one || (all && strcmp (one, all) != 0))
            return NULL;
          all = one;
        }
      return all;
    }
  if (gimple_assign_single_p (def))
    {
      tree from = gimple_assign_rhs1 (def);
      tree from_type = TREE_TYPE (from);
      if (VAR_P (from) && !is_global_var (from))
        return NULL;
      if (is_gimple_val (from) && POINTER_TYPE_P (from_type)
          && FUNC_OR_METHOD_TYPE_P (TREE_TYPE (from_type)))
        return pointer_spec (from, limit - 1);
    }
  return attributes_spec (TREE_TYPE (type));
}

const char *
front_pointer_spec (tree fn)
{
  return pointer_spec (fn, 4);
}
