/* escape-calls.cc: calls to edges.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Calls of functions that a specification describes (escape/spec.h) have its
   effects at once; other calls are noted until all functions of the component
   have been read (escape/call.h).  An indirect call is a call of each function
   that it can reach.
   GCC's built-in functions without a name in the C library come first.  */

#include "escape-front.h"
#include "function-type.h"
#include "indirect.h"
#include "program.h"
#include "stages.h"
#include "escape/call.h"
#include "escape/spec.h"

/* LOC's value leaks as an argument of a call.  */
static void
leak_argument (front_context *c, esc_location *loc, const char *why)
{
  if (loc)
    esc_flow (c->g, &c->g->heap, loc, 0, front_note (c, why));
}

/* The result of the call comes from where nothing is known of.  */
static void
unknown_result (front_context *c)
{
  if (tree lhs = gimple_call_lhs (c->stmt))
    front_assign (c, lhs, { &c->g->unknown, 0 }, "call result");
}

/* The locations of the call's arguments.  */
static void
read_arguments (front_context *c, auto_vec<esc_location *> *args)
{
  for (unsigned i = 0; i < gimple_call_num_args (c->stmt); i++)
    args->safe_push (front_location (c, gimple_call_arg (c->stmt, i)));
  /* __builtin_va_arg_pack: the caller's variable arguments follow.  */
  if (gimple_call_va_arg_pack_p (as_a<gcall *> (c->stmt)))
    {
      args->safe_push (c->f->params[c->f->params.length () - 2]);
      if (c->f->records)
        args->safe_push (c->f->records);
    }
}

/* A new object that the call makes, at loop depth DEPTH.  */
static esc_location *
make_object (front_context *c, int depth)
{
  esc_location *o = esc_location_create (c->g, ESC_OBJECT, c->f->index, depth,
                                         c->stmt);
  c->f->objects.safe_push (o);
  return o;
}

/* The call returns the address of a new object, made at DEPTH.  */
static void
object_result (front_context *c, int depth)
{
  tree lhs = gimple_call_lhs (c->stmt);
  esc_location *object = make_object (c, depth);
  if (!lhs)
    return;
  esc_location *t = front_temp (c);
  esc_flow (c->g, t, object, -1, front_note (c, "new object"));
  front_assign (c, lhs, { t, 0 }, "assign");
}

/* Note a call of TARGET, which is CALLEE if that is not NULL, with ARGS and
   the static chain CHAIN; its value goes to RESULT unless that is NULL.  */
static void
note_call (front_context *c, const char *target, cgraph_node *callee,
           const vec<esc_location *> &args, esc_location *chain,
           esc_location *result)
{
  esc_call *call = esc_call_create (c->g, c->f->index, target, args.length (),
                                    front_note (c, "call parameter"));

  call->callee = callee;
  call->chain = chain;
  call->result = result;
  for (unsigned i = 0; i < args.length (); i++)
    call->args[i] = args[i];
}

static bool call_back (void *closure, int i, esc_location *const *cargs,
                       int n);

/* The function that SPEC describes is called with the N arguments ARGS; its
   value goes to RESULT unless that is NULL.  */
static void
call_specified (front_context *c, const char *spec,
                esc_location *const *args, unsigned n, esc_location *result,
                bool from_source)
{
  esc_spec_call call;
  auto_vec<bool> chars;

  for (unsigned i = 0; from_source && i < n; i++)
    {
      tree type = i < gimple_call_num_args (c->stmt)
                      ? TREE_TYPE (gimple_call_arg (c->stmt, i)) : NULL_TREE;
      chars.safe_push (type && POINTER_TYPE_P (type)
                       && INTEGRAL_TYPE_P (TREE_TYPE (type))
                       && TYPE_PRECISION (TREE_TYPE (type)) == CHAR_TYPE_SIZE);
    }
  call.args = args;
  call.chars = from_source ? chars.address () : NULL;
  call.nargs = n;
  call.function = c->f->index;
  call.result = result;
  /* A call of malloc by a pointer stays the C library's.  */
  call.object = from_source && esc_spec_makes_object (spec)
                        && gimple_call_fndecl (c->stmt)
                    ? make_object (c, c->depth) : NULL;
  call.note = front_note (c, "call parameter");
  call.callback = from_source ? call_back : NULL;
  call.closure = c;
  esc_spec_apply (c->g, spec, &call);
}

