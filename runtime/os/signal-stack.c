/* signal-stack.c: handlers never run on a growable stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A growable stack may be too small for the kernel's signal frame, so the
   kernel must have an alternate stack and the order (SA_ONSTACK) to use it.
   The program shall not notice: its handlers run where they would run in plain
   C, or on the system stack if that is the growable one.

   A thread's alternate stack is its system stack up to HI:

     LO ............ SYSTEM_SP ............ HI ...........
        free while the       | only used by   | the frames that
        thread is on its     | signals        | made the growable
        growable stack       |                | stack

   The kernel takes a stack pointer in there for one that is on the alternate
   stack already, and goes on below it.  So

     - what interrupts the growable stack starts at HI and may use all of the
       free part;
     - what interrupts foreign code on the system stack goes on below it;
     - what interrupts code on another stack, a coroutine's, starts at HI too,
       though below SYSTEM_SP there may be frames that wait for the coroutine.
       Nor may it stay there: the handler may switch to another coroutine.  So
       its frame is moved to the interrupted stack, as the kernel would have
       done without an alternate stack.

   All that is done by cairni_signals_entry, which is what the kernel calls
   for every handler from the moment when the first growable stack exists.
   Programs without one are left alone.

   If the program sets an alternate stack the kernel gets that in place of ours.
   Handlers that did not ask for it are moved off again.  SS_AUTODISARM works,
   but whoever leaves a handler that it disarmed without returning must set the
   stack again before going on on a growable stack.

   In a struct sigaction all is the program's but the handler, which is here in
   a table, and SA_ONSTACK, for which there is a bit per signal.  */

#define _GNU_SOURCE
#include "os/signal-stack.h"
#include "base/hooks.h"

#include <errno.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

/* The C library's, by its other name.  */
extern int __sigaction (int sig, const struct sigaction *action,
                        struct sigaction *old);

/* In arch/x86_64/signal.S.  */
extern void cairni_signals_entry (int sig);
extern const char cairni_signals_noted[];
extern const char cairni_signals_return[];
extern long cairni_signals_set_stack (const stack_t *stack, stack_t *old);

#define NSIGNALS (CAIRNI_KERNEL_SET_NBYTES * 8)

/* The signals that the C library has for itself.  */
#define SIGNAL_CANCEL 32
#define SIGNAL_SETXID 33

/* Whether there are growable stacks; never unset.  */
static bool is_on;

/* By signal, where the kernel has cairni_signals_entry.  */
static uintptr_t handlers[NSIGNALS + 1];

/* Bit SIG - 1: the program asked for SA_ONSTACK.  */
static uint64_t on_stack;

/* Guards changes of those two and of what the kernel has.  Its holder has all
   signals blocked.  Readers need no lock: between the two steps of a change a
   handler may be called with its predecessor's flags and mask, as if it had
   come a moment earlier.  */
static int lock;

/* The calling thread's alternate stack.  */
static __thread struct
{
  uintptr_t lo, hi;
} own __attribute__ ((tls_model ("initial-exec")));

uint64_t
cairni_signals_block (void)
{
  uint64_t all = UINT64_MAX, old = 0;
  int saved = errno;
  syscall (SYS_rt_sigprocmask, SIG_SETMASK, &all, &old,
           CAIRNI_KERNEL_SET_NBYTES);
  errno = saved;
  return old;
}

void
cairni_signals_restore (uint64_t set)
{
  int saved = errno;
  syscall (SYS_rt_sigprocmask, SIG_SETMASK, &set, NULL,
           CAIRNI_KERNEL_SET_NBYTES);
  errno = saved;
}

static uint64_t
lock_acquire (void)
{
  uint64_t set = cairni_signals_block ();
  while (__atomic_exchange_n (&lock, 1, __ATOMIC_ACQUIRE))
    cairni_compiler_barrier ();
  return set;
}

static void
lock_release (uint64_t set)
{
  __atomic_store_n (&lock, 0, __ATOMIC_RELEASE);
  cairni_signals_restore (set);
}

void
cairni_signals_after_fork (void)
{
  __atomic_store_n (&lock, 0, __ATOMIC_RELEASE);
}

