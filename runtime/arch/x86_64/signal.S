/* signal.S: where every handler starts, and a system call from nowhere.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The kernel calls cairni_signals_entry in place of a handler, with a signal
   frame at rsp: the address that returns to the kernel, the ucontext, the
   siginfo (and the floating-point state, above).  cairni_signals_arrive says
   which handler to call and where the frame is to be by then; the address of
   the ucontext and of the siginfo follow from that.  The return address stays
   in its place meanwhile, so that a debugger and an exception find the
   interrupted code.

   SIGNAL_SP is set while a handler runs that interrupted the growable stack,
   ARRIVAL_SP, for a handler that interrupted another stack than it starts on,
   until it is called; but for a few instructions, which cairni_signals_arrive
   knows: from cairni_signals_entry on, where rsp is at the frame, to before
   cairni_signals_noted; and cairni_signals_return, where it is at the
   ucontext.  */

#define SIGNAL_FRAME_STACK_LO 24
#define SIGNAL_FRAME_STACK_NBYTES 40
#define SIGNAL_FRAME_SP 168
#define SIGNAL_FRAME_INFO 312
#define CLEAR_SIGNAL_SP 1
#define CLEAR_ARRIVAL_SP 2
#define SYS_RT_SIGRETURN 15
#define SYS_SIGALTSTACK 131

#define CAIRN_STACK_ABI(name, value) .set name, value;
#include "stack-abi.def"

	.text
	.globl	cairni_signals_entry
	.hidden	cairni_signals_entry
	.type	cairni_signals_entry, @function
	.align	16
cairni_signals_entry:
	.cfi_startproc
	endbr64
	movq	SIGNAL_FRAME_SP(%rsp), %rax
	movq	%rax, %rcx
	subq	%fs:STACK_LO, %rcx
	cmpq	%fs:STACK_NBYTES, %rcx
	jae	1f
	movq	%rax, %fs:SIGNAL_SP
	jmp	cairni_signals_noted
	/* As the kernel does, which leaves the size 0 if there is none.  */
1:	leaq	-1(%rax), %rcx
	subq	SIGNAL_FRAME_STACK_LO(%rsp), %rcx
	cmpq	SIGNAL_FRAME_STACK_NBYTES(%rsp), %rcx
	jb	cairni_signals_noted
	movq	%rax, %fs:ARRIVAL_SP
	.globl	cairni_signals_noted
	.hidden	cairni_signals_noted
cairni_signals_noted:
	subq	$24, %rsp
	.cfi_adjust_cfa_offset 24
	movl	%edi, (%rsp)
	leaq	24(%rsp), %rcx
	call	cairni_signals_arrive
	movl	(%rsp), %edi
	leaq	-8(%rdx), %rsp
	.cfi_def_cfa_offset 16
	/* The word below the frame: which of the two words are to be cleared.  */
	testb	$CLEAR_ARRIVAL_SP, (%rsp)
	jz	1f
	movq	$0, %fs:ARRIVAL_SP
1:	leaq	SIGNAL_FRAME_INFO(%rdx), %rsi
	addq	$8, %rdx
	call	*%rax
	movq	(%rsp), %rcx
	addq	$16, %rsp
	.cfi_def_cfa_offset 0
	movl	$SYS_RT_SIGRETURN, %eax
	testb	$CLEAR_SIGNAL_SP, %cl
	jz	cairni_signals_return
	movq	$0, %fs:SIGNAL_SP
	.globl	cairni_signals_return
	.hidden	cairni_signals_return
cairni_signals_return:
	syscall
	hlt
	.cfi_endproc
	.size	cairni_signals_entry, . - cairni_signals_entry

/* long cairni_signals_set_stack (const stack_t *stack, stack_t *old)

   sigaltstack, which refuses if the stack pointer is on the alternate stack:
   here it is on none.  All signals are blocked.  Returns 0 or minus an error
   number.  */
	.globl	cairni_signals_set_stack
	.hidden	cairni_signals_set_stack
	.type	cairni_signals_set_stack, @function
	.align	16
cairni_signals_set_stack:
	.cfi_startproc
	endbr64
	movq	%rsp, %r8
	.cfi_def_cfa_register %r8
	xorl	%esp, %esp
	movl	$SYS_SIGALTSTACK, %eax
	syscall
	movq	%r8, %rsp
	.cfi_def_cfa_register %rsp
	ret
	.cfi_endproc
	.size	cairni_signals_set_stack, . - cairni_signals_set_stack

	.section .note.GNU-stack,"",@progbits
