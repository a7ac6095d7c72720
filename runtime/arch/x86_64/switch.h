/* switch.h: what the assembly files that change stacks share.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   For assembly only.  Signals do not touch the 128 bytes below a stack pointer:
   on the growable stack because their handlers run on the system stack, on the
   system stack because the ABI says so.  So registers are put there.  */

#include "arch/x86_64/stack-layout.h"

#define CAIRN_STACK_ABI(name, value) .set ABI_##name, value;
#include "stack-abi.def"
#undef CAIRN_STACK_ABI

/* DW_CFA_def_cfa_expression: what is at rsp + OFFSET, plus 8; OFFSET < 64.  */
	.macro	CFA_BY_RSP offset
	.cfi_escape 0x0f, 5, 0x77, \offset, 0x06, 0x23, 8
	.endm

/* The same from rbp.  */
	.macro	CFA_BY_RBP offset
	.cfi_escape 0x0f, 6, 0x76, 0x80 | (\offset & 0x7f), \offset >> 7, 0x06, 0x23, 8
	.endm

/* DW_CFA_expression: the caller's rbp is at rbp + OFFSET.  */
	.macro	RBP_BY_RBP offset
	.cfi_escape 0x10, 6, 3, 0x76, 0x80 | (\offset & 0x7f), \offset >> 7
	.endm

	.macro	FUNCTION name
	.globl	\name
	.type	\name, @function
	.p2align 4
\name:
	.cfi_startproc
	endbr64
	.endm

	.macro	END name
	.cfi_endproc
	.size	\name, .-\name
	.endm

/* Set the flags: below (jb) if on the growable stack.  Changes REG, which may
   be any register, of which the value at REG is lost.  */
	.macro	TEST_GROWABLE reg
	movq	%rsp, \reg
	subq	%fs:ABI_STACK_LO, \reg
	cmpq	%fs:ABI_STACK_NBYTES, \reg
	.endm

/* Prepare a call of C on the system stack from code that preserves all
   registers; rax has been stored at -16(%rsp).  The vector registers may hold
   arguments, results, or values of a caller that knows that its callee does
   not change them: all are stored, in full width.  */
	.macro	ENTER_C
	movq	%rbp, -8(%rsp)
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa %rbp, 8
	TEST_GROWABLE %rax
	jae	.Lsame\@
	movq	%rsp, %fs:ABI_STACK_SP
	movq	%fs:ABI_SYSTEM_SP, %rsp
	jmp	.Lbuild\@
.Lsame\@:
	subq	$16, %rsp
.Lbuild\@:
	pushq	%rbp
	pushq	-8(%rbp)
	pushq	-16(%rbp)
	pushq	%rcx
	pushq	%rdx
	pushq	%rsi
	pushq	%rdi
	pushq	%r8
	pushq	%r9
	pushq	%r10
	pushq	%r11
	movq	%rsp, %rbp
	CFA_BY_RBP CAIRNI_SAVED_SP
	RBP_BY_RBP CAIRNI_SAVED_RBP
	andq	$-64, %rsp
	movl	cairni_arch_vector_mask(%rip), %eax
	testl	%eax, %eax
	jnz	.Lknown\@
	call	cairni_arch_find_vectors
.Lknown\@:
	subq	cairni_arch_vector_nbytes(%rip), %rsp
	xorl	%edx, %edx
	cmpl	$1, %eax
	je	.Lold\@
	.irp	offset, 512, 520, 528, 536, 544, 552, 560, 568
	movq	%rdx, \offset(%rsp)
	.endr
	xsave64	(%rsp)
	jmp	.Lstored\@
.Lold\@:
	fxsave64 (%rsp)
.Lstored\@:
	.endm

/* Restore everything and return to the stack and the address at CAIRNI_SAVED_SP.  */
	.macro	LEAVE_C
	movl	cairni_arch_vector_mask(%rip), %eax
	xorl	%edx, %edx
	cmpl	$1, %eax
	je	.Lold\@
	xrstor64 (%rsp)
	jmp	.Lloaded\@
.Lold\@:
	fxrstor64 (%rsp)
.Lloaded\@:
	movq	%rbp, %rsp
	popq	%r11
	popq	%r10
	popq	%r9
	popq	%r8
	popq	%rdi
	popq	%rsi
	popq	%rdx
	popq	%rcx
	popq	%rax
	popq	%rbp
	.cfi_same_value %rbp
	CFA_BY_RSP 0
	popq	%rsp
	.cfi_def_cfa %rsp, 8
	ret
	.endm

	.hidden	cairni_arch_vector_mask
	.hidden	cairni_arch_vector_nbytes
	.hidden	cairni_arch_find_vectors
