/* stack.S: leave the growable stack, come back, grow it.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A thread's system stack while it has a growable one:

        .                                .
        |  frames of the C library       |
        +--------------------------------+
        |  address to return to          |  <- in the growable stack's record
        |  the gap, for what ends the    |
        |  growable stack                |
        +--------------------------------+  <- SYSTEM_SP
        |  growable stack's pointer      |  while code of others runs;
        |  rbp, copied arguments         |  otherwise the alternate
        |  its frames                    |  signal stack
        .                                .

   There is one switch at a time, because what is called back from the system
   stack stays on it: so a switch starts at SYSTEM_SP, always.

   STACK_SP is set before the growable stack is left.  What lies less than 128
   bytes below it counts as live, as registers may be put there.

   Debuggers take a caller whose frame has a lower address than its callee's
   for a sign of a damaged stack, and stop; gdb excepts the function that
   -fsplit-stack calls, by its name.  So the code that is a caller on another
   stack than its callee is called __morestack here.  */

#include "arch/x86_64/switch.h"

	.text

/* Jump to TARGET if r10 is the address of a function that may run on a growable
   stack.  A function that is shorter than what is compared ends in 4 bytes
   that differ.  */
#define MARK_START (ABI_MARK_OPCODE + ((ABI_MARK_DISPLACEMENT & 0xff) << 24))
#define ENDBR64 0xfa1e0ff3

	.macro	TEST_MARK target
	cmpl	$MARK_START, (%r10)
	je	.Lfirst\@
	cmpl	$ENDBR64, (%r10)
	jne	.Lnone\@
	cmpl	$MARK_START, 4(%r10)
	jne	.Lnone\@
	cmpl	$ABI_MARK_DISPLACEMENT, 7(%r10)
	je	\target
	jmp	.Lnone\@
.Lfirst\@:
	cmpl	$ABI_MARK_DISPLACEMENT, 3(%r10)
	je	\target
.Lnone\@:
	.endm

/* Call the function at r10, on the system stack if it is not marked.  Changes
   r11 and the flags.  */
	FUNCTION cairn_rt_call
	TEST_MARK 1f
	TEST_GROWABLE %r11
	jb	.Lswitch
1:	jmp	*%r10
	END	cairn_rt_call

/* The same for a function that is known not to be marked.  */
	.globl	cairni_arch_call_system
	.hidden	cairni_arch_call_system
	.set	cairni_arch_call_system, cairn_rt_call_system
	FUNCTION cairn_rt_call_system
	TEST_GROWABLE %r11
	jb	.Lswitch
	jmp	*%r10
	END	cairn_rt_call_system

/* The same two with r11 bytes of arguments on the stack.  */
	FUNCTION cairn_rt_call_args
	TEST_MARK 1f
	movq	%rax, -8(%rsp)
	TEST_GROWABLE %rax
	movq	-8(%rsp), %rax
	jb	.Lswitch_args
1:	jmp	*%r10
	END	cairn_rt_call_args

	FUNCTION cairn_rt_call_system_args
	movq	%rax, -8(%rsp)
	TEST_GROWABLE %rax
	movq	-8(%rsp), %rax
	jb	.Lswitch_args
	jmp	*%r10
	END	cairn_rt_call_system_args

/* Have the caller, whose own caller's arguments on the stack are r11 bytes, run
   on the system stack.  Changes r11 and the flags.  */
	FUNCTION cairn_rt_pin
	movq	%rax, -8(%rsp)
	TEST_GROWABLE %rax
	movq	-8(%rsp), %rax
	jb	.Lpin
	ret
	END	cairn_rt_pin

/* Make room for r11 bytes below where the stack pointer was at the entry of the
   caller, and do what was asked of the thread meanwhile.  Changes r11 and the
   flags.  */
	FUNCTION cairn_rt_grow
	movq	%rax, -16(%rsp)
	TEST_GROWABLE %rax
	jb	.Lgrow
	movq	-16(%rsp), %rax
	ret
	END	cairn_rt_grow

