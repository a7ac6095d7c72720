/* hooks.h: the one table through which lower layers call upward.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A layer includes its own folder and lower ones.  The few calls that must
   go up, such as "the heap has grown to its goal, collect", go through this
   constant table, which entry/hooks.c fills at link time: it is right before
   the first constructor runs.  */

#ifndef CAIRNI_HOOKS_H
#define CAIRNI_HOOKS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Who holds pointers where the collector does not look, and under which
   keys.  See heap/kept.h.  */
enum cairni_holder
{
  CAIRNI_AT_EXIT,       /* The list of exit handlers; the pointer itself.  */
  CAIRNI_EPOLL,         /* The instance and the descriptor.  */
  CAIRNI_TIMER,         /* The timer.  */
  CAIRNI_QUEUE_VALUE,   /* The message queue.  */
  CAIRNI_QUEUE_FUNCTION, /* The message queue.  */
  CAIRNI_MONITOR         /* Which of its functions.  */
};

struct cairni_hooks
{
  /* Write NBYTES at TEXT to standard error.  */
  void (*write_error) (const char *text, size_t nbytes);
  /* End the process: with STATUS, or by abort if STATUS is negative.  */
  void (*end_process) (int status) __attribute__ ((noreturn));
  /* Start the runtime: called once, before the first object.  */
  void (*start) (void);
  /* Collect because the heap reached its goal; the caller is in no runtime
     section and holds no lock.  */
  void (*collect_at_goal) (void);
  /* Collect because memory ran out.  */
  void (*collect_for_memory) (void);
  /* Collect because CAIRN_DEBUG=gcstress says so.  */
  void (*collect_for_stress) (void);
  /* The calling thread was asked to stop while it was in a runtime section
     and has now left it: park.  */
  void (*park) (void);
  /* The calling thread begins: attach it.  */
  void (*thread_begin) (void);
  /* Whether the calling thread is the runtime's own; it is from now on.  */
  bool (*thread_serves) (void);
  void (*thread_serve) (void);
  /* The program is about to make a thread: note where.  */
  void (*note_thread) (void);
  /* The number, never reused, of the thread whose control block, which
     exists, is at TCB.  Attaches the calling thread.  */
  uint64_t (*thread_serial) (uintptr_t tcb);
  /* The thread with that number was joined or detached: let go of what it
     left there.  */
  void (*thread_forget) (uintptr_t tcb, uint64_t serial);
  /* HOLDER has P under KEY, in place of what he had there.  */
  void (*keep) (enum cairni_holder holder, uintptr_t key, const void *p);
  /* Call GIVE (ARG), which gives P to HOLDER and returns 0, or fails.  Returns
     what it does.  */
  int (*give) (enum cairni_holder holder, uintptr_t key, const void *p,
               int (*give) (void *arg), void *arg);
  /* The calling thread's alternate signal stack starts at P from now on;
     NULL: it has none.  */
  void (*signal_stack) (void *p);
  /* The limit on address space has changed.  */
  void (*limit_changed) (void);
  /* A signal interrupted the calling thread with its stack pointer at SP, which
     may be ON_ALTERNATE stack: note where, and return whether that is on its
     growable stack.  */
  bool (*interrupt) (uintptr_t sp, bool on_alternate);
  /* Call FN (A, B, C) on a growable stack of its own if it was compiled for
     one, otherwise just call it; returns what it does.  */
  uintptr_t (*run) (uintptr_t (*fn) (uintptr_t, uintptr_t, uintptr_t),
                    uintptr_t a, uintptr_t b, uintptr_t c);
  /* The calling thread begins with none of the stacks that its control block's
     former owner had.  */
  void (*reset_stacks) (void);
  /* The calling thread's goroutine has run for a time slice: the handler of the
     stop signal calls this.  */
  void (*preempt) (void);
  /* Call FN on what goroutines that do not run hold.  The world is stopped.  */
  void (*visit_goroutines) (void (*fn) (uintptr_t lo, uintptr_t hi));
  /* When all other roots are marked: the same for those that FN was not called
     on then, as they are to be told from others.  Likewise.  */
  void (*visit_waiting_goroutines) (void (*fn) (uintptr_t lo, uintptr_t hi));
  /* Ask those that use little of a large stack to shrink it.  Likewise.  */
  void (*ask_goroutines_to_shrink) (void);
  /* P, a collected object that the caller is about to return, was chosen for the
     heap profile: note where it is allocated, and SHIFT, see heap/sampling.h.  The caller is in no section and
     holds no lock.  */
  void (*sample) (void *p, unsigned shift);
  /* What the profile knows of the object at P, which it forgets; NULL: nothing.
     Then, the object WAS_FREED or has to be remembered again.  In a section.  */
  void *(*take_sample) (void *p);
  void (*end_sample) (void *p, void *sample, bool was_freed);
  /* Marking is done, the world is stopped: forget those that are not marked.  */
  void (*sweep_samples) (void);
  /* Keep the profile from being changed, around fork.  */
  void (*lock_samples) (void);
  void (*unlock_samples) (void);
  /* The handler of the stop signal.  */
  void (*stop_signal) (int sig, siginfo_t *info, void *context);
};

extern const struct cairni_hooks cairni_hooks;

#endif /* CAIRNI_HOOKS_H */
