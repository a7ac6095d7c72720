/* attributes.cc: what a declaration says its function does with pointers.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The attributes belong to function types, as GCC's nonnull does, so that a
   pointer to a function has them as well:

     cairn_noescape (N, ...)   parameters that are looked at only; without
                               arguments all of them
     cairn_returns (N, ...)    the result may be one of these, point into what
                               they point to, or be found through them
     cairn_stores (TO, FROM)   FROM, or what is found through it, may be stored
                               in the memory that TO points to
     cairn_escapes (N, ...)    parameters that are kept

   A parameter that an attribute names is taken at its word: nothing else is
   done with it.  The others leak.  cairn_escapes overrules cairn_noescape
   without arguments.  Without a body to analyze the attributes are trusted;
   they become a specification as the C library's functions have it.  The
   memory that parameters lead to may always receive pointers from elsewhere.  */

#include "attributes.h"

#include <string>

/* What the attributes of a function type say of one parameter.  */
struct promise
{
  const char *by;        /* The attribute that names it; NULL: it leaks.  */
  bool returned;
  auto_vec<int> targets; /* Parameters, from 0, in which it is stored.  */
};

struct promises
{
  bool any;              /* There are attributes.  */
  bool all;              /* cairn_noescape without arguments.  */
  auto_vec<promise *> params;
  ~promises ()
  {
    for (promise *p : params)
      delete p;
  }
};

/* -- The attributes.  */

/* The greatest number of a parameter that is believed of a function without a
   prototype.  */
static const unsigned HOST_WIDE_INT max_without_prototype = 127;

/* The parameter number N, from 1, of FNTYPE; NULL_TREE if it has none.  */
static tree
nth_param_type (tree fntype, unsigned HOST_WIDE_INT n)
{
  for (tree p = TYPE_ARG_TYPES (fntype); p && p != void_list_node;
       p = TREE_CHAIN (p))
    if (--n == 0)
      return TREE_VALUE (p);
  return NULL_TREE;
}

/* Whether ARG, argument number I of attribute NAME, is the number of a
   parameter of FNTYPE that can hold a pointer.  Warns if not.  */
static bool
valid_position_p (tree fntype, tree name, tree arg, int i)
{
  tree value = TREE_CODE (arg) == IDENTIFIER_NODE ? arg : fold (arg);

  if (TREE_CODE (value) != INTEGER_CST)
    {
      warning (OPT_Wattributes,
               "%qE attribute argument %d is not an integer constant", name,
               i);
      return false;
    }
  if (!tree_fits_uhwi_p (value) || integer_zerop (value))
    {
      warning (OPT_Wattributes,
               "%qE attribute argument %d, %qE, is not the number of a "
               "parameter", name, i, value);
      return false;
    }
  unsigned HOST_WIDE_INT n = tree_to_uhwi (value);
  if (!prototype_p (fntype) && n <= max_without_prototype)
    return true;
  tree type = nth_param_type (fntype, n);
  if (!type)
    {
      warning (OPT_Wattributes,
               "%qE attribute argument %d, %qE, exceeds the number of "
               "parameters", name, i, value);
      return false;
    }
  if (type != error_mark_node && !POINTER_TYPE_P (type)
      && !AGGREGATE_TYPE_P (type) && !INTEGRAL_TYPE_P (type))
    {
      warning (OPT_Wattributes,
               "%qE attribute argument %d, %qE, refers to a parameter of type "
               "%qT, which holds no pointer", name, i, value, type);
      return false;
    }
  return true;
}

/* Handle the attribute NAME with ARGS on the function type *NODE.  */
static tree
handle_attribute (tree *node, tree name, tree args, int, bool *no_add)
{
  int i = 1;

  for (tree a = args; a; a = TREE_CHAIN (a), i++)
    if (!valid_position_p (*node, name, TREE_VALUE (a), i))
      *no_add = true;
  if (is_attribute_p ("cairn_returns", name)
      && type_holds (TREE_TYPE (*node)) == HOLDS_NOTHING)
    {
      warning (OPT_Wattributes,
               "%qE attribute on a function that returns no pointer", name);
      *no_add = true;
    }
  return NULL_TREE;
}

/* Name, number of arguments (-1: any), for a declaration, for a type, for a
   function type, part of the type's identity.  */
static const struct attribute_spec attributes[] = {
  { "cairn_noescape", 0, -1, false, true, true, false, handle_attribute,
    NULL },
  { "cairn_returns", 1, -1, false, true, true, false, handle_attribute,
    NULL },
  { "cairn_stores", 2, 2, false, true, true, false, handle_attribute, NULL },
  { "cairn_escapes", 1, -1, false, true, true, false, handle_attribute,
    NULL },
};

/* PLUGIN_ATTRIBUTES.  */
static void
register_attributes (void *, void *)
{
  for (const attribute_spec &a : attributes)
    register_attribute (&a);
}

void
attributes_init (const char *plugin_name)
{
  register_callback (plugin_name, PLUGIN_ATTRIBUTES, register_attributes,
                     NULL);
  /* GCC -E asks no plugin, but __has_attribute is to say the same there.  */
  if (flag_preprocess_only)
    init_attributes ();
}

