/* arch.h: what the runtime must know of the x86-64 and its ABI.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Together with the other files of this folder this is all the
   processor-specific knowledge there is.  Nothing here includes a file outside
   base.  What assembly calls upward is declared where it is defined, in
   stack/.  */

#ifndef CAIRNI_ARCH_H
#define CAIRNI_ARCH_H

#include "base/base.h"

#include <stdarg.h>

struct ucontext_t;

/* The thread pointer: the address of the thread control block, below which
   the static TLS of the thread lies.  */
CAIRNI_INLINE uintptr_t
cairni_arch_thread_pointer (void)
{
  uintptr_t fs;
  __asm__("movq %%fs:0, %0" : "=r"(fs));
  return fs;
}

/* memcpy and memset, whatever the program has put in their place: its own may
   be one that checks its stack, or one that does not copy.  */
CAIRNI_INLINE void
cairni_arch_copy (void *to, const void *from, size_t nbytes)
{
  __asm__ volatile("rep movsb"
                   : "+D"(to), "+S"(from), "+c"(nbytes)
                   :
                   : "memory");
}

CAIRNI_INLINE void
cairni_arch_fill (void *to, unsigned char byte, size_t nbytes)
{
  __asm__ volatile("rep stosb"
                   : "+D"(to), "+c"(nbytes)
                   : "a"(byte)
                   : "memory");
}

/* A filter for words between two addresses: it looks at their upper halves, of
   four words at a time, which is all that SSE2 compares.  */
struct cairni_arch_filter
{
  uint32_t bias[4]; /* What the upper half of the first is more than INT_MIN.  */
  int32_t last[4];  /* That of the last, so biased.  */
};

CAIRNI_INLINE struct cairni_arch_filter
cairni_arch_filter_make (uintptr_t first, uintptr_t last)
{
  uint32_t bias = (uint32_t)(first >> 32) + (uint32_t)INT32_MIN;
  int32_t end = (int32_t)((uint32_t)(last >> 32) - bias);
  return (struct cairni_arch_filter){ { bias, bias, bias, bias },
                                      { end, end, end, end } };
}

/* Words that cairni_arch_filter_any looks at.  */
#define CAIRNI_ARCH_FILTER_NWORDS 8

/* False: none of the words at W lies between FILTER's addresses.  */
CAIRNI_INLINE bool
cairni_arch_filter_any (const struct cairni_arch_filter *filter,
                        const uintptr_t *w)
{
  typedef uint32_t quad
      __attribute__ ((vector_size (16), may_alias, aligned (8)));
  typedef int32_t signed_quad __attribute__ ((vector_size (16)));
  typedef float mask __attribute__ ((vector_size (16)));
  const quad *at = (const quad *)w, upper = { 1, 3, 5, 7 },
             bias = *(const quad *)filter->bias;
  signed_quad last = *(const signed_quad *)(const quad *)filter->last;
  signed_quad a = (signed_quad)(__builtin_shuffle (at[0], at[1], upper) - bias);
  signed_quad b = (signed_quad)(__builtin_shuffle (at[2], at[3], upper) - bias);
  return __builtin_ia32_movmskps ((mask)((a > last) & (b > last))) != 15;
}

/* Call FN (ARG, SP) where SP is the lowest address of the stack that holds
   the caller's live values: every register that a call preserves is stored
   above it.  */
extern void cairni_arch_spill_and_call (void (*fn) (void *arg, void *sp),
                                        void *arg);

/* Call FN (A, B, C), which is marked as compiled for it, on a new growable stack
   of the calling thread, which has none.  Returns what FN does.  */
extern uintptr_t cairni_arch_run (uintptr_t (*fn) (uintptr_t, uintptr_t,
                                                   uintptr_t),
                                  uintptr_t a, uintptr_t b, uintptr_t c);

/* FN (ARGUMENTS...), which takes and returns what is in registers, on the system
   stack.  FN is in r10, the register of static chains.  */
extern const char cairni_arch_call_system[]
    __attribute__ ((visibility ("hidden")));
#define CAIRNI_ARCH_ON_SYSTEM(fn, ...)                                         \
  __builtin_call_with_static_chain (                                           \
      ((__typeof__ (*(fn)) *)cairni_arch_call_system) (__VA_ARGS__),           \
      (void *)(fn))

/* Goroutines: see goroutine.S.  A goroutine that waits, or has not begun, has at
   its STACK_SP the values of r15, r14, r13, r12, rbp and rbx, and the address to
   go on at: cairni_arch_begin calls the function in rbx with the argument in rbp.
   A waiting one's next instruction is cairni_arch_parked.  */
#define CAIRNI_ARCH_PARKED_NWORDS 7
extern const char cairni_arch_parked[], cairni_arch_begin[];

/* Go on with the goroutine that waits with its stack pointer at SP; what it waits
   in returns RESULT and RESULT2.  The thread's words are the goroutine's.  */
extern void cairni_arch_resume (uintptr_t sp, uintptr_t result,
                                uintptr_t result2) __attribute__ ((noreturn));

/* Go on with one that let others run in a stack check, which had NBYTES at SAVED
   and its base at BASE therein.  *LEFT is set to 0 when they have been copied
   to the stack, where they are roots.  */
extern void cairni_arch_resume_check (const void *saved, size_t nbytes,
                                      size_t base, uint32_t *left)
    __attribute__ ((noreturn));