bool
cairni_signals_kernel_action (int sig, struct cairni_kernel_action *action)
{
  int saved = errno;
  bool good
      = syscall (SYS_rt_sigaction, sig, NULL, action, CAIRNI_KERNEL_SET_NBYTES)
        == 0;
  errno = saved;
  return good;
}

static bool
is_function (uintptr_t handler)
{
  return handler != (uintptr_t)SIG_DFL && handler != (uintptr_t)SIG_IGN;
}

static uint64_t
bit_of (int sig)
{
  return (uint64_t)1 << (sig - 1);
}

static void
note_locked (int sig, uintptr_t handler, bool wants_stack)
{
  if (wants_stack)
    __atomic_or_fetch (&on_stack, bit_of (sig), __ATOMIC_RELAXED);
  else
    __atomic_and_fetch (&on_stack, ~bit_of (sig), __ATOMIC_RELAXED);
  __atomic_store_n (&handlers[sig], handler, __ATOMIC_RELEASE);
}

/* Put ourselves before the handler that SIG has.  */
static void
take_locked (int sig)
{
  struct cairni_kernel_action action;
  if (!cairni_signals_kernel_action (sig, &action)
      || !is_function (action.handler)
      || action.handler == (uintptr_t)cairni_signals_entry)
    return;
  note_locked (sig, action.handler, action.flags & SA_ONSTACK);
  action.handler = (uintptr_t)cairni_signals_entry;
  action.flags |= SA_ONSTACK;
  int saved = errno;
  syscall (SYS_rt_sigaction, sig, &action, NULL, CAIRNI_KERNEL_SET_NBYTES);
  errno = saved;
}

bool
cairni_signals_are_taken (void)
{
  return __atomic_load_n (&is_on, __ATOMIC_ACQUIRE);
}

void
cairni_signals_take_library (void)
{
  if (!cairni_signals_are_taken ()
      || (handlers[SIGNAL_CANCEL] && handlers[SIGNAL_SETXID]))
    return;
  uint64_t set = lock_acquire ();
  take_locked (SIGNAL_CANCEL);
  take_locked (SIGNAL_SETXID);
  lock_release (set);
}

static void
take_all (void)
{
  uint64_t set = lock_acquire ();
  __atomic_store_n (&is_on, true, __ATOMIC_RELEASE);
  for (int sig = 1; sig <= NSIGNALS; sig++)
    take_locked (sig);
  lock_release (set);
}

int
cairni_signals_install (int sig, const struct sigaction *action,
                        struct sigaction *old)
{
  struct sigaction ours, was;
  if (sig < 1 || sig > NSIGNALS)
    return __sigaction (sig, action, old);
  uint64_t set = lock_acquire ();
  uintptr_t was_handler = handlers[sig];
  bool was_on_stack = on_stack & bit_of (sig);
  if (action && is_on && is_function ((uintptr_t)action->sa_handler))
    {
      ours = *action;
      note_locked (sig, (uintptr_t)ours.sa_handler, ours.sa_flags & SA_ONSTACK);
      ours.sa_handler = cairni_signals_entry;
      ours.sa_flags |= SA_ONSTACK;
      action = &ours;
    }
  int error = __sigaction (sig, action, &was);
  if (error)
    note_locked (sig, was_handler, was_on_stack);
  lock_release (set);
  if (error || !old)
    return error;
  if (was.sa_handler == cairni_signals_entry)
    {
      was.sa_handler = (void (*) (int))was_handler;
      if (!was_on_stack)
        was.sa_flags &= ~SA_ONSTACK;
    }
  *old = was;
  return 0;
}

void
cairni_signals_visit_taken (void (*fn) (uintptr_t lo, uintptr_t hi))
{
  fn ((uintptr_t)handlers, (uintptr_t)(handlers + NSIGNALS + 1));
}

/* Bytes between SYSTEM_SP and HI of a system stack that has NBYTES: a frame
   that is about to be moved, and one that comes meanwhile.  */
static size_t
area_nbytes (size_t nbytes)
{
#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ 51
#endif
  size_t frame = cairni_max (getauxval (AT_MINSIGSTKSZ), (unsigned long)2048);
  return cairni_align_down (cairni_min (2 * frame + 4096, nbytes / 4), 64);
}