/* esc_spec_call's callback: argument I of the call is a function that is
   called with ARGS.  */
static bool
call_back (void *closure, int i, esc_location *const *cargs, int n)
{
  front_context *c = (front_context *) closure;
  tree fn = gimple_call_arg (c->stmt, i);
  auto_vec<esc_location *> args;
  esc_location *chain = NULL;

  if (integer_zerop (fn))
    return true;
  /* A closure is, to us, a pointer to its frame.  */
  if (tree nested = closure_function (fn))
    {
      chain = front_location (c, fn);
      fn = nested;
    }
  const char *spec = NULL;
  if (TREE_CODE (fn) == ADDR_EXPR
      && TREE_CODE (TREE_OPERAND (fn, 0)) == FUNCTION_DECL)
    {
      tree fndecl = TREE_OPERAND (fn, 0);
      if (cgraph_node *node = front_sure_callee (fndecl))
        {
          for (int k = 0; k < n; k++)
            args.safe_push (cargs[k]);
          note_call (c, program_symbol (node), node, args, chain, NULL);
          return true;
        }
      spec = front_callee_spec (fndecl);
    }
  else
    spec = front_pointer_spec (fn);
  if (spec)
    call_specified (c, spec, cargs, n, NULL, false);
  return spec != NULL;
}

/* The call is one of the function that SPEC describes.  */
static void
call_by_spec (front_context *c, const char *spec)
{
  tree lhs = gimple_call_lhs (c->stmt);
  esc_location *result = lhs ? front_temp (c) : NULL;
  auto_vec<esc_location *> args;

  read_arguments (c, &args);
  call_specified (c, spec, args.address (), args.length (), result, true);
  if (lhs)
    front_assign (c, lhs, { result, 0 }, "assign");
}

/* ARG, or the pointer that it is as a number: GCC's atomic functions take
   pointers as integers, which would pass for bytes of something.  */
static tree
pointer_operand (tree arg)
{
  if (TREE_CODE (arg) == SSA_NAME && INTEGRAL_TYPE_P (TREE_TYPE (arg)))
    if (gassign *def = dyn_cast<gassign *> (SSA_NAME_DEF_STMT (arg)))
      if (CONVERT_EXPR_CODE_P (gimple_assign_rhs_code (def))
          && POINTER_TYPE_P (TREE_TYPE (gimple_assign_rhs1 (def))))
        return gimple_assign_rhs1 (def);
  return arg;
}

/* The call copies memory: what argument TO points to receives argument FROM
   dereferenced DEREFS times.  */
static void
copy_argument (front_context *c, unsigned to, unsigned from, int derefs,
               const char *why)
{
  esc_location *ptr = front_location (c, gimple_call_arg (c->stmt, to));
  tree arg = pointer_operand (gimple_call_arg (c->stmt, from));
  esc_location *src = front_location (c, arg);

  if (ptr && src)
    esc_store (c->g, ptr, 0, src, derefs, front_note (c, why));
}

/* The call returns argument I dereferenced DEREFS times.  */
static void
argument_result (front_context *c, unsigned i, int derefs)
{
  tree lhs = gimple_call_lhs (c->stmt);
  esc_location *src;

  if (lhs && (src = front_location (c, gimple_call_arg (c->stmt, i))))
    front_assign (c, lhs, { src, derefs }, "call result");
}

/* __atomic and __sync functions, this one called NAME: every pointer-wide
   argument may end in the memory of the first, but for what it is compared
   with; the first's content may be returned, and for a generic exchange also
   be stored through another.  */
