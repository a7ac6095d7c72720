/* escape-arguments.cc: which argument goes to which of the graph's parameters.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   To the graph a function has these parameters, in this order:

     the source's           those with names
     second ones            of each that is split: the integers of a structure
                            passed by value, a va_list as seen by who reads
                            pointers to characters
     records                if it takes variable arguments: those that point to
                            local structures (escape-varargs.cc)
     variable arguments     the others
     static chain

   Caller and callee find the same number by the function's type, which is
   also what calls across files go by (function-type.cc counts them, too).  */

#include "escape-front.h"

bool
parameter_split_p (tree type)
{
  return type_split_p (type) || va_list_pointer_p (type);
}

int
parameter_extras (tree fntype)
{
  int n = stdarg_p (fntype);

  for (tree a = TYPE_ARG_TYPES (fntype); a && a != void_list_node;
       a = TREE_CHAIN (a))
    n += parameter_split_p (TREE_VALUE (a));
  return n;
}

bool
argument_types (gimple *call, tree fndecl, tree fntype, vec<tree> *types)
{
  if (fndecl)
    for (tree p = DECL_ARGUMENTS (fndecl); p; p = DECL_CHAIN (p))
      types->safe_push (TREE_TYPE (p));
  else if (prototype_p (fntype))
    for (tree a = TYPE_ARG_TYPES (fntype); a && a != void_list_node;
         a = TREE_CHAIN (a))
      types->safe_push (TREE_VALUE (a));
  else
    {
      for (unsigned i = 0; i < gimple_call_num_args (call); i++)
        types->safe_push (TREE_TYPE (gimple_call_arg (call, i)));
      return false;
    }
  return true;
}

/* The arguments of a call without a prototype: nobody here knows where the
   callee's parameters begin and end, so each may be any.  */
static void
pass_anywhere (front_context *c, vec<esc_location *> *args)
{
  unsigned n = gimple_call_num_args (c->stmt);
  esc_location *all = NULL;

  for (unsigned i = 0; i < n; i++)
    if (esc_location *l = front_location (c, gimple_call_arg (c->stmt, i)))
      {
        if (!all)
          all = front_temp (c);
        esc_flow (c->g, all, l, 0, front_note (c, "assign"));
      }
  /* Each may be split, and there may be records.  */
  for (unsigned i = 0; i < 2 * n + 2; i++)
    args->safe_push (all);
}

/* Add to ARGS the variable arguments, which begin with number FIRST.  */
static void
pass_variable (front_context *c, unsigned first, vec<esc_location *> *args)
{
  unsigned n = gimple_call_num_args (c->stmt);
  bool forward = gimple_call_va_arg_pack_p (as_a<gcall *> (c->stmt));
  esc_location *records = NULL;
  auto_vec<esc_location *> others;

  for (unsigned i = first; i < n; i++)
    {
      esc_location *l = front_location (c, gimple_call_arg (c->stmt, i));
      if (!l || !varargs_record_p (c->stmt, i))
        others.safe_push (l);
      else
        {
          if (!records)
            records = front_temp (c);
          esc_flow (c->g, records, l, 0, front_note (c, "assign"));
        }
    }
  /* __builtin_va_arg_pack: the caller's variable arguments follow.  */
  if (forward && c->f->records)
    {
      if (!records)
        records = front_temp (c);
      esc_flow (c->g, records, c->f->records, 0, front_note (c, "assign"));
    }
  args->safe_push (records);
  args->safe_splice (others);
  if (forward)
    args->safe_push (c->f->params[c->f->params.length () - 2]);
}

void
front_pass_arguments (front_context *c, tree fndecl, tree fntype,
                      vec<esc_location *> *args)
{
  unsigned n = gimple_call_num_args (c->stmt);
  auto_vec<esc_location *> seconds;
  auto_vec<tree> types;

  if (!argument_types (c->stmt, fndecl, fntype, &types))
    {
      pass_anywhere (c, args);
      return;
    }
  for (unsigned i = 0; i < types.length (); i++)
    {
      esc_location *first = NULL, *second = NULL;
      tree arg = i < n ? gimple_call_arg (c->stmt, i) : NULL_TREE;
      if (arg && type_split_p (types[i]))
        front_split (c, arg, &first, &second);
      else if (arg)
        first = front_location (c, arg);
      if (arg && va_list_pointer_p (types[i]))
        {
          second = front_list_chars (c, arg);
          second = second ? second : first;
        }
      args->safe_push (first);
      if (parameter_split_p (types[i]))
        seconds.safe_push (second);
    }
  args->safe_splice (seconds);
  if (stdarg_p (fndecl ? TREE_TYPE (fndecl) : fntype))
    pass_variable (c, types.length (), args);
  else
    for (unsigned i = types.length (); i < n; i++)
      args->safe_push (front_location (c, gimple_call_arg (c->stmt, i)));
}
