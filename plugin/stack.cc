/* stack.cc: which functions move with their stack, and how others are called.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   .stack.kind  A stage that relies on a call not to be a moving one and the
                stage that makes the call ask the same function,
                stack_call_kind.  A function that is taken for the C library's
                may be the program's own: it then runs on the system stack,
                because the call says so, and nothing moves.  */

#include "escape/libc.h"
#include "options.h"
#include "stack.h"
#include "stages.h"

/* Functions of the C library that are called in place: string functions that
   use no stack to speak of, and those that return the address of a variable
   of the thread.  A function of such a name that this file defines is
   pinned.  */
static const char *const in_place_names[]
  = { "memcpy", "memmove", "memset", "memcmp", "bcmp", "memchr", "rawmemchr",
      "mempcpy", "strlen", "strnlen", "strcmp", "strncmp", "strchr",
      "strchrnul", "strrchr", "strcpy", "stpcpy", "__errno_location",
      "__ctype_b_loc", "__ctype_tolower_loc", "__ctype_toupper_loc",
      "tolower", "toupper", NULL };

/* Functions that the program calls by one name and that the runtime has by
   another: the buffer of setjmp is good for a stack that moves, and vfork's
   child must not return to a thunk that the parent still needs.  */
static const struct
{
  const char *name, *replacement;
} replacements[] = { { "setjmp", "cairn_rt_setjmp" },
                     { "_setjmp", "cairn_rt_setjmp" },
                     { "sigsetjmp", "cairn_rt_sigsetjmp" },
                     { "__sigsetjmp", "cairn_rt_sigsetjmp" },
                     { "vfork", "fork" } };

/* Functions of the runtime in which a goroutine may wait: they are called like the
   program's own.  */
static const char *const parking_names[] = {
#define CAIRN_PARKING(name) "cairn_" #name,
#define CAIRN_PARKING_TRIED(name) CAIRN_PARKING (name)
#include "parking.def"
#undef CAIRN_PARKING
#undef CAIRN_PARKING_TRIED
  NULL
};

static bool growable;

/* What in the command line cannot work with stacks that move; NULL if nothing
   does.  */
static const char *
stack_obstacle (void)
{
  if (flag_sanitize & (SANITIZE_ADDRESS | SANITIZE_THREAD | SANITIZE_HWADDRESS))
    return "-fsanitize=address and its like";
  if (flag_split_stack)
    return "-fsplit-stack";
  if (profile_flag)
    return "-pg";
  if (flag_tm)
    return "-fgnu-tm";
  if (ix86_cmodel == CM_LARGE || ix86_cmodel == CM_LARGE_PIC)
    return "-mcmodel=large";
  if (fixed_regs[R10_REG] || fixed_regs[R11_REG])
    return "-ffixed-r10 and -ffixed-r11";
  return NULL;
}

void
stack_init (void)
{
  growable = !cairn_options.stack_system;
  if (!growable)
    return;
  if (const char *obstacle = stack_obstacle ())
    {
      growable = false;
      inform (UNKNOWN_LOCATION,
              "cairn: stacks cannot grow with %s; this file is compiled with "
              "%<-fplugin-arg-cairn-stack=system%>",
              obstacle);
    }
}

bool
stack_growable_p (void)
{
  return growable;
}

/* Whether FNDECL's code is the user's own affair.  */
static bool
raw_p (tree fndecl)
{
  tree attributes = DECL_ATTRIBUTES (fndecl);
  tree type_attributes = TYPE_ATTRIBUTES (TREE_TYPE (fndecl));
  return lookup_attribute ("naked", attributes)
         || lookup_attribute ("no_split_stack", attributes)
         || lookup_attribute ("interrupt", type_attributes)
         || lookup_attribute ("no_caller_saved_registers", type_attributes)
         || lookup_attribute ("ms_abi", type_attributes);
}

bool
stack_function_p (function *fn)
{
  return growable && !raw_p (fn->decl);
}

/* The name of FNDECL for the assembler.  */
static const char *
assembler_name (tree fndecl)
{
  const char *name = IDENTIFIER_POINTER (DECL_ASSEMBLER_NAME (fndecl));
  return name + (*name == '*');
}

static bool
name_among_p (const char *name, const char *const *names)
{
  for (; *names; names++)
    if (strcmp (*names, name) == 0)
      return true;
  return false;
}

static bool
in_place_name_p (const char *name)
{
  return name_among_p (name, in_place_names)
         || (startswith (name, "cairn_rt_") && entry_point_in_place_p (name));
}

