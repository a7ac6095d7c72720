/* private-type.cc: structures that no other file knows.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#include "private-type.h"

/* The structures and function types that declarations of other files' things
   lead to.  All belong to declarations that live as long as the file.  */
static hash_set<tree> *published;

/* TYPE can be seen by another file: so can all that its values lead to.  */
static void
publish (tree type)
{
  auto_vec<tree> todo;

  todo.safe_push (type);
  while (!todo.is_empty ())
    {
      tree t = TYPE_MAIN_VARIANT (todo.pop ());
      while (POINTER_TYPE_P (t) || TREE_CODE (t) == ARRAY_TYPE)
        t = TYPE_MAIN_VARIANT (TREE_TYPE (t));
      if (FUNC_OR_METHOD_TYPE_P (t))
        {
          if (published->add (t))
            continue;
          todo.safe_push (TREE_TYPE (t));
          for (tree a = TYPE_ARG_TYPES (t); a; a = TREE_CHAIN (a))
            todo.safe_push (TREE_VALUE (a));
        }
      /* What is incomplete now is so for the other file, too.  */
      else if (RECORD_OR_UNION_TYPE_P (t) && COMPLETE_TYPE_P (t)
               && !published->add (t))
        for (tree f = TYPE_FIELDS (t); f; f = DECL_CHAIN (f))
          if (TREE_CODE (f) == FIELD_DECL)
            todo.safe_push (TREE_TYPE (f));
    }
}

/* PLUGIN_FINISH_DECL: a declaration, of a function without its body, or of a
   variable.  */
static void
declaration_finished (void *event_data, void *)
{
  tree decl = (tree) event_data;

  if ((TREE_CODE (decl) == FUNCTION_DECL || VAR_P (decl))
      && TREE_PUBLIC (decl) && DECL_EXTERNAL (decl)
      && !error_operand_p (decl))
    publish (TREE_TYPE (decl));
}

void
private_type_init (const char *plugin_name)
{
  published = new hash_set<tree>;
  register_callback (plugin_name, PLUGIN_FINISH_DECL, declaration_finished,
                     NULL);
}

bool
private_type_p (tree type)
{
  type = TYPE_MAIN_VARIANT (type);
  if (TREE_CODE (type) != RECORD_TYPE || !TYPE_FIELDS (type)
      || published->contains (type))
    return false;
  const char *file = LOCATION_FILE (DECL_SOURCE_LOCATION (TYPE_FIELDS (type)));
  return file && strcmp (file, main_input_filename) == 0;
}