/* Call FN on the calling thread's system stack as if nothing were on it.  */
extern void cairni_arch_on_system (void (*fn) (void))
    __attribute__ ((noreturn));

/* What a function preserves of the floating-point units' settings: rounding and
   masks.  */
struct cairni_arch_float
{
  uint32_t mxcsr;
  uint16_t control;
};

CAIRNI_INLINE void
cairni_arch_get_float (struct cairni_arch_float *settings)
{
  __asm__ volatile("stmxcsr %0\n\tfnstcw %1"
                   : "=m"(settings->mxcsr), "=m"(settings->control));
}

CAIRNI_INLINE void
cairni_arch_set_float (const struct cairni_arch_float *settings)
{
  __asm__ volatile("ldmxcsr %0\n\tfldcw %1"
                   :
                   : "m"(settings->mxcsr), "m"(settings->control));
}

/* A clock of some gigahertz that costs nothing to read.  */
CAIRNI_INLINE uint64_t
cairni_arch_ticks (void)
{
  return __builtin_ia32_rdtsc ();
}

/* Have the setjmp of ours that filled ENV return VALUE, or 1 if that is 0.  */
extern void cairni_arch_jump (const void *env, int value)
    __attribute__ ((noreturn));

/* What a walk through frames begins with, or the first that is known of it.  */
struct cairni_arch_registers
{
  uintptr_t rbx, rbp, r12, r13, r14, r15, rsp, rip;
};

/* Those of the caller, where it calls this.  */
CAIRNI_INLINE void
cairni_arch_get_registers (struct cairni_arch_registers *registers)
{
  __asm__ volatile("movq %%rbx, %0\n\t"
                   "movq %%rbp, %1\n\t"
                   "movq %%r12, %2\n\t"
                   "movq %%r13, %3\n\t"
                   "movq %%r14, %4\n\t"
                   "movq %%r15, %5\n\t"
                   "movq %%rsp, %6\n\t"
                   "leaq 1f(%%rip), %%rax\n"
                   "1:\tmovq %%rax, %7"
                   : "=m"(registers->rbx), "=m"(registers->rbp),
                     "=m"(registers->r12), "=m"(registers->r13),
                     "=m"(registers->r14), "=m"(registers->r15),
                     "=m"(registers->rsp), "=m"(registers->rip)
                   :
                   : "rax");
}

/* The registers of what a signal interrupted, whose ucontext_t is CONTEXT.  */
extern struct cairni_arch_registers
cairni_arch_interrupted (const void *context);

/* Those of the caller of cairni_arch_spill_and_call, which called with SP.  */
extern struct cairni_arch_registers cairni_arch_spilled (uintptr_t sp);

/* Those of the caller of the function of parking.def that a goroutine waits in
   with its stack pointer at SP.  */
extern struct cairni_arch_registers cairni_arch_waiting (uintptr_t sp);

/* Those of the function whose stack check stored what is at SAVED, with its base
   at BASE therein.  */
extern struct cairni_arch_registers cairni_arch_in_check (const void *saved,
                                                          size_t base);

/* The components of the vector registers' state to store when all registers are
   preserved, as XSAVE takes them, and the bytes that takes; 1: FXSAVE stores
   all there are; 0: not known yet.  */
extern unsigned cairni_arch_vector_mask;
extern size_t cairni_arch_vector_nbytes;

/* Find out, and return the mask.  Changes no vector register.  */
extern unsigned cairni_arch_find_vectors (void)
    __attribute__ ((target ("general-regs-only")));

/* Prepare CONTEXT, which getcontext filled and to which the caller gave a
   stack, to call FN with the ARGC arguments of ARGS, and then
   cairni_context_finish with its link.  */
extern void cairni_arch_make_context (struct ucontext_t *context,
                                      void (*fn) (void), int argc,
                                      va_list *args);

/* A thunk is a few instructions that load the static chain and jump to a
   nested function.  A thunk area is CAIRNI_THUNK_AREA_NBYTES: the first half
   code, the second data, so that no page is ever writable and executable.
   Thunk i is at offset i * CAIRNI_THUNK_NBYTES of the code half, its struct
   cairni_thunk_data at the same offset of the data half.  */
#define CAIRNI_THUNK_NBYTES 32
#define CAIRNI_THUNK_AREA_NBYTES 8192
#define CAIRNI_THUNK_HALF_NBYTES 4096
#define CAIRNI_THUNK_COUNT 128

struct cairni_thunk_data
{
  void *chain;
  void *fn;
  uintptr_t unused[2];
};

_Static_assert(sizeof (struct cairni_thunk_data) == CAIRNI_THUNK_NBYTES,
               "a thunk and its data lie at equal offsets");
_Static_assert(CAIRNI_THUNK_COUNT *CAIRNI_THUNK_NBYTES
                   == CAIRNI_THUNK_HALF_NBYTES,
               "thunks fill the code half");

/* Write the code of all thunks into the writable area at CODE; IS_MARKED if they are
   for functions that may be called on a growable stack.  */
extern void cairni_arch_write_thunks (unsigned char *code, bool is_marked);

/* Whether the function at ADDRESS may be called on a growable stack.  In
   thunk.c.  */
extern bool cairni_arch_is_marked (uintptr_t address);

#endif /* CAIRNI_ARCH_H */
