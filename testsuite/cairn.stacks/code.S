/* code.S: functions as the compiler makes them, for programs that are compiled
   without it.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

#define CAIRN_STACK_ABI(name, value) .set name, value;
#include "stack-abi.def"

	.macro	FUNCTION name
	.globl	\name
	.type	\name, @function
	.p2align 4
\name:
	.cfi_startproc
	nopl	MARK_DISPLACEMENT(%rax)
	.endm

/* The check of a function that needs NBYTES.  */
	.macro	CHECK nbytes
	cmpq	%fs:GUARD, %rsp
	jae	.Lroom\@
	movl	$\nbytes, %r11d
	call	cairn_rt_grow
.Lroom\@:
	.endm

	.macro	PUSH reg
	pushq	%\reg
	.cfi_adjust_cfa_offset 8
	.endm

	.macro	POP reg
	popq	%\reg
	.cfi_adjust_cfa_offset -8
	.endm

	.macro	SUB n
	subq	$\n, %rsp
	.cfi_adjust_cfa_offset \n
	.endm

	.macro	ADD n
	addq	$\n, %rsp
	.cfi_adjust_cfa_offset -\n
	.endm

	.macro	END name
	ret
	.cfi_endproc
	.size	\name, .-\name
	.endm

	.text

/* int main (void): do the program's STEPS one after the other on a growable
   stack.  next_step gives them, and says at the end how it went.  */
	FUNCTION main
	call	cairn_rt_enter
	CHECK	64
	PUSH	rbx
	leaq	next_step(%rip), %r10
1:	call	cairn_rt_call
	testq	%rax, %rax
	jz	2f
	movq	%rax, %rbx
	movq	(%rbx), %r10
	movq	8(%rbx), %rdi
	movq	16(%rbx), %rsi
	movq	24(%rbx), %rdx
	movq	32(%rbx), %rcx
	call	cairn_rt_call
	movq	%rax, 40(%rbx)
	leaq	next_step(%rip), %r10
	jmp	1b
2:	xorl	%eax, %eax
	POP	rbx
	END	main

/* long recurse (long n): n + ... + 1.  Each frame is 16 bytes.  */
	FUNCTION recurse
	CHECK	64
	testq	%rdi, %rdi
	jz	1f
	PUSH	rdi
	decq	%rdi
	call	recurse
	POP	rdi
	addq	%rdi, %rax
	END	recurse
	.cfi_startproc
1:	xorl	%eax, %eax
	ret
	.cfi_endproc

/* long recurse48 (long n): 1 + recurse48 (n - 1).  */
	FUNCTION recurse48
	CHECK	64
	testq	%rdi, %rdi
	jz	1f
	SUB	40
	movq	%rdi, 8(%rsp)
	decq	%rdi
	call	recurse48
	movq	8(%rsp), %rdx
	subq	%rdx, %rax
	addq	%rdx, %rax
	incq	%rax
	ADD	40
	END	recurse48
	.cfi_startproc
1:	xorl	%eax, %eax
	ret
	.cfi_endproc

/* long plain48 (long n): the same without checks.  */
	.globl	plain48
plain48:
	.cfi_startproc
	testq	%rdi, %rdi
	jz	1f
	SUB	40
	movq	%rdi, 8(%rsp)
	decq	%rdi
	call	plain48
	movq	8(%rsp), %rdx
	subq	%rdx, %rax
	addq	%rdx, %rax
	incq	%rax
	ADD	40
	ret
1:	xorl	%eax, %eax
	ret
	.cfi_endproc

/* long with_frame (long n): recursion with a frame of 16 bytes on the address
   stack.  */
	FUNCTION with_frame
	CHECK	96
	testq	%rdi, %rdi
	jz	1f
	PUSH	rbx
	PUSH	rdi
	SUB	8
	movq	%fs:FRAME_PTR, %rbx
	leaq	16(%rbx), %rax
	cmpq	%fs:FRAME_LIMIT, %rax
	ja	2f
	movq	%rax, %fs:FRAME_PTR
3:	movq	%rdi, (%rbx)
	decq	%rdi
	call	with_frame
	movq	8(%rsp), %rdi
	subq	%rdi, %rax
	addq	(%rbx), %rax
	incq	%rax
	movq	%rbx, %fs:FRAME_PTR
	cmpq	%rbx, %fs:FRAME_START
	je	4f
