/* { dg-do run } */
/* { dg-options "-pthread" } */
/* The stop signal is ours, and nobody notices: everything blocked, the
   user's own handler for it, a storm of other signals, sigsuspend and sigwait.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#define _GNU_SOURCE
#include "rt-check.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/time.h>
#include <time.h>

static volatile int nurgent, nalarms, stop;

/* Posted by each thread that has blocked what it wants.  */
static sem_t ready;

static void
urgent (int sig, siginfo_t *info, void *context)
{
  (void)context;
  CHECK (sig == SIGURG && info->si_code != SI_QUEUE);
  nurgent++;
}

static void
alarmed (int sig)
{
  int saved = errno;
  (void)sig;
  nalarms++;
  errno = saved;
}

/* Threads that have everything blocked in different ways.  */
static void *
blocked (void *arg)
{
  sigset_t all;
  int sig;
  unsigned long *mine = new_object ();
  sigfillset (&all);
  pthread_sigmask (SIG_BLOCK, &all, NULL);
  sem_post (&ready);
  errno = 1234;
  while (!stop)
    switch ((uintptr_t)arg)
      {
      case 0:
        free (malloc (100));
        break;
      case 1:
        sigtimedwait (&all, NULL, &(struct timespec){ 0, 2000000 });
        break;
      case 2:
        ppoll (NULL, 0, &(struct timespec){ 0, 2000000 }, &all);
        break;
      case 3:
        sigdelset (&all, SIGUSR2);
        sigwait (&(sigset_t){ { 1ul << (SIGUSR1 - 1) } }, &sig);
        break;
      case 4:
        for (int i = 0; i < 1000; i++)
          __asm__ volatile("" ::: "memory");
        CHECK (errno == 1234);
        break;
      }
  CHECK (*mine == PATTERN);
  return NULL;
}

int
main (void)
{
  pthread_t threads[5];
  struct sigaction action, old;
  alarm (60);
  sem_init (&ready, 0, 0);
  memset (&action, 0, sizeof action);
  action.sa_sigaction = urgent;
  action.sa_flags = SA_SIGINFO;
  CHECK (sigaction (SIGURG, &action, NULL) == 0);
  CHECK (sigaction (SIGURG, NULL, &old) == 0 && old.sa_sigaction == urgent);
  for (uintptr_t i = 0; i < 5; i++)
    CHECK (pthread_create (&threads[i], NULL, blocked, (void *)i) == 0);
  for (int i = 0; i < 5; i++)
    while (sem_wait (&ready) != 0)
      ;

  struct sigaction tick = { .sa_handler = alarmed, .sa_flags = SA_RESTART };
  sigfillset (&tick.sa_mask);
  sigaction (SIGVTALRM, &tick, NULL);
  sigaction (SIGPROF, &tick, NULL);
  struct itimerval interval = { { 0, 500 }, { 0, 500 } };
  setitimer (ITIMER_PROF, &interval, NULL);
  for (int i = 0; i < 200; i++)
    {
      unsigned long *p = new_object ();
      cairn_gc ();
      CHECK (*p == PATTERN);
      if (i % 10 == 0)
        raise (SIGURG);
    }
  CHECK (nurgent == 20);
  memset (&interval, 0, sizeof interval);
  setitimer (ITIMER_PROF, &interval, NULL);
  stop = 1;
  pthread_kill (threads[3], SIGUSR1);
  for (int i = 0; i < 5; i++)
    pthread_join (threads[i], NULL);
  CHECK (signal (SIGURG, SIG_IGN) != SIG_ERR);
  raise (SIGURG);
  CHECK (nurgent == 20);
  return 0;
}
