/* stages.h: what the stages of the plugin offer to each other.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A function passes the stages in this order:

     parse       the front end's trees, as soon as a function is read
     capture     the trees of an outermost function and of all in it
     scope       GIMPLE with its blocks, before they are flattened
     escape      the analysis and its report, over the whole file, in SSA
                 form; it then calls, for every function body,
                   closure_rewrite, demote_rewrite, alloc_calls_redirect,
                   heap_move_function
                 in this order (not in analyze mode).  */

#ifndef CAIRN_STAGES_H
#define CAIRN_STAGES_H

/* -- Entry points of the runtime.  */

enum entry_point
{
#define CAIRN_ENTRY(id, symbol, signature, flags, replaces) ENTRY_##id,
#include "entry-points.def"
#undef CAIRN_ENTRY
  ENTRY_LAST
};

/* The declaration of the runtime's function ID, made at its first use.  It
   has the attributes (malloc, alloc_size, alloc_align, returns_nonnull,
   nothrow, leaf) that GCC's optimizers and object size passes go by.  */
tree entry_point_decl (enum entry_point id);

/* Whether the last parameter of entry point ID is a type.  */
bool entry_point_takes_type_p (enum entry_point id);

/* Whether SYMBOL is one that runs on its caller's stack.  */
bool entry_point_in_place_p (const char *symbol);

/* Register, under the plugin's name, what plugin_keep_tree needs.  */
void plugin_keep_init (const char *plugin_name);

/* Keep T, a tree that a stage remembers beyond the current function, from
   GCC's own garbage collector until the end of the compilation.  */
void plugin_keep_tree (tree t);

/* The entry point that replaces calls of the C library's function FNDECL in
   instrumented code; ENTRY_LAST if there is none, FNDECL is NULL_TREE or the
   file defines a function of this name itself.  Option malloc=system does
   not change the answer.  */
enum entry_point entry_point_replacing (tree fndecl);

/* -- parse.  */

/* Register the stage's callbacks under the plugin's name.  In analyze mode
   they only record.  */
void parse_init (const char *plugin_name);

/* The type T such that the program converts the result of the allocation
   call at LOC to T *; NULL_TREE if it converts it to nothing, to a pointer to
   void, char, a function or an incomplete type, or if calls at the same
   place (in a macro) differ.  Set *EXACT to whether the call's arguments, as
   written, say that the size is a positive multiple of T's size: only then
   does the block have T's pointer map.  EXACT may be NULL.  */
tree parse_alloc_type (location_t loc, bool *exact);

/* In analyze mode, the values that FNDECL returns in the source where the
   front end, which takes them for mistakes, has it return null; NULL if there
   are none.  Each is a conversion whose place is that of the return.  */
const vec<tree> *parse_damaged_returns (tree fndecl);

/* Note the types of the arguments of CALL, a CALL_EXPR (escape-varargs.cc).  */
void varargs_note_call (tree call);

/* -- capture.  */

/* Register the stage's callback under the plugin's name.  */
void capture_init (const char *plugin_name);

/* Whether nested functions use the variables of FNDECL by references, which
   never change while they are in use.  */
bool capture_by_reference_p (tree fndecl);

/* Whether a function nested in FNDECL, at whatever level, is used other than
   by calling it.  */
bool capture_closures_p (tree fndecl);

/* Let the debugger find outer functions' variables in FN, a nested function
   that GCC has by now made a function of its own.  */
void capture_finish_function (function *fn);

/* -- scope.  */

/* The pass that plants scope markers.  */
opt_pass *make_pass_cairn_scope (gcc::context *ctxt);

/* Whether STMT is a scope marker, `x = {CLOBBER}': x's storage begins here.
   Its left hand side is x.  A marker is an ordinary store to x and does not
   take x's address.  */
bool scope_marker_p (const gimple *stmt);

/* -- heap-move.  */

