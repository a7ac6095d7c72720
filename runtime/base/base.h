/* base.h: the vocabulary that every file of the runtime shares.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Attributes, small arithmetic, and the two ways to end the program:
   cairni_throw for a bug of the runtime, cairni_fatal for a condition that
   the user can understand and change.  Neither allocates.

   Checks come in levels, chosen when the runtime is built by
   CAIRNI_CHECK_LEVEL: 0 none, 1 cheap ones that stay on in releases, 2 those
   that cost a few percent, 3 those that walk whole structures.  */

#ifndef CAIRNI_BASE_H
#define CAIRNI_BASE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef CAIRNI_CHECK_LEVEL
#define CAIRNI_CHECK_LEVEL 1
#endif

#define CAIRNI_PUBLIC __attribute__ ((visibility ("default")))
#define CAIRNI_NOINLINE __attribute__ ((noinline))
#define CAIRNI_INLINE static inline __attribute__ ((always_inline))

#define cairni_likely(cond) __builtin_expect (!!(cond), 1)
#define cairni_unlikely(cond) __builtin_expect (!!(cond), 0)

/* Keep the compiler from moving memory accesses across this point.  */
#define cairni_compiler_barrier() __asm__ volatile("" ::: "memory")

/* Wait for a moment in a loop that looks at memory.  */
#define cairni_relax() __builtin_ia32_pause ()

/* Read, or write, a WORD that others read without its lock.  */
#define cairni_peek(word) __atomic_load_n (&(word), __ATOMIC_RELAXED)
#define cairni_poke(word, value)                                               \
  __atomic_store_n (&(word), (value), __ATOMIC_RELAXED)

/* End the program: the runtime itself is wrong.  WHAT is a short sentence
   without newline.  Calls abort, so that a debugger or a core file shows
   where.  */
extern void cairni_throw (const char *what) __attribute__ ((noreturn, cold));

/* End the program with exit status 2: FORMAT says why, in words for the
   user.  See cairni_print for what FORMAT may contain.  */
extern void cairni_fatal (const char *format, ...)
    __attribute__ ((noreturn, cold));

/* Write a line to standard error in one system call.  FORMAT knows %s
   (const char *), %z (size_t), %t (a size_t number of thousandths), %d (int), %p
   (void *), %m (a size_t number of bytes, written in KB or MB) and %%.  Longer than 500 bytes is cut.  */
extern void cairni_print (const char *format, ...);

/* Where the calling thread's cairni_print writes to instead; NULL: standard
   error.  */
struct cairni_print_sink
{
  void (*write) (struct cairni_print_sink *sink, const char *text,
                 size_t nbytes);
};
extern __thread struct cairni_print_sink *cairni_print_sink
    __attribute__ ((tls_model ("initial-exec")));

#define CAIRNI_CHECK_(cond)                                                    \
  do                                                                           \
    {                                                                          \
      if (cairni_unlikely (!(cond)))                                           \
        cairni_throw (#cond);                                                  \
    }                                                                          \
  while (0)

#if CAIRNI_CHECK_LEVEL >= 1
#define cairni_check1(cond) CAIRNI_CHECK_ (cond)
#else
#define cairni_check1(cond) ((void)0)
#endif
#if CAIRNI_CHECK_LEVEL >= 2
#define cairni_check2(cond) CAIRNI_CHECK_ (cond)
#else
#define cairni_check2(cond) ((void)0)
#endif

/* ALIGN must be a power of two.  */
CAIRNI_INLINE uintptr_t
cairni_align_up (uintptr_t x, uintptr_t align)
{
  return (x + align - 1) & ~(align - 1);
}

CAIRNI_INLINE uintptr_t
cairni_align_down (uintptr_t x, uintptr_t align)
{
  return x & ~(align - 1);
}

CAIRNI_INLINE bool
cairni_is_power_of_2 (size_t x)
{
  return x != 0 && (x & (x - 1)) == 0;
}

CAIRNI_INLINE size_t
cairni_min (size_t a, size_t b)
{
  return a < b ? a : b;
}

CAIRNI_INLINE size_t
cairni_max (size_t a, size_t b)
{
  return a > b ? a : b;
}

#endif /* CAIRNI_BASE_H */
