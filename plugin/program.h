/* program.h: the file as a part of its program.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Every object carries, in a section that is not linked, what cairn-tags needs
   to analyze the program that it becomes a part of.  With argument tags=FILE,
   what that found out is used for functions of other files and for calls
   through pointers.  */

#ifndef CAIRN_PROGRAM_H
#define CAIRN_PROGRAM_H

#include "gcc-compat.h"
#include "escape/graph.h"
#include "escape/tags.h"

/* Read the tags of the program, if there are any, and begin the section.  */
void program_init (void);

/* NODE's name in the program: its symbol, with something behind it that is
   the file's own if it is static.  */
const char *program_symbol (cgraph_node *node);

/* What is known of TARGET, a symbol or "?" and a type's text, in the program; NULL if nothing
   is.  */
const esc_tags *program_tags (const char *target);

/* The function NODE has been read into G as number FUNCTION with NPARAMS
   parameters; its calls have no effects yet.  */
void program_note_body (esc_graph *g, int function, cgraph_node *node,
                        int nparams);

/* NODE turns out to have TAGS: see whether the program's tags, which callers in
   other files rely on, say as much.  */
void program_note_tags (cgraph_node *node, const esc_tags *tags);

/* Register, under the plugin's name, what writes the section.  */
void program_register (const char *plugin_name);

#endif /* CAIRN_PROGRAM_H */
