/* address-frame.h: a function's frame on the address stack.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Private to relocate.cc, address-frame.cc and address-slots.cc.  All of it works on the current function.  */

#ifndef CAIRN_ADDRESS_FRAME_H
#define CAIRN_ADDRESS_FRAME_H

#include "moved-local.h"
#include "stack.h"

/* A variable of TYPE, without the debugger's knowing.  */
tree stack_make_variable (tree type, const char *name);

/* What the address stack's pointer is always a multiple of.  */
static const unsigned FRAME_ALIGN_NBYTES = 16;

/* Give LOCALS their offsets in the frame; the function still names them.  Sets *ALIGN_NBYTES to the frame's alignment.  Returns the bytes
   that it needs, wherever the address stack ends.  */
HOST_WIDE_INT address_slots_lay_out (vec<moved_local *> &locals,
                                     unsigned *align_nbytes);

/* The variable that points to the frame, for the debugger's sake.  */
tree address_frame_variable (void);

/* Put at function entry the code that makes a frame of NBYTES, aligned to
   ALIGN_NBYTES, and SEQ after it.  START is the SSA name of FRAME_PTR at entry,
   BASE that of the frame.  */
void address_frame_enter (tree start, tree base, HOST_WIDE_INT nbytes,
                          unsigned align_nbytes, gimple_seq seq);

/* Before RET, a return, give up everything from START on.  DYNAMIC: there may be
   more chunks than one.  */
void address_frame_leave (gimple *ret, tree start, bool dynamic);

/* Let CALL, of alloca or its like, take from the address stack; CALL, which
   saves or restores the stack pointer, do so with the address stack's.  */
void address_frame_alloca (gcall *call);
void address_frame_save (gcall *call);
void address_frame_restore (gcall *call);

/* Let NAME, which is defined once, be kept in volatile memory: setjmp may
   return to where its register is another's by then.  */
void address_frame_keep (tree name);

#endif /* CAIRN_ADDRESS_FRAME_H */