/* -- What they amount to.  */

/* The promise for the parameter that ARG, an attribute's argument, names; it
   is made by the attribute BY.  */
static promise *
promise_for (promises *all, tree arg, const char *by)
{
  unsigned i = tree_to_uhwi (fold (TREE_VALUE (arg))) - 1;

  while (all->params.length () <= i)
    all->params.safe_push (new promise ());
  if (!all->params[i]->by)
    all->params[i]->by = by;
  return all->params[i];
}

/* Read the attributes of FNTYPE into ALL.  */
static void
read_attributes (tree fntype, promises *all)
{
  static const char noescape[] = "cairn_noescape";

  all->any = all->all = false;
  for (tree p = TYPE_ARG_TYPES (fntype); p && p != void_list_node;
       p = TREE_CHAIN (p))
    all->params.safe_push (new promise ());
  for (tree a = TYPE_ATTRIBUTES (fntype); a; a = TREE_CHAIN (a))
    {
      tree name = get_attribute_name (a);
      tree args = TREE_VALUE (a);
      if (is_attribute_p (noescape, name))
        {
          all->all |= !args;
          for (tree arg = args; arg; arg = TREE_CHAIN (arg))
            promise_for (all, arg, noescape);
        }
      else if (is_attribute_p ("cairn_returns", name))
        for (tree arg = args; arg; arg = TREE_CHAIN (arg))
          promise_for (all, arg, "cairn_returns")->returned = true;
      else if (is_attribute_p ("cairn_stores", name))
        {
          int to = tree_to_uhwi (fold (TREE_VALUE (args))) - 1;
          promise_for (all, args, "cairn_stores");
          promise_for (all, TREE_CHAIN (args), "cairn_stores")
              ->targets.safe_push (to);
        }
      else if (!is_attribute_p ("cairn_escapes", name))
        continue;
      all->any = true;
    }
  for (promise *p : all->params)
    if (all->all && !p->by)
      p->by = noescape;
  for (tree a = TYPE_ATTRIBUTES (fntype); a; a = TREE_CHAIN (a))
    if (is_attribute_p ("cairn_escapes", get_attribute_name (a)))
      for (tree arg = TREE_VALUE (a); arg; arg = TREE_CHAIN (arg))
        promise_for (all, arg, NULL)->by = NULL;
}

/* Argument I, from 0, and what is found through it.  */
static std::string
sources (unsigned i)
{
  std::string n = std::to_string (i + 1);

  return n + ",*" + n + ",**" + n;
}

const char *
attributes_spec (tree fntype)
{
  promises all;

  if (!fntype || !TYPE_ATTRIBUTES (fntype))
    return NULL;
  read_attributes (fntype, &all);
  if (!all.any)
    return NULL;

  std::string result
      = type_holds (TREE_TYPE (fntype)) == HOLDS_NOTHING ? "-" : "?";
  std::string words;
  for (unsigned i = 0; i < all.params.length (); i++)
    {
      if (!all.params[i]->by)
        {
          words += " h";
          continue;
        }
      words += " w";
      for (unsigned k = 0; k < all.params.length (); k++)
        if (all.params[k]->by && all.params[k]->targets.contains (i))
          words += "+=" + sources (k);
      if (all.params[i]->returned)
        result += "," + sources (i);
    }
  /* Variable arguments, and those of a function without a prototype.  */
  words += all.all ? " w" : " h";
  return ggc_strdup ((result + words).c_str ());
}

/* -- Are they kept?  */

/* The parameter number I of F, DECL, is declared by P->by to be no more than
   looked at, returned or stored; warn if the analysis says otherwise.  */
static void
check_param (front_function *f, tree decl, const promise *p, int i)
{
  const esc_location *l = f->params[i];
  const char *what = NULL;

  if (l->leaks.heap >= 0)
    what = l->leaks.heap ? "its content leaks" : "leaks";
  else if (l->leaks.result >= 0 && !p->returned)
    what = l->leaks.result ? "its content is returned" : "is returned";
  for (const esc_content *c = l->contents; c && !what; c = c->next)
    {
      const esc_location *to = c->content;
      /* What is found in a memory may be moved within it.  */
      if (to->function == f->index
          && !(to->level == 0 && p->targets.contains (to->param))
          && !(to->param == i && to->level + 1 == c->derefs))
        what = "is stored in the memory of a parameter";
    }
  if (what)
    warning_at (DECL_SOURCE_LOCATION (decl), OPT_Wattributes,
                "parameter %qD of %qD is declared %qs but %s", decl,
                f->node->decl, p->by, what);
}

void
attributes_check (front_function *f)
{
  promises all;
  unsigned i = 0;

  if (!TYPE_ATTRIBUTES (TREE_TYPE (f->node->decl)))
    return;
  read_attributes (TREE_TYPE (f->node->decl), &all);
  if (!all.any)
    return;
  for (tree p = DECL_ARGUMENTS (f->node->decl); p; p = DECL_CHAIN (p), i++)
    if (i < all.params.length () && all.params[i]->by)
      check_param (f, p, all.params[i], i);
}
