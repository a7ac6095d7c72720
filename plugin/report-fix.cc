/* report-fix.cc: changes of the source that keep something off the heap.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A tool may apply a fix without asking, so there are only those of which it
   is proved that the program does the same afterwards:

     fix_static   A constant that the programmer wrote as such, with a
                  constant initializer, becomes static: `const int t[] = ...'
                  is the same in each call.
     fix_narrow   The variable outside of a loop that keeps the address of one
                  inside is used in the loop only, and set anew in each
                  iteration: its declaration moves into the loop.

   Where the layout of the source is not of the plainest there is none; to
   return a value in place of its address, or to have a buffer passed in,
   changes callers, and stays advice.  */

#include "report-record.h"
#include "source-lines.h"
#include "stages.h"

/* Words that begin no plain declaration of a variable.  */
static bool
storage_word_p (const std::string &word)
{
  static const char *const words[]
    = { "auto", "extern", "register", "return", "static", "typedef",
        "__thread", "_Thread_local", "else", "do", "goto", "inline",
        "_Atomic", "__auto_type", "__extension__", "__label__" };

  for (const char *w : words)
    if (word == w)
      return true;
  return false;
}

/* The words of S, which is made of words, blanks and stars; empty if S is
   not, or is no beginning of a declaration.  */
static std::vector<std::string>
specifiers (const std::string &s)
{
  std::vector<std::string> words;
  std::string word;

  for (char c : s + " ")
    if (source_word_char_p (c))
      word += c;
    else if (!ISBLANK (c) && c != '*')
      return {};
    else if (!word.empty ())
      {
        if (ISDIGIT (word[0]) || storage_word_p (word))
          return {};
        words.push_back (word);
        word.clear ();
      }
  /* A star first: the declarator of a declaration that begins before.  */
  size_t first = s.find_first_not_of (" \t");
  if (first == std::string::npos || s[first] == '*')
    return {};
  return words;
}

/* Whether the line before LINE of FILE ends a statement or a declaration, as
   far as its last character tells.  */
static bool
line_begins_p (const char *file, int line)
{
  for (int n = line - 1; n > 0; n--)
    {
      char_span span = location_get_source_line (file, n);
      if (!span)
        return false;
      std::string text (span.get_buffer (), span.length ());
      size_t last = text.find_last_not_of (" \t\r\f\v");
      if (last != std::string::npos)
        return !source_word_char_p (text[last]) && text[last] != '*'
               && text[last] != '\\' && text[last] != ')';
    }
  return false;
}

/* Where DECL is declared, if that is in no macro.  */
static bool
declared_at (tree decl, expanded_location *x)
{
  location_t loc = DECL_SOURCE_LOCATION (decl);

  if (loc <= BUILTINS_LOCATION || from_macro_expansion_at (loc)
      || !DECL_NAME (decl))
    return false;
  *x = expand_location (loc);
  return x->file && x->line > 0 && x->column > 0;
}

/* Whether S, an initializer without comments and what stands in quotes, is
   made of literals only, so that it can be one of a static variable.  */
static bool
literal_initializer_p (const std::string &s)
{
  size_t i = 0;
  char before = 0;

  while (i < s.size ())
    {
      char c = s[i];
      if (ISDIGIT (c) || (c == '.' && i + 1 < s.size () && ISDIGIT (s[i + 1])))
        {
          while (i < s.size ()
                 && (source_word_char_p (s[i]) || s[i] == '.'
                     || ((s[i] == '+' || s[i] == '-')
                         && strchr ("eEpP", s[i - 1]))))
            i++;
          before = '0';
          continue;
        }
      if (source_word_char_p (c))
        {
          size_t end = i;
          while (end < s.size () && source_word_char_p (s[end]))
            end++;
          bool prefix = end < s.size () && (s[end] == '"' || s[end] == '\'');
          if (before != '.' && !prefix && s.compare (i, end - i, "NULL") != 0)
            return false;
          i = end;
          before = 'a';
          continue;
        }
      if (!strchr (" \t\n\r{},.[]=\"'+-", c))
        return false;
      if (!ISSPACE (c))
        before = c;
      i++;
    }
  return true;
}

/* The text that follows the name of DECL, at X, up to the semicolon that ends
   its declaration, which has no other declarator; "" if there is more to
   it.  */
