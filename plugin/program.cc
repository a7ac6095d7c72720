/* program.cc: the file as a part of its program.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The section .cairn.program is text: the lines of escape/body.h and

     cairn-program 1         first
     A TYPE SYMBOL           the function's address is taken
     T TYPE                  pointers to functions of this type come from
                             elsewhere, or are made of other things
     X COMMAND               for the shell: what made the object
     M STRUCTURE STRUCTURE   the two are one (function-type.h)

   It has the flag "exclude", so that the linker drops it.

   Objects that rely on tags say so to the linker, too.  One that uses the tags
   of function f refers to the symbol cairn.tags.f.HASH, where HASH is of the
   tags' text; the object that defines f defines that symbol if what it has of
   f's tags is the same text and f does no more than that.  An object that was
   compiled otherwise lacks it, and the linker says whose tags are wrong.  */

#include "program.h"
#include "function-type.h"
#include "options.h"
#include "escape/body.h"

#include <map>
#include <set>
#include <string>

static std::string *body_text;

/* Lines of prog.tags: by symbol or type, the text and what it means.  */
struct program_line
{
  std::string text;
  esc_tags *tags;
};
static std::map<std::string, program_line> *program;

/* The tags in use, and those kept.  */
static std::set<std::string> *used;
static std::set<std::string> *kept;

/* The FNV-1a hash of TEXT, in hexadecimal.  */
static std::string
text_hash (const char *text)
{
  uint32_t hash = 0x811c9dc5;
  char hex[16];

  for (; *text; text++)
    hash = (hash ^ (unsigned char) *text) * 0x01000193;
  snprintf (hex, sizeof hex, "%08x", hash);
  return hex;
}

/* What tells this file's static functions from those of others.  */
static const char *
file_mark (void)
{
  static char mark[16];

  if (!*mark)
    {
      char *path = lrealpath (main_input_filename);
      snprintf (mark, sizeof mark, "@%s", text_hash (path).c_str ());
      free (path);
    }
  return mark;
}

const char *
program_symbol (cgraph_node *node)
{
  tree name = DECL_ASSEMBLER_NAME (node->decl);
  const char *text = IDENTIFIER_POINTER (name);

  if (*text == '*')
    text++;
  if (TREE_PUBLIC (node->decl))
    return text;
  return IDENTIFIER_POINTER (
    get_identifier (ACONCAT ((text, file_mark (), NULL))));
}

/* Read the lines of cairn_options.tags.  */
static void
read_program (void)
{
  FILE *f = fopen (cairn_options.tags, "r");
  char *line = NULL;
  size_t room = 0;
  ssize_t len;
  unsigned number = 0;

  program = new std::map<std::string, program_line>;
  if (!f)
    {
      error ("cairn: cannot read %qs: %m", cairn_options.tags);
      return;
    }
  while ((len = getline (&line, &room, f)) > 0)
    {
      number++;
      if (line[len - 1] == '\n')
        line[len - 1] = '\0';
      if (number == 1 && strcmp (line, "cairn-tags 1") == 0)
        continue;
      char *blank = strchr (line, ' ');
      esc_tags *tags = number > 1 && blank ? esc_tags_parse (blank + 1) : NULL;
      if (!tags)
        {
          error ("cairn: %s:%u: this is no line that %<cairn-tags%> writes",
                 cairn_options.tags, number);
          break;
        }
      *blank = '\0';
      program_line &l = (*program)[line];
      if (l.tags)
        esc_tags_free (l.tags);
      l.text = blank + 1;
      l.tags = tags;
    }
  free (line);
  fclose (f);
}

/* Note, for all pointers to functions of TYPE in the program, that they can
   come from elsewhere.  */
static void
note_foreign (tree type, std::set<std::string> *types)
{
  types->insert ("T " + function_type_text (type) + "\n");
}

/* Whether REF is a place of which other code than the program's knows: a field
   of a structure of the system's.  */
static bool
system_place_p (tree ref)
{
  for (; handled_component_p (ref); ref = TREE_OPERAND (ref, 0))
    {
      if (TREE_CODE (ref) == VIEW_CONVERT_EXPR
          || TREE_CODE (TREE_TYPE (TREE_OPERAND (ref, 0))) == UNION_TYPE)
        return true;
      if (TREE_CODE (ref) == COMPONENT_REF
          && DECL_IN_SYSTEM_HEADER (TREE_OPERAND (ref, 1)))
        return true;
    }
  return DECL_P (ref) && DECL_IN_SYSTEM_HEADER (ref);
}

