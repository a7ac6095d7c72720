/* Goroutines and the threads that they run in.

   { cairn-libraries "-lm" }

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   Catches: a goroutine that keeps others from running, by a loop with or
   without calls, by a system call or in a callback of foreign code; an errno or
   a rounding mode that is another's; threads of the program's own that cannot
   use channels; a goroutine that ends its thread, and whom that runs; a child
   of fork that finds locks held or waits for goroutines that are gone.  */

#include "goroutines.h"
#include <errno.h>
#include <fenv.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static struct cairn_waitgroup group;
static volatile int stop;

static NOINLINE unsigned long
work (unsigned long n)
{
  return n < 2 ? n : work (n - 1) + work (n - 2);
}

static void
loop_with_calls (void *unused)
{
  (void)unused;
  while (!stop)
    CHECK (work (12) == 144);
  cairn_waitgroup_done (&group);
}

static void
loop (void *unused)
{
  (void)unused;
  unsigned long x = 1;
  while (!stop)
    x = x * 3 + 1;
  cairn_waitgroup_done (&group);
}

static void
beside (void (*fn) (void *))
{
  stop = 0;
  cairn_waitgroup_add (&group, 5);
  for (int i = 0; i < 5; i++)
    cairn_go (fn, NULL);
  cairn_sleep (20 * CAIRN_MILLISECOND);
  stop = 1;
  cairn_waitgroup_wait (&group);
}

static int pipe_fds[2];

static void
read_one (void *unused)
{
  char c;
  (void)unused;
  CHECK (read (pipe_fds[0], &c, 1) == 1);
  cairn_waitgroup_done (&group);
}

static void
system_calls (void)
{
  CHECK (pipe (pipe_fds) == 0);
  cairn_waitgroup_add (&group, 20);
  for (int i = 0; i < 20; i++)
    cairn_go (read_one, NULL);
  cairn_sleep (5 * CAIRN_MILLISECOND);
  for (int i = 0; i < 20; i++)
    CHECK (write (pipe_fds[1], "x", 1) == 1);
  cairn_waitgroup_wait (&group);
  close (pipe_fds[0]);
  close (pipe_fds[1]);
}

static cairn_chan (int) compared;

static int
compare (const void *a, const void *b)
{
  cairn_send (compared, 1);
  return *(const int *)a - *(const int *)b;
}

static void
sort (void *unused)
{
  int v[8] = { 5, 3, 8, 1, 9, 2, 7, 4 };
  (void)unused;
  qsort (v, 8, sizeof *v, compare);
  for (int i = 1; i < 8; i++)
    CHECK (v[i - 1] < v[i]);
  cairn_close (compared);
}

static void
callbacks (void)
{
  int n = 0;
  compared = cairn_make_chan (int, 0);
  cairn_go (sort, NULL);
  cairn_range (one, compared) n += one;
  CHECK (n > 5);
}

static void
own_state (void *arg)
{
  static const int modes[] = { FE_TONEAREST, FE_UPWARD, FE_DOWNWARD };
  int number = (long)arg, mode = modes[number % 3];
  fesetround (mode);
  CHECK (pthread_self () != 0);
  for (int i = 0; i < 200; i++)
    {
      errno = number;
      cairn_yield ();
      CHECK (errno == number);
      /* Declared const, but it is another thread's now, perhaps.  */
      pthread_t self;
      __asm__ volatile("movq %%fs:0, %0" : "=r"(self));
      CHECK (pthread_self () == self);
      CHECK (fegetround () == mode);
    }
  cairn_waitgroup_done (&group);
}

static void *
send_thousand (void *arg)
{
  cairn_chan (int) chan = arg;
  for (int i = 0; i < 1000; i++)
    cairn_send (chan, i);
  return NULL;
}

static void
own_threads (void)
{
  cairn_chan (int) chan = cairn_make_chan (int, 3);
  pthread_t threads[4];
  long sum = 0;
  for (int i = 0; i < 4; i++)
    CHECK (pthread_create (&threads[i], NULL, send_thousand, chan) == 0);
  for (int i = 0; i < 4000; i++)
    sum += cairn_receive (chan);
  CHECK (sum == 4 * 499500);
  for (int i = 0; i < 4; i++)
    pthread_join (threads[i], NULL);
}

static NOINLINE int
deep (int n)
{
  if (n == 0)
    {
      cairn_yield ();
      return 0;
    }
  return deep (n - 1) + 1;
}

static void
go_deep (void *arg)
{
  int n = (long)arg;
  CHECK (deep (n) == n);
  cairn_waitgroup_done (&group);
}

static void
forks (int n)
{
  stop = 0;
  cairn_waitgroup_add (&group, 2);
  cairn_go (loop_with_calls, NULL);
  cairn_go (loop_with_calls, NULL);
  for (int i = 0; i < n; i++)
    {
      pid_t pid = fork ();
      CHECK (pid >= 0);
      if (pid == 0)
        {
          struct cairn_waitgroup own = { 0 };
          group = own;
          CHECK (cairn_num_goroutine () == 1);
          cairn_waitgroup_add (&group, 10);
          for (long j = 0; j < 10; j++)
            cairn_go (go_deep, (void *)(j * 10));
          cairn_waitgroup_wait (&group);
          cairn_sleep (1000);
          _exit (7);
        }
      int status;
      CHECK (waitpid (pid, &status, 0) == pid);
      CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 7);
    }
  stop = 1;
  cairn_waitgroup_wait (&group);
}

/* It stays in its thread.  */
static void
stay (void *unused)
{
  (void)unused;
  cairn_lock_thread ();
  pthread_t self = pthread_self ();
  for (int i = 0; i < 50; i++)
    {
      cairn_yield ();
      cairn_sleep (1000);
      CHECK (pthread_equal (self, pthread_self ()));
    }
  cairn_unlock_thread ();
  cairn_waitgroup_done (&group);
}

/* A goroutine ends itself, not its thread.  */
static void
exit_thread (void *unused)
{
  int left = 0;
  (void)unused;
  cairn_waitgroup_done (&group);
  pthread_exit (&left);
}

int
main (int argc, char **argv)
{
  int n = amount (argc, argv);
  cairn_waitgroup_add (&group, 10);
  for (int i = 0; i < 10; i++)
    cairn_go (exit_thread, NULL);
  cairn_waitgroup_wait (&group);
  beside (loop_with_calls);
  beside (loop);
  system_calls ();
  callbacks ();
  cairn_waitgroup_add (&group, 10);
  for (long i = 0; i < 10; i++)
    cairn_go (own_state, (void *)(i + 1));
  cairn_waitgroup_wait (&group);
  own_threads ();
  cairn_waitgroup_add (&group, 30);
  for (long i = 0; i < 30; i++)
    cairn_go (go_deep, (void *)(i * n));
  cairn_waitgroup_wait (&group);
  cairn_waitgroup_add (&group, 3);
  for (int i = 0; i < 3; i++)
    cairn_go (stay, NULL);
  cairn_waitgroup_wait (&group);
  forks (n);
  return 0;
}