5:	ADD	8
	POP	rdi
	POP	rbx
	ret
	.cfi_adjust_cfa_offset 24
2:	movl	$16, %eax
	call	cairn_rt_frame_push
	movq	%rax, %rbx
	jmp	3b
4:	call	cairn_rt_frame_pop
	jmp	5b
	.cfi_adjust_cfa_offset -24
1:	xorl	%eax, %eax
	END	with_frame

/* long push_pop (long n, size_t nbytes): N times enter and leave a function with
   an address frame of NBYTES.  */
	FUNCTION push_pop
	CHECK	96
	PUSH	rbx
1:	movq	%fs:FRAME_PTR, %rbx
	leaq	(%rbx, %rsi), %rax
	cmpq	%fs:FRAME_LIMIT, %rax
	ja	2f
	movq	%rax, %fs:FRAME_PTR
3:	movq	%rdi, (%rbx)
	movq	%rdi, -8(%rbx, %rsi)
	movq	%rbx, %fs:FRAME_PTR
	cmpq	%rbx, %fs:FRAME_START
	je	4f
5:	decq	%rdi
	jnz	1b
	xorl	%eax, %eax
	POP	rbx
	ret
	.cfi_adjust_cfa_offset 8
2:	movq	%rsi, %rax
	call	cairn_rt_frame_push
	movq	%rax, %rbx
	jmp	3b
4:	call	cairn_rt_frame_pop
	jmp	5b
	.cfi_adjust_cfa_offset -8
	END	push_pop

/* long enter_frame (size_t nbytes, fn, a, b): call FN (A, B)
   with an address frame of NBYTES below.  */
	FUNCTION enter_frame
	CHECK	96
	PUSH	rbx
	movq	%rsi, %r10
	movq	%fs:FRAME_PTR, %rbx
	leaq	(%rbx, %rdi), %rax
	cmpq	%fs:FRAME_LIMIT, %rax
	ja	2f
	movq	%rax, %fs:FRAME_PTR
3:	movq	%rdx, %rdi
	movq	%rcx, %rsi
	call	cairn_rt_call
	movq	%rbx, %fs:FRAME_PTR
	cmpq	%rbx, %fs:FRAME_START
	je	4f
5:	xorl	%eax, %eax
	POP	rbx
	ret
	.cfi_adjust_cfa_offset 8
2:	movq	%rdi, %rax
	call	cairn_rt_frame_push
	movq	%rax, %rbx
	jmp	3b
4:	call	cairn_rt_frame_pop
	jmp	5b
	.cfi_adjust_cfa_offset -8
	END	enter_frame

/* long deep_call (long n, fn, arg): N frames down, call FN (ARG).  */
	FUNCTION deep_call
	CHECK	64
	SUB	8
	testq	%rdi, %rdi
	jz	1f
	decq	%rdi
	call	deep_call
	ADD	8
	ret
	.cfi_adjust_cfa_offset 8
1:	movq	%rsi, %r10
	movq	%rdx, %rdi
	call	cairn_rt_call
	ADD	8
	END	deep_call

/* long call_many (long n, fn): N times FN () through the switch.  */
	FUNCTION call_many
	CHECK	64
	PUSH	rbx
	PUSH	r12
	SUB	8
	movq	%rdi, %rbx
	movq	%rsi, %r12
1:	movq	%r12, %r10
	call	cairn_rt_call_system
	decq	%rbx
	jnz	1b
	xorl	%eax, %eax
	ADD	8
	POP	r12
	POP	rbx
	END	call_many

/* long call_direct (long n, fn)  */
	FUNCTION call_direct
	CHECK	64
	PUSH	rbx
	PUSH	r12
	SUB	8
	movq	%rdi, %rbx
	movq	%rsi, %r12
1:	call	*%r12
	decq	%rbx
	jnz	1b
	xorl	%eax, %eax
	ADD	8
	POP	r12
	POP	rbx
	END	call_direct

/* long call_args (fn, entry): FN (1, ..., 9) by the entry point ENTRY, three
   arguments on the stack; al and r10 are arguments, too.  */
	FUNCTION call_args
	CHECK	96
	PUSH	rbx
	movq	%rsi, %rbx
	SUB	24
	movq	%rdi, %r10
	movq	$7, (%rsp)
	movq	$8, 8(%rsp)
	movq	$9, 16(%rsp)
	movl	$1, %edi
	movl	$2, %esi
	movl	$3, %edx
	movl	$4, %ecx
	movl	$5, %r8d
	movl	$6, %r9d
	movl	$24, %r11d
	movl	$0x55, %eax
	call	*%rbx
	ADD	24
	POP	rbx
	END	call_args