/* Whether STACK is our alternate stack of the calling thread.  */
static bool
is_ours (const stack_t *stack)
{
  return own.hi != 0 && (uintptr_t)stack->ss_sp == own.lo
         && stack->ss_size == own.hi - own.lo;
}

uintptr_t
cairni_signals_use_stack (uintptr_t lo, uintptr_t hi)
{
  stack_t now, next = { .ss_flags = SS_DISABLE };
  if (hi && !cairni_signals_are_taken ())
    take_all ();
  uint64_t set = cairni_signals_block ();
  syscall (SYS_sigaltstack, NULL, &now);
  bool may_set = now.ss_flags & SS_DISABLE || is_ours (&now);
  own.lo = lo;
  own.hi = hi;
  if (hi)
    next = (stack_t){ .ss_sp = (void *)lo, .ss_size = hi - lo };
  if (may_set && cairni_signals_set_stack (&next, NULL) != 0 && hi)
    cairni_fatal ("cannot set a thread's signal stack");
  cairni_signals_restore (set);
  return hi ? hi - area_nbytes (hi - lo) : 0;
}

uintptr_t
cairni_signals_stack_hi (uintptr_t tcb)
{
  /* Static TLS lies at the same distance from every TCB.  */
  uintptr_t here = (uintptr_t)__builtin_thread_pointer ();
  return *(uintptr_t *)(tcb + ((uintptr_t)&own.hi - here));
}

CAIRNI_PUBLIC int
sigaltstack (const stack_t *stack, stack_t *old)
{
  stack_t now, copy = { .ss_flags = SS_DISABLE };
  if (stack)
    copy = *stack;
  bool disable = copy.ss_flags & SS_DISABLE;
  if (own.hi == 0)
    {
      int error = syscall (SYS_sigaltstack, stack ? &copy : NULL, old);
      if (error == 0 && stack)
        cairni_hooks.signal_stack (disable ? NULL : copy.ss_sp);
      return error;
    }
  uint64_t set = cairni_signals_block ();
  long error = 0;
  syscall (SYS_sigaltstack, NULL, &now);
  bool was_ours = is_ours (&now);
  if (stack && disable && !(copy.ss_flags & ~SS_DISABLE))
    copy = (stack_t){ .ss_sp = (void *)own.lo, .ss_size = own.hi - own.lo };
  /* A program that runs on its own alternate stack must not change it, which
     the kernel sees.  */
  if (stack && was_ours)
    error = cairni_signals_set_stack (&copy, NULL);
  else if (stack && syscall (SYS_sigaltstack, &copy, NULL) != 0)
    error = -errno;
  cairni_signals_restore (set);
  if (error)
    {
      errno = -error;
      return -1;
    }
  if (old)
    *old = was_ours ? (stack_t){ .ss_flags = SS_DISABLE } : now;
  if (stack)
    cairni_hooks.signal_stack (disable ? NULL : copy.ss_sp);
  return 0;
}

/* The kernel's signal frame: what returns to it, a ucontext that is shorter
   than the C library's, and the siginfo.  The floating-point state follows,
   aligned, wherever the ucontext says.  */
#define FRAME_NBYTES (8 + 304 + sizeof (siginfo_t))
#define FP_ALIGNMENT 64
#define RED_ZONE_NBYTES 128

/* In the 512 bytes of the old floating-point state: how many there are more,
   if the mark is there.  */
#define FP_LEGACY_NBYTES 512
#define FP_MARK_OFFSET 464
#define FP_MARK 0x46505853
#define FP_NBYTES_OFFSET 468

