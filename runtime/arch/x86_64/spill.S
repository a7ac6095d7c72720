/* spill.S: store the preserved registers where a scan of the stack sees them.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

	.text
	.globl	cairni_arch_spill_and_call
	.hidden	cairni_arch_spill_and_call
	.type	cairni_arch_spill_and_call, @function

/* void cairni_arch_spill_and_call (void (*fn) (void *, void *), void *arg)  */
cairni_arch_spill_and_call:
	.cfi_startproc
	endbr64
	pushq	%rbx
	.cfi_adjust_cfa_offset 8
	pushq	%rbp
	.cfi_adjust_cfa_offset 8
	pushq	%r12
	.cfi_adjust_cfa_offset 8
	pushq	%r13
	.cfi_adjust_cfa_offset 8
	pushq	%r14
	.cfi_adjust_cfa_offset 8
	pushq	%r15
	.cfi_adjust_cfa_offset 8
	subq	$8, %rsp
	.cfi_adjust_cfa_offset 8
	movq	%rdi, %rax
	movq	%rsi, %rdi
	movq	%rsp, %rsi
	call	*%rax
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	popq	%r15
	.cfi_adjust_cfa_offset -8
	popq	%r14
	.cfi_adjust_cfa_offset -8
	popq	%r13
	.cfi_adjust_cfa_offset -8
	popq	%r12
	.cfi_adjust_cfa_offset -8
	popq	%rbp
	.cfi_adjust_cfa_offset -8
	popq	%rbx
	.cfi_adjust_cfa_offset -8
	ret
	.cfi_endproc
	.size	cairni_arch_spill_and_call, .-cairni_arch_spill_and_call

	.section .note.GNU-stack, "", @progbits