/* long pinned (long a, ..., long f, long g, long h, long i): whether it is not on
   the growable stack, and has its arguments and the static chain 0x33.  */
	FUNCTION pinned
	movl	$24, %r11d
	call	cairn_rt_pin
	PUSH	rbp
	movq	%rsp, %rax
	subq	%fs:STACK_LO, %rax
	cmpq	%fs:STACK_NBYTES, %rax
	jb	1f
	cmpq	$0x33, %r10
	jne	1f
	addq	%rsi, %rdi
	addq	%rdx, %rdi
	addq	%rcx, %rdi
	addq	%r8, %rdi
	addq	%r9, %rdi
	addq	16(%rsp), %rdi
	addq	24(%rsp), %rdi
	addq	32(%rsp), %rdi
	movq	%rdi, %rax
	movq	$0x1234, %rbp
	POP	rbp
	ret
	.cfi_adjust_cfa_offset 8
1:	movq	$-1, %rax
	POP	rbp
	END	pinned

/* long call_pinned (void)  */
	FUNCTION call_pinned
	CHECK	96
	PUSH	rbp
	movq	$0x4711, %rbp
	SUB	24
	movq	$7, (%rsp)
	movq	$8, 8(%rsp)
	movq	$9, 16(%rsp)
	movl	$1, %edi
	movl	$2, %esi
	movl	$3, %edx
	movl	$4, %ecx
	movl	$5, %r8d
	movl	$6, %r9d
	movl	$0x33, %r10d
	call	pinned
	cmpq	$0x4711, %rbp
	je	1f
	movq	$-2, %rax
1:	ADD	24
	POP	rbp
	END	call_pinned

/* long call_vectors (fn, size_t nbytes, const char *in, char *out): FN with
   vectors of NBYTES (16, 32, 64) from IN in registers 0 to 7, through a growth
   and a switch; the result's vector to OUT.  */
	FUNCTION call_vectors
	CHECK	64
	PUSH	rbx
	movq	%rcx, %rbx
	movq	%rdi, %r10
	cmpq	$32, %rsi
	je	2f
	ja	3f
	.irp	i, 0, 1, 2, 3, 4, 5, 6, 7
	movups	\i*16(%rdx), %xmm\i
	.endr
	call	force_growth
	call	cairn_rt_call
	movups	%xmm0, (%rbx)
	jmp	9f
2:	.irp	i, 0, 1, 2, 3, 4, 5, 6, 7
	vmovups	\i*32(%rdx), %ymm\i
	.endr
	call	force_growth
	call	cairn_rt_call
	vmovups	%ymm0, (%rbx)
	jmp	9f
3:	.irp	i, 0, 1, 2, 3, 4, 5, 6, 7
	vmovups	\i*64(%rdx), %zmm\i
	.endr
	vmovups	(%rdx), %zmm31
	kmovw	%edi, %k3
	call	force_growth
	kmovw	%k3, %eax
	xorl	%edi, %eax
	testw	%ax, %ax
	jnz	8f
	vpcmpeqd (%rdx), %zmm31, %k1
	kmovw	%k1, %eax
	cmpw	$-1, %ax
	jne	8f
	call	cairn_rt_call
	vmovups	%zmm0, (%rbx)
9:	xorl	%eax, %eax
	POP	rbx
	ret
	.cfi_adjust_cfa_offset 8
8:	movq	$-1, %rax
	POP	rbx
	END	call_vectors

/* Need ever more.  All registers but r11 are preserved.  */
	FUNCTION force_growth
	movq	needed(%rip), %r11
	addq	%r11, %r11
	movq	%r11, needed(%rip)
	call	cairn_rt_grow
	END	force_growth

/* long double call_x87 (fn): what the long double FN (void) returns, through the
   switch, plus 1, rounded: a long.  */
	FUNCTION call_x87
	CHECK	64
	SUB	8
	movq	%rdi, %r10
	call	cairn_rt_call
	fld1
	faddp
	fistpll	(%rsp)
	movq	(%rsp), %rax
	ADD	8
	END	call_x87

