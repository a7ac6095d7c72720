/* stack-thunk.cc: by which symbols functions are called.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A file that calls foo has thunks for it, hidden and the same in all files, of
   which the linker keeps one:

     foo$any      r10 = foo; to it if it is the plugin's, which its mark tells;
                  otherwise to the runtime's cairn_rt_call, which looks again
     foo$system   r10 = foo; to cairn_rt_call_system, which does not look
     foo$place    to foo
     bar$cairn    to bar, the runtime's own code

   They take addresses from the global offset table: a lazy binding would need
   more stack than there is.  A file that defines foo, such that no other
   definition can take its place, defines foo$any as foo: the linker prefers
   that to the thunk.  It has neither type nor size, so that debuggers call the
   place foo.  */

#include "stack.h"

/* A thunk that this file needs.  */
struct thunk
{
  const char *target;  /* What it leads to.  */
  const char *through; /* The runtime's code, NULL: the target itself.  */
};

static hash_map<nofree_string_hash, thunk> *thunks;
static vec<const char *> thunk_order;

/* Names that this file gives to functions of its own.  */
static vec<const char *> defined;

/* A symbol for calls, of which the assembler knows that it is here.  */
static rtx
make_symbol (const char *name)
{
  rtx symbol = gen_rtx_SYMBOL_REF (Pmode, ggc_strdup (concat ("*", name,
                                                              NULL)));
  SYMBOL_REF_FLAGS (symbol) = SYMBOL_FLAG_FUNCTION | SYMBOL_FLAG_LOCAL;
  return symbol;
}

/* The symbol NAME of a thunk to TARGET through THROUGH.  NAME is freshly
   allocated.  */
static rtx
note_thunk (char *name, const char *target, const char *through)
{
  if (!thunks)
    thunks = new hash_map<nofree_string_hash, thunk>;
  if (!thunks->get (name))
    {
      thunks->put (name, { xstrdup (target), through });
      thunk_order.safe_push (name);
    }
  return make_symbol (name);
}

rtx
stack_thunk_symbol (const char *name, enum stack_call kind, bool args)
{
  const char *suffix = args ? "$args" : "";
  switch (kind)
    {
    case CALL_ANY:
      return note_thunk (concat (name, "$any", suffix, NULL), name,
                         args ? "cairn_rt_call_args" : "cairn_rt_call");
    case CALL_SYSTEM:
      return note_thunk (concat (name, "$system", suffix, NULL), name,
                         args ? "cairn_rt_call_system_args"
                              : "cairn_rt_call_system");
    case CALL_IN_PLACE:
      return note_thunk (concat (name, "$place", NULL), name, NULL);
    case CALL_DIRECT:
      break;
    }
  gcc_unreachable ();
}

rtx
stack_runtime_symbol (const char *name)
{
  return note_thunk (concat (name, "$cairn", NULL), name, NULL);
}

enum stack_call
stack_insn_kind (const rtx_insn *insn)
{
  rtx call = get_call_rtx_from (insn);
  /* vzeroupper has the form of a call.  */
  if (!call)
    return CALL_IN_PLACE;
  rtx address = XEXP (XEXP (call, 0), 0);
  if (GET_CODE (address) != SYMBOL_REF)
    return CALL_ANY;
  const char *name = XSTR (address, 0);
  if (strstr (name, "$system") || strstr (name, "cairn_rt_call_system"))
    return CALL_SYSTEM;
  if (strstr (name, "$place") || strstr (name, "__tls_get_addr"))
    return CALL_IN_PLACE;
  return strstr (name, "$any") ? CALL_ANY : CALL_DIRECT;
}

void
stack_thunk_define (tree fndecl)
{
  if (!TREE_PUBLIC (fndecl) || DECL_WEAK (fndecl) || DECL_COMDAT (fndecl)
      || DECL_ONE_ONLY (fndecl) || !targetm.binds_local_p (fndecl))
    return;
  const char *name = IDENTIFIER_POINTER (DECL_ASSEMBLER_NAME (fndecl));
  defined.safe_push (xstrdup (name + (*name == '*')));
}

/* Go to the function at r10 if it begins with the mark; the runtime knows of
   endbr64, too.  A function that is shorter than what is compared ends in 4 bytes
   that differ.  */
static void
write_mark_test (FILE *f)
{
  fprintf (f,
           "\tcmpl\t$%d, (%%r10)\n\tjne\t1f\n"
           "\tcmpl\t$%d, 3(%%r10)\n\tjne\t1f\n\tjmp\t*%%r10\n1:",
           (int) (ABI_MARK_OPCODE
                  + ((unsigned) (ABI_MARK_DISPLACEMENT & 0xff) << 24)),
           (int) ABI_MARK_DISPLACEMENT);
}

/* Whether NAME is the runtime's code that looks for the mark.  */
static bool
looks_for_mark_p (const char *name)
{
  return strcmp (name, "cairn_rt_call") == 0
         || strcmp (name, "cairn_rt_call_args") == 0;
}

static void
write_thunk (const char *name, const thunk *t)
{
  FILE *f = asm_out_file;
  fprintf (f,
           "\t.section\t\".text.%s\",\"axG\",@progbits,\"%s\",comdat\n"
           "\t.p2align 4\n\t.weak\t\"%s\"\n\t.hidden\t\"%s\"\n"
           "\t.type\t\"%s\", @function\n\"%s\":\n\t.cfi_startproc\n",
           name, name, name, name, name, name);
  const char *jump = t->target;
  if (t->through)
    {
      fprintf (f, "\tmovq\t\"%s\"@GOTPCREL(%%rip), %%r10\n", t->target);
      jump = t->through;
    }
  if (looks_for_mark_p (jump))
    write_mark_test (f);
  fprintf (f,
           "\tjmp\t*\"%s\"@GOTPCREL(%%rip)\n"
           "\t.cfi_endproc\n\t.size\t\"%s\", .-\"%s\"\n",
           jump, name, name);
}

void
stack_thunks_finish (void *, void *)
{
  if (!asm_out_file || seen_error () || flag_syntax_only)
    return;
  hash_set<nofree_string_hash> own;
  for (const char *name : defined)
    {
      static const char *const suffixes[] = { "$any", "$any$args" };
      for (const char *suffix : suffixes)
        {
          fprintf (asm_out_file,
                   "\t.globl\t\"%s%s\"\n\t.hidden\t\"%s%s\"\n"
                   "\t.set\t\"%s%s\",\"%s\"\n"
                   "\t.type\t\"%s%s\", @notype\n"
                   "\t.size\t\"%s%s\", 0\n",
                   name, suffix, name, suffix, name, suffix, name, name,
                   suffix, name, suffix);
          own.add (concat (name, suffix, NULL));
        }
    }
  for (const char *name : thunk_order)
    if (!own.contains (name))
      write_thunk (name, thunks->get (name));
}