static std::string
rest_of_declaration (const expanded_location &x, const std::string &name)
{
  static const int max_lines = 1000;
  source_lines lines;
  int depth = 0;

  source_lines_read (x.file, x.line, x.line + max_lines, &lines);
  std::string s = source_lines_words (
    lines, { x.line, x.column },
    { x.line + (int) lines.words.size () - 1, INT_MAX });
  if (s.compare (0, name.size (), name) != 0)
    return "";
  for (size_t i = name.size (); i < s.size (); i++)
    if (strchr ("{[(", s[i]))
      depth++;
    else if (strchr ("}])", s[i]))
      depth--;
    else if (s[i] == ',' && depth == 0)
      return "";
    else if (s[i] == ';')
      return depth == 0 ? s.substr (name.size (), i - name.size () + 1) : "";
  return "";
}

/* Make DECL static if it is a constant that could be.  */
static void
fix_static (report_record *r, tree decl)
{
  tree type = strip_array_types (TREE_TYPE (decl));
  expanded_location x;
  source_lines lines;

  if (!VAR_P (decl) || DECL_ARTIFICIAL (decl) || !TYPE_READONLY (type)
      || TYPE_VOLATILE (type) || TYPE_ATOMIC (type)
      || !declared_at (decl, &x)
      || !source_lines_read (x.file, x.line, x.line, &lines))
    return;
  const std::string name = IDENTIFIER_POINTER (DECL_NAME (decl));
  std::string before = lines.words[0].substr (
    0, MIN (lines.words[0].size (), (size_t) x.column - 1));
  if (specifiers (before).empty () || !line_begins_p (x.file, x.line))
    return;
  std::string rest = rest_of_declaration (x, name);
  size_t equals = rest.find ('=');
  if (equals == std::string::npos
      || !literal_initializer_p (rest.substr (equals + 1,
                                              rest.size () - equals - 2)))
    return;
  /* What stands before is blanks, of which each is one column.  */
  int column = before.find_first_not_of (" \t") + 1;
  r->fix.description = "Make the constant '" + name + "' static.";
  r->fix.edits.push_back ({ x.file, { x.line, column }, { x.line, column },
                            "static " });
}

/* -- Narrowing.  */

/* The block in which DECL is declared, of those in and beside BLOCK.  */
static tree
declaring_block (tree block, tree decl)
{
  for (; block; block = BLOCK_CHAIN (block))
    {
      for (tree v = BLOCK_VARS (block); v; v = DECL_CHAIN (v))
        if (v == decl)
          return block;
      if (tree in = declaring_block (BLOCK_SUBBLOCKS (block), decl))
        return in;
    }
  return NULL_TREE;
}

/* Whether BLOCK is OUTER or in it.  */
static bool
block_in_p (tree block, tree outer)
{
  while (block && TREE_CODE (block) == BLOCK && block != outer)
    block = BLOCK_SUPERCONTEXT (block);
  return block == outer;
}

/* The statements that use a variable.  */
struct fix_uses
{
  tree decl;
  bool here; /* The statement at hand does.  */
  auto_vec<gimple *> stmts;
};

static bool
note_use (gimple *, tree base, tree, void *data)
{
  fix_uses *uses = (fix_uses *) data;

  uses->here |= get_base_address (base) == uses->decl;
  return false;
}

static void
find_uses (fix_uses *uses)
{
  basic_block bb;

  FOR_EACH_BB_FN (bb, cfun)
    {
      auto_vec<gimple *> all;
      for (gphi_iterator i = gsi_start_phis (bb); !gsi_end_p (i);
           gsi_next (&i))
        all.safe_push (i.phi ());
      for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
           gsi_next (&i))
        if (!gimple_clobber_p (gsi_stmt (i)) && !is_gimple_debug (gsi_stmt (i)))
          all.safe_push (gsi_stmt (i));
      for (gimple *stmt : all)
        {
          uses->here = false;
          walk_stmt_load_store_addr_ops (stmt, uses, note_use, note_use,
                                         note_use);
          if (uses->here)
            uses->stmts.safe_push (stmt);
        }
    }
}

