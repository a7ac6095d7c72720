/* source-text.h: statements and operands as the programmer wrote them.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#ifndef CAIRN_SOURCE_TEXT_H
#define CAIRN_SOURCE_TEXT_H

#include "gcc-compat.h"

#include <string>

/* The operand OP; temporaries are replaced by what they hold.  */
std::string source_text (tree op);

/* The call CALL: "malloc(24)".  */
std::string source_text_call (gimple *call);

/* The statement STMT: "p = &x", "return p".  */
std::string source_text_statement (gimple *stmt);

/* The name of the VLA whose memory the alloca call CALL makes; empty if it
   makes none.  The call stands at the VLA's declaration.  */
std::string source_vla_name (gimple *call);

/* source-constant.cc */

/* DECL, a variable that is used where the front end is: if it is a constant,
   remember its value.  */
void source_constant_note (tree decl);

/* That value, NULL_TREE if DECL has none.  */
tree source_constant_value (tree decl);

/* The constant that the operand OP is, be it computed from such variables;
   NULL_TREE if it is none.  */
tree source_constant (tree op);

/* Add to LIVE the edges of the current function's flow graph that can be
   reached if such constants decide.  */
void source_constant_edges (hash_set<edge> *live);

/* Forget them all.  */
void source_constant_finish (void);

#endif /* CAIRN_SOURCE_TEXT_H */
