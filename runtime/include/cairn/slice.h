/* cairn/slice.h: slices, arrays that know their length and grow.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A slice is a part of an array: a pointer to its first element, its length,
   and its capacity, how many elements there are from its first to the end of
   the array.  It is a value of three words, copied and passed as any structure;
   copies share the array.  All zero, it is an empty slice.

     CAIRN_SLICE (ints, int);                   declares struct ints

     struct ints a = CAIRN_SLICE_MAKE (struct ints, 0, 10);
     CAIRN_SLICE_APPEND (&a, 5);
     CAIRN_SLICE_AT (a, 0)++;
     struct ints b = CAIRN_SLICE_SUB (a, 0, 1);
     for (size_t i = 0; i < b.len; i++)
       printf ("%d\n", b.data[i]);

   As in Go, appending to a slice that is full makes a larger array and leaves
   the old one to whoever shares it; before that, the element goes where another
   slice of the array, that is longer, may have one: CAIRN_SLICE_SUB_CAP cuts
   off what it must not touch.

   The array is collected memory.  It lives as long as any slice or pointer
   leads to it.  One of constant size that does not outlive its function is part
   of the function's frame when the plugin compiles it.

   Every access by these macros is checked.  An index or a length that is out of
   range ends the program: a message with file and line on standard error, exit
   status 2.  The fields may be read by everyone; who writes them, or uses
   `data' without asking for `len', does as in C.

   A slice is no more thread-safe than a variable.  */

#ifndef CAIRN_SLICE_H
#define CAIRN_SLICE_H

#include <cairn/common.h>

/* Declare `struct NAME', a slice of elements of TYPE, which is any type that
   can be assigned.  */
#define CAIRN_SLICE(NAME, TYPE)                                                \
  CAIRNI_SLICE (NAME, TYPE, 1 + CAIRNI_NO_POINTERS (TYPE))

/* The same for a TYPE that will hold no pointers although it looks as if it
   could, as long, or a structure of numbers: the collector does not look
   into the array.  */
#define CAIRN_SLICE_NOSCAN(NAME, TYPE) CAIRNI_SLICE (NAME, TYPE, 3)

/* The last field takes no room; its type tells whether the collector must look
   into the array (1), need not (2), or would if it were not told (3).  */
#define CAIRNI_SLICE(NAME, TYPE, KIND)                                         \
  struct NAME                                                                  \
  {                                                                            \
    TYPE *data; /* The first element.  */                                      \
    size_t len; /* Elements in the slice.  */                                  \
    size_t cap; /* From its first element to the end of the array.  */         \
    __extension__ char kind[0][KIND];                                          \
  }

#define CAIRNI_SLICE_KIND(SLICE) sizeof ((SLICE)->kind[0])

/* A slice of TYPE, `struct ints' say, with LEN elements, all zero, and
   room for CAP in all.  */
#define CAIRN_SLICE_MAKE(TYPE, LEN, CAP)                                       \
  (__extension__({                                                             \
    size_t cairni_len = (LEN), cairni_cap = (CAP);                             \
    TYPE cairni_slice = { NULL, cairni_len, cairni_cap, {} };                  \
    cairni_slice_check_make (cairni_len, cairni_cap,                           \
                             sizeof *cairni_slice.data, CAIRNI_HERE);          \
    cairni_slice.data = CAIRNI_SLICE_NEW (                                     \
        &cairni_slice, CAIRNI_CHOOSE_CONSTANT (CAP, cairni_cap));              \
    if (CAIRNI_UNLIKELY (!cairni_slice.data))                                  \
      cairn_slice_no_memory (cairni_cap, sizeof *cairni_slice.data,            \
                             CAIRNI_HERE);                                     \
    cairni_slice;                                                              \
  }))

/* The slice of TYPE that is the LEN elements from DATA on, an array that is not
   copied.  */
#define CAIRN_SLICE_FROM(TYPE, DATA, LEN)                                      \
  (__extension__({                                                             \
    size_t cairni_len = (LEN);                                                 \
    TYPE cairni_slice = { (DATA), cairni_len, cairni_len, {} };                \
    cairni_slice;                                                              \
  }))