/* Whether A is before B on every way to B.  */
static bool
stmt_dominates_p (gimple *a, gimple *b)
{
  if (gimple_bb (a) != gimple_bb (b))
    return dominated_by_p (CDI_DOMINATORS, gimple_bb (b), gimple_bb (a));
  for (gimple_stmt_iterator i = gsi_for_stmt (a); !gsi_end_p (i);
       gsi_next (&i))
    if (gsi_stmt (i) == b)
      return true;
  return false;
}

/* Whether one of USES, all of which are in BLOCK, sets the whole variable
   before any other uses it.  Then no value is carried to the next time that
   BLOCK is entered: a way from there to a use that does not lead by the
   setting would, by the loop's header, also be one from the function's entry,
   unless the loop has no header.  */
static bool
set_first_p (const fix_uses &uses, tree block)
{
  gimple *first = NULL;

  for (gimple *stmt : uses.stmts)
    if (gimple_get_lhs (stmt) == uses.decl)
      {
        first = stmt;
        break;
      }
  if (!first)
    return false;
  for (gimple *stmt : uses.stmts)
    if (gimple_code (stmt) == GIMPLE_PHI
        || !block_in_p (gimple_block (stmt), block)
        || (gimple_bb (stmt)->flags & BB_IRREDUCIBLE_LOOP)
        || !stmt_dominates_p (first, stmt))
      return false;
  /* It must not set the variable to something made of it.  */
  fix_uses own;
  own.decl = uses.decl;
  own.here = false;
  walk_stmt_load_store_addr_ops (first, &own, note_use, NULL, note_use);
  return !own.here;
}

/* Whether the address of the variable at L goes nowhere: it is only used in
   place, or passed to functions that let it go.  */
static bool
address_stays_p (front_component *comp, const esc_location *l)
{
  hash_set<const esc_location *> holders;

  for (const esc_location *to = comp->graph.locations; to; to = to->next)
    for (const esc_edge *e = to->edges; e; e = e->next)
      if (e->src == l && e->derefs < 0)
        {
          if (to->kind != ESC_TEMP || to->entity)
            return false;
          holders.add (to);
        }
  for (const esc_location *to = comp->graph.locations; to; to = to->next)
    {
      for (const esc_edge *e = to->edges; e; e = e->next)
        if (holders.contains (e->src) && e->derefs <= 0)
          return false;
      for (const struct esc_store *s = to->stores; s; s = s->next)
        if (holders.contains (s->src) && s->derefs <= 0)
          return false;
    }
  for (const esc_location *to :
       { &comp->graph.heap, &comp->graph.byte_heap, &comp->graph.unknown })
    for (const esc_edge *e = to->edges; e; e = e->next)
      if (holders.contains (e->src) && e->derefs <= 0)
        return false;
  return true;
}

/* Whether another local of the current function has the name of DECL.  */
static bool
namesake_p (tree decl)
{
  tree other;
  unsigned i;

  FOR_EACH_LOCAL_DECL (cfun, i, other)
    if (other != decl && DECL_NAME (other) == DECL_NAME (decl))
      return true;
  for (other = DECL_ARGUMENTS (cfun->decl); other; other = DECL_CHAIN (other))
    if (DECL_NAME (other) == DECL_NAME (decl))
      return true;
  return false;
}

/* Where the block ends in which FROM lies, in LINES; its line is 0 if that is
   not to be seen.  */
static source_position
block_end (const source_lines &lines, source_position from)
{
  int depth = 0;

  for (size_t n = from.line - lines.first; n < lines.words.size (); n++)
    for (size_t i = n == (size_t) (from.line - lines.first)
                      ? from.column - 1 : 0;
         i < lines.words[n].size (); i++)
      if (lines.words[n][i] == '{')
        depth++;
      else if (lines.words[n][i] == '}' && depth-- == 0)
        return { lines.first + (int) n, (int) i + 1 };
  return { 0, 0 };
}

/* Whether a word of WORDS may be declared anew in TEXT.  */
static bool
redeclared_p (const std::string &text, const std::vector<std::string> &words)
{
  if (source_count_word (text, "typedef"))
    return true;
  for (const std::string &word : words)
    for (size_t at = 0; (at = text.find (word, at)) != std::string::npos;
         at += word.size ())
      {
        size_t next = text.find_first_not_of (" \t\n", at + word.size ());
        if (next != std::string::npos && strchr (";,=[{", text[next]))
          return true;
      }
  return false;
}

