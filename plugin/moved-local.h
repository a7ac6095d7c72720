/* moved-local.h: locals that live elsewhere than in the frame.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  A moved local is
   an object at a pointer plus a constant: in a cell of the heap (heap-move.cc)
   or on the address stack (relocate.cc).  */

#ifndef CAIRN_MOVED_LOCAL_H
#define CAIRN_MOVED_LOCAL_H

#include "gcc-compat.h"

/* A moved local and its place.  */
struct moved_local
{
  tree decl;
  tree pointer; /* A VAR_DECL or an SSA name.  */
  HOST_WIDE_INT offset_nbytes; /* From where POINTER points.  */
};

typedef hash_map<tree, moved_local *> moved_map;

/* The moved local at the base of REF, NULL if there is none.  */
moved_local *moved_base (moved_map *moved, tree ref);

/* The object at MOVED's place, as a reference that replaces MOVED->decl.  */
tree moved_build_reference (const moved_local *moved);

/* Store the parameter that MOVED was in its place: add to *SEQ.  */
void moved_copy_param (gimple_seq *seq, const moved_local *moved);

/* Rewrite all operands in the current function.  LIFE is called for each
   statement first; it returns true if it has dealt with it and moved the
   iterator on: what says where the life of a local begins and ends.  */
void moved_rewrite_function (moved_map *moved,
                             bool (*life) (moved_map *moved,
                                           gimple_stmt_iterator *gsi));

/* Remove the statement at *GSI, a store.  */
void moved_remove_store (gimple_stmt_iterator *gsi);

#endif /* CAIRN_MOVED_LOCAL_H */