/* Element I of SLICE, as a variable.  */
#define CAIRN_SLICE_AT(SLICE, I)                                               \
  (*__extension__({                                                            \
    __typeof__ (SLICE) cairni_slice = (SLICE);                                 \
    size_t cairni_i = (I);                                                     \
    if (CAIRNI_UNLIKELY (cairni_i >= cairni_slice.len))                        \
      cairn_slice_bad_index (cairni_i, cairni_slice.len, CAIRNI_HERE);         \
    &cairni_slice.data[cairni_i];                                              \
  }))

/* The part of SLICE from element LO up to, not including, element HI.  HI may
   be larger than the length, up to the capacity.  It shares the array and has
   the capacity up to its end.  */
#define CAIRN_SLICE_SUB(SLICE, LO, HI)                                         \
  (__extension__({                                                             \
    __typeof__ (SLICE) cairni_slice = (SLICE);                                 \
    size_t cairni_lo = (LO), cairni_hi = (HI);                                 \
    CAIRNI_SLICE_CUT (cairni_slice, cairni_lo, cairni_hi, cairni_slice.cap);   \
    cairni_slice;                                                              \
  }))

/* The same with capacity up to element MAX of SLICE only: appending more
   makes a new array.  */
#define CAIRN_SLICE_SUB_CAP(SLICE, LO, HI, MAX)                                \
  (__extension__({                                                             \
    __typeof__ (SLICE) cairni_slice = (SLICE);                                 \
    size_t cairni_lo = (LO), cairni_hi = (HI), cairni_max = (MAX);             \
    CAIRNI_SLICE_CUT (cairni_slice, cairni_lo, cairni_hi, cairni_max);         \
    cairni_slice;                                                              \
  }))

/* Append a value, the other argument, to the slice *SLICE.  When it is full
   the array gets Go's next capacity: twice as much up to 256 elements, then
   by and by a quarter more, rounded up to what an object of the heap has.  */
#define CAIRN_SLICE_APPEND(SLICE, ...)                                         \
  (__extension__({                                                             \
    __typeof__ (SLICE) cairni_slice = (SLICE);                                 \
    __typeof__ (*cairni_slice->data) cairni_value = (__VA_ARGS__);             \
    if (CAIRNI_UNLIKELY (cairni_slice->len >= cairni_slice->cap))              \
      CAIRNI_SLICE_GROW (cairni_slice, 1);                                     \
    cairni_slice->data[cairni_slice->len++] = cairni_value;                    \
    (void)0;                                                                   \
  }))

/* Append all elements of the slice FROM, which may be of the same array.  */
#define CAIRN_SLICE_APPEND_ALL(SLICE, FROM)                                    \
  (__extension__({                                                             \
    __typeof__ (SLICE) cairni_slice = (SLICE);                                 \
    __typeof__ (*cairni_slice) cairni_from = (FROM);                           \
    if (CAIRNI_UNLIKELY (cairni_slice->cap - cairni_slice->len                 \
                         < cairni_from.len))                                   \
      CAIRNI_SLICE_GROW (cairni_slice, cairni_from.len);                       \
    if (cairni_from.len)                                                       \
      memmove (cairni_slice->data + cairni_slice->len, cairni_from.data,       \
               cairni_from.len * sizeof *cairni_from.data);                    \
    cairni_slice->len += cairni_from.len;                                      \
    (void)0;                                                                   \
  }))

/* Give *SLICE room for MORE elements than it has.  */
#define CAIRN_SLICE_GROW(SLICE, MORE)                                          \
  (__extension__({                                                             \
    __typeof__ (SLICE) cairni_slice = (SLICE);                                 \
    size_t cairni_more = (MORE);                                               \
    if (cairni_slice->cap - cairni_slice->len < cairni_more)                   \
      CAIRNI_SLICE_GROW (cairni_slice, cairni_more);                           \
    (void)0;                                                                   \
  }))

/* Copy elements of the slice FROM to the slice TO, as many as both have, and
   return how many.  They may overlap.  */
#define CAIRN_SLICE_COPY(TO, FROM)                                             \
  (__extension__({                                                             \
    __typeof__ (TO) cairni_to = (TO);                                          \
    __typeof__ (cairni_to) cairni_from = (FROM);                               \
    size_t cairni_n                                                            \
        = cairni_to.len < cairni_from.len ? cairni_to.len : cairni_from.len;   \
    if (cairni_n)                                                              \
      memmove (cairni_to.data, cairni_from.data,                               \
               cairni_n * sizeof *cairni_to.data);                             \
    cairni_n;                                                                  \
  }))