/* DECL, declared in a loop, escapes because OUTER, at KEEPER, is declared
   outside of the loop: if it could as well be declared just before DECL, move
   it there.  */
static void
fix_narrow (front_component *comp, report_record *r, tree decl, tree outer,
            const esc_location *keeper)
{
  expanded_location to, from;
  source_lines lines;
  fix_uses uses;
  location_t end = cfun->function_end_locus;

  if (!VAR_P (outer) || DECL_ARTIFICIAL (outer) || DECL_ARTIFICIAL (decl)
      || !VAR_P (decl) || TREE_THIS_VOLATILE (outer) || keeper->escapes
      || DECL_ATTRIBUTES (outer) || DECL_USER_ALIGN (outer)
      || !DECL_SIZE_UNIT (outer)
      || TREE_CODE (DECL_SIZE_UNIT (outer)) != INTEGER_CST
      || cfun->calls_setjmp || cfun->has_nonlocal_label
      || namesake_p (outer) || !declared_at (decl, &to)
      || !declared_at (outer, &from) || strcmp (to.file, from.file) != 0
      || from.line >= to.line || from_macro_expansion_at (end))
    return;

  /* Is it so in the code?  */
  tree block = declaring_block (DECL_INITIAL (cfun->decl), decl);
  uses.decl = outer;
  find_uses (&uses);
  if (!block || !address_stays_p (comp, keeper))
    return;
  calculate_dominance_info (CDI_DOMINATORS);
  mark_irreducible_loops ();
  if (!set_first_p (uses, block))
    return;

  /* And in the text?  OUTER's declaration is alone on its line, and DECL's
     begins one.  */
  expanded_location last = expand_location (end);
  if (!last.file || strcmp (last.file, to.file) != 0
      || !source_lines_read (from.file, from.line, last.line, &lines))
    return;
  const std::string name = IDENTIFIER_POINTER (DECL_NAME (outer));
  const std::string &line = lines.words[0];
  size_t semicolon = line.find (';');
  std::vector<std::string> types
    = specifiers (line.substr (0, MIN (line.size (), from.column - 1u)));
  std::string rest = rest_of_declaration (from, name);
  if (types.empty () || rest.empty ()
      || rest.find_first_of ("=({") != std::string::npos
      || semicolon == std::string::npos
      || lines.text[0].find_first_not_of (" \t\r", semicolon + 1)
           != std::string::npos
      || lines.text[0].find_first_not_of (" \t")
           != line.find_first_not_of (" \t")
      || !line_begins_p (from.file, from.line))
    return;
  const std::string &target = lines.words[to.line - lines.first];
  std::string before = target.substr (0, MIN (target.size (), to.column - 1u));
  size_t indentation = before.find_first_not_of (" \t");
  if (specifiers (before).empty () || !line_begins_p (to.file, to.line))
    return;
  source_position at = { to.line, (int) indentation + 1 };
  source_position stop = block_end (lines, at);
  std::string word;
  for (char c : rest)
    if (source_word_char_p (c))
      word += c;
    else if (!word.empty ())
      {
        types.push_back (word);
        word.clear ();
      }
  /* The name stands nowhere else, be it for sizeof.  */
  std::string between
    = source_lines_words (lines, { from.line + 1, 1 }, at);
  if (!stop.line || source_count_word (between, name)
      || source_count_word (source_lines_words (lines, stop,
                                                { last.line, INT_MAX }), name)
      || redeclared_p (between, types))
    return;

  size_t first = line.find_first_not_of (" \t");
  std::string text = lines.text[0].substr (first, semicolon + 1 - first);
  r->fix.description = "Declare '" + name + "' inside the loop.";
  r->fix.edits.push_back ({ from.file, { from.line, 1 }, { from.line + 1, 1 },
                            "" });
  r->fix.edits.push_back (
    { to.file, at, at,
      text + "\n" + lines.text[to.line - lines.first].substr (0, indentation) });
}

void
report_fix (front_component *comp, report_record *r, tree decl,
            const esc_path *path)
{
  fix_static (r, decl);
  if (r->fix.edits.empty () && path && path->loop
      && path->sink->kind == ESC_VAR)
    fix_narrow (comp, r, decl, report_location_decl (path->sink), path->sink);
}