/* A value of type TO is made of VALUE.  */
static void
note_conversion (tree to, tree value, std::set<std::string> *types)
{
  if (!to || !value || !function_pointer_p (to)
      || TREE_CODE (value) == INTEGER_CST)
    return;
  STRIP_NOPS (value);
  tree from = TREE_TYPE (value);
  if (TREE_CODE (value) == ADDR_EXPR
      && TREE_CODE (TREE_OPERAND (value, 0)) == FUNCTION_DECL)
    from = build_pointer_type (TREE_TYPE (TREE_OPERAND (value, 0)));
  if (!function_pointer_p (from)
      || !function_type_same_p (TREE_TYPE (from), TREE_TYPE (to))
      || (TREE_CODE (value) != SSA_NAME && system_place_p (value)))
    note_foreign (TREE_TYPE (to), types);
}

/* walk_tree: an initializer.  */
static tree
note_initializer (tree *tp, int *walk_subtrees, void *data)
{
  if (TYPE_P (*tp) || DECL_P (*tp))
    *walk_subtrees = 0;
  if (TREE_CODE (*tp) != CONSTRUCTOR)
    return NULL_TREE;
  unsigned i;
  tree field, value;
  FOR_EACH_CONSTRUCTOR_ELT (CONSTRUCTOR_ELTS (*tp), i, field, value)
    note_conversion (field && TREE_CODE (field) == FIELD_DECL
                       ? TREE_TYPE (field) : TREE_TYPE (TREE_TYPE (*tp)),
                     value, (std::set<std::string> *) data);
  return NULL_TREE;
}

static void
note_call_pointers (gcall *call, std::set<std::string> *types)
{
  tree lhs = gimple_call_lhs (call);
  tree fndecl = gimple_call_fndecl (call);
  tree fntype = gimple_call_fntype (call);
  unsigned i = 0;

  if (lhs && function_pointer_p (TREE_TYPE (lhs))
      && (!fndecl || DECL_IN_SYSTEM_HEADER (fndecl)
          || fndecl_built_in_p (fndecl)))
    note_foreign (TREE_TYPE (TREE_TYPE (lhs)), types);
  if (fntype && prototype_p (fntype))
    for (tree a = TYPE_ARG_TYPES (fntype);
         a && a != void_list_node && i < gimple_call_num_args (call);
         a = TREE_CHAIN (a), i++)
      note_conversion (TREE_VALUE (a), gimple_call_arg (call, i), types);
}

static void
note_statement_pointers (gimple *stmt, tree result,
                         std::set<std::string> *types)
{
  if (gcall *call = dyn_cast<gcall *> (stmt))
    note_call_pointers (call, types);
  else if (is_gimple_assign (stmt) && !gimple_clobber_p (stmt))
    for (unsigned i = 1; i < gimple_num_ops (stmt); i++)
      {
        tree op = gimple_op (stmt, i);
        if (op && (gimple_assign_rhs_code (stmt) != COND_EXPR || i > 1))
          note_conversion (TREE_TYPE (gimple_assign_lhs (stmt)), op, types);
      }
  else if (greturn *ret = dyn_cast<greturn *> (stmt))
    note_conversion (result, gimple_return_retval (ret), types);
  else if (gphi *phi = dyn_cast<gphi *> (stmt))
    for (unsigned i = 0; i < gimple_phi_num_args (phi); i++)
      note_conversion (TREE_TYPE (gimple_phi_result (phi)),
                       gimple_phi_arg_def (phi, i), types);
  else if (gasm *a = dyn_cast<gasm *> (stmt))
    for (unsigned i = 0; i < gimple_asm_noutputs (a); i++)
      {
        tree type = TREE_TYPE (TREE_VALUE (gimple_asm_output_op (a, i)));
        if (function_pointer_p (type))
          note_foreign (TREE_TYPE (type), types);
      }
}

/* Write the lines on pointers to functions.  */
static void
note_pointers (void)
{
  cgraph_node *node;
  varpool_node *var;
  basic_block bb;
  std::set<std::string> types;

  FOR_EACH_FUNCTION (node)
    if (node->address_taken && !node->alias)
      *body_text += "A " + function_type_text (TREE_TYPE (node->decl))
                    + " " + program_symbol (node) + "\n";
  FOR_EACH_VARIABLE (var)
    if (DECL_INITIAL (var->decl) && DECL_INITIAL (var->decl) != error_mark_node)
      walk_tree_without_duplicates (&DECL_INITIAL (var->decl),
                                    note_initializer, &types);
  FOR_EACH_FUNCTION_WITH_GIMPLE_BODY (node)
    FOR_EACH_BB_FN (bb, DECL_STRUCT_FUNCTION (node->decl))
      {
        tree result = TREE_TYPE (TREE_TYPE (node->decl));
        for (gphi_iterator i = gsi_start_phis (bb); !gsi_end_p (i);
             gsi_next (&i))
          note_statement_pointers (i.phi (), result, &types);
        for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
             gsi_next (&i))
          note_statement_pointers (gsi_stmt (i), result, &types);
      }
  for (const std::string &line : types)
    *body_text += line;
  *body_text += function_type_merges ();
}

