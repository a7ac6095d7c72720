/* stack-layout.h: offsets that the assembly and the C of stacks share.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   What compiled code knows too is in stack-abi.def.  */

#ifndef CAIRNI_STACK_LAYOUT_H
#define CAIRNI_STACK_LAYOUT_H

/* struct cairni_frame_chunk of stack/frame.h.  */
#define CAIRNI_CHUNK_OLDER 0
#define CAIRNI_CHUNK_NEXT 8
#define CAIRNI_CHUNK_LIMIT 16
#define CAIRNI_CHUNK_OLD_PTR 24
#define CAIRNI_CHUNK_OLD_LIMIT 32
#define CAIRNI_CHUNK_OLD_START 40
#define CAIRNI_CHUNK_HEADER_NBYTES 64

/* A chunk beyond the next one is only kept if it is not larger than this.  */
#define CAIRNI_CHUNK_KEPT_NBYTES 262144

/* The end of a growable stack is a record of as many bytes: its first word is
   the system stack's pointer, at the address to return to, the second that
   thread's control block.  A goroutine's, which has nowhere to return to, is all
   zero.  */
#define CAIRNI_STACK_RECORD_NBYTES 64

/* Between the system stack's pointer there and SYSTEM_SP: what ends the
   growable stack runs here, above the alternate signal stack.  */
#define CAIRNI_STACK_GAP_NBYTES 2048

/* A jmp_buf filled by us, in glibc's struct __jmp_buf_tag: rbx, rbp, r12 to
   r15, rsp and the address to return to; whether the mask was saved; the
   mask; and then our words.  rsp is the distance to the end of the growable
   stack if KIND says so.  */
#define CAIRNI_JUMP_SP 48
#define CAIRNI_JUMP_PC 56
#define CAIRNI_JUMP_HAS_MASK 64
#define CAIRNI_JUMP_MASK 72
#define CAIRNI_JUMP_MAGIC 80
#define CAIRNI_JUMP_FRAME_PTR 88
#define CAIRNI_JUMP_FRAME_LIMIT 96
#define CAIRNI_JUMP_FRAME_START 104
#define CAIRNI_JUMP_FRAME_CHUNK 112
#define CAIRNI_JUMP_KIND 120

/* MAGIC is this, SP and PC, all xored.  */
#define CAIRNI_JUMP_MAGIC_VALUE 0x436169726e6a6d70

/* What a stack check stores of registers on the system stack, from rbp up.  */
#define CAIRNI_SAVED_R11 0
#define CAIRNI_SAVED_RDI 32
#define CAIRNI_SAVED_RSI 40
#define CAIRNI_SAVED_RAX 64
#define CAIRNI_SAVED_RBP 72
#define CAIRNI_SAVED_SP 80

/* And one that lets others run, from rsp up.  */
#define CAIRNI_CHECK_RBX 0
#define CAIRNI_CHECK_R12 8
#define CAIRNI_CHECK_R13 16
#define CAIRNI_CHECK_R14 24
#define CAIRNI_CHECK_R15 32

#endif /* CAIRNI_STACK_LAYOUT_H */
