/* indirect.h: which functions an indirect call can reach.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#ifndef CAIRN_INDIRECT_H
#define CAIRN_INDIRECT_H

#include "gcc-compat.h"
#include <string>

/* The functions that a pointer may stand for.  */
struct callee_set
{
  bool open; /* Others, too: nothing is known.  */
  auto_vec<tree> functions;
};

/* Look at all functions and variables of the file, which are in SSA form.  */
void indirect_init (void);

/* Add to CALLEES what the indirect call CALL can reach.  The functions have
   CALL's type; if one could be called that has not, CALLEES is open.  */
void indirect_callees (gcall *call, callee_set *callees);

/* Call FN for every type of function: its text, the file's functions of it
   whose address is taken, and whether pointers of this type may come from
   outside the program, or be to functions of another type.  */
void indirect_each_type (void (*fn) (const std::string &type,
                                     const vec<tree> &functions,
                                     bool foreign));

/* Forget all.  */
void indirect_finish (void);

#endif /* CAIRN_INDIRECT_H */
