/* plugin.cc: Cairn's plugin as GCC sees it.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Checks that GCC and the language fit, reads the arguments, sets the GCC
   options that Cairn's memory model implies, and registers the stages, each
   with the reason for its place.  */

#include "attributes.h"
#include "gcc-compat.h"
#include "gate.h"
#include "layout.h"
#include "options.h"
#include "private-type.h"
#include "program.h"
#include "stack.h"
#include "stages.h"

/* GCC loads only plugins that say this.  */
int plugin_is_GPL_compatible;

static struct plugin_info cairn_info = { "0.1", NULL };

/* Whether the GCC that runs is the one that the plugin was built for.  The
   internals that the plugin uses change without notice; an error says so.  */
static bool
version_fits_p (const struct plugin_gcc_version *running)
{
  if (strcmp (running->basever, gcc_version.basever) == 0
      && strcmp (running->devphase, gcc_version.devphase) == 0
      && strcmp (running->datestamp, gcc_version.datestamp) == 0)
    return true;
  error ("the cairn plugin was built for GCC %s %s%s, this is GCC %s %s%s",
         gcc_version.basever, gcc_version.datestamp, gcc_version.devphase,
         running->basever, running->datestamp, running->devphase);
  return false;
}

/* Whether the running front end compiles C.  */
static bool
language_c_p (void)
{
  const char *name = lang_hooks.name;
  return startswith (name, "GNU C") && ISDIGIT (name[strlen ("GNU C")]);
}

/* Make GCC silent about locals whose address outlives them: that is what
   Cairn makes legal.  PLUGIN_START_PARSE_FUNCTION, too, because a pragma may
   have switched the warnings on again.  */
static void
silence_dangling_warnings (void *, void *)
{
  warn_return_local_addr = 0;
  warn_dangling_pointer = 0;
}

/* Set the GCC options that the memory model implies.  They count as set by
   the user, so that later defaults leave them alone.  */
static void
set_gcc_options (void)
{
  silence_dangling_warnings (NULL, NULL);
  global_options_set.x_warn_return_local_addr = 1;
  global_options_set.x_warn_dangling_pointer = 1;

  /* An address may outlive its scope inside the frame: no two locals share a
     place.  */
  flag_stack_reuse = SR_NONE;
  global_options_set.x_flag_stack_reuse = SR_NONE;

  /* A frame pointer is an address of the frame.  */
  if (!cairn_options.stack_system)
    {
      flag_omit_frame_pointer = 1;
      global_options_set.x_flag_omit_frame_pointer = 1;
    }
}

/* Argument l: no inlining but of what must be.  */
static void
disable_inlining (void)
{
  flag_no_inline = 1;
  flag_inline_functions = 0;
  flag_inline_small_functions = 0;
  flag_inline_functions_called_once = 0;
  flag_partial_inlining = 0;
  global_options_set.x_flag_no_inline = 1;
  global_options_set.x_flag_inline_functions = 1;
  global_options_set.x_flag_inline_small_functions = 1;
  global_options_set.x_flag_inline_functions_called_once = 1;
  global_options_set.x_flag_partial_inlining = 1;
}

/* Register PASS at POSITION of the first instance of REFERENCE.  */
static void
register_stage (const char *plugin_name, opt_pass *pass, const char *reference,
                enum pass_positioning_ops position)
{
  struct register_pass_info info;
  info.pass = pass;
  info.reference_pass_name = reference;
  info.ref_pass_instance_number = 1;
  info.pos_op = position;
  register_callback (plugin_name, PLUGIN_PASS_MANAGER_SETUP, NULL, &info);
}

/* Register the stages that make frames movable.  */
static void
register_stack_stages (const char *plugin_name)
{
  /* Nothing takes the address of a local any more after the last pass over
     GIMPLE.  */
  register_stage (plugin_name, make_pass_cairn_relocate (g), "optimized",
                  PASS_POS_INSERT_AFTER);

  /* What the code generator calls by itself is there, and the registers for
     arguments are only just being set.  */
  register_stage (plugin_name, make_pass_cairn_foreign (g), "expand",
                  PASS_POS_INSERT_AFTER);

  /* Nothing moves between registers and memory any more.  */
  register_stage (plugin_name, make_pass_cairn_verify (g), "vartrack",
                  PASS_POS_INSERT_BEFORE);

  /* endbr64 is there; the unwind information is not.  */
  register_stage (plugin_name, make_pass_cairn_check (g), "shorten",
                  PASS_POS_INSERT_BEFORE);

  register_callback (plugin_name, PLUGIN_FINISH_DECL,
                     stack_declaration_finished, NULL);
  register_callback (plugin_name, PLUGIN_FINISH_UNIT, stack_thunks_finish,
                     NULL);
}