const char *
stack_replacement (const char *name)
{
  for (auto &row : replacements)
    if (strcmp (row.name, name) == 0)
      return row.replacement;
  return NULL;
}

enum stack_call
stack_libcall_kind (const char *name)
{
  return in_place_name_p (name) ? CALL_IN_PLACE : CALL_SYSTEM;
}

enum stack_call
stack_call_kind (tree fndecl)
{
  if (!fndecl || TREE_CODE (fndecl) != FUNCTION_DECL)
    return CALL_ANY;

  cgraph_node *node = cgraph_node::get (fndecl);
  if (node && node->definition && !DECL_EXTERNAL (fndecl) && !node->weakref)
    {
      cgraph_node *body = node->ultimate_alias_target ();
      if (body->ifunc_resolver || node->ifunc_resolver
          || !targetm.binds_local_p (fndecl))
        return CALL_ANY;
      return raw_p (body->decl) ? CALL_SYSTEM : CALL_DIRECT;
    }

  const char *name = assembler_name (fndecl);
  if (in_place_name_p (name))
    return CALL_IN_PLACE;
  /* These return twice, and so by no thunk.  */
  if (setjmp_call_p (fndecl) && strcmp (name, "vfork") != 0)
    return CALL_IN_PLACE;
  if (strcmp (name, "swapcontext") == 0)
    return CALL_IN_PLACE;
  if (startswith (name, "cairn_") && name_among_p (name, parking_names))
    return CALL_DIRECT;
  if (fndecl_built_in_p (fndecl) || DECL_IN_SYSTEM_HEADER (fndecl)
      || startswith (name, "cairn_") || esc_libc_lookup (name))
    return CALL_SYSTEM;
  return CALL_ANY;
}

/* Whether FNDECL, which takes nothing and is declared `const', may have another
   result when the goroutine has gone to another thread, contrary to that: as what
   says where errno is.  The tables of <ctype.h> are the same for all.  */
static bool
thread_dependent_p (tree fndecl)
{
  return TREE_READONLY (fndecl) && DECL_EXTERNAL (fndecl)
         && TYPE_ARG_TYPES (TREE_TYPE (fndecl)) == void_list_node
         && !startswith (IDENTIFIER_POINTER (DECL_NAME (fndecl)), "__ctype_");
}

void
stack_declaration_finished (void *data, void *)
{
  tree decl = (tree)data;
  if (!stack_growable_p () || TREE_CODE (decl) != FUNCTION_DECL)
    return;
  if (thread_dependent_p (decl))
    TREE_READONLY (decl) = 0;
  /* The dynamic linker has no room on a growable stack to look it up at the first
     call.  */
  if (name_among_p (IDENTIFIER_POINTER (DECL_NAME (decl)), parking_names)
      && !lookup_attribute ("noplt", DECL_ATTRIBUTES (decl)))
    DECL_ATTRIBUTES (decl) = tree_cons (get_identifier ("noplt"), NULL_TREE,
                                        DECL_ATTRIBUTES (decl));
}

static struct stack_frame *current_frame;

struct stack_frame *
stack_frame_current (void)
{
  if (!current_frame || current_frame->fndecl != current_function_decl)
    {
      delete current_frame;
      current_frame = new stack_frame;
      current_frame->fndecl = current_function_decl;
      current_frame->pin = NULL;
      current_frame->args_nbytes = NULL_TREE;
      /* The string functions of the program itself may be called in place.  */
      if (in_place_name_p (assembler_name (current_function_decl)))
        current_frame->pin = "it is called in place";
    }
  return current_frame;
}

void
stack_report_pin (const char *why, rtx_insn *where)
{
  if (cairn_options.m < 2)
    return;
  location_t loc = where && INSN_HAS_LOCATION (where)
                     ? INSN_LOCATION (where)
                     : DECL_SOURCE_LOCATION (current_function_decl);
  expanded_location place = expand_location (loc);
  fprintf (stderr, "%s:%d:%d: %s is pinned to the system stack: %s\n",
           place.file, place.line, place.column,
           IDENTIFIER_POINTER (DECL_NAME (current_function_decl)), why);
  if (where)
    {
      pretty_printer text;
      print_insn (&text, where, 1);
      fprintf (stderr, "%s:%d:%d:   by %s\n", place.file, place.line,
               place.column, pp_formatted_text (&text));
    }
}
