/* escape-front.h: from GIMPLE to the graph of escape/graph.h.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The front reads the functions of one component of the call graph, in SSA
   form and before any optimization, and builds the graph that the solver
   decides.  It changes nothing.

     escape-depth.cc   how deep in loops and in VLA scopes each name lives
     escape-values.cc  which types hold pointers; operands to locations
     escape-arguments.cc  which argument goes to which parameter
     escape-varargs.cc variable arguments and va_lists
     escape-size.cc    what is too large for a stack
     escape-front.cc   statements to edges
     escape-callee.cc  what is known of a function beforehand
     escape-calls.cc   calls to edges, or to notes of calls
     demote.cc         which of the objects that do not escape live in the
                       frame  */

#ifndef ESCAPE_FRONT_H
#define ESCAPE_FRONT_H

#include "gcc-compat.h"
#include "escape/graph.h"
#include "escape/tags.h"

/* What values of a type can carry.  */
enum holds
{
  HOLDS_NOTHING,
  HOLDS_BYTES,   /* A pointer's bits or some of its bytes, in a type that is
                    not a pointer: sound to follow, not reported as leaking. */
  HOLDS_POINTERS
};

/* Depths of one function's names and places.  */
struct depth_map
{
  auto_vec<int> ssa_depth;             /* By SSA version.  */
  auto_vec<unsigned HOST_WIDE_INT> vla_in; /* By block: VLA scopes surely
                                              entered and not left.  */
  hash_map<gimple *, int> vla_scopes;  /* stack_save and stack_restore calls
                                          to the number of their scope.  */
  bool vla_overflow;                   /* Too many VLA scopes to count.  */
};

/* Where an object that does not escape lives.  */
struct front_demotion
{
  const char *why; /* Why it is on the heap all the same; NULL: it is not.  */
  gimple *where;   /* The call that is the reason, or NULL.  */
};

/* One function of the component.  */
struct front_function
{
  cgraph_node *node;
  function *fn;
  int index;                           /* In the component.  */
  esc_location *result;
  auto_vec<esc_location *> params;     /* See escape-arguments.cc.  */
  esc_location *records;               /* Of them: variable arguments that point
                                          to structures, or NULL.  */
  auto_vec<esc_location *> ssa;        /* By SSA version, or NULL.  */
  hash_map<tree, esc_location *> vars; /* Locals in memory.  */
  hash_map<tree, esc_location *> integers; /* Of structures among them that
                                          nothing points to: their integers. */
  hash_map<tree, esc_location *> lists; /* va_lists, parameters among them:
                                          what reads pointers to char out of
                                          one.  */
  depth_map depths;
  auto_vec<esc_location *> objects;    /* Of calls that make objects; the
                                          entity is the call.  */
  auto_vec<front_demotion> demotions;  /* Of OBJECTS, by index.  */
};

struct front_component
{
  esc_graph graph;
  auto_vec<front_function *> functions;
};

/* A value as the graph sees it: LOC dereferenced DEREFS times; LOC is NULL if
   it can hold no pointer.  */
struct front_value
{
  esc_location *loc;
  int derefs;
};

/* The function that is being read, and where in it.  */
struct front_context
{
  front_component *component;
  front_function *f;
  esc_graph *g;
  gimple *stmt;
  int depth; /* Of STMT.  */
};

/* escape-depth.cc */

/* Fill F's depth map; cfun is F's function.  */
void depth_map_compute (front_function *f);

/* The mask of VLA scopes that surely hold after STMT if MASK held before.  */
unsigned HOST_WIDE_INT depth_vla_after (const depth_map *d, gimple *stmt,
                                        unsigned HOST_WIDE_INT mask);

/* The depth of a statement in BB inside the VLA scopes MASK.  */
int depth_of (basic_block bb, unsigned HOST_WIDE_INT mask);

/* escape-arguments.cc */

/* Whether a parameter of TYPE is two to the graph.  */
bool parameter_split_p (tree type);

/* How many parameters functions of FNTYPE have to the graph between those of
   the source and the variable arguments.  */
int parameter_extras (tree fntype);

/* Add to TYPES those of the parameters that the arguments of CALL, a call of
   the function FNDECL or, if that is NULL_TREE, of the type FNTYPE, go to.
   Returns false if they are not known: they are the arguments' own then.  */
bool argument_types (gimple *call, tree fndecl, tree fntype, vec<tree> *types);

/* Add to ARGS the locations of the arguments of C's call for the graph's
   parameters of FNDECL, which is surely called, or of the type FNTYPE.  */
