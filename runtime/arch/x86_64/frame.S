/* frame.S: take memory of the address stack, go on in its next chunk, and come
   back.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   stack/frame.h says what chunks are, and why the words are written in this
   order.  All but the first use of a chunk stays in here, so all of these can be
   called in place: they need no more of the growable stack than is below it.  */

#include "arch/x86_64/switch.h"

	.text

/* Push a frame of rax bytes in a chunk of its own: rax is its base.  Preserves
   all other registers.  */
	FUNCTION cairn_rt_frame_push
	movq	%rcx, -24(%rsp)
	movq	%rdx, -32(%rsp)
	movq	%fs:ABI_FRAME_CHUNK, %rcx
	testq	%rcx, %rcx
	jz	1f
	movq	CAIRNI_CHUNK_NEXT(%rcx), %rcx
	testq	%rcx, %rcx
	jz	1f
	leaq	CAIRNI_CHUNK_HEADER_NBYTES(%rcx, %rax), %rdx
	cmpq	CAIRNI_CHUNK_LIMIT(%rcx), %rdx
	ja	1f
	movq	%fs:ABI_FRAME_LIMIT, %rdx
	movq	$0, %fs:ABI_FRAME_LIMIT
	movq	%rcx, %fs:ABI_FRAME_CHUNK
	movq	%rdx, CAIRNI_CHUNK_OLD_LIMIT(%rcx)
	movq	%fs:ABI_FRAME_PTR, %rdx
	movq	%rdx, CAIRNI_CHUNK_OLD_PTR(%rcx)
	movq	%fs:ABI_FRAME_START, %rdx
	movq	%rdx, CAIRNI_CHUNK_OLD_START(%rcx)
	leaq	CAIRNI_CHUNK_HEADER_NBYTES(%rcx), %rdx
	movq	%rdx, %fs:ABI_FRAME_START
	addq	%rdx, %rax
	movq	%rax, %fs:ABI_FRAME_PTR
	movq	CAIRNI_CHUNK_LIMIT(%rcx), %rcx
	movq	%rcx, %fs:ABI_FRAME_LIMIT
	movq	%rdx, %rax
	movq	-24(%rsp), %rcx
	movq	-32(%rsp), %rdx
	ret
1:	movq	%rax, -16(%rsp)
	movq	-24(%rsp), %rcx
	movq	-32(%rsp), %rdx
	jmp	.Lpush
	END	cairn_rt_frame_push

/* The frame at FRAME_START has been left, and FRAME_PTR set to it: go back to
   the former chunk.  Preserves all registers.  */
	FUNCTION cairn_rt_frame_pop
	movq	%rcx, -24(%rsp)
	movq	%rdx, -32(%rsp)
	movq	%fs:ABI_FRAME_CHUNK, %rcx
	testq	%rcx, %rcx
	jz	2f
	cmpq	$0, CAIRNI_CHUNK_OLDER(%rcx)
	je	2f
	movq	%fs:ABI_FRAME_PTR, %rdx
	cmpq	%fs:ABI_FRAME_START, %rdx
	jne	2f
	movq	CAIRNI_CHUNK_NEXT(%rcx), %rdx
	testq	%rdx, %rdx
	jz	1f
	subq	CAIRNI_CHUNK_LIMIT(%rdx), %rdx
	cmpq	$-CAIRNI_CHUNK_KEPT_NBYTES, %rdx
	jl	3f
1:	movq	CAIRNI_CHUNK_OLD_START(%rcx), %rdx
	cmpq	CAIRNI_CHUNK_OLD_PTR(%rcx), %rdx
	je	3f
	/* Read this before there is a 0 that a handler could store there: it may
	   use this chunk, once it has been left.  */
	movq	CAIRNI_CHUNK_OLD_LIMIT(%rcx), %rdx
	movq	$0, %fs:ABI_FRAME_LIMIT
	movq	%rax, -16(%rsp)
	movq	CAIRNI_CHUNK_OLD_PTR(%rcx), %rax
	movq	%rax, %fs:ABI_FRAME_PTR
	movq	CAIRNI_CHUNK_OLD_START(%rcx), %rax
	movq	%rax, %fs:ABI_FRAME_START
	movq	CAIRNI_CHUNK_OLDER(%rcx), %rax
	movq	%rax, %fs:ABI_FRAME_CHUNK
	movq	%rdx, %fs:ABI_FRAME_LIMIT
	movq	-16(%rsp), %rax
2:	movq	-24(%rsp), %rcx
	movq	-32(%rsp), %rdx
	ret
3:	movq	%rax, -16(%rsp)
	movq	-24(%rsp), %rcx
	movq	-32(%rsp), %rdx
	jmp	.Lpop
	END	cairn_rt_frame_pop

/* C functions: see entry-points.def.  */
	FUNCTION cairn_rt_frame_alloc
	cmpq	$16, %rsi
	ja	1f
	addq	$15, %rdi
	jc	2f
	andq	$-16, %rdi
	movq	%fs:ABI_FRAME_PTR, %rax
	addq	$15, %rax
	andq	$-16, %rax
	movq	%rax, %rdx
	addq	%rdi, %rdx
	jc	1f
	cmpq	%fs:ABI_FRAME_LIMIT, %rdx
	ja	1f
	movq	%rdx, %fs:ABI_FRAME_PTR
	ret
2:	movq	$-1, %rdi
1:	jmp	.Lalloc
	END	cairn_rt_frame_alloc

	FUNCTION cairn_rt_frame_release
	cmpq	%fs:ABI_FRAME_START, %rdi
	jb	1f
	cmpq	%fs:ABI_FRAME_LIMIT, %rdi
	ja	1f
	movq	%rdi, %fs:ABI_FRAME_PTR
	ret
1:	jmp	.Lrelease
	END	cairn_rt_frame_release

/* See stack.S for the name.  */
	.type	__morestack, @function
	.p2align 4
__morestack:
.Lpush:
	.cfi_startproc
	ENTER_C
	movq	CAIRNI_SAVED_RAX(%rbp), %rdi
	call	cairni_frame_push
	movq	%rax, CAIRNI_SAVED_RAX(%rbp)
	LEAVE_C
	.cfi_endproc

.Lpop:
	.cfi_startproc
	ENTER_C
	call	cairni_frame_pop
	LEAVE_C
	.cfi_endproc

.Lalloc:
	.cfi_startproc
	ENTER_C
	movq	CAIRNI_SAVED_RDI(%rbp), %rdi
	movq	CAIRNI_SAVED_RSI(%rbp), %rsi
	call	cairni_frame_alloc
	movq	%rax, CAIRNI_SAVED_RAX(%rbp)
	LEAVE_C
	.cfi_endproc

.Lrelease:
	.cfi_startproc
	ENTER_C
	movq	CAIRNI_SAVED_RDI(%rbp), %rdi
	call	cairni_frame_release
	LEAVE_C
	.cfi_endproc
	.size	__morestack, .-__morestack

	.hidden	cairni_frame_push
	.hidden	cairni_frame_pop
	.hidden	cairni_frame_alloc
	.hidden	cairni_frame_release

	.section .note.GNU-stack, "", @progbits
