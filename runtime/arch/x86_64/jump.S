/* jump.S: setjmp, and the last step of longjmp.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Both setjmps are called in place, also on the growable stack, and use none of
   it.  stack/jump.c has the rest.  */

#include "arch/x86_64/switch.h"

	.text

/* int cairn_rt_setjmp (jmp_buf env): as _setjmp.  */
	FUNCTION cairn_rt_setjmp
	xorl	%esi, %esi
	jmp	.Lstore
	END	cairn_rt_setjmp

/* int cairn_rt_sigsetjmp (sigjmp_buf env, int savemask)  */
	FUNCTION cairn_rt_sigsetjmp
.Lstore:
	movq	%rbx, (%rdi)
	movq	%rbp, 8(%rdi)
	movq	%r12, 16(%rdi)
	movq	%r13, 24(%rdi)
	movq	%r14, 32(%rdi)
	movq	%r15, 40(%rdi)
	movq	%fs:ABI_FRAME_PTR, %rax
	movq	%rax, CAIRNI_JUMP_FRAME_PTR(%rdi)
	movq	%fs:ABI_FRAME_LIMIT, %rax
	movq	%rax, CAIRNI_JUMP_FRAME_LIMIT(%rdi)
	movq	%fs:ABI_FRAME_START, %rax
	movq	%rax, CAIRNI_JUMP_FRAME_START(%rdi)
	movq	%fs:ABI_FRAME_CHUNK, %rax
	movq	%rax, CAIRNI_JUMP_FRAME_CHUNK(%rdi)
	leaq	8(%rsp), %rcx
	xorl	%edx, %edx
	TEST_GROWABLE %rax
	jae	1f
	negq	%rcx
	addq	%fs:ABI_STACK_LO, %rcx
	addq	%fs:ABI_STACK_NBYTES, %rcx
	movl	$1, %edx
1:	movq	%rcx, CAIRNI_JUMP_SP(%rdi)
	movq	%rdx, CAIRNI_JUMP_KIND(%rdi)
	movq	(%rsp), %rdx
	movq	%rdx, CAIRNI_JUMP_PC(%rdi)
	movabsq	$CAIRNI_JUMP_MAGIC_VALUE, %rax
	xorq	%rcx, %rax
	xorq	%rdx, %rax
	movq	%rax, CAIRNI_JUMP_MAGIC(%rdi)
	xorl	%eax, %eax
	testl	%esi, %esi
	setne	%al
	movl	%eax, CAIRNI_JUMP_HAS_MASK(%rdi)
	jne	2f
	ret
	/* rt_sigprocmask (SIG_BLOCK, NULL, &mask, 8)  */
2:	leaq	CAIRNI_JUMP_MASK(%rdi), %rdx
	xorl	%esi, %esi
	xorl	%edi, %edi
	movl	$8, %r10d
	movl	$14, %eax
	syscall
	xorl	%eax, %eax
	ret
	END	cairn_rt_sigsetjmp

/* void cairni_arch_jump (const void *env, int value): have the setjmp that
   filled ENV return VALUE, or 1 if that is 0.  */
	.hidden	cairni_arch_jump
	FUNCTION cairni_arch_jump
	movq	$0, %fs:ABI_FRAME_LIMIT
	movq	CAIRNI_JUMP_FRAME_PTR(%rdi), %rax
	movq	%rax, %fs:ABI_FRAME_PTR
	movq	CAIRNI_JUMP_FRAME_START(%rdi), %rax
	movq	%rax, %fs:ABI_FRAME_START
	movq	CAIRNI_JUMP_FRAME_CHUNK(%rdi), %rax
	movq	%rax, %fs:ABI_FRAME_CHUNK
	movq	CAIRNI_JUMP_FRAME_LIMIT(%rdi), %rax
	movq	%rax, %fs:ABI_FRAME_LIMIT
	movq	CAIRNI_JUMP_SP(%rdi), %rcx
	cmpq	$0, CAIRNI_JUMP_KIND(%rdi)
	je	1f
	negq	%rcx
	addq	%fs:ABI_STACK_LO, %rcx
	addq	%fs:ABI_STACK_NBYTES, %rcx
	movq	$0, %fs:ABI_SIGNAL_SP
1:	movl	$1, %eax
	testl	%esi, %esi
	cmovne	%esi, %eax
	movq	(%rdi), %rbx
	movq	8(%rdi), %rbp
	movq	16(%rdi), %r12
	movq	24(%rdi), %r13
	movq	32(%rdi), %r14
	movq	40(%rdi), %r15
	movq	CAIRNI_JUMP_PC(%rdi), %rdx
	movq	%rcx, %rsp
	jmp	*%rdx
	END	cairni_arch_jump

	.section .note.GNU-stack, "", @progbits
