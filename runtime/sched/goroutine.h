/* goroutine.h: goroutines, the threads that run them, and their processors.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Vocabulary, as in Go's scheduler
     G, goroutine   What runs a function on a growable stack of its own.
     M, machine     A thread that runs goroutines; also any other thread of the
                    program, once it waits for something of ours: it has a G of
                    its own that never leaves it, and no P.
     P, processor   The right to run goroutines, and a queue of them.  There are
                    CAIRN_MAXPROCS.
     self           The machine or goroutine of the calling thread.
     on its thread  Of a waiting goroutine: its thread waits with it, because
                    frames of foreign code are on the system stack, or because
                    the two are bound to each other.

   A goroutine's life:

                  create                     choose
         dead ------------> runnable <------------------> running --> dead
                                ^           yield            |
                                | ready                      | park
                                +--------- waiting <---------+

   While it runs, its stacks' words are in its thread's control block; otherwise
   in its record.  It is in nobody's hands while the world is stopped.

   Everything here is called in a runtime section (heap/thread.h) unless it says
   otherwise.

     .inv.sched.p      A P belongs to p->m.  Its queue is only touched with its
                       lock, and by its owner only after a look at p->m: the
                       monitor takes P's away from threads that are stuck.
     .inv.sched.shard  While p->m is M, the shard of M's thread is P's, if P has
                       one: see shards.h.
     .inv.sched.park   A goroutine that can be found by whoever may make it
                       ready has its words in its record, and its thread does not
                       touch its stack any more; or it waits on its thread.
     .inv.sched.wake   Who puts a goroutine into a queue looks for idle P's
                       afterwards, who becomes idle looks through all queues
                       afterwards, and both take a lock of the queue in between:
                       one of them sees the other.

   Order of locks: a channel's or another primitive's, timers, a P's, the
   scheduler's.  */

#ifndef CAIRNI_GOROUTINE_H
#define CAIRNI_GOROUTINE_H

#include "arch/x86_64/arch.h"
#include "base/base.h"
#include "heap/thread.h"
#include "os/lock.h"
#include "sched/shards.h"
#include "sched/timers.h"
#include "sched/wait.h"
#include "stack/stack.h"

/* Sizes of stacks that goroutines begin with: 2, 4, 8, 16 and 32 KB.  */
#define CAIRNI_NSTACKS 5

/* Enough for what a stack check stores.  */
#define CAIRNI_SAVED_NBYTES 4096

enum cairni_state
{
  CAIRNI_DEAD,
  CAIRNI_RUNNABLE,
  CAIRNI_RUNNING,
  CAIRNI_WAITING
};

/* Why a goroutine waits: the words in a dump, which are Go's where it has
   any.  */
#define CAIRNI_REASONS(REASON)                                                 \
  REASON (NONE, "")                                                            \
  REASON (RECEIVE, "chan receive")                                             \
  REASON (RECEIVE_NIL, "chan receive (nil chan)")                              \
  REASON (SEND, "chan send")                                                   \
  REASON (SEND_NIL, "chan send (nil chan)")                                    \
  REASON (SELECT, "select")                                                    \
  REASON (SELECT_NONE, "select (no cases)")                                    \
  REASON (SLEEP, "sleep")                                                      \
  REASON (IO, "IO wait")                                                       \
  REASON (MUTEX, "sync.Mutex.Lock")                                            \
  REASON (RWMUTEX, "sync.RWMutex.Lock")                                        \
  REASON (RWMUTEX_READ, "sync.RWMutex.RLock")                                  \
  REASON (WAITGROUP, "sync.WaitGroup.Wait")                                    \
  REASON (ONCE, "sync.Once.Do")                                                \
  REASON (COND, "sync.Cond.Wait")                                              \
  REASON (SEMAPHORE, "semacquire")                                             \
  REASON (PREEMPTED, "preempted")

enum cairni_reason_to_wait
{
#define REASON(id, text) CAIRNI_WAIT_##id,
  CAIRNI_REASONS (REASON)
#undef REASON
};

