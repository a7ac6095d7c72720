/* program.cc: the file as a part of its program.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The section .cairn.program is text: the lines of escape/body.h and

     cairn-program 2         first
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
#include "indirect.h"
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

/* indirect_each_type: write the lines on one type.  */
static void
describe_type (const std::string &type, const vec<tree> &functions,
               bool foreign)
{
  for (tree fndecl : functions)
    *body_text += "A " + type + " " + program_symbol (cgraph_node::get (fndecl))
                  + "\n";
  if (foreign)
    *body_text += "T " + type + "\n";
}

void
program_init (void)
{
  used = new std::set<std::string>;
  kept = new std::set<std::string>;
  body_text = new std::string ("cairn-program 2\n");
  /* cairn-cc --two-pass wants to be told by the object how it was made.  */
  const char *command = getenv ("CAIRN_COMMAND");
  if (command && !strchr (command, '\n'))
    *body_text += std::string ("X ") + command + "\n";
  indirect_each_type (describe_type);
  *body_text += function_type_merges ();
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
    fprintf (asm_out_file, "\t.weak\t\"%s\"\n\"%s\":\n\t.byte\t0\n",
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
