/* Contexts of ucontext.h have address stacks of their own: what one pushes
   stays, whatever the others do, and is a root; it ends with the context.  */
#include <signal.h>
#include <ucontext.h>
#include "rt-check.h"

extern void *cairn_rt_frame_alloc (size_t nbytes, size_t align);
extern void cairn_rt_frame_release (void *end);

enum
{
#define CAIRN_STACK_ABI(name, value) name = value,
#include "../../runtime/stack-abi.def"
};

#define FRAME_END                                                            \
  (*(void **) ((char *) __builtin_thread_pointer () + FRAME_PTR))
#define N 40
#define ROUNDS 30
#define NBYTES 65536

static ucontext_t main_context, contexts[N];
static int ndone;
/* Static, so that what is hidden in it stays hidden.  */
static uintptr_t hidden[N];

/* Push a frame of N words that leads to an object.  */
static NOINLINE unsigned long **
push (int n)
{
  unsigned long **frame = cairn_rt_frame_alloc (n * 8, 16);
  frame[0] = new_object ();
  frame[n - 1] = (unsigned long *) frame;
  return frame;
}

static void
routine (int i, long b, long c, long d, long e, long f, long g, long h)
{
  unsigned long ***frames = malloc (ROUNDS * sizeof *frames);
  CHECK (FRAME_END == NULL);
  push (3);
  CHECK (b == 2 && c == 3 && d == 4 && e == 5 && f == 6 && g == 7);
  CHECK (h == 8l << 40);
  for (int r = 0; r < ROUNDS; r++)
    {
      int n = 2 + (i * 7 + r * 13) % 200;
      void *end = FRAME_END;
      frames[r] = (void *) hide (push (n));
      if (r % 5 == 4)
        {
          cairn_rt_frame_release (end);
          frames[r] = (void *) hide (push (n + 1));
        }
      end = FRAME_END;
      CHECK (swapcontext (&contexts[i], &main_context) == 0);
      CHECK (FRAME_END == end);
      for (int k = 0; k <= r; k++)
        {
          unsigned long **frame = (void *) hide (frames[k]);
          CHECK (frame[0][0] == PATTERN);
        }
    }
  free (frames);
  ndone++;
}

static NOINLINE void
start (int i, char *stack)
{
  CHECK (getcontext (&contexts[i]) == 0);
  contexts[i].uc_stack.ss_sp = stack;
  contexts[i].uc_stack.ss_size = NBYTES;
  contexts[i].uc_link = &main_context;
  makecontext (&contexts[i], (void (*) (void)) routine, 8, i, 2l, 3l, 4l, 5l,
               6l, 7l, 8l << 40);
}

/* All of them, in turns.  */
static void
test_turns (char **stacks)
{
  unsigned long **own = push (10);
  void *end = FRAME_END;
  for (int i = 0; i < N; i++)
    start (i, stacks[i]);
  ndone = 0;
  for (int r = 0; r <= ROUNDS; r++)
    {
      for (int i = 0; i < N; i++)
        {
          CHECK (swapcontext (&main_context, &contexts[(i * 7 + r) % N]) == 0);
          CHECK (FRAME_END == end);
        }
      if (r % 8 == 0)
        collect ();
    }
  CHECK (ndone == N && own[0][0] == PATTERN);
}

/* A context that is abandoned ends when its machine stack is used again.  */
static void
abandoned (int i)
{
  hidden[i] = hide (push (4)[0]);
  wipe_stack ();
  setcontext (&main_context);
}

static NOINLINE void
abandon (char *stack)
{
  static volatile int was_there;
  was_there = 0;
  CHECK (getcontext (&main_context) == 0);
  if (was_there++)
    return;
  CHECK (getcontext (&contexts[0]) == 0);
  contexts[0].uc_stack.ss_sp = stack;
  contexts[0].uc_stack.ss_size = NBYTES - 64;
  makecontext (&contexts[0], (void (*) (void)) abandoned, 1, 0);
  setcontext (&contexts[0]);
}

static void
test_abandoned (char *stack, int is_clobbered)
{
  memset (stack + NBYTES - 64, 0x5c, 64);
  abandon (stack);
  for (int i = NBYTES - 64; i < NBYTES; i++)
    CHECK (stack[i] == 0x5c);
  memset (stack, 0, NBYTES);
  collect ();
  CHECK (is_alive (hidden[0]));
  start (0, stack);
  collect ();
  CHECK (!is_clobbered || !is_alive (hidden[0]));
}

/* A handler that changes contexts.  */
static volatile int turn, ticks;

static void
tick (int sig)
{
  (void) sig;
  int now = turn;
  turn = (now + 1) % 3;
  ticks++;
  CHECK (swapcontext (&contexts[now], &contexts[turn]) == 0);
}

static void
count (int i)
{
  void *end = (push (2), FRAME_END);
  for (unsigned long n = 0; ticks < 60; n++)
    {
      unsigned long **frame = push (3 + n % 100);
      raise (SIGUSR1);
      CHECK (frame[0][0] == PATTERN);
      cairn_rt_frame_release (end);
    }
  CHECK (i >= 0);
  setcontext (&main_context);
}

static void
test_handler (char **stacks)
{
  static volatile int was_there;
  CHECK (signal (SIGUSR1, tick) != SIG_ERR);
  CHECK (getcontext (&main_context) == 0);
  if (was_there++)
    return;
  for (int i = 0; i < 3; i++)
    {
      CHECK (getcontext (&contexts[i]) == 0);
      contexts[i].uc_stack.ss_sp = stacks[i];
      contexts[i].uc_stack.ss_size = NBYTES;
      makecontext (&contexts[i], (void (*) (void)) count, 1, i);
    }
  setcontext (&contexts[0]);
}

int
main (void)
{
  char *stacks[N];
  const char *debug = getenv ("CAIRN_DEBUG");
  int is_clobbered = debug && strstr (debug, "clobberfree=1");
  for (int i = 0; i < N; i++)
    stacks[i] = malloc (NBYTES);
  test_turns (stacks);
  test_turns (stacks);
  test_abandoned (stacks[0], is_clobbered);
  test_handler (stacks);
  return 0;
}