/* Give the thread a growable stack if it has none, and return on it; the
   caller's caller is returned to on the system stack.  Preserves rdi, rsi, rdx,
   rcx.  */
	FUNCTION cairn_rt_enter
	cmpq	$0, %fs:ABI_STACK_NBYTES
	je	1f
	ret
1:	.irp	reg, rdi, rsi, rdx, rcx
	pushq	%\reg
	.cfi_adjust_cfa_offset 8
	.endr
	leaq	40(%rsp), %rdi
	call	cairni_stack_begin
	.irp	reg, rcx, rdx, rsi, rdi
	popq	%\reg
	.cfi_adjust_cfa_offset -8
	.endr
	testq	%rax, %rax
	jnz	2f
	ret
	/* rax is the record.  */
2:	movq	(%rsp), %r11
	leaq	8(%rsp), %r10
	movq	%r10, (%rax)
	leaq	.Lreturned(%rip), %r10
	movq	%r10, -8(%rax)
	leaq	-8(%rax), %rsp
	jmp	*%r11
	END	cairn_rt_enter

/* uintptr_t cairni_arch_run (uintptr_t (*fn) (uintptr_t, uintptr_t, uintptr_t),
                              uintptr_t a, uintptr_t b, uintptr_t c)  */
	.hidden	cairni_arch_run
	FUNCTION cairni_arch_run
	.irp	reg, rdi, rsi, rdx, rcx, rcx
	pushq	%\reg
	.cfi_adjust_cfa_offset 8
	.endr
	leaq	40(%rsp), %rdi
	call	cairni_stack_begin
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	.irp	reg, rdx, rsi, rdi, r11
	popq	%\reg
	.cfi_adjust_cfa_offset -8
	.endr
	testq	%rax, %rax
	jnz	1f
	jmp	*%r11
1:	movq	%rsp, (%rax)
	leaq	.Lreturned(%rip), %r10
	movq	%r10, -8(%rax)
	leaq	-8(%rax), %rsp
	jmp	*%r11
	END	cairni_arch_run

/* From here on, callers on another stack than their callees.  */
	.type	__morestack, @function
	.p2align 4
__morestack:

/* Call r10 on the system stack.  */
.Lswitch:
	.cfi_startproc
	movq	%rsp, %fs:ABI_STACK_SP
	movq	%rsp, %r11
	.cfi_def_cfa %r11, 8
	movq	%fs:ABI_SYSTEM_SP, %rsp
	movq	%r11, -16(%rsp)
	subq	$16, %rsp
	CFA_BY_RSP 0
	call	*%r10
	movq	%fs:ABI_STACK_SP, %rsp
	.cfi_def_cfa %rsp, 8
	ret
	.cfi_endproc

/* Build the frame of a switch with r11 bytes of arguments: rax is the growable
   stack's pointer, at the address to return to, behind which they are.  On any
   stack that code of ours runs on, the arguments are as aligned as there, up to
   64 bytes.  Changes r11.  */
	.macro	BUILD_SWITCH
	movq	%fs:ABI_SYSTEM_SP, %rsp
	pushq	%rax
	pushq	%rbp
	movq	%rsp, %rbp
	CFA_BY_RBP 8
	RBP_BY_RBP 0
	subq	%r11, %rsp
	andq	$-64, %rsp
	testq	%r11, %r11
	jz	.Lcopied\@
	addq	%r11, %rsp
.Lcopy\@:
	pushq	(%rax, %r11)
	subq	$8, %r11
	jnz	.Lcopy\@
.Lcopied\@:
	.endm

	.macro	LEAVE_SWITCH
	movq	8(%rbp), %r11
	movq	(%rbp), %rbp
	.cfi_def_cfa %r11, 8
	.cfi_same_value %rbp
	movq	%r11, %rsp
	.cfi_def_cfa %rsp, 8
	ret
	.endm