static void
call_atomic (front_context *c, const char *name)
{
  unsigned n = gimple_call_num_args (c->stmt);
  bool compares = strstr (name, "_compare_") != NULL;

  for (unsigned i = 1; i < n; i++)
    {
      tree arg = gimple_call_arg (c->stmt, i);
      bool stored = !(compares && i == 1);
      if (stored)
        copy_argument (c, 0, i, 0, "atomic");
      if (POINTER_TYPE_P (TREE_TYPE (arg)))
        {
          if (stored)
            copy_argument (c, 0, i, 1, "atomic");
          for (unsigned k = 0; k < n; k++)
            if (k != i && POINTER_TYPE_P (TREE_TYPE (
                              gimple_call_arg (c->stmt, k))))
              copy_argument (c, i, k, 1, "atomic");
        }
    }
  if (n)
    argument_result (c, 0, 1);
}

/* The call makes a closure of a nested function, which anybody who gets hold
   of it may then call with any arguments.  */
static void
call_closure (front_context *c)
{
  tree fn = gimple_call_arg (c->stmt, 1);
  esc_location *chain = front_location (c, gimple_call_arg (c->stmt, 2));
  cgraph_node *node = TREE_CODE (fn) == ADDR_EXPR
                          ? front_sure_callee (TREE_OPERAND (fn, 0)) : NULL;
  auto_vec<esc_location *> args;

  copy_argument (c, 0, 2, 0, "closure");
  if (!node)
    {
      leak_argument (c, chain, "closure");
      return;
    }
  for (tree p = DECL_ARGUMENTS (node->decl); p; p = DECL_CHAIN (p))
    args.safe_push (&c->g->unknown);
  for (int i = parameter_extras (TREE_TYPE (node->decl)); i > 0; i--)
    args.safe_push (&c->g->unknown);
  note_call (c, program_symbol (node), node, args, chain, NULL);
}

/* GCC's own functions.  Returns false if the call is none of those known
   here.  */
static bool
call_builtin (front_context *c, tree fndecl)
{
  if (!fndecl_built_in_p (fndecl, BUILT_IN_NORMAL))
    return false;
  switch (DECL_FUNCTION_CODE (fndecl))
    {
    CASE_BUILT_IN_ALLOCA:
      /* What alloca gives lives as long as the function, a VLA as long as its
         scope.  */
      object_result (c, gimple_call_alloca_for_var_p (as_a<gcall *> (c->stmt))
                            ? c->f->depths.vla_overflow ? INT_MAX : c->depth
                            : 0);
      return true;
    case BUILT_IN_STACK_SAVE:
    case BUILT_IN_STACK_RESTORE:
    case BUILT_IN_VA_END:
    case BUILT_IN_OBJECT_SIZE:
    case BUILT_IN_DYNAMIC_OBJECT_SIZE:
    case BUILT_IN_CONSTANT_P:
    case BUILT_IN_PREFETCH:
    case BUILT_IN_UNREACHABLE:
    case BUILT_IN_TRAP:
    case BUILT_IN_CLASSIFY_TYPE:
    case BUILT_IN_SETJMP:
    case BUILT_IN_LONGJMP:
    case BUILT_IN_NONLOCAL_GOTO:
    case BUILT_IN_CLEAR_PADDING:
    case BUILT_IN_CLEAR_CACHE:
      return true;
    case BUILT_IN_RETURN_ADDRESS:
    case BUILT_IN_FRAME_ADDRESS:
    case BUILT_IN_EXTRACT_RETURN_ADDR:
    case BUILT_IN_FROB_RETURN_ADDR:
    case BUILT_IN_DWARF_CFA:
    case BUILT_IN_THREAD_POINTER:
      unknown_result (c);
      return true;
    case BUILT_IN_EXPECT:
    case BUILT_IN_EXPECT_WITH_PROBABILITY:
    case BUILT_IN_ASSUME_ALIGNED:
      argument_result (c, 0, 0);
      return true;
    case BUILT_IN_ADJUST_TRAMPOLINE:
      /* A trampoline stands for the frame that it lies in.  */
      if (!closure_plain_p (gimple_call_lhs (c->stmt)))
        argument_result (c, 0, 0);
      return true;
    case BUILT_IN_INIT_TRAMPOLINE:
    case BUILT_IN_INIT_HEAP_TRAMPOLINE:
      call_closure (c);
      return true;
    case BUILT_IN_VA_START:
      front_va_start (c);
      return true;
    case BUILT_IN_APPLY_ARGS:
    case BUILT_IN_NEXT_ARG:
    case BUILT_IN_SAVEREGS:
      /* From here on the arguments can be reached by address.  */
      for (esc_location *p : c->f->params)
        leak_argument (c, p, "argument area");
      unknown_result (c);
      return true;
    case BUILT_IN_VA_COPY:
      front_va_copy (c);
      return true;
    default:
      break;
    }
  const char *name = IDENTIFIER_POINTER (DECL_NAME (fndecl));
  if (startswith (name, "__atomic_") || startswith (name, "__sync_"))
    {
      call_atomic (c, name);
      return true;
    }
  return false;
}