/* Argument dump: switch on the dump file of a pass.  GCC itself reads -fdump
   switches before it knows the plugin's passes.  */
static void
enable_dump (int which)
{
  static const char *const switches[]
    = { NULL, "tree-cairn_scope", "ipa-cairn_escape", "tree-cairn_place",
        "tree-cairn_relocate", "rtl-cairn_foreign", "rtl-cairn_verify",
        "rtl-cairn_check" };
  if (switches[which])
    g->get_dumps ()->dump_switch_p (switches[which]);
}

/* PLUGIN_START_UNIT, when the target is known: there is a runtime for 64-bit
   x86 only.  */
static void
check_target (void *, void *)
{
  if (POINTER_SIZE != 64)
    error ("cairn compiles for x86-64 only, not with %<-m32%> or %<-mx32%>");
  else
    stack_init ();
}

/* GCC's entry to the plugin.  A mistake is reported by error, which stops the
   compilation by itself; the result is always 0.  */
int
plugin_init (struct plugin_name_args *args, struct plugin_gcc_version *version)
{
  const char *plugin_name = args->base_name;
  if (!version_fits_p (version))
    return 0;

  cairn_info.help = options_help ();
  register_callback (plugin_name, PLUGIN_INFO, NULL, &cairn_info);
  if (!options_parse (args))
    return 0;

  /* At link time, the analysis has been done when the objects were made; code
     is made only now.  */
  if (strcmp (lang_hooks.name, "GNU GIMPLE") == 0)
    {
      if (!cairn_options.analyze && !cairn_options.stack_system)
        {
          plugin_keep_init (plugin_name);
          register_callback (plugin_name, PLUGIN_START_UNIT, check_target,
                             NULL);
          register_stack_stages (plugin_name);
        }
      return 0;
    }
  if (!language_c_p ())
    {
      inform (UNKNOWN_LOCATION,
              "cairn compiles C only; this %s file is left alone",
              lang_hooks.name);
      return 0;
    }

  attributes_init (plugin_name);
  plugin_keep_init (plugin_name);
  if (cairn_options.l)
    disable_inlining ();
  if (!cairn_options.analyze)
    {
      program_register (plugin_name);
      set_gcc_options ();
      register_callback (plugin_name, PLUGIN_START_PARSE_FUNCTION,
                         silence_dangling_warnings, NULL);
      register_callback (plugin_name, PLUGIN_START_UNIT, check_target, NULL);
    }

  /* Only the front end's trees show conversions of void pointers and whole
     loops.  */
  parse_init (plugin_name);
  gate_noheap_init (plugin_name);
  layout_init (plugin_name);
  private_type_init (plugin_name);

  /* Nested functions become functions of their own right after the outermost
     one has been turned into GIMPLE.  */
  capture_init (plugin_name);

  /* The first lowering pass still has all blocks, and nested functions are
     functions of their own by now.  */
  register_stage (plugin_name, make_pass_cairn_scope (g),
                  "*warn_unused_result", PASS_POS_INSERT_BEFORE);

  /* All functions are in SSA form and none is optimized.  The passes that
     follow (dse1, ccp1, local-pure-const1, isolate-paths) take for granted
     that a local dies with its frame.  */
  register_stage (plugin_name, make_pass_cairn_escape (g), "build_ssa_passes",
                  PASS_POS_INSERT_AFTER);

  /* Functions have been inlined, and what is known of memory has been made use
     of; scalar replacement is still to come.  */
  register_stage (plugin_name, make_pass_cairn_place (g), "stdarg",
                  PASS_POS_INSERT_BEFORE);

  if (!cairn_options.analyze && !cairn_options.stack_system)
    register_stack_stages (plugin_name);

  enable_dump (cairn_options.dump);
  return 0;
}