void
program_init (void)
{
  used = new std::set<std::string>;
  kept = new std::set<std::string>;
  body_text = new std::string ("cairn-program 1\n");
  /* cairn-cc --two-pass wants to be told by the object how it was made.  */
  const char *command = getenv ("CAIRN_COMMAND");
  if (command && !strchr (command, '\n'))
    *body_text += std::string ("X ") + command + "\n";
  note_pointers ();
  if (cairn_options.tags)
    read_program ();
}

/* The symbol that stands for "SYMBOL has tags TEXT".  */
static std::string
promise (const std::string &symbol, const std::string &text)
{
  return "cairn.tags." + symbol + "." + text_hash (text.c_str ());
}

const esc_tags *
program_tags (const char *target)
{
  if (!program)
    return NULL;
  auto it = program->find (target);
  if (it == program->end ())
    return NULL;
  if (*target != '?')
    used->insert (promise (target, it->second.text));
  return it->second.tags;
}

void
program_note_body (esc_graph *g, int function, cgraph_node *node, int nparams)
{
  char *text = NULL;
  size_t len = 0;
  FILE *f = open_memstream (&text, &len);

  if (!f)
    fatal_error (UNKNOWN_LOCATION, "cairn: out of memory");
  esc_body_print (f, g, function, program_symbol (node), nparams);
  fclose (f);
  body_text->append (text, len);
  free (text);
}

/* NODE, which has TAGS, may be called by pointers, of all files: those rely on
   what the program's tags say of its type.  */
static void
note_type_tags (cgraph_node *node, const esc_tags *tags)
{
  if (!node->address_taken)
    return;
  auto it = program->find ("?" + function_type_text (TREE_TYPE (node->decl)));
  if (it != program->end () && !esc_tags_cover (it->second.tags, tags))
    error_at (DECL_SOURCE_LOCATION (node->decl),
              "%qD does more than %qs says of functions of its type: run "
              "%<cairn-tags%> anew", node->decl, cairn_options.tags);
}

void
program_note_tags (cgraph_node *node, const esc_tags *tags)
{
  if (!program)
    return;
  note_type_tags (node, tags);
  if (!TREE_PUBLIC (node->decl))
    return;
  const char *symbol = program_symbol (node);
  auto it = program->find (symbol);
  if (it == program->end ())
    return;
  if (esc_tags_cover (it->second.tags, tags))
    kept->insert (promise (symbol, it->second.text));
  else
    inform (DECL_SOURCE_LOCATION (node->decl),
            "%qD does more than %qs says: run %<cairn-tags%> anew",
            node->decl, cairn_options.tags);
}

/* Write TEXT, which ends in a newline, as strings of the assembler.  */
static void
write_text (const std::string &text)
{
  bool open = false;

  for (char c : text)
    {
      if (!open)
        fputs ("\t.ascii\t\"", asm_out_file);
      open = c != '\n';
      if (c == '\n')
        fputs ("\\n\"\n", asm_out_file);
      else if (c == '"' || c == '\\')
        fprintf (asm_out_file, "\\%c", c);
      else
        fputc (c, asm_out_file);
    }
}

/* PLUGIN_FINISH_UNIT.  */
static void
write_section (void *, void *)
{
  if (!asm_out_file || !body_text || seen_error () || flag_syntax_only)
    return;
  fprintf (asm_out_file, "\t.section\t.cairn.program,\"e\",@progbits\n");
  write_text (*body_text);
  if (!used->empty () || !kept->empty ())
    fprintf (asm_out_file, "\t.section\t.cairn.tags,\"aR\",@progbits\n");
  for (const std::string &s : *kept)
    fprintf (asm_out_file, "\t.globl\t\"%s\"\n\"%s\":\n\t.byte\t0\n",
             s.c_str (), s.c_str ());
  for (const std::string &s : *used)
    if (!kept->count (s))
      fprintf (asm_out_file, "\t.hidden\t\"%s\"\n\t.long\t\"%s\" - .\n",
               s.c_str (), s.c_str ());
}

void
program_register (const char *plugin_name)
{
  register_callback (plugin_name, PLUGIN_FINISH_UNIT, write_section, NULL);
}
