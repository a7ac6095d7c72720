/* heap-cell.h: the cells of moved locals, and where they are allocated.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Private to heap-move.cc, heap-cell.cc, heap-setjmp.cc and closure.cc.  */

#ifndef CAIRN_HEAP_CELL_H
#define CAIRN_HEAP_CELL_H

#include "moved-local.h"

/* The strictest alignment in bytes that NEW_CELL gives.  It gives an object
   smaller than this only the alignment of its size.  */
static const unsigned CELL_ALIGN_NBYTES = 16;

/* A call that allocates a cell of SIZE, a size_t operand, aligned to
   ALIGN_NBYTES, with the map at address MAP.  */
gcall *cell_build_new (tree size, unsigned align_nbytes, tree map);

/* A call that allocates MOVED's cell.  An empty struct gets one byte: its
   address differs from all others.  */
gcall *cell_build_allocation (const moved_local *moved);

/* DECL moved to a cell, with the variable x_heap, a pointer to DECL's type, that
   will point to it.  */
moved_local *cell_make (tree decl);

/* Put SEQ at the entry of the current function.  */
void cell_insert_at_entry (gimple_seq seq);

/* Allocate cells for the moved parameters among LOCALS at function entry and
   copy the parameters there.  */
void cell_copy_params (const vec<moved_local *> &locals);

/* Give the pointers to the cells of LOCALS places of their own in the frame if
   setjmp may return twice to the current function, which is in SSA form:
   x_heap is no longer a register then, but volatile memory.  */
void cell_pin_setjmp (const vec<moved_local *> &locals);

/* Tell the debugger where MOVED's local is now.  */
void cell_describe (const moved_local *moved);

/* Allocate, at function entry, the cells of LOCALS that are used without an
   allocation before.  The function is in SSA form.  */
void cell_allocate_undefined (const vec<moved_local *> &locals);

/* Reset the debug statements that use NAME: its definition may come after
   them.  */
void cell_reset_debug_uses (tree name);

#endif /* CAIRN_HEAP_CELL_H */
