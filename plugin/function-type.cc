/* function-type.cc: the types of functions, as far as calls go by them.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#include "escape-front.h"
#include "function-type.h"

#include <map>

/* Structures that are one with another, by name: a forest.  */
static std::map<std::string, std::string> *merged;

static const std::string &
merged_root (const std::string &name)
{
  const std::string *root = &name;

  while (merged)
    {
      auto it = merged->find (*root);
      if (it == merged->end ())
        break;
      root = &it->second;
    }
  return *root;
}

/* The name of the structure or union TYPE, if it has no tag that of a typedef;
   "?" if it has neither: all these are one.  */
static std::string
structure_name (tree type)
{
  for (tree v = TYPE_MAIN_VARIANT (type); v; v = TYPE_NEXT_VARIANT (v))
    if (tree name = TYPE_NAME (v))
      {
        if (TREE_CODE (name) == TYPE_DECL)
          name = DECL_NAME (name);
        if (name)
          return IDENTIFIER_POINTER (name);
      }
  return "?";
}

void
function_type_note_conversion (tree expr)
{
  tree to = TREE_TYPE (expr);
  tree from = expr;

  if (!POINTER_TYPE_P (to) || !RECORD_OR_UNION_TYPE_P (TREE_TYPE (to)))
    return;
  while (CONVERT_EXPR_P (from) || TREE_CODE (from) == NON_LVALUE_EXPR)
    from = TREE_OPERAND (from, 0);
  from = TREE_TYPE (from);
  if (!POINTER_TYPE_P (from) || !RECORD_OR_UNION_TYPE_P (TREE_TYPE (from)))
    return;
  std::string a = structure_name (TREE_TYPE (from));
  std::string b = structure_name (TREE_TYPE (to));
  if (!merged)
    merged = new std::map<std::string, std::string>;
  a = merged_root (a);
  b = merged_root (b);
  if (a < b)
    (*merged)[b] = a;
  else if (b < a)
    (*merged)[a] = b;
}

bool
function_pointer_p (tree type)
{
  return POINTER_TYPE_P (type) && FUNC_OR_METHOD_TYPE_P (TREE_TYPE (type));
}

/* TYPE as a part of a function's type.  */
static std::string
part_text (tree type)
{
  if (VOID_TYPE_P (type))
    return "v";
  if (POINTER_TYPE_P (type))
    {
      tree to = TREE_TYPE (type);
      std::string s = "p";
      if (RECORD_OR_UNION_TYPE_P (to)
          && !(OPTION_SET_P (flag_strict_aliasing) && !flag_strict_aliasing))
        s += merged_root (structure_name (to));
      return s;
    }
  if (INTEGRAL_TYPE_P (type))
    return (TYPE_UNSIGNED (type) ? "u" : "i")
           + std::to_string (TYPE_PRECISION (type));
  if (SCALAR_FLOAT_TYPE_P (type))
    return "f" + std::to_string (TYPE_PRECISION (type));
  /* Anything else by its size.  */
  tree size = TYPE_SIZE_UNIT (type);
  return "s" + (size && tree_fits_uhwi_p (size)
                  ? std::to_string (tree_to_uhwi (size)) : "");
}

std::string
function_type_text (tree type)
{
  if (!prototype_p (type))
    return "any";
  std::string s = part_text (TREE_TYPE (type));
  for (tree a = TYPE_ARG_TYPES (type); a && a != void_list_node;
       a = TREE_CHAIN (a))
    s += "," + part_text (TREE_VALUE (a));
  /* The graph has more of them.  */
  for (int i = parameter_extras (type); i > 0; i--)
    s += ",w";
  return stdarg_p (type) ? s + ",..." : s;
}

bool
function_type_same_p (tree a, tree b)
{
  return a == b || function_type_text (a) == function_type_text (b);
}

std::string
function_type_merges (void)
{
  std::string s;

  if (merged)
    for (const auto &m : *merged)
      s += "M " + m.first + " " + m.second + "\n";
  return s;
}