/* Whether DECL is a local or a parameter of the current function that lives
   in memory and that heap_move_function can move.  */
bool heap_move_candidate_p (tree decl);

/* Give each of DECLS, candidates all, a heap cell in the current function,
   which is in SSA form: a fresh one at every scope marker of it, at function
   entry if there is a path to a use that passes no marker.  Make each of
   ALLOCAS, calls of alloca and its relatives (VLAs have such calls too), a
   heap cell.  Remove the end-of-life and begin-of-life clobbers of all other
   locals: in what is left in the frame, an address may outlive its scope.
   To be called for every function, even with nothing to move, except that in
   analyze mode scope_remove_markers is all there is to do.  Afterwards the
   SSA form, the operands and the call graph's edges are up to date.  */
void heap_move_function (const vec<tree> &decls, const vec<gimple *> &allocas);

/* The type whose map the cell gets that CALL, of alloca and its relatives, becomes;
   NULL_TREE if it has none.  */
tree heap_move_alloca_type (gcall *call);

/* Remove what the scope stage planted in the current function, and nothing
   else.  */
void scope_remove_markers (void);

/* -- heap-place.  */

/* The pass that moves allocations of cells to where they are needed.  */
opt_pass *make_pass_cairn_place (gcc::context *ctxt);

/* -- type-map.  */

/* The address of the read-only `struct cairn_type' that describes TYPE,
   as an invariant; null_pointer_node if the runtime is to scan every word.
   An array's map is its element's, which the runtime repeats.  */
tree type_map_address (tree type);

/* What type_map_address says of TYPE, in words: "struct node, 2 of 3 words may be
   pointers".  TYPE may be NULL_TREE: nothing is known.  */
std::string type_map_text (tree type);

/* Whether a word of an object of type TYPE may hold a pointer.  */
bool type_map_pointers_p (tree type);

/* -- demote.  */

/* Put the objects of ALLOCATIONS, calls of malloc and the like in the current
   function, in its frame, and remove the calls FREES, which free them.  Adds
   the variables that hold them to BLOCKS.  */
void demote_rewrite (const vec<gimple *> &allocations,
                     const vec<gimple *> &frees, vec<tree> *blocks);

/* -- alloc-calls.  */

/* Make the calls of malloc and its relatives in FN, the current function,
   calls of the collector's entry points, with the type of the block where it
   is known for sure.  A function whose address is taken stays the C
   library's.  */
void alloc_calls_redirect (function *fn);

/* The type whose map the object of CALL, of one of them, gets; NULL_TREE if it has
   none.  */
tree alloc_call_type (const gimple *call);

/* -- closure.  */

/* Whether DECL is the object in which GCC puts the variables that nested
   functions use; whether its type's field F is one of these variables.  */
bool closure_frame_p (tree decl);
bool closure_variable_field_p (tree f);

/* DECL, a local of the current function, escapes but stays on the stack: if
   it is a frame that closures need, warn.  */
void closure_warn_stays (tree decl);

/* Note what the other functions here have to know of FN.  To be called for all
   functions of a file before them.  */
void closure_survey (function *fn);

/* The address of the nested function that P, an operand, is a closure of;
   NULL_TREE if that is not known, or P is no closure.  */
tree closure_function (tree p);

/* Whether P, an operand, is such an address where a plain one will do, because
   the function makes no use of its frame.  After all surveys.  */
bool closure_plain_p (tree p);

/* Whether closures get copies of FRAME, a reference to such an object.  */
bool closure_frame_copied_p (tree frame);

/* Replace the trampolines of nested functions in FN, the current function,
   by the runtime's closures, which need no executable stack and may outlive
   the frame.  */
void closure_rewrite (function *fn);

/* -- escape.  */

/* The pass that analyzes, reports and then drives the rewriting stages.  */
opt_pass *make_pass_cairn_escape (gcc::context *ctxt);

#endif /* CAIRN_STAGES_H */