.Lswitch_args:
	.cfi_startproc
	movq	%rsp, %fs:ABI_STACK_SP
	movq	%rsp, %rax
	.cfi_def_cfa %rax, 8
	BUILD_SWITCH
	movq	-8(%rax), %rax
	call	*%r10
	LEAVE_SWITCH
	.cfi_endproc

/* The function to go on in at 0(%rsp), its caller's address at 8(%rsp).  */
.Lpin:
	.cfi_startproc
	.cfi_def_cfa %rsp, 16
	leaq	8(%rsp), %rax
	movq	%rax, %fs:ABI_STACK_SP
	.cfi_def_cfa %rax, 8
	BUILD_SWITCH
	movq	-8(%rax), %r11
	movq	-16(%rax), %rax
	call	*%r11
	LEAVE_SWITCH
	.cfi_endproc

.Lgrow:
	.cfi_startproc
	ENTER_C
	leaq	CAIRNI_SAVED_SP(%rbp), %rdi
	movq	CAIRNI_SAVED_R11(%rbp), %rsi
	call	cairni_stack_grow
	cmpq	$0, %fs:ABI_YIELD
	jne	1f
.Lchecked:
	LEAVE_C
	/* What another thread needs to go on here is from rsp to behind the SP: also
	   the registers that C functions preserve, of which that thread knows
	   nothing.  */
1:	CFA_BY_RBP CAIRNI_SAVED_SP
	RBP_BY_RBP CAIRNI_SAVED_RBP
	subq	$64, %rsp
	movq	%rbx, CAIRNI_CHECK_RBX(%rsp)
	movq	%r12, CAIRNI_CHECK_R12(%rsp)
	movq	%r13, CAIRNI_CHECK_R13(%rsp)
	movq	%r14, CAIRNI_CHECK_R14(%rsp)
	movq	%r15, CAIRNI_CHECK_R15(%rsp)
	movq	%rsp, %rdi
	movq	%rbp, %rsi
	leaq	CAIRNI_SAVED_SP + 8(%rbp), %rdx
	call	cairni_goroutine_check
	.globl	cairni_arch_checked
	.hidden	cairni_arch_checked
cairni_arch_checked:
	movq	CAIRNI_CHECK_RBX(%rsp), %rbx
	movq	CAIRNI_CHECK_R12(%rsp), %r12
	movq	CAIRNI_CHECK_R13(%rsp), %r13
	movq	CAIRNI_CHECK_R14(%rsp), %r14
	movq	CAIRNI_CHECK_R15(%rsp), %r15
	addq	$64, %rsp
	jmp	.Lchecked
	.cfi_endproc

/* The first function on a growable stack returns here: rsp is the record, of
   which the second word tells the thread.  */
	.cfi_startproc
	CFA_BY_RSP 0
	nop
.Lreturned:
	movq	8(%rsp), %rcx
	cmpq	%fs:0, %rcx
	jne	1f
	movq	(%rsp), %rsp
	.cfi_def_cfa %rsp, 8
	pushq	%rax
	.cfi_adjust_cfa_offset 8
	pushq	%rdx
	.cfi_adjust_cfa_offset 8
	subq	$8, %rsp
	.cfi_adjust_cfa_offset 8
	call	cairni_stack_end
	addq	$8, %rsp
	.cfi_adjust_cfa_offset -8
	popq	%rdx
	.cfi_adjust_cfa_offset -8
	popq	%rax
	.cfi_adjust_cfa_offset -8
	ret
	/* main has gone to another thread, as a goroutine: end the program, as
	   returning would.  */
	.cfi_undefined %rip
1:	movl	%eax, %edi
	movq	%fs:ABI_SYSTEM_SP, %rsp
	call	exit@PLT
	hlt
	.cfi_endproc
	.size	__morestack, .-__morestack

	.hidden	cairni_stack_begin
	.hidden	cairni_stack_end
	.hidden	cairni_stack_grow
	.hidden	cairni_goroutine_check

	.section .note.GNU-stack, "", @progbits