/* GCC's internal functions.  */
static void
call_internal (front_context *c)
{
  switch (gimple_call_internal_fn (c->stmt))
    {
    case IFN_VA_ARG:
      front_va_arg (c);
      return;
    case IFN_UBSAN_NULL:
    case IFN_UBSAN_BOUNDS:
    case IFN_UBSAN_VPTR:
    case IFN_UBSAN_PTR:
    case IFN_UBSAN_OBJECT_SIZE:
    case IFN_UBSAN_CHECK_ADD:
    case IFN_UBSAN_CHECK_SUB:
    case IFN_UBSAN_CHECK_MUL:
    case IFN_ASAN_CHECK:
    case IFN_ASAN_MARK:
    case IFN_FALLTHROUGH:
    case IFN_ANNOTATE:
    case IFN_BUILTIN_EXPECT:
      if (gimple_call_num_args (c->stmt))
        argument_result (c, 0, 0);
      return;
    case IFN_DEFERRED_INIT:
      return;
    default:
      break;
    }
  auto_vec<esc_location *> args;
  read_arguments (c, &args);
  for (esc_location *a : args)
    leak_argument (c, a, "call parameter");
  unknown_result (c);
}

/* The call runs TARGET, a function of FNTYPE, which is NODE if that is not
   NULL.  */
static void
call_target (front_context *c, const char *target, cgraph_node *node,
             tree fntype)
{
  auto_vec<esc_location *> args;
  tree lhs = gimple_call_lhs (c->stmt);
  tree chain = gimple_call_chain (c->stmt);
  esc_location *result = lhs ? front_temp (c) : NULL;

  front_pass_arguments (c, node ? node->decl : NULL_TREE, fntype, &args);
  note_call (c, target, node, args, chain ? front_location (c, chain) : NULL,
             result);
  if (lhs)
    front_assign (c, lhs, { result, 0 }, "assign");
}

/* The call may be one of FNDECL: a direct one, or one that a pointer
   reaches.  */
static void
call_function (front_context *c, tree fndecl)
{
  cgraph_node *node = front_sure_callee (fndecl);
  const char *spec = node ? NULL : front_callee_spec (fndecl);

  if (spec)
    call_by_spec (c, spec);
  else
    call_target (c, program_symbol (node ? node
                                         : cgraph_node::get_create (fndecl)),
                 node, TREE_TYPE (fndecl));
}

void
front_call (front_context *c)
{
  gcall *call = as_a<gcall *> (c->stmt);

  if (gimple_call_internal_p (call))
    {
      call_internal (c);
      return;
    }
  if (tree fndecl = gimple_call_fndecl (call))
    {
      if (!call_builtin (c, fndecl))
        call_function (c, fndecl);
      return;
    }

  if (const char *spec = front_pointer_spec (gimple_call_fn (call)))
    {
      call_by_spec (c, spec);
      return;
    }
  callee_set callees;
  indirect_callees (call, &callees);
  if (callees.open || gimple_call_chain (call))
    call_target (c,
                 ("?" + function_type_text (gimple_call_fntype (call))).c_str (),
                 NULL, gimple_call_fntype (call));
  else
    for (tree fndecl : callees.functions)
      call_function (c, fndecl);
}
