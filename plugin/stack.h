/* stack.h: what the stages that make frames movable share.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   With stack=contiguous, a function passes four more stages:

     relocate    GIMPLE, all optimized: what has an address goes to the
                 address stack
     foreign     RTL, just made: calls of code that may not be the plugin's go
                 through thunks (stack-thunk.cc)
     verify      RTL, final but for its notes: proves that no address of the
                 frame is in use while the stack may move, or pins the function
     check       RTL without its control flow graph: the entry's stack check

   Vocabulary
     growable stack  A stack of the runtime's, which moves when it grows.
     system stack    The thread's own.  Nothing on it moves.
     moving call     One that may reach a stack check: the growable stack may
                     move meanwhile.
     pinned          Of a function: its frame holds addresses of itself, so
                     it runs on the system stack.  It sees to that itself at its
                     entry; nobody who calls it need know.
     in place        Of a call of the C library: on the growable stack, for what
                     needs next to no stack.  */

#ifndef CAIRN_STACK_STAGES_H
#define CAIRN_STACK_STAGES_H

#include "gcc-compat.h"

/* What runtime/stack-abi.def says.  */
enum stack_abi
{
#define CAIRN_STACK_ABI(name, value) ABI_##name = value,
#include "stack-abi.def"
#undef CAIRN_STACK_ABI
};

/* How a function is called.  */
enum stack_call
{
  CALL_DIRECT,  /* It is this file's, and checks its stack itself.  */
  CALL_ANY,     /* Whose it is is known at run time.  */
  CALL_SYSTEM,  /* On the system stack, whoever made it.  */
  CALL_IN_PLACE /* As it is.  */
};

/* Whether the stages run for this file: stack=contiguous, and nothing in the
   command line contradicts.  */
bool stack_growable_p (void);

/* Find out, once, and say what contradicts.  */
void stack_init (void);

/* Whether FN's body is made by these stages.  */
bool stack_function_p (function *fn);

/* How FNDECL, or what a pointer leads to if it is NULL_TREE, is called.  */
enum stack_call stack_call_kind (tree fndecl);

/* The same by the name of a function that has no declaration, one that the
   code generator calls by itself.  */
enum stack_call stack_libcall_kind (const char *name);

/* The name under which the runtime, not the C library, is to be called for
   NAME; NULL if there is none.  */
const char *stack_replacement (const char *name);

/* Whether the growable stack may move during a call of KIND.  */
static inline bool
stack_moving_p (enum stack_call kind)
{
  return kind == CALL_DIRECT || kind == CALL_ANY;
}

/* PLUGIN_FINISH_DECL: some declarations are not true where stacks change their
   threads, or do not say enough.  */
void stack_declaration_finished (void *decl, void *);

/* -- relocate.  */

opt_pass *make_pass_cairn_relocate (gcc::context *ctxt);

/* What relocate leaves to the later stages, for the current function.  */
struct stack_frame
{
  tree fndecl;
  const char *pin;    /* Why the function is pinned; NULL if it is not.  */
  tree args_nbytes;   /* The variable for the size of the stack arguments, to be
                         set at entry; NULL_TREE if nobody needs it.  */
  auto_vec<tree> va_lists; /* Lists that may hold addresses of the frame.  */
};

/* That of the current function; fresh if there was none.  */
struct stack_frame *stack_frame_current (void);

/* -- foreign, verify, check.  */

opt_pass *make_pass_cairn_foreign (gcc::context *ctxt);
opt_pass *make_pass_cairn_verify (gcc::context *ctxt);
opt_pass *make_pass_cairn_check (gcc::context *ctxt);

/* If INSN, of a function that makes moving calls, uses where thread-local variables
   lie, have it do so for itself alone.  In thread-local.cc.  */
void stack_forget_thread (rtx_insn *insn);

/* How INSN, a call after the stage foreign, is made.  */
enum stack_call stack_insn_kind (const rtx_insn *insn);

/* What verify found out about the current function: how many bytes below the
   stack pointer at its entry it uses, its calls' return addresses included;
   whether it makes moving calls.  */
struct stack_need
{
  HOST_WIDE_INT nbytes;
  bool moving;
};
struct stack_need stack_verified_need (void);

/* Under m=2: say that the current function is pinned, because of WHY, at
   WHERE, which may be NULL.  */
void stack_report_pin (const char *why, rtx_insn *where);

/* -- Thunks.  */

/* The symbol by which a call of KIND of the function whose assembler name is
   NAME is made; with the size of stack arguments in a register if ARGS.  */
rtx stack_thunk_symbol (const char *name, enum stack_call kind, bool args);

/* The symbol of the runtime's code NAME, for calls from this file.  */
rtx stack_runtime_symbol (const char *name);

/* FNDECL, a function of this file, is about to be written out.  */
void stack_thunk_define (tree fndecl);

/* PLUGIN_FINISH_UNIT: write all thunks out.  */
void stack_thunks_finish (void *, void *);

#endif /* CAIRN_STACK_STAGES_H */
