/* fatal.c: what is said when a signal ends the program.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A line on the signal and the dump of all goroutines.  Then SIGQUIT ends the
   program with status 2, as in Go, others as they do by default.

   The signal may have come anywhere: in the runtime, with locks held, or while
   the collector works.  SIGQUIT in a section of the runtime is left to the
   monitor, so that the thread can leave that.  A fault there is not, and what it
   had locked stays so: but nothing waits without end, as the dump is given up
   after some seconds, or when it faults itself.  */

#include "base/hooks.h"
#include "os/end-signals.h"
#include "os/sys.h"
#include "sched/dump.h"
#include "sched/scheduler.h"
#include "stack/trace.h"

#define LIMIT_S 10

/* The thread that writes the dump; 0: none.  */
static int writer_tid;

/* What it is about.  */
static int signal_number;
static siginfo_t signal_info;

static const char *
name_of (int sig)
{
  switch (sig)
    {
    case SIGQUIT:
      return "SIGQUIT: quit";
    case SIGSEGV:
      return "SIGSEGV: segmentation violation";
    case SIGBUS:
      return "SIGBUS: bus error";
    case SIGFPE:
      return "SIGFPE: floating-point exception";
    case SIGILL:
      return "SIGILL: illegal instruction";
    default:
      return "SIGABRT: abort";
    }
}

/* Whether INFO is on what an instruction did.  */
static bool
is_fault (const siginfo_t *info)
{
  return info->si_code > 0 && info->si_signo != SIGQUIT
         && info->si_signo != SIGABRT;
}

static void
end (bool now)
{
  if (signal_number == SIGQUIT)
    cairni_hooks.end_process (2);
  cairni_end_signals_let (signal_number, &signal_info, now);
}

static void
give_up (int sig)
{
  (void)sig;
  cairni_print ("(the dump takes too long)");
  end (true);
}

static void
print_signal (int sig, const siginfo_t *info,
              const struct cairni_arch_registers *registers)
{
  char name[CAIRNI_TRACE_NAME_NBYTES];
  if (!is_fault (info))
    {
      cairni_print ("%s", name_of (sig));
      return;
    }
  cairni_trace_name (registers->rip, name, sizeof name);
  if (sig == SIGSEGV || sig == SIGBUS)
    cairni_print ("%s, address %p, in %s", name_of (sig), info->si_addr, name);
  else
    cairni_print ("%s, in %s", name_of (sig), name);
}

void
cairni_fatal_signal (int sig, siginfo_t *info, void *context)
{
  struct cairni_arch_registers registers = cairni_arch_interrupted (context);
  int tid = cairni_sys_tid (), writer = 0;
  if (!__atomic_compare_exchange_n (&writer_tid, &writer, tid, false,
                                    __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    {
      if (writer == tid)
        {
          cairni_print ("(the dump has failed)");
          end (true);
        }
      /* The other ends the program.  */
      for (int never = 0;;)
        cairni_sys_futex_wait (&never, 0, 0);
    }
  signal_number = sig;
  signal_info = *info;
  cairni_end_signals_limit (LIMIT_S, give_up);
  print_signal (sig, info, &registers);
  struct cairni_thread *thread = cairni_thread_self;
  if (thread && thread->in_section)
    {
      if (sig == SIGQUIT)
        {
          cairni_monitor_quit ();
          return;
        }
      /* It will not leave that any more, but a collection may wait for it.  */
      thread->in_section = 0;
    }
  cairni_dump_dying (&registers);
  end (false);
}

void
cairni_fatal_quit (void)
{
  cairni_dump_dying (NULL);
  end (true);
}
