/* { dg-do run } */
/* { dg-options "-pthread -ldl" } */
/* .inv.reach: an object is kept by each place where only one pointer to it
   is: data, TLS, manual memory, thread-specific data, a stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#define _GNU_SOURCE
#include "rt-check.h"

#include <pthread.h>
#include <search.h>
#include <signal.h>
#include <stdio.h>
#include <ucontext.h>

static unsigned long *volatile global;
static __thread unsigned long *volatile tls;
static __thread unsigned long *volatile tls_more[600];
static uintptr_t hidden[64];
static int nhidden;

static NOINLINE unsigned long *
note (unsigned long *p)
{
  hidden[nhidden++] = hide (p);
  return p;
}

static NOINLINE void
check_alive (const char *where)
{
  collect ();
  for (int i = 0; i < nhidden; i++)
    if (!is_alive (hidden[i]))
      {
        printf ("%s: object %d is gone\n", where, i);
        CHECK (!"alive");
      }
  nhidden = 0;
}

static NOINLINE void
in_data (void)
{
  global = note (new_object ());
}

static NOINLINE void
in_tls (void)
{
  tls = note (new_object ());
  tls_more[599] = note (new_object ());
}

/* The key after many others lies in second-level storage.  */
static NOINLINE void
in_specific (void)
{
  pthread_key_t first, last;
  pthread_key_create (&first, NULL);
  for (int i = 0; i < 50; i++)
    pthread_key_create (&last, NULL);
  pthread_setspecific (first, note (new_object ()));
  pthread_setspecific (last, note (new_object ()));
}

static unsigned long **volatile manual;
static FILE *memory_file;
static char *memory_text;
static size_t memory_nbytes;

static NOINLINE void
in_manual (void)
{
  manual = malloc (100 * sizeof *manual);
  manual[99] = note (new_object ());
  manual[0] = (void *)calloc (1, 100000);
  ((unsigned long **)manual[0])[12000] = note (new_object ());
  /* A pointer in the C library's own buffer.  */
  memory_file = open_memstream (&memory_text, &memory_nbytes);
  unsigned long *p = note (new_object ());
  fwrite (&p, sizeof p, 1, memory_file);
  fflush (memory_file);
  hcreate (10);
  ENTRY entry = { "key", note (new_object ()) };
  hsearch (entry, ENTER);
}

/* Only the argument, only the stack, only the TLS of another thread.  */
static pthread_barrier_t barrier;

static void *
other_thread (void *arg)
{
  unsigned long *volatile on_stack = note (new_object ());
  tls = note (new_object ());
  in_specific ();
  wipe_stack ();
  pthread_barrier_wait (&barrier);
  pthread_barrier_wait (&barrier);
  CHECK (*on_stack == PATTERN && *tls == PATTERN);
  CHECK (*(unsigned long *)arg == PATTERN);
  return NULL;
}

static NOINLINE void
start_other (pthread_t *thread)
{
  CHECK (pthread_create (thread, NULL, other_thread, note (new_object ()))
         == 0);
}

static void
in_other_thread (void)
{
  pthread_t thread;
  pthread_barrier_init (&barrier, NULL, 2);
  start_other (&thread);
  pthread_barrier_wait (&barrier);
  check_alive ("other thread");
  pthread_barrier_wait (&barrier);
  pthread_join (thread, NULL);
}

/* A coroutine's stack, in turn in manual memory and in a mapping of its own,
   while it runs and while it waits.  */
static ucontext_t main_context, co_context;

static void
coroutine (void)
{
  unsigned long *volatile here = note (new_object ());
  check_alive ("running coroutine");
  hidden[nhidden++] = hide (here);
  swapcontext (&co_context, &main_context);
  CHECK (*here == PATTERN);
}

static NOINLINE void
switch_to (void *stack, size_t nbytes)
{
  getcontext (&co_context);
  co_context.uc_stack.ss_sp = stack;
  co_context.uc_stack.ss_size = nbytes;
  co_context.uc_link = &main_context;
  makecontext (&co_context, coroutine, 0);
  swapcontext (&main_context, &co_context);
}

static void
in_coroutine (void)
{
  unsigned long *volatile mine = new_object ();
  static char static_stack[65536];
  switch_to (malloc (65536), 65536);
  check_alive ("waiting coroutine");
  switch_to (static_stack, sizeof static_stack);
  check_alive ("waiting coroutine on a static stack");
  CHECK (*mine == PATTERN);
}

static volatile int handled;

static void
handler (int sig)
{
  unsigned long *volatile here = note (new_object ());
  check_alive ("alternate stack");
  CHECK (*here == PATTERN && sig == SIGUSR1);
  handled = 1;
}

static void
in_alternate_stack (void)
{
  unsigned long *volatile mine = new_object ();
  stack_t stack = { .ss_sp = malloc (65536), .ss_size = 65536 };
  struct sigaction action = { .sa_handler = handler, .sa_flags = SA_ONSTACK };
  sigaltstack (&stack, NULL);
  sigaction (SIGUSR1, &action, NULL);
  raise (SIGUSR1);
  CHECK (handled && *mine == PATTERN);
  stack.ss_flags = SS_DISABLE;
  sigaltstack (&stack, NULL);
}

/* In argv, which lies above main's frame.  */
static NOINLINE void
in_arguments (char **argv)
{
  argv[0] = (char *)note (new_object ());
}

int
main (int argc, char **argv)
{
  (void)argc;
  rerun_with ("CAIRN_DEBUG", "clobberfree=1", argv);
  for (int round = 0; round < 3; round++)
    {
      in_data ();
      check_alive ("data");
      in_tls ();
      check_alive ("TLS");
      in_specific ();
      check_alive ("thread-specific data");
      in_manual ();
      check_alive ("manual memory");
      in_arguments (argv);
      check_alive ("arguments");
      in_other_thread ();
      in_coroutine ();
      in_alternate_stack ();
      hdestroy ();
    }
  /* And what nothing points to goes.  */
  int ngone = 0;
  for (int i = 0; i < 50; i++)
    note (new_object ());
  collect ();
  for (int i = 0; i < nhidden; i++)
    ngone += !is_alive (hidden[i]);
  CHECK (ngone >= 40);
  return 0;
}
