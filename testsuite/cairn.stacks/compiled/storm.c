/* A storm of signals on a program that pushes and pops frames of the address stack
   and grows all the time.  The handlers use the address stack, call deep functions
   and foreign code.

   Catches: a handler between the change of a pointer and of its limit, or in the
   middle of a growth, that overwrites frames or leaves the pointer elsewhere.

   { cairn-not-moved "an allocation in a handler waits for the one it interrupts" }  */

#include <alloca.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>
#include <time.h>
#include "compiled.h"

static volatile sig_atomic_t nsignals, inside;

static int
compare (const void *a, const void *b)
{
  int x = *(const int *) a, y = *(const int *) b;
  return (x > y) - (x < y);
}

/* One signal, a little later each time: what it interrupts must get on.  */
static void
set_timer (void)
{
  static unsigned n;
  struct itimerval timer = { { 0, 0 }, { 0, 20 + n++ * 7 % 300 } };
  setitimer (ITIMER_REAL, &timer, NULL);
}

static void
handler (int signal)
{
  int mine = signal, numbers[30];
  CHECK (!inside);
  inside = 1;
  nsignals++;
  for (int i = 0; i < 30; i++)
    numbers[i] = 30 - i;
  grow_addressed (nsignals % 60, NULL);
  qsort (numbers, 30, sizeof numbers[0], compare);
  for (int i = 0; i < 30; i++)
    CHECK (numbers[i] == i + 1);
  char *block = alloca (nsignals % 3000 + 1);
  memset (block, 0xa5, nsignals % 3000 + 1);
  grow (nsignals % 200);
  CHECK (*(int *) HIDE (&mine) == signal);
  inside = 0;
  set_timer ();
}

static NOINLINE long
dynamic (int n)
{
  unsigned char v[n + 1], *p = alloca (n + 1);
  v[0] = v[n] = n;
  p[0] = p[n] = n;
  grow (1);
  return v[0] + v[n] + p[0] + p[n] - 4 * (n & 255);
}

/* 1 KB a frame, so that boundaries of chunks are often crossed.  */
static LOOKS long
wide (int n, long *outer)
{
  long mine[128];
  mine[0] = mine[127] = n;
  long result = n > 0 ? wide (n - 1, mine) : dynamic (100);
  CHECK (mine[0] == n && mine[127] == n);
  CHECK (!outer || outer[127] == n + 1);
  return result;
}

static jmp_buf there;

static LOOKS void
jump (int n, int *outer)
{
  int mine = *outer + 1;
  if (n == 0)
    longjmp (there, mine);
  jump (n - 1, &mine);
  CHECK (0);
}

int
main (void)
{
  struct sigaction action = { .sa_handler = handler };
  sigaction (SIGALRM, &action, NULL);
  struct timespec begin, now;
  clock_gettime (CLOCK_MONOTONIC, &begin);
  set_timer ();
  volatile int rounds = 0;
  do
    {
      int zero = 0;
      rounds++;
      CHECK (wide (rounds % 40, NULL) == 0);
      CHECK (dynamic (rounds % 5000) == 0);
      CHECK (grow (rounds % 1000) == rounds % 1000);
      grow_addressed (rounds % 300, NULL);
      int value = setjmp (there);
      if (value == 0)
	jump (rounds % 100, &zero);
      CHECK (value == rounds % 100 + 1);
      clock_gettime (CLOCK_MONOTONIC, &now);
    }
  while ((now.tv_sec - begin.tv_sec) * 1000 + (now.tv_nsec - begin.tv_nsec) / 1000000
	 < 400);
  signal (SIGALRM, SIG_IGN);
  CHECK (nsignals > 10);
  return 0;
}
