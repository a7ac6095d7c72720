/* context.S: getcontext, swapcontext, and how a context starts and ends.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The C library's functions store the stack pointer and the address that their
   caller is to go on with: so they are jumped to, with the stack as it was.
   See stack/contexts.c.  */

	.text

/* int getcontext (ucontext_t *context)  */
	.globl	getcontext
	.type	getcontext, @function
	.p2align 4
getcontext:
	.cfi_startproc
	endbr64
	pushq	%rdi
	.cfi_adjust_cfa_offset 8
	call	cairni_context_save
	popq	%rdi
	.cfi_adjust_cfa_offset -8
	jmp	*%rax
	.cfi_endproc
	.size	getcontext, .-getcontext

/* int swapcontext (ucontext_t *from, const ucontext_t *to)  */
	.globl	swapcontext
	.type	swapcontext, @function
	.p2align 4
swapcontext:
	.cfi_startproc
	endbr64
	pushq	%rdi
	.cfi_adjust_cfa_offset 8
	pushq	%rsi
	.cfi_adjust_cfa_offset 8
	subq	$8, %rsp
	.cfi_adjust_cfa_offset 8
	call	cairni_context_swap
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	popq	%rsi
	.cfi_adjust_cfa_offset -8
	popq	%rdi
	.cfi_adjust_cfa_offset -8
	jmp	*%rax
	.cfi_endproc
	.size	swapcontext, .-swapcontext

/* The function of a context returns here.  rbx is where the link is, as in the
   C library's.  There is no caller.  */
	.globl	cairni_arch_context_end
	.hidden	cairni_arch_context_end
	.type	cairni_arch_context_end, @function
	.p2align 4
	.cfi_startproc
	.cfi_undefined %rip
	nop
cairni_arch_context_end:
	movq	%rbx, %rsp
	movq	(%rsp), %rdi
	call	cairni_context_finish
	hlt
	.cfi_endproc
	.size	cairni_arch_context_end, .-cairni_arch_context_end

	.hidden	cairni_context_save
	.hidden	cairni_context_swap
	.hidden	cairni_context_finish

	.section .note.GNU-stack, "", @progbits
