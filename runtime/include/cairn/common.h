/* cairn/common.h: what the headers of the library share.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Included by the others, not by programs.

   Names that begin with cairni_ or CAIRNI_ are the library's own business.

   The macros of these headers evaluate each argument once, and are for use
   in functions: they are statement expressions, in GNU C.  What they call
   stands in the headers, so that the compiler's analysis sees where pointers
   go.  What is seldom called is in the library, and the plugin knows it as it
   knows the C library (plugin/escape/libc.def).  */

#ifndef CAIRN_COMMON_H
#define CAIRN_COMMON_H

#include <cairn.h>

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define CAIRNI_LIKELY(cond) __builtin_expect (!!(cond), 1)
#define CAIRNI_UNLIKELY(cond) __builtin_expect (!!(cond), 0)

/* A function that the compiler's analysis is to see as a part of its caller. */
#define CAIRNI_FAST static inline __attribute__ ((always_inline, unused))

#ifdef __cplusplus
#define CAIRNI_ASSERT static_assert
#else
#define CAIRNI_ASSERT _Static_assert
#endif

/* A function that ends the program with a message and exit status 2.  */
#define CAIRNI_ENDS __attribute__ ((noreturn, cold))

/* Whether the plugin compiles this: what malloc allocates is collected then,
   and so is a compound literal that outlives its block.  */
#if defined __has_attribute && !defined __cplusplus
#if __has_attribute(cairn_noescape)
#define CAIRNI_PLUGIN 1
#endif
#endif
#ifndef CAIRNI_PLUGIN
#define CAIRNI_PLUGIN 0
#endif

/* The source line of a call that may end the program.  */
struct cairn_place
{
  const char *file;
  int line;
};

/* The address of a constant that says where this is written.  */
#define CAIRNI_HERE                                                            \
  (__extension__({                                                             \
    static const struct cairn_place cairni_here = { __FILE__, __LINE__ };      \
    &cairni_here;                                                              \
  }))

/* X, a size, if it is a constant expression, otherwise Y.  The null pointer
   constant is one only if X is a constant.  */
#ifdef __cplusplus
#define CAIRNI_CHOOSE_CONSTANT(X, Y) (Y)
#else
#define CAIRNI_CHOOSE_CONSTANT(X, Y)                                           \
  __builtin_choose_expr(                                                       \
      sizeof (int) == sizeof (*(1 ? (void *)((long)(X)*0l) : (int *)1)),       \
      (size_t)(X), Y)
#endif

/* Whether TYPE can hold no pointer: a number that is narrower than one, or of
   floating point.  A number that is as wide might be an address; a structure is
   not looked into.  */
#define CAIRNI_NO_POINTERS(TYPE)                                               \
  (__builtin_classify_type (*(TYPE *)0) == 8                                   \
   || __builtin_classify_type (*(TYPE *)0) == 9                                \
   || (__builtin_classify_type (*(TYPE *)0) < 5                                \
       && sizeof (TYPE) < sizeof (void *)))

#endif /* CAIRN_COMMON_H */
