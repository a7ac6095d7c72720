/* { dg-do run } */
/* { dg-options "-pthread" } */
/* Stopping the world while threads come and go, joined, detached, cancelled,
   ended by pthread_exit, with work in destructors; each checks its own data.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#define _GNU_SOURCE
#include "rt-check.h"

#include <pthread.h>
#include <semaphore.h>
#include <time.h>

static sem_t done;
static pthread_key_t key;

struct list
{
  struct list *next;
  unsigned long value;
};

static NOINLINE struct list *
make_list (unsigned long n)
{
  struct list *list = NULL;
  for (unsigned long i = 0; i < n; i++)
    {
      struct list *cell = cairn_rt_malloc (sizeof *cell, NULL);
      cell->next = list;
      cell->value = i;
      list = cell;
      if (i % 16 == 0)
        free (malloc (i));
    }
  return list;
}

static NOINLINE void
check_list (struct list *list, unsigned long n)
{
  for (; list; list = list->next)
    CHECK (list->value == --n);
  CHECK (n == 0);
}

/* Runs when the thread ends, perhaps after the runtime let go of it.  */
static void
destroy (void *value)
{
  check_list (value, 50);
  check_list (make_list (50), 50);
  free (malloc (100));
}

static void *
work (void *arg)
{
  unsigned long kind = *(unsigned long *)arg % 4;
  CHECK (((unsigned long *)arg)[1] == PATTERN);
  pthread_setspecific (key, make_list (50));
  struct list *list = make_list (300);
  struct list *more = make_list (200);
  check_list (list, 300);
  check_list (more, 200);
  sem_post (&done);
  if (kind == 1)
    pthread_exit (list);
  if (kind == 2)
    for (;;)
      nanosleep (&(struct timespec){ 0, 1000000 }, NULL);
  return list;
}

static void *
make_arg (unsigned long kind)
{
  unsigned long *arg = cairn_rt_malloc (2 * sizeof *arg, NULL);
  arg[0] = kind;
  arg[1] = PATTERN;
  return arg;
}

int
main (void)
{
  pthread_t threads[16];
  sem_init (&done, 0, 0);
  pthread_key_create (&key, destroy);
  for (int round = 0; round < 80; round++)
    {
      struct list *mine = make_list (1000);
      for (unsigned long i = 0; i < 16; i++)
        CHECK (pthread_create (&threads[i], NULL, work, make_arg (i)) == 0);
      if (round % 4 == 0)
        cairn_gc ();
      for (int i = 0; i < 16; i++)
        while (sem_wait (&done) != 0)
          ;
      for (int i = 0; i < 16; i++)
        {
          if (i % 4 == 2)
            pthread_cancel (threads[i]);
          if (i % 4 == 3)
            pthread_detach (threads[i]);
          else
            pthread_join (threads[i], NULL);
        }
      check_list (mine, 1000);
    }
  return 0;
}
