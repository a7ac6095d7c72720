/* signals-old.c: the ways to install handlers and to block signals that are
   older than sigaction.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The C library's call its sigaction and sigprocmask by names of its own, past
   signals.c; so here they are again.  They do what the C library's do.  */

#define _GNU_SOURCE
#include "base/base.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

extern sighandler_t bsd_signal (int sig, sighandler_t handler);
extern sighandler_t ssignal (int sig, sighandler_t handler);
extern sighandler_t sysv_signal (int sig, sighandler_t handler);
extern sighandler_t __sysv_signal (int sig, sighandler_t handler);

/* Signals whose handlers let system calls fail, as siginterrupt said.  */
static sigset_t interrupting;

static sighandler_t
install (int sig, sighandler_t handler, int flags)
{
  struct sigaction action, old;
  memset (&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  if (handler == SIG_ERR)
    {
      errno = EINVAL;
      return SIG_ERR;
    }
  return sigaction (sig, &action, &old) == 0 ? old.sa_handler : SIG_ERR;
}

CAIRNI_PUBLIC sighandler_t
signal (int sig, sighandler_t handler)
{
  return install (sig, handler,
                  sigismember (&interrupting, sig) == 1 ? 0 : SA_RESTART);
}

CAIRNI_PUBLIC sighandler_t
bsd_signal (int sig, sighandler_t handler)
{
  return signal (sig, handler);
}

CAIRNI_PUBLIC sighandler_t
ssignal (int sig, sighandler_t handler)
{
  return signal (sig, handler);
}

CAIRNI_PUBLIC sighandler_t
__sysv_signal (int sig, sighandler_t handler)
{
  return install (sig, handler, SA_RESETHAND | SA_NODEFER);
}

CAIRNI_PUBLIC sighandler_t
sysv_signal (int sig, sighandler_t handler)
{
  return __sysv_signal (sig, handler);
}

CAIRNI_PUBLIC int
siginterrupt (int sig, int flag)
{
  struct sigaction action;
  if (sigaction (sig, NULL, &action) != 0)
    return -1;
  if (flag)
    {
      sigaddset (&interrupting, sig);
      action.sa_flags &= ~SA_RESTART;
    }
  else
    {
      sigdelset (&interrupting, sig);
      action.sa_flags |= SA_RESTART;
    }
  return sigaction (sig, &action, NULL);
}

/* SIG alone, blocked or not; *WAS: whether it was.  */
static int
set_blocked (int sig, bool block, bool *was)
{
  sigset_t set, old;
  sigemptyset (&set);
  if (sigaddset (&set, sig) != 0
      || sigprocmask (block ? SIG_BLOCK : SIG_UNBLOCK, &set, &old) != 0)
    return -1;
  *was = sigismember (&old, sig) == 1;
  return 0;
}

CAIRNI_PUBLIC sighandler_t
sigset (int sig, sighandler_t handler)
{
  struct sigaction action;
  sighandler_t old;
  bool was_blocked;
  if (handler == SIG_HOLD)
    {
      if (set_blocked (sig, true, &was_blocked) != 0
          || sigaction (sig, NULL, &action) != 0)
        return SIG_ERR;
      return was_blocked ? SIG_HOLD : action.sa_handler;
    }
  old = install (sig, handler, 0);
  if (old == SIG_ERR || set_blocked (sig, false, &was_blocked) != 0)
    return SIG_ERR;
  return was_blocked ? SIG_HOLD : old;
}

CAIRNI_PUBLIC int
sigignore (int sig)
{
  return install (sig, SIG_IGN, 0) == SIG_ERR ? -1 : 0;
}

CAIRNI_PUBLIC int
sighold (int sig)
{
  bool was_blocked;
  return set_blocked (sig, true, &was_blocked);
}

CAIRNI_PUBLIC int
sigrelse (int sig)
{
  bool was_blocked;
  return set_blocked (sig, false, &was_blocked);
}

/* BSD's masks have the first 32 signals, one a bit.  */
static int
set_word (int how, int mask)
{
  sigset_t set, old;
  int word = 0;
  sigemptyset (&set);
  memcpy (&set, &mask, sizeof mask);
  if (sigprocmask (how, &set, &old) != 0)
    return -1;
  memcpy (&word, &old, sizeof word);
  return word;
}

CAIRNI_PUBLIC int
sigblock (int mask)
{
  return set_word (SIG_BLOCK, mask);
}

CAIRNI_PUBLIC int
sigsetmask (int mask)
{
  return set_word (SIG_SETMASK, mask);
}
