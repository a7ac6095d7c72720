/* symbols.c: functions and lines from debugging information, by elfutils.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   What was stripped is also looked for below /usr/lib/debug, by its build
   identification; nothing is fetched from anywhere.  */

#define _GNU_SOURCE
#include "pprof/pprof.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <elfutils/libdwfl.h>
#include <stdlib.h>
#include <string.h>

/* A text that was made here.  */
struct text
{
  struct text *next;
  char bytes[];
};

struct symbols
{
  Dwfl *dwfl;
  struct text *texts;
};

static const Dwfl_Callbacks callbacks = {
  .find_elf = dwfl_build_id_find_elf,
  .find_debuginfo = dwfl_build_id_find_debuginfo,
};

void *
cairn_prof_open_symbols (const struct cairni_image *images, size_t n)
{
  struct symbols *symbols = calloc (1, sizeof *symbols);
  if (!symbols)
    return NULL;
  /* A library that asks servers for what is missing would do so inside of the
     program.  */
  symbols->dwfl = dwfl_begin (&callbacks);
  if (!symbols->dwfl)
    {
      free (symbols);
      return NULL;
    }
  dwfl_report_begin (symbols->dwfl);
  for (size_t i = 0; i < n; i++)
    {
      const char *path
          = images[i].is_program ? "/proc/self/exe" : images[i].path;
      if (*path == '/')
        dwfl_report_elf (symbols->dwfl, images[i].path, path, -1,
                         images[i].bias, true);
    }
  dwfl_report_end (symbols->dwfl, NULL, NULL);
  return symbols;
}

void
cairn_prof_close_symbols (void *arg)
{
  struct symbols *symbols = arg;
  dwfl_end (symbols->dwfl);
  while (symbols->texts)
    {
      struct text *next = symbols->texts->next;
      free (symbols->texts);
      symbols->texts = next;
    }
  free (symbols);
}

/* PATH, which is relative to FOLDER unless it begins with a slash.  */
static const char *
make_absolute (struct symbols *symbols, const char *path, const char *folder)
{
  if (!path || *path == '/' || !folder)
    return path;
  size_t folder_nbytes = strlen (folder), nbytes = strlen (path) + 1;
  struct text *text = malloc (sizeof *text + folder_nbytes + 1 + nbytes);
  if (!text)
    return path;
  memcpy (text->bytes, folder, folder_nbytes);
  text->bytes[folder_nbytes] = '/';
  memcpy (text->bytes + folder_nbytes + 1, path, nbytes);
  text->next = symbols->texts;
  symbols->texts = text;
  return text->bytes;
}

static const char *
folder_of (Dwarf_Die *unit)
{
  Dwarf_Attribute attribute;
  return dwarf_formstring (dwarf_attr (unit, DW_AT_comp_dir, &attribute));
}

/* The file that the call of the inlined DIE is in.  */
static const char *
call_file (Dwarf_Die *die, Dwarf_Die *unit)
{
  Dwarf_Attribute attribute;
  Dwarf_Word number;
  Dwarf_Files *files;
  size_t nfiles;
  if (dwarf_formudata (dwarf_attr (die, DW_AT_call_file, &attribute), &number)
          != 0
      || dwarf_getsrcfiles (unit, &files, &nfiles) != 0)
    return NULL;
  return dwarf_filesrc (files, number, NULL, NULL);
}

static unsigned
call_line (Dwarf_Die *die)
{
  Dwarf_Attribute attribute;
  Dwarf_Word number;
  return dwarf_formudata (dwarf_attr (die, DW_AT_call_line, &attribute),
                          &number)
                 == 0
             ? number
             : 0;
}

static bool
is_function (Dwarf_Die *die)
{
  int tag = dwarf_tag (die);
  return tag == DW_TAG_subprogram || tag == DW_TAG_inlined_subroutine;
}

/* The functions of UNIT that ADDRESS, in the file's terms, is in: the scopes around
   the innermost.  */
static int
get_scopes (Dwarf_Die *unit, Dwarf_Addr address, Dwarf_Die **scopes)
{
  Dwarf_Die *inner;
  int n = dwarf_getscopes (unit, address, &inner);
  if (n <= 0)
    return 0;
  /* Those that dwarf_getscopes tells of an inlined function are where it is
     defined.  */
  n = dwarf_getscopes_die (&inner[0], scopes);
  free (inner);
  return n < 0 ? 0 : n;
}

unsigned
cairn_prof_find_lines (void *arg, uintptr_t pc, struct cairni_line *lines,
                       unsigned max)
{
  struct symbols *symbols = arg;
  Dwfl_Module *module = dwfl_addrmodule (symbols->dwfl, pc);
  Dwarf_Addr bias;
  Dwarf_Die *unit = module ? dwfl_module_addrdie (module, pc, &bias) : NULL;
  if (!unit)
    return 0;
  const char *file = NULL, *folder = folder_of (unit);
  unsigned line = 0, n = 0;
  Dwarf_Line *row = dwarf_getsrc_die (unit, pc - bias);
  int number;
  if (row)
    {
      file = dwarf_linesrc (row, NULL, NULL);
      if (dwarf_lineno (row, &number) == 0)
        line = number;
    }
  Dwarf_Die *scopes = NULL;
  int nscopes = get_scopes (unit, pc - bias, &scopes);
  for (int i = 0; i < nscopes && n < max; i++)
    {
      if (!is_function (&scopes[i]))
        continue;
      const char *name = dwarf_diename (&scopes[i]);
      int start_line = 0;
      if (!name)
        break;
      dwarf_decl_line (&scopes[i], &start_line);
      lines[n++] = (struct cairni_line){
        .function = name,
        .file = make_absolute (symbols, file, folder),
        .line = line,
        .start_line = start_line,
      };
      if (dwarf_tag (&scopes[i]) == DW_TAG_subprogram)
        break;
      file = call_file (&scopes[i], unit);
      line = call_line (&scopes[i]);
    }
  free (scopes);
  return n;
}
