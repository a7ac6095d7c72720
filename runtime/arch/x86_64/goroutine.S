/* goroutine.S: from a goroutine to the scheduler, and back.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A goroutine that waits is what its growable stack holds:

        .                                .
        |  its frames                    |
        |  address to return to          |
        |  rbx rbp r12 r13 r14 r15       |
        +--------------------------------+  <- its STACK_SP

   and, if a stack check let others run, a copy of what the check stored on the
   system stack.  Nothing of it is on a thread's system stack, so any thread can
   go on with it.  The scheduler runs on the system stack; who starts or goes on
   with a goroutine leaves that as it is, and the next switch starts at SYSTEM_SP
   again.

   See stack.S for the name __morestack.  */

#include "arch/x86_64/switch.h"

/* Bytes of the preserved registers.  */
#define SAVED_NBYTES 48

/* DW_CFA_def_cfa_expression: what is at rsp, plus SAVED_NBYTES and 8.  */
	.macro	CFA_PARKED
	.cfi_escape 0x0f, 5, 0x77, 0, 0x06, 0x23, SAVED_NBYTES + 8
	.endm

/* rsp is where the preserved registers are, CFA_NBYTES below the CFA.  */
	.macro	POP_PRESERVED cfa_nbytes
	.cfi_def_cfa %rsp, \cfa_nbytes
	.cfi_offset %rip, -8
	.set	.Loffset\@, -(\cfa_nbytes)
	.irp	reg, r15, r14, r13, r12, rbp, rbx
	.cfi_offset %\reg, .Loffset\@
	.set	.Loffset\@, .Loffset\@ + 8
	.endr
	.irp	reg, r15, r14, r13, r12, rbp, rbx
	popq	%\reg
	.cfi_adjust_cfa_offset -8
	.cfi_restore \reg
	.endr
	.endm

	.text

/* The functions of parking.def begin with the mark: see stack-abi.def.  */
	.macro	PARKING_ENTRY name
	.hidden	cairni_park_\name
	FUNCTION cairn_\name
	.byte	ABI_MARK_OPCODE & 0xff, ABI_MARK_OPCODE >> 8 & 0xff
	.byte	ABI_MARK_OPCODE >> 16
	.long	ABI_MARK_DISPLACEMENT
	.endm

	.macro	PARKING name
	PARKING_ENTRY \name
	leaq	cairni_park_\name(%rip), %r10
	jmp	.Lparking
	END	cairn_\name
	.endm

/* The same for those that C first tries to do on the caller's stack, as
   cairni_try_NAME.  It goes on with cairni_wait_NAME if it must wait.  */
	.macro	PARKING_TRIED name
	.hidden	cairni_try_\name
	.hidden	cairni_wait_\name
	PARKING_ENTRY \name
	jmp	cairni_try_\name
	END	cairn_\name
	FUNCTION cairni_wait_\name
	leaq	cairni_park_\name(%rip), %r10
	jmp	.Lparking
	END	cairni_wait_\name
	.endm

#define CAIRN_PARKING(name) PARKING name;
#define CAIRN_PARKING_TRIED(name) PARKING_TRIED name;
#include "parking.def"
#undef CAIRN_PARKING
#undef CAIRN_PARKING_TRIED

	.type	__morestack, @function
	.p2align 4
__morestack:
.Lparking:
	.cfi_startproc
	TEST_GROWABLE %rax
	jae	1f
	.irp	reg, rbx, rbp, r12, r13, r14, r15
	pushq	%\reg
	.cfi_adjust_cfa_offset 8
	.cfi_rel_offset \reg, 0
	.endr
	movq	%rsp, %fs:ABI_STACK_SP
	movq	%rsp, %fs:ABI_PARK_SP
	movq	%rsp, %r11
	.cfi_def_cfa_register %r11
	movq	%fs:ABI_SYSTEM_SP, %rsp
	movq	%r11, -16(%rsp)
	subq	$16, %rsp
	CFA_PARKED
	call	*%r10
	movq	%fs:ABI_STACK_SP, %rsp
	.globl	cairni_arch_parked
	.hidden	cairni_arch_parked
cairni_arch_parked:
	POP_PRESERVED SAVED_NBYTES + 8
	ret
1:	movq	$0, %fs:ABI_PARK_SP
	jmp	*%r10
	.cfi_endproc

/* A goroutine begins: rbx is its function and rbp the argument.  The function
   may be one that is not for growable stacks.  */
	.cfi_startproc
	.cfi_undefined %rip
	nop
	.globl	cairni_arch_begin
	.hidden	cairni_arch_begin
cairni_arch_begin:
	movq	%rbx, %r10
	movq	%rbp, %rdi
	xorl	%ebp, %ebp
	call	cairn_rt_call
	movq	%fs:ABI_SYSTEM_SP, %rsp
	call	cairni_goroutine_end
	hlt
	.cfi_endproc
	.size	__morestack, .-__morestack

/* void cairni_arch_resume (uintptr_t sp, uintptr_t result, uintptr_t result2):
   go on with the goroutine that waits with its stack pointer at SP, in a
   function that returns RESULT and RESULT2.  */
	.hidden	cairni_arch_resume
	FUNCTION cairni_arch_resume
	movq	%rsi, %rax
	movq	%rdi, %rsp
	POP_PRESERVED SAVED_NBYTES + 8
	/* Not a return: the processor would expect to come back to the scheduler.  */
	popq	%rcx
	.cfi_adjust_cfa_offset -8
	.cfi_register %rip, %rcx
	jmp	*%rcx
	END	cairni_arch_resume

/* void cairni_arch_resume_check (void *saved, size_t nbytes, size_t base,
                                  uint32_t *left): go on in the stack check that
   stored the NBYTES of SAVED, of which rbp was at BASE.  *LEFT is set to 0 when
   they are on the stack.  */
	.hidden	cairni_arch_resume_check
	FUNCTION cairni_arch_resume_check
	movq	%fs:ABI_SYSTEM_SP, %rax
	subq	%rsi, %rax
	andq	$-64, %rax
	movq	%rax, %rsp
	leaq	(%rax, %rdx), %rbp
	movq	%rcx, %rdx
	movq	%rsi, %rcx
	movq	%rdi, %rsi
	movq	%rax, %rdi
	rep movsb
	movl	$0, (%rdx)
	jmp	cairni_arch_checked
	END	cairni_arch_resume_check

/* void cairni_arch_on_system (void (*fn) (void)): call FN, which does not return,
   on the calling thread's system stack as if nothing were on it.  */
	.hidden	cairni_arch_on_system
	FUNCTION cairni_arch_on_system
	movq	%fs:ABI_SYSTEM_SP, %rsp
	.cfi_undefined %rip
	/* What a goroutine had in them is kept with it; here it would keep objects
	   alive for as long as the thread sleeps.  */
	.irp	reg, ebx, ebp, r12d, r13d, r14d, r15d
	xorl	%\reg, %\reg
	.endr
	call	*%rdi
	hlt
	END	cairni_arch_on_system

	.hidden	cairni_arch_checked
	.hidden	cairni_goroutine_end

	.section .note.GNU-stack, "", @progbits