void front_pass_arguments (front_context *c, tree fndecl, tree fntype,
                           vec<esc_location *> *args);

/* escape-varargs.cc */

/* Whether TYPE is what a va_list is passed as.  */
bool va_list_pointer_p (tree type);

/* Whether argument I of CALL, in the current function, is the address of a
   local, and a pointer to a structure in the source.  */
bool varargs_record_p (gimple *call, unsigned i);

/* Get to know the va_lists of C's function, before its statements are read.  */
void front_lists_declare (front_context *c);

/* What leads to the list that OP points to as readers of pointers to char see
   it, NULL if they see it as all do.  */
esc_location *front_list_chars (front_context *c, tree op);

/* Read the call C->stmt.  */
void front_va_start (front_context *c);
void front_va_copy (front_context *c);
void front_va_arg (front_context *c);

/* Forget the source.  */
void varargs_finish (void);

/* escape-size.cc */

/* In bytes: the largest variable, and the largest object that an expression
   makes (alloca, malloc, a compound literal), that is no part of the heap for
   its size alone.  */
static const unsigned HOST_WIDE_INT front_variable_max_nbytes = 128 << 10;
static const unsigned HOST_WIDE_INT front_object_max_nbytes = 64 << 10;

/* Let what is larger escape, in C's function, which has been read.  */
void front_size_limits (front_context *c);

/* escape-values.cc */

/* Whether DECL is the object of a compound literal.  */
bool front_literal_p (tree decl);

/* What values of TYPE can carry in memory.  */
enum holds type_holds (tree type);

/* Whether a parameter of TYPE, which is passed by value, is two to the graph:
   the pointers in it and, in a parameter of its own, its integers.  */
bool type_split_p (tree type);

/* The location of the memory of DECL, a local of C's function that is no
   register; NULL for a global.  */
esc_location *front_variable (front_context *c, tree decl);

/* The value of the operand OP: a register, constant, address or memory
   reference.  */
front_value front_operand (front_context *c, tree op);

/* OP's value as one location, made for the purpose if need be.  */
esc_location *front_location (front_context *c, tree op);

/* Assign VALUE, of a type that holds HOLDS, to LHS.  */
void front_assign (front_context *c, tree lhs, front_value value,
                   const char *why);

/* Assign the local structure RHS to LHS, member by member.  Returns false if
   that is not all to be said.  */
bool front_copy_structure (front_context *c, tree lhs, tree rhs);

/* Set *POINTERS and *INTEGERS to what OP, of a type that is split, passes to
   the two parameters.  */
void front_split (front_context *c, tree op, esc_location **pointers,
                  esc_location **integers);

/* DECL, a parameter in memory of a type that is split, starts as POINTERS and
   INTEGERS.  */
void front_split_parameter (front_context *c, tree decl,
                            esc_location *pointers, esc_location *integers);

/* A location of no name at the place of C.  */
esc_location *front_temp (front_context *c);

/* The note WHY at C's statement.  */
esc_note front_note (front_context *c, const char *why);

/* escape-front.cc */

/* Make the locations of F's parameters and result.  */
void front_function_declare (front_component *comp, front_function *f);

/* Read F's statements; cfun is F's function.  All functions of COMP have been
   declared.  */
void front_function_read (front_component *comp, front_function *f);

/* escape-callee.cc */

/* The body that a call of FNDECL is sure to run, or NULL.  */
cgraph_node *front_sure_callee (tree fndecl);

/* What is known of FNDECL, a function without a body, as a specification
   (escape/spec.h): what its attributes say, or the C library's table; NULL if
   nothing is.  */
const char *front_callee_spec (tree fndecl);

/* What that says of parameter I, from 0; NULL if nothing.  */
const char *front_parameter_word (tree fndecl, int i);

/* What is known of whatever FN, a pointer to a function, can point to: what
   all its sources agree in, or NULL.  */
const char *front_pointer_spec (tree fn);

/* escape-calls.cc */

/* Read the call C->stmt.  */
void front_call (front_context *c);

/* demote.cc */

/* Decide for all objects of COMP, which is solved, whether they live in the
   frame.  The components come callees first.  */
void demote_decide (front_component *comp);

/* Add to ALLOCATIONS the calls in F the objects of which live in its frame,
   and to FREES the calls that free them.  */
void demote_collect (front_component *comp, front_function *f,
                     vec<gimple *> *allocations, vec<gimple *> *frees);

/* Forget what demote_decide knows of solved functions.  */
void demote_finish (void);

#endif /* ESCAPE_FRONT_H */
