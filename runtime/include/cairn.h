/* cairn.h: the interface of the Cairn runtime for C programs.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A program compiled with the Cairn plugin needs nothing from this file: its
   locals and its mallocs live on the collected heap by themselves.  What is
   here lets a program look at the heap, steer the collector, and allocate
   collected memory by hand.  Every function may be called from any thread, but
   not from a signal handler.  All sizes are in bytes.  */

#ifndef CAIRN_H
#define CAIRN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C"
{
#endif

/* What a function does with pointers it is given, for declarations of functions
   and function types that the compiler sees no body of; without the plugin, or
   in C++, they say nothing.  Parameters count from 1.  A parameter that none
   of these names leaks.  They are trusted.

     CAIRN_NOESCAPE (N, ...)  these are looked at, and what they lead to; neither
                              is kept.  Without arguments: all parameters.
     CAIRN_RETURNS (N, ...)   the result may be one of these, point into what
                              they point to, or be found through them
     CAIRN_STORES (TO, FROM)  FROM, or what is found through it, may be stored in
                              the memory that TO points to
     CAIRN_ESCAPES (N, ...)   these are kept, despite CAIRN_NOESCAPE ()  */
#if defined __has_attribute && !defined __cplusplus
#if __has_attribute (cairn_noescape)
#define CAIRN_NOESCAPE(...) __attribute__ ((cairn_noescape (__VA_ARGS__)))
#define CAIRN_RETURNS(...) __attribute__ ((cairn_returns (__VA_ARGS__)))
#define CAIRN_STORES(TO, FROM) __attribute__ ((cairn_stores (TO, FROM)))
#define CAIRN_ESCAPES(...) __attribute__ ((cairn_escapes (__VA_ARGS__)))
#define CAIRN_ABI __attribute__ ((cairn_abi))
#endif
#endif
#ifndef CAIRN_NOESCAPE
#define CAIRN_NOESCAPE(...)
#define CAIRN_RETURNS(...)
#define CAIRN_STORES(TO, FROM)
#define CAIRN_ESCAPES(...)
/* struct CAIRN_ABI s { ... }: other programs rely on the order of the members,
   and the layout report proposes no other.  */
#define CAIRN_ABI
#endif

/* The version of this header, as cairn_version gives that of the library.  */
#define CAIRN_VERSION "0.1.0"

  /* The version of the library, a string that lives for ever.  */
  extern const char *cairn_version (void);

  /* Allocate NBYTES of zeroed memory that lives as long as something points to
     it, into it or just past its end.  Every aligned word of it may hold a
     pointer.  The address is aligned for any type.  Returns NULL and sets errno
     to ENOMEM if there is no memory; for 0 bytes, always the same address.  */
  extern void *cairn_malloc (size_t NBYTES);

  /* The same for memory that will hold no pointer: it is never looked through,
     so what only it points to is freed.  */
  extern void *cairn_malloc_noscan (size_t NBYTES);

/* A zeroed object of type T, and an array of N of them: as cairn_malloc.  */
#define cairn_new(T) ((T *)cairn_malloc (sizeof (T)))
#define cairn_make(T, N) ((T *)cairn_calloc ((N), sizeof (T)))

  /* cairn_malloc for N elements of EACH bytes; NULL and ENOMEM also if the
     product is too large.  */
  extern void *cairn_calloc (size_t N, size_t EACH);

  /* Collect now: return when everything that cannot be reached has been found.
     Stops the other threads meanwhile.  */
  extern void cairn_gc (void);

  /* Let the heap grow by PERCENT of what is live before the next collection,
     100 unless the environment variable CAIRN_GC says otherwise; a negative
     PERCENT: never collect by itself.  Returns the former value.  */
  extern int cairn_set_gc_percent (int PERCENT);

  /* Let the runtime have NBYTES from the system, SIZE_MAX (no limit) unless the
     environment variable CAIRN_MEMLIMIT says otherwise: as the heap comes near,
     it is collected more often, but not so often that collections take more
     than half of the time; so the limit may be passed by what lives.  Returns
     the former value; SIZE_MAX - 1 changes nothing.  */
  extern size_t cairn_set_memory_limit (size_t NBYTES);

  /* Collect, and give all free memory back to the system at once, which
     otherwise happens little by little.  */
  extern void cairn_free_os_memory (void);

  /* Whether P points to, into or just past the end of an object of the heap,
     collected or manual; 1 or 0.  P need not be a valid pointer.  */
  extern int cairn_is_heap (const void *P);

#define CAIRN_MEM_STATS_NPAUSES 256
#define CAIRN_MEM_STATS_NSIZES 68

  /* Call FN (ARG), once, some time after a collection has found that nothing
     points to the object that P points into; never if the program ends before.
     ARG is kept until then and must not lead to the object.  The call comes from
     a thread of its own, which all cleanups share.  Returns 0; or -1 with errno
     EINVAL if P does not point to a collected object, or ENOMEM.  */
  extern int cairn_add_cleanup (void *P, void (*FN) (void *ARG), void *ARG);

  /* A pointer to what P points to that does not keep it.  */
  struct cairn_weak;

  /* Make a weak pointer to P, into a collected object: an object of its own,
     collected too.  NULL with errno EINVAL or ENOMEM, as above.  */
  extern struct cairn_weak *cairn_weak_make (void *P);

  /* What the weak pointer W was made of, while it is there; then NULL.  It is
     NULL before the cleanups of the object are called.  */
  extern void *cairn_weak_get (const struct cairn_weak *W);

  /* What the heap looks like; names and meanings are those of Go's
     runtime.MemStats.  Sizes of objects are those of their slots, which are a
     little larger than what was asked for.  */
  struct cairn_mem_stats
  {
    uint64_t alloc;         /* Same as heap_alloc.  */
    uint64_t total_alloc;   /* Bytes of collected objects ever allocated.  */
    uint64_t sys;           /* Bytes of memory had from the system: the sum of
                               all *_sys.  */
    uint64_t mallocs;       /* Collected objects ever allocated.  */
    uint64_t frees;         /* Collected objects freed.  */
    uint64_t heap_alloc;    /* Bytes of collected objects not yet freed.  */
    uint64_t heap_sys;      /* Bytes of address space in use for the heap:
                               heap_idle + heap_inuse.  */
    uint64_t heap_idle;     /* Of these: in free pages.  */
    uint64_t heap_inuse;    /* Of these: in pages that hold objects, manual ones
                               included.  */
    uint64_t heap_released; /* Of the idle: returned to the system, or never
                               touched.  */
    uint64_t heap_objects;  /* mallocs - frees.  */
    uint64_t manual_inuse;  /* Bytes of pages that hold manual objects: what
                               code without the plugin got from malloc.  */
    uint64_t stack_inuse;   /* Bytes of growable and address stacks.  */
    uint64_t stack_sys;     /* Bytes of memory for such stacks.  */
    uint64_t gc_sys;        /* Bytes of the collector's own records.  */
    uint64_t next_gc;       /* heap_alloc at which the next collection starts;
                               UINT64_MAX: never.  */
    uint64_t last_gc;       /* When the last collection ended, in nanoseconds
                               since 1970; 0: there was none.  */
    uint64_t num_gc;        /* Collections done.  */
    uint64_t num_forced_gc; /* Of these: asked for by cairn_gc, or because
                               memory ran out.  */
    uint64_t pause_total_ns; /* Nanoseconds that the program stood still.  */
    /* The last pauses, and when they ended; that of collection N is at
       (N - 1) % CAIRN_MEM_STATS_NPAUSES.  */
    uint64_t pause_ns[CAIRN_MEM_STATS_NPAUSES];
    uint64_t pause_end[CAIRN_MEM_STATS_NPAUSES];
    double gc_cpu_fraction; /* Of the time of all processors since the program
                               started: how much went to collections.  */
    /* By size of slot; size 0: larger ones.  */
    struct
    {
      uint32_t size;
      uint64_t mallocs, frees;
    } by_size[CAIRN_MEM_STATS_NSIZES];
  };

  /* Fill *STATS.  What the last collection found dead is counted as freed.
     Stops the other threads for a moment.  */
  extern void cairn_mem_stats (struct cairn_mem_stats *STATS);

  /* The calling thread's growable stack in bytes, a power of two from 2048 on, or
     what the limit allows; 0 if it has none, because its first function was
     compiled without the plugin.  */
  extern size_t cairn_stack_size (void);

  /* The largest size that the calling thread's growable stack has had.  */
  extern size_t cairn_stack_high_water (void);

  /* Let stacks grow up to NBYTES, 1,000,000,000 unless set; a thread that needs
     more ends the program with a message.  Counts the machine stack; what has
     addresses lives in memory of its own, to which the same limit applies.  A
     stack that is larger already stays.  Returns the former value.  */
  extern size_t cairn_set_max_stack (size_t NBYTES);

#ifdef __cplusplus
}
#endif

#endif /* CAIRN_H */