/* long jump_test (void *env, long n, fn, arg): if setjmp (ENV) is 0, N frames down,
   FN (ARG); returns what setjmp did the second time, if rbx, rbp, r12 are as
   they were and the stack pointer is where the stack is.  */
	FUNCTION jump_test
	CHECK	96
	PUSH	rbx
	PUSH	rbp
	PUSH	r12
	SUB	32
	movq	%rdi, (%rsp)
	movq	%rsi, 8(%rsp)
	movq	%rdx, 16(%rsp)
	movq	%rcx, 24(%rsp)
	movl	$11, %ebx
	movl	$12, %ebp
	movl	$13, %r12d
	movl	$1, %esi
	call	cairn_rt_sigsetjmp
	testl	%eax, %eax
	jnz	1f
	movl	$0, %ebx
	movl	$0, %ebp
	movl	$0, %r12d
	movq	8(%rsp), %rdi
	movq	16(%rsp), %rsi
	movq	24(%rsp), %rdx
	call	deep_call
	movq	$-1, %rax
	jmp	2f
1:	cmpq	$11, %rbx
	jne	3f
	cmpq	$12, %rbp
	jne	3f
	cmpq	$13, %r12
	jne	3f
	movq	%rsp, %rcx
	subq	%fs:STACK_LO, %rcx
	cmpq	%fs:STACK_NBYTES, %rcx
	jae	3f
2:	ADD	32
	POP	r12
	POP	rbp
	POP	rbx
	ret
	.cfi_adjust_cfa_offset 56
3:	movq	$-2, %rax
	jmp	2b
	.cfi_adjust_cfa_offset -56
	.cfi_endproc
	.size	jump_test, .-jump_test

/* long call_list (fn): FN with a va_list whose areas are here.  */
	FUNCTION call_list
	CHECK	400
	SUB	280
	movq	%rdi, %r10
	movl	$25, %eax
	leaq	80(%rsp), %rdi
1:	movq	%rax, -8(%rdi, %rax, 8)
	decl	%eax
	jnz	1b
	movabsq	$0x3000000008, %rax
	movq	%rax, 16(%rsp)
	leaq	216(%rsp), %rax
	movq	%rax, 24(%rsp)
	leaq	80(%rsp), %rax
	movq	%rax, 32(%rsp)
	leaq	16(%rsp), %rdi
	call	cairn_rt_call
	ADD	280
	END	call_list

/* long hold (long n): N frames, each with what make_object (n) returns; half of
   them on the address stack.  At the end collect (); on the way back
   check_object (object, n).  */
	FUNCTION hold
	CHECK	96
	testq	%rdi, %rdi
	jz	1f
	PUSH	rbx
	PUSH	rdi
	SUB	8
	movq	%fs:FRAME_PTR, %rbx
	leaq	48(%rbx), %rax
	cmpq	%fs:FRAME_LIMIT, %rax
	ja	2f
	movq	%rax, %fs:FRAME_PTR
3:	movq	make_object@GOTPCREL(%rip), %r10
	call	cairn_rt_call
	movq	8(%rsp), %rdi
	movq	%rsp, %rdx
	testl	$1, %edi
	cmovnz	%rbx, %rdx
	movq	$0, (%rsp)
	movq	$0, (%rbx)
	movq	%rax, (%rdx)
	decq	%rdi
	call	hold
	movq	8(%rsp), %rsi
	movq	(%rsp), %rdi
	testl	$1, %esi
	cmovnz	(%rbx), %rdi
	movq	check_object@GOTPCREL(%rip), %r10
	call	cairn_rt_call
	movq	%rbx, %fs:FRAME_PTR
	cmpq	%rbx, %fs:FRAME_START
	je	4f
5:	ADD	8
	POP	rdi
	POP	rbx
	xorl	%eax, %eax
	ret
	.cfi_adjust_cfa_offset 24
2:	movl	$48, %eax
	call	cairn_rt_frame_push
	movq	%rax, %rbx
	jmp	3b
4:	call	cairn_rt_frame_pop
	jmp	5b
	.cfi_adjust_cfa_offset -24
1:	SUB	8
	movq	collect@GOTPCREL(%rip), %r10
	call	cairn_rt_call
	xorl	%eax, %eax
	ADD	8
	END	hold

	.weak	make_object, check_object, collect

	.data
needed:	.quad	1024

	.section .note.GNU-stack, "", @progbits