struct cairni_goroutine
{
  struct cairni_goroutine *link; /* In a queue or list.  */
  uint64_t id;                   /* From 1 on, never used again.  */
  int state;                     /* enum cairni_state.  */
  unsigned nbound;               /* Not 0: it stays with its thread.  */
  uint8_t reason;                /* enum cairni_reason_to_wait.  */
  bool is_thread;                /* A thread's own.  */
  bool is_system;                /* The runtime's; does not count.  */
  bool is_off;                   /* Its words are here.  */
  bool is_leaked;                /* Nothing can wake it: see leaks.c.  */
  bool on_thread;                /* Waits there.  */
  bool shall_shrink;             /* Its stack.  */
  struct cairni_m *m;            /* Running it, or waiting with it.  */
  /* Call this before it goes on, on the system stack, in a section: it may
     change the results, or park again.  NULL: nothing is to be done.  */
  void (*after) (struct cairni_m *m, struct cairni_goroutine *g);
  uintptr_t result, result2; /* Of what it waits in.  */
  /* Its words.  */
  uintptr_t frame_ptr, frame_limit, frame_start;
  struct cairni_frame_chunk *frame_chunk;
  uintptr_t stack_lo;
  size_t stack_nbytes;
  uintptr_t stack_sp;
  size_t high_water_nbytes;
  struct cairni_arch_float float_settings;
  int saved_errno;
  /* What it stored in a stack check; NBYTES == 0: it is not in one.  */
  void *saved;
  uint32_t saved_nbytes, saved_base;
  uintptr_t word; /* A word that is sent or received.  */
  /* Even: the number of its wait for the first of several things; odd: one of
     them has ended it.  Never the same again, see .inv.timers.late.  */
  uint64_t wait_number;
  struct cairni_waiter waiter;
  struct cairni_timer timer;
  void (*fn) (void *);
  uintptr_t created_at; /* The caller of cairn_go, and its goroutine.  */
  uint64_t created_by;
  size_t since_ns; /* When it began to wait, about.  */
  const struct cairn_labels *labels; /* See labels.h.  */
};

/* G is about to wait for the first of several things: the wait's number.  */
CAIRNI_INLINE uint64_t
cairni_goroutine_begin_wait (struct cairni_goroutine *g)
{
  uint64_t number = (cairni_peek (g->wait_number) | 1) + 1;
  cairni_poke (g->wait_number, number);
  return number;
}

/* End G's wait NUMBER, of which the caller then decides how.  False: somebody else
   has, or it is over.  */
CAIRNI_INLINE bool
cairni_goroutine_end_wait (struct cairni_goroutine *g, uint64_t number)
{
  return __atomic_compare_exchange_n (&g->wait_number, &number, number | 1,
                                      false, __ATOMIC_ACQ_REL,
                                      __ATOMIC_RELAXED);
}

/* The same for a wait that cannot be over, as it is still in a queue of which the
   caller has the lock.  */
CAIRNI_INLINE bool
cairni_goroutine_end_this_wait (struct cairni_goroutine *g)
{
  return cairni_goroutine_end_wait (
      g, cairni_peek (g->wait_number) & ~(uint64_t)1);
}

/* Records are in chunks, behind this: RECORD_NBYTES each, as they are
   aligned.  */
struct cairni_goroutine_chunk
{
  struct cairni_goroutine_chunk *next;
  uint64_t unused[7];
};

#define CAIRNI_GOROUTINE_CHUNK_NBYTES 65536
#define CAIRNI_GOROUTINE_CHUNK_HEADER_NBYTES                                   \
  sizeof (struct cairni_goroutine_chunk)
#define CAIRNI_GOROUTINE_RECORD_NBYTES                                         \
  ((sizeof (struct cairni_goroutine) + 63) & ~(size_t)63)
#define CAIRNI_GOROUTINE_PER_CHUNK                                             \
  ((CAIRNI_GOROUTINE_CHUNK_NBYTES - CAIRNI_GOROUTINE_CHUNK_HEADER_NBYTES)      \
   / CAIRNI_GOROUTINE_RECORD_NBYTES)

/* The last chunk made, and how many records of it are in use.  */
extern struct cairni_goroutine_chunk *cairni_goroutine_chunks;
extern unsigned cairni_goroutine_nused;

/* The words for why a goroutine waits, and what else a debugger needs: see
   debugger.c.  */
extern const char *const cairni_debug_reasons[];
extern const uint64_t cairn_debug_goroutines[];