/* -- What the macros are made of.  */

/* A new array of N elements for SLICE.  The plugin wants to see the type, and
   N if it is constant: what is small may be part of the frame.  */
#if CAIRNI_PLUGIN
#define CAIRNI_SLICE_NEW(SLICE, N)                                             \
  (CAIRNI_SLICE_KIND (SLICE) == 3                                              \
           && !(__builtin_constant_p (N)                                       \
                && (N) * sizeof *(SLICE)->data <= 1024)                        \
       ? (__typeof__ ((SLICE)->data))cairn_malloc_noscan (                     \
           (N) * sizeof *(SLICE)->data)                                        \
       : (__typeof__ ((SLICE)->data))malloc ((N) * sizeof *(SLICE)->data))
#else
#define CAIRNI_SLICE_NEW(SLICE, N)                                             \
  (CAIRNI_SLICE_KIND (SLICE) == 1                                              \
       ? (__typeof__ ((SLICE)->data))cairn_malloc ((N)                         \
                                                   * sizeof *(SLICE)->data)    \
       : (__typeof__ ((SLICE)->data))cairn_malloc_noscan (                     \
           (N) * sizeof *(SLICE)->data))
#endif

/* Make SLICE its part from LO to HI with capacity up to MAX.  An empty one does
   not point past the end: that may be another object.  */
#define CAIRNI_SLICE_CUT(SLICE, LO, HI, MAX)                                   \
  ({                                                                           \
    size_t cairni_cut = (MAX) - (LO);                                          \
    if (CAIRNI_UNLIKELY ((LO) > (HI) || (HI) > (MAX) || (MAX) > (SLICE).cap))  \
      cairn_slice_bad_bounds (LO, HI, MAX, (SLICE).cap, CAIRNI_HERE);          \
    if (cairni_cut)                                                            \
      (SLICE).data += (LO);                                                    \
    (SLICE).len = (HI) - (LO);                                                 \
    (SLICE).cap = cairni_cut;                                                  \
  })

#define CAIRNI_SLICE_GROW(SLICE, MORE)                                         \
  ({                                                                           \
    struct cairn_slice_array cairni_array = cairn_slice_grow (                 \
        (SLICE)->data, (SLICE)->len, (SLICE)->cap, (MORE),                     \
        sizeof *(SLICE)->data << 1 | (CAIRNI_SLICE_KIND (SLICE) > 1),          \
        CAIRNI_HERE);                                                          \
    (SLICE)->data = (__typeof__ ((SLICE)->data))cairni_array.data;             \
    (SLICE)->cap = cairni_array.cap;                                           \
  })

#ifdef __cplusplus
extern "C"
{
#endif

  struct cairn_slice_array
  {
    void *data;
    size_t cap; /* In elements.  */
  };

  /* A larger array than DATA, of CAP elements of which LEN are in use, for
     MORE than these.  EACH is twice the size of an element, and 1 more if
     elements hold no pointers.  */
  extern struct cairn_slice_array
  cairn_slice_grow (void *data, size_t len, size_t cap, size_t more,
                    size_t each, const struct cairn_place *where);

  /* The ends of programs that are wrong.  */
  extern void
  cairn_slice_bad_index (size_t i, size_t len,
                         const struct cairn_place *where) CAIRNI_ENDS;
  extern void
  cairn_slice_bad_bounds (size_t lo, size_t hi, size_t max, size_t cap,
                          const struct cairn_place *where) CAIRNI_ENDS;
  extern void
  cairn_slice_bad_make (size_t len, size_t cap,
                        const struct cairn_place *where) CAIRNI_ENDS;
  extern void
  cairn_slice_no_memory (size_t n, size_t each,
                         const struct cairn_place *where) CAIRNI_ENDS;

#ifdef __cplusplus
}
#endif

CAIRNI_FAST void
cairni_slice_check_make (size_t len, size_t cap, size_t each,
                         const struct cairn_place *where)
{
  size_t nbytes;
  if (CAIRNI_UNLIKELY (len > cap || __builtin_mul_overflow (cap, each, &nbytes)
                       || nbytes > PTRDIFF_MAX / 2))
    cairn_slice_bad_make (len, cap, where);
}

#endif /* CAIRN_SLICE_H */
