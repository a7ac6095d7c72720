/* thread.h: what the runtime knows of a thread.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A thread is attached by the wrapper of pthread_create or at its first
   allocation, and detached by a destructor of thread-specific data.  Its
   record is not in its TLS, which is scanned as a root, but in memory of the
   runtime's own.

   Stopping.  The world is stopped by a signal.  A thread that is in a
   runtime section, between cairni_thread_enter and cairni_thread_leave, does
   not park in the handler but when it leaves; so:

     .inv.thread.section  While the world is stopped no thread is inside a
                          section: no lock that is taken inside sections is
                          held, and every cache is consistent.
     .inv.thread.world    The world lock, alone, is taken outside sections;
                          who waits for it can be stopped, who holds it cannot,
                          because only its holder stops the world.  */

#ifndef CAIRNI_THREAD_H
#define CAIRNI_THREAD_H

#include "base/base.h"
#include "base/hooks.h"
#include "heap/span.h"
#include "os/lock.h"

/* What a thread has been told, in thread->stop.  */
enum cairni_stop
{
  CAIRNI_RUN,    /* Go on.  */
  CAIRNI_ASKED,  /* Park as soon as possible.  */
  CAIRNI_PARKED, /* It did; set by the thread itself.  */
  CAIRNI_STALE   /* There is no such thread any more.  */
};

/* A thread's own free slots of one size class, ready to be handed out: a list
   through their first words.  */
struct cairni_slot_cache
{
  void *first;
  uint32_t nslots;
  uint32_t nreused; /* Collected: allocations from it, not yet counted.  */
};

struct cairni_thread
{
  int in_section; /* Written by the thread only.  */
  int stop;       /* enum cairni_stop, a futex.  */
  int tid;
  uintptr_t sp;        /* While parked: the lowest live stack address.  */
  const void *context; /* While parked: the ucontext_t of what the signal
                          interrupted; NULL: it parked by itself.  */
  uintptr_t stack_lo;  /* Bounds of its own stack.  STACK_HI includes the */
  uintptr_t stack_hi;  /* thread control block if it lies in the stack.  */
  uintptr_t tcb;       /* The thread pointer.  */
  uintptr_t signal_stack; /* The alternate one, which the kernel has; 0: none.
                             Written by the thread only.  */
  size_t stress_count; /* Allocations, under gcstress.  */
  size_t sample_distance; /* Bytes to the next sample: see sampling.h.  */
  uint64_t random;        /* The state of what chooses it.  */
  uint64_t sample_ticks;  /* When the last sample had been noted.  */
  uint8_t sample_shift;   /* How much rarer points are chosen now, as a power of
                             two, */
  uint8_t point_shift;    /* and when the next one was.  */
  bool is_over; /* It ends, or serves; world lock.  */
  bool serves;  /* It is the runtime's own and never ends.  */
  struct cairni_thread *prev, *next; /* All threads; world lock.  */
  struct cairni_span *cache[CAIRNI_NCOLLECTED][CAIRNI_NCLASSES];
  struct cairni_slot_cache manual[CAIRNI_NCLASSES];
  /* See object-fast.h.  */
  struct cairni_slot_cache freed[CAIRNI_NCOLLECTED][CAIRNI_NCLASSES];
};

/* The calling thread's record; NULL: not attached.  */
extern __thread struct cairni_thread *cairni_thread_self
    __attribute__ ((tls_model ("initial-exec")));

/* The calling thread was detached; what it still frees goes by a slower way,
   which attaches it no more.  */
extern __thread bool cairni_thread_has_ended
    __attribute__ ((tls_model ("initial-exec")));

/* Guards the list of threads; held during a whole collection and while the
   process forks.  */
extern struct cairni_lock cairni_world_lock;
extern struct cairni_thread *cairni_thread_list;

/* How long the list is without those that serve.  Written with the lock.  */
extern unsigned cairni_thread_count;

/* Attach the calling thread, or return its record.  If it cannot be had the
   program ends.  Starts the runtime if this is the first call of all.  */
extern struct cairni_thread *cairni_thread_attach (void);

/* Attach the calling thread, which has just been made by pthread_create and
   holds no lock of the C library.  */
extern void cairni_thread_begin (void);

/* The calling thread is the runtime's own from now on, and never ends; nor do
   those that it makes.  Outside of sections.  */
extern void cairni_thread_serve (void);

/* Let go of what THREAD caches and forget it.  The world lock is held, and
   THREAD is the caller or does not run any more.  */
extern void cairni_thread_detach_locked (struct cairni_thread *thread);

/* After fork, in the child: only the calling thread is left.  */
extern void cairni_thread_after_fork (void);

CAIRNI_INLINE struct cairni_thread *
cairni_thread_get (void)
{
  struct cairni_thread *thread = cairni_thread_self;
  return cairni_likely (thread != NULL) ? thread : cairni_thread_attach ();
}

CAIRNI_INLINE void
cairni_thread_enter (struct cairni_thread *thread)
{
  cairni_check2 (thread->in_section == 0);
  *(volatile int *)&thread->in_section = 1;
  cairni_compiler_barrier ();
}

/* Leave the section; true: the thread has been told to stop, and must park.  */
CAIRNI_INLINE bool
cairni_thread_leave_asked (struct cairni_thread *thread)
{
  cairni_compiler_barrier ();
  *(volatile int *)&thread->in_section = 0;
  cairni_compiler_barrier ();
  return cairni_unlikely (cairni_peek (thread->stop) != CAIRNI_RUN);
}

CAIRNI_INLINE void
cairni_thread_leave (struct cairni_thread *thread)
{
  if (cairni_thread_leave_asked (thread))
    cairni_hooks.park ();
}

#endif /* CAIRNI_THREAD_H */