struct cairni_p
{
  struct cairni_spin lock;
  struct cairni_m *m; /* The owner; NULL: idle.  Lock.  */
  unsigned shard;     /* Constant once there are threads; 0: it has none.  */
  /* The goroutine to run before the queue, in the same time slice.  */
  struct cairni_goroutine *next;
  struct cairni_goroutine *first, *last; /* Queue.  */
  unsigned ngs;                          /* In the queue.  */
  unsigned id;
  uint64_t tick;         /* Counts time slices; owner.  */
  uint64_t futile_ticks; /* When a thread last looked for work in vain.  */
  struct cairni_p *link; /* Idle ones; scheduler's lock.  */
  /* For the monitor: the tick it saw, and when it changed.  */
  uint64_t seen_tick;
  size_t seen_ns;
  bool was_asked;
} __attribute__ ((aligned (128)));

struct cairni_m
{
  struct cairni_thread *thread;
  uintptr_t tcb;
  int *errno_location;
  struct cairn_shard *shard;
  struct cairni_arch_float float_settings; /* Of the goroutine that it ran
                                              last, when that was about to
                                              leave it.  */
  int tid;
  bool is_user;               /* A thread of the program's own: it has no P.  */
  bool is_spinning;           /* Looks for work, and counts as such.  */
  bool is_polling;            /* Sleeps in the poller.  */
  bool is_resuming;           /* Calls AFTER of its goroutine, whose stack is not
                                 used meanwhile.  */
  int wake;                   /* Set to go on; a futex.  */
  struct cairni_p *p;         /* Owner, but see .inv.sched.p.  */
  struct cairni_p *next_p;    /* Given by who wakes it.  */
  struct cairni_goroutine *g; /* The current one.  */
  unsigned nchoices;          /* Since it last looked at the global queue.  */
  struct cairni_frame_chunk *frames; /* Its own address stack, for handlers.  */
  struct cairni_m *link; /* Idle ones.  */
  /* What follows is of threads for goroutines; only the thread itself changes
     it.  All of them: the scheduler's lock.  */
  struct cairni_m *next_m;
  /* Dead goroutines with stacks of 2, 4, … KB.  */
  struct cairni_goroutine *dead[CAIRNI_NSTACKS];
  unsigned ndead;
  /* Numbers for goroutines.  */
  uint64_t next_id, last_id;
  /* Goroutines that began here, less those that ended here.  */
  int64_t nliving;
};

extern __thread struct cairni_m *cairni_m_self
    __attribute__ ((tls_model ("initial-exec")));

/* -- start.c.  */

/* The calling thread's machine, which it has not got yet.  Attaches the thread.
   Outside of sections.  */
extern struct cairni_m *cairni_sched_attach (void);

/* Enter a section, and return the caller's machine.  */
CAIRNI_INLINE struct cairni_m *
cairni_sched_enter (void)
{
  struct cairni_m *m = cairni_m_self;
  if (cairni_unlikely (!m))
    m = cairni_sched_attach ();
  cairni_thread_enter (m->thread);
  return m;
}

CAIRNI_INLINE void
cairni_sched_leave (void)
{
  cairni_thread_leave (cairni_thread_self);
}

/* -- goroutine.c.  */

/* A new goroutine that calls FN (ARG), not yet in any queue; NULL: out of
   memory.  */
extern struct cairni_goroutine *
cairni_goroutine_create (struct cairni_m *m, void (*fn) (void *), void *arg);

/* What M's goroutine, self, is to return to from the function of ours that it
   calls; 0: unknown.  */
extern uintptr_t cairni_goroutine_caller (struct cairni_m *m);

/* G has ended and is nobody's current one.  */
extern void cairni_goroutine_recycle (struct cairni_m *m,
                                      struct cairni_goroutine *g);

/* M, self, will sleep: others may have the dead goroutines that it keeps.  */
extern void cairni_goroutine_give_dead (struct cairni_m *m);

/* A goroutine without a stack, for a thread; NULL: out of memory.  */
extern struct cairni_goroutine *
cairni_goroutine_for_thread (struct cairni_m *m);

/* The registers of G, which has its words in its record.  */
extern struct cairni_arch_registers
cairni_goroutine_registers (const struct cairni_goroutine *g);

/* Call FN for all that are not dead.  The world is stopped, or the lock of all
   goroutines is held.  */
extern void cairni_goroutine_each (void (*fn) (struct cairni_goroutine *g,
                                               void *arg),
                                   void *arg);

extern void cairni_goroutine_lock_all (void);
extern void cairni_goroutine_unlock_all (void);
extern size_t cairni_goroutine_count (void);

/* After fork, in the child: only SELF is left, which may be NULL.  */
extern void cairni_goroutine_after_fork (struct cairni_m *self);

#endif /* CAIRNI_GOROUTINE_H */
