/* entry-points.cc: declarations of the runtime's functions.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The declarations are made from runtime/entry-points.def, each at its first
   use.  GCC's collector does not know the plugin's variables: what is to
   live goes through plugin_keep_tree.  */

#include "gcc-compat.h"
#include "options.h"
#include "stages.h"

/* One row of entry-points.def.  */
struct entry_row
{
  const char *symbol;
  const char *signature;
  unsigned flags;
  const char *replaces;
};

/* What the FLAGS column is made of.  */
enum
{
  MALLOC = 1,
  NONNULL = 2,
  IN_PLACE = 4
};

static const struct entry_row entry_table[ENTRY_LAST] = {
#define CAIRN_ENTRY(id, symbol, signature, flags, replaces)                   \
  { #symbol, signature, flags, replaces },
#include "entry-points.def"
#undef CAIRN_ENTRY
};

static tree entry_decls[ENTRY_LAST];

/* Everything that the plugin keeps from GCC's collector.  */
static vec<tree> kept_trees;

/* PLUGIN_GGC_MARKING.  */
static void
mark_kept_trees (void *, void *)
{
  for (tree t : kept_trees)
    gt_ggc_mx_tree_node (t);
}

void
plugin_keep_init (const char *plugin_name)
{
  register_callback (plugin_name, PLUGIN_GGC_MARKING, mark_kept_trees, NULL);
}

void
plugin_keep_tree (tree t)
{
  kept_trees.safe_push (t);
}

/* The C type that LETTER of a signature stands for.  */
static tree
entry_type (char letter)
{
  switch (letter)
    {
    case 'v':
      return void_type_node;
    case 'p':
      return ptr_type_node;
    case 's':
      return build_pointer_type (
        build_qualified_type (char_type_node, TYPE_QUAL_CONST));
    case 'z':
      return size_type_node;
    case 'i':
      return integer_type_node;
    case 'q':
      return build_pointer_type (ptr_type_node);
    case 't':
      return const_ptr_type_node;
    }
  gcc_unreachable ();
}

/* Add to *ATTRIBUTES the attribute NAME with the argument numbers FIRST and,
   if it is not 0, SECOND.  */
static void
entry_add_attribute (tree *attributes, const char *name, int first, int second)
{
  tree args = NULL_TREE;
  if (second)
    args = build_tree_list (NULL_TREE,
                            build_int_cst (integer_type_node, second));
  if (first)
    args = tree_cons (NULL_TREE, build_int_cst (integer_type_node, first),
                      args);
  *attributes = tree_cons (get_identifier (name), args, *attributes);
}

/* The attributes of the type of entry point ID.  */
static tree
entry_type_attributes (enum entry_point id)
{
  tree attributes = NULL_TREE;
  switch (id)
    {
    case ENTRY_NEW_CELL_ALIGNED:
      entry_add_attribute (&attributes, "alloc_align", 2, 0);
      /* FALLTHROUGH */
    case ENTRY_NEW_CELL:
    case ENTRY_MALLOC:
      entry_add_attribute (&attributes, "alloc_size", 1, 0);
      break;
    case ENTRY_CALLOC:
      entry_add_attribute (&attributes, "alloc_size", 1, 2);
      break;
    case ENTRY_REALLOC:
      entry_add_attribute (&attributes, "alloc_size", 2, 0);
      break;
    case ENTRY_REALLOCARRAY:
      entry_add_attribute (&attributes, "alloc_size", 2, 3);
      break;
    case ENTRY_ALIGNED_ALLOC:
    case ENTRY_MEMALIGN:
      entry_add_attribute (&attributes, "alloc_align", 1, 0);
      entry_add_attribute (&attributes, "alloc_size", 2, 0);
      break;
    default:
      break;
    }
  if (entry_table[id].flags & NONNULL)
    entry_add_attribute (&attributes, "returns_nonnull", 0, 0);
  return attributes;
}

tree
entry_point_decl (enum entry_point id)
{
  tree decl = entry_decls[id];
  if (decl)
    return decl;

  const struct entry_row *row = &entry_table[id];
  auto_vec<tree> params;
  for (const char *p = row->signature + 1; *p; p++)
    params.safe_push (entry_type (*p));
  tree type
    = build_function_type_array (entry_type (row->signature[0]),
                                 params.length (), params.address ());
  type = build_type_attribute_variant (type, entry_type_attributes (id));

  decl = build_fn_decl (row->symbol, type);
  TREE_NOTHROW (decl) = 1;
  DECL_IS_MALLOC (decl) = (row->flags & MALLOC) != 0;
  DECL_ATTRIBUTES (decl)
    = tree_cons (get_identifier ("leaf"), NULL_TREE, DECL_ATTRIBUTES (decl));

  entry_decls[id] = decl;
  plugin_keep_tree (decl);
  return decl;
}

bool
entry_point_takes_type_p (enum entry_point id)
{
  return strchr (entry_table[id].signature, 't') != NULL;
}

bool
entry_point_in_place_p (const char *symbol)
{
  for (const struct entry_row &row : entry_table)
    if ((row.flags & IN_PLACE) && strcmp (symbol, row.symbol) == 0)
      return true;
  return false;
}

enum entry_point
entry_point_replacing (tree fndecl)
{
  if (!fndecl || TREE_CODE (fndecl) != FUNCTION_DECL || !TREE_PUBLIC (fndecl)
      || !DECL_EXTERNAL (fndecl)
      || !(DECL_CONTEXT (fndecl) == NULL_TREE
           || TREE_CODE (DECL_CONTEXT (fndecl)) == TRANSLATION_UNIT_DECL))
    return ENTRY_LAST;

  /* __builtin_malloc (...) is malloc under another name.  */
  tree name = (DECL_ASSEMBLER_NAME_SET_P (fndecl)
                 ? DECL_ASSEMBLER_NAME (fndecl)
                 : DECL_NAME (fndecl));
  const char *text = IDENTIFIER_POINTER (name);
  if (*text == '*')
    text++;
  if (startswith (text, "__builtin_") && fndecl_built_in_p (fndecl))
    text += strlen ("__builtin_");
  for (int id = 0; id < ENTRY_LAST; id++)
    if (entry_table[id].replaces && strcmp (text, entry_table[id].replaces) == 0)
      return (enum entry_point) id;
  return ENTRY_LAST;
}
