/* go.h: goroutines.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A goroutine is a function that runs beside its caller, on a stack that begins
   with 2 KB and grows; a million of them fit into a few gigabytes.  As many run
   at once as there are processors (the environment variable CAIRN_MAXPROCS, if
   set, says how many else); which, and in which thread, the runtime chooses,
   again and again.  main is a goroutine, too.  When it returns the program
   ends, and all goroutines with it.

   What belongs to a thread belongs to whatever goroutine runs there: a
   goroutine may find itself in another thread after any call, so it must not
   keep the address of a thread's variable (__thread, _Thread_local) over one,
   nor hold a pthread mutex while it waits for another goroutine.  errno and the
   floating-point modes go with the goroutine.  cairn_lock_thread keeps one
   where it is.  A call of a C library function that takes its time, such as
   read or sleep, holds up its goroutine only.

   Nothing here may be called from a signal handler.  Durations are in
   nanoseconds.  */

#ifndef CAIRN_GO_H
#define CAIRN_GO_H

#include <cairn.h>

/* Run FN (ARG) in a new goroutine.  Ends the program if there is no memory.  */
extern void cairn_go (void (*FN) (void *), void *ARG);

/* Run a block in a new goroutine: cairn_go_do (puts ("hello"); …).  It sees the
   variables of the function around it, which live on the heap then.  */
#define cairn_go_do(...)                                                       \
  do                                                                           \
    {                                                                          \
      __extension__ void cairn_body_ (void *cairn_unused_)                     \
      {                                                                        \
        (void)cairn_unused_;                                                   \
        __VA_ARGS__;                                                           \
      }                                                                        \
      cairn_go (cairn_body_, NULL);                                            \
    }                                                                          \
  while (0)

/* Let other goroutines run.  */
extern void cairn_yield (void);

/* Wait for NS, at least; not at all if that is not positive.  */
extern void cairn_sleep (int64_t NS);

/* End the calling goroutine.  Nothing that the functions it is in have deferred
   is run.  In a thread of the program's own: pthread_exit, which in a goroutine
   is this.  */
extern void cairn_goexit (void) __attribute__ ((__noreturn__));

/* How many goroutines there are, main among them.  */
extern size_t cairn_num_goroutine (void);

/* How many can run at once.  */
extern size_t cairn_max_procs (void);

/* Keep the calling goroutine in the thread that it is in, which runs no other,
   until it is unlocked as often.  Waiting costs more then.  */
extern void cairn_lock_thread (void);
extern void cairn_unlock_thread (void);

/* Write a list of all goroutines to standard error: what each waits for, and
   where it is.  */
extern void cairn_dump_goroutines (void);

/* Look for goroutines that wait for ever: for a channel, a mutex or another of
   <cairn/sync.h> that nothing leads to but goroutines that wait for ever
   themselves.  Takes a collection.  Stores the numbers of up to MAX of them in
   IDS, which may be NULL if MAX is 0; returns how many there are.  It may miss
   some, as does the collector, and those that are locked to a thread; but those
   that it finds do wait for ever, unless the program has hidden a pointer.  */
extern size_t cairn_find_leaked_goroutines (uint64_t *IDS, size_t MAX)
    CAIRN_NOESCAPE ();

/* The same, and write about each to standard error as cairn_dump_goroutines
   does.  Returns how many there are.  */
extern size_t cairn_dump_leaked_goroutines (void);

/* Nanoseconds since some moment before the program began, on a clock that is
   never set.  */
extern int64_t cairn_now (void);

#define CAIRN_MICROSECOND ((int64_t)1000)
#define CAIRN_MILLISECOND ((int64_t)1000000)
#define CAIRN_SECOND ((int64_t)1000000000)

/* Call a function at the end of the block, however that is left: cairn_defer
   (fclose, file);  what stands behind the first argument is evaluated now.  It
   has to be one argument, and FN a function of one.  */
#define cairn_defer(FN, ARG)                                                   \
  __typeof__ (ARG) CAIRN_UNIQUE_ (cairn_deferred_) = (ARG);                    \
  __extension__ auto void CAIRN_UNIQUE_ (cairn_defer_) (void *);               \
  __attribute__ ((__cleanup__ (CAIRN_UNIQUE_ (cairn_defer_)),                  \
                  __unused__)) char CAIRN_UNIQUE_ (cairn_at_end_)              \
      = 0;                                                                     \
  __extension__ void CAIRN_UNIQUE_ (cairn_defer_) (void *cairn_unused_)        \
  {                                                                            \
    (void)cairn_unused_;                                                       \
    (void)(FN)(CAIRN_UNIQUE_ (cairn_deferred_));                               \
  }                                                                            \
  struct cairn_defer_needs_a_semicolon_
#define CAIRN_UNIQUE_(NAME) CAIRN_UNIQUE_2_ (NAME, __LINE__)
#define CAIRN_UNIQUE_2_(NAME, LINE) CAIRN_UNIQUE_3_ (NAME, LINE)
#define CAIRN_UNIQUE_3_(NAME, LINE) NAME##LINE

#endif /* CAIRN_GO_H */