/* Move the frame at FRAME to below TO; returns where it is.  */
static uintptr_t
move_frame (uintptr_t frame, uintptr_t to)
{
  ucontext_t *context = (ucontext_t *)(frame + 8);
  const char *fp = (const char *)context->uc_mcontext.fpregs;
  uintptr_t new_fp = to;
  if (fp)
    {
      uint32_t mark, nbytes = FP_LEGACY_NBYTES;
      memcpy (&mark, fp + FP_MARK_OFFSET, sizeof mark);
      if (mark == FP_MARK)
        memcpy (&nbytes, fp + FP_NBYTES_OFFSET, sizeof nbytes);
      new_fp = cairni_align_down (to - nbytes, FP_ALIGNMENT);
      memcpy ((void *)new_fp, fp, nbytes);
    }
  uintptr_t new_frame = cairni_align_down (new_fp - FRAME_NBYTES, 16) - 8;
  memcpy ((void *)new_frame, (void *)frame, FRAME_NBYTES);
  context = (ucontext_t *)(new_frame + 8);
  if (fp)
    context->uc_mcontext.fpregs = (void *)new_fp;
  return new_frame;
}

/* Whether the context interrupted code on the alternate stack that it names, if
   any.  */
static bool
is_on_alternate (const ucontext_t *context)
{
  uintptr_t sp = context->uc_mcontext.gregs[REG_RSP];
  uintptr_t lo = (uintptr_t)context->uc_stack.ss_sp;
  return sp - lo - 1 < context->uc_stack.ss_size;
}

/* Note where CONTEXT was interrupted, as cairni_signals_entry does.  True: on
   the growable stack.  */
static bool
note (const ucontext_t *context)
{
  return cairni_hooks.interrupt (context->uc_mcontext.gregs[REG_RSP],
                                 is_on_alternate (context));
}

/* CONTEXT may have interrupted another signal's arrival or return while the
   stack pointer of that was not noted yet, or not any more.  Returns whether
   what is noted now must be cleared again.  */
static bool
note_outer (const ucontext_t *context)
{
  uintptr_t pc = context->uc_mcontext.gregs[REG_RIP];
  uintptr_t sp = context->uc_mcontext.gregs[REG_RSP];
  if (pc >= (uintptr_t)cairni_signals_entry
      && pc < (uintptr_t)cairni_signals_noted)
    {
      const ucontext_t *outer = (const ucontext_t *)(sp + 8);
      /* The outer one does the same when it goes on.  */
      note (outer);
      return note_outer (outer);
    }
  if (pc != (uintptr_t)cairni_signals_return)
    return false;
  return cairni_hooks.interrupt (
      ((const ucontext_t *)sp)->uc_mcontext.gregs[REG_RSP], true);
}

struct arrival
{
  uintptr_t handler;
  uintptr_t frame;
};

/* What is to be cleared; known to arch/x86_64/signal.S.  */
enum
{
  CLEAR_SIGNAL_SP = 1,
  CLEAR_ARRIVAL_SP = 2
};

/* Called by cairni_signals_entry: a signal has come, whose frame is at FRAME.
   Returns the handler and where it wants the frame.  The word below that is
   free, and says what is to be cleared.  */
extern struct arrival cairni_signals_arrive (int sig, siginfo_t *info,
                                             ucontext_t *context,
                                             uintptr_t frame);

struct arrival
cairni_signals_arrive (int sig, siginfo_t *info, ucontext_t *context,
                       uintptr_t frame)
{
  uintptr_t sp = context->uc_mcontext.gregs[REG_RSP];
  uintptr_t clear = 0;
  cairni_check1 ((uintptr_t)context == frame + 8
                 && (uintptr_t)info == frame + FRAME_NBYTES - sizeof *info);
  if (is_on_alternate (context))
    {
      if (note_outer (context))
        clear = CLEAR_SIGNAL_SP;
    }
  else
    {
      bool is_growable = note (context);
      clear = is_growable ? CLEAR_SIGNAL_SP : CLEAR_ARRIVAL_SP;
      uint64_t wants = __atomic_load_n (&on_stack, __ATOMIC_RELAXED);
      if (is_ours (&context->uc_stack)
              ? !is_growable
              : context->uc_stack.ss_size != 0 && !(wants & bit_of (sig)))
        frame = move_frame (frame, is_growable ? own.hi : sp - RED_ZONE_NBYTES);
    }
  ((uintptr_t *)frame)[-1] = clear;
  uintptr_t handler = __atomic_load_n (&handlers[sig], __ATOMIC_ACQUIRE);
  return (struct arrival){ handler, frame };
}
