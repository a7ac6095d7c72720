/* Threads that pass each other locals: a request's reply is a variable of a
   function that has long returned when the reply is read.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <pthread.h>
#include <stdio.h>

struct task
{
  int from, to;
  long sum;
};

static void *
run (void *argument)
{
  struct task *t = argument;
  for (int i = t->from; i < t->to; i++)
    t->sum += i;
  /* The answer is a local of this thread.  */
  struct task answer = *t;
  return &answer;
}

static pthread_t
start (int from, int to)
{
  struct task t = { from, to, 0 };
  pthread_t thread;
  if (pthread_create (&thread, NULL, run, &t) != 0)
    perror ("pthread_create");
  return thread;
}

int
main (void)
{
  enum { N = 4 };
  pthread_t threads[N];
  long total = 0;
  for (int i = 0; i < N; i++)
    threads[i] = start (i * 1000, (i + 1) * 1000);
  for (int i = 0; i < N; i++)
    {
      void *answer;
      pthread_join (threads[i], &answer);
      struct task *t = answer;
      printf ("%d to %d: %ld\n", t->from, t->to, t->sum);
      total += t->sum;
    }
  printf ("total %ld\n", total);
  return 0;
}
