/* Memory of the address stack, as VLA's and alloca take it: aligned as was asked
   for, never twice, given back, and refused when it is too much.  */
#include <sys/wait.h>
#include <unistd.h>
#include "rt-check.h"

extern void *cairn_rt_frame_alloc (size_t nbytes, size_t align);
extern void cairn_rt_frame_release (void *end);

enum
{
#define CAIRN_STACK_ABI(name, value) name = value,
#include "../../runtime/stack-abi.def"
};

#define WORD(offset) (*(char **) ((char *) __builtin_thread_pointer () + offset))
#define FRAME_END WORD (FRAME_PTR)
#define N 3000

static unsigned seed = 1;

static unsigned
choose (unsigned n)
{
  seed = seed * 1103515245 + 12345;
  return (seed >> 8) % n;
}

/* Take much, in chunks that follow each other, and go back to some place of it,
   many times.  */
static NOINLINE void
test_areas (void)
{
  static struct { unsigned char *p; size_t nbytes; char *end; } areas[N];
  cairn_rt_frame_alloc (16, 16);
  char *end = FRAME_END;
  for (int round = 0, n = 0; round < 20; round++)
    {
      while (n < N)
        {
          size_t nbytes = choose (100) ? choose (300) : choose (100000);
          size_t align = (size_t) 1 << choose (choose (10) ? 5 : 14);
          areas[n].end = FRAME_END;
          areas[n].p = cairn_rt_frame_alloc (nbytes, align);
          areas[n].nbytes = nbytes;
          CHECK ((uintptr_t) areas[n].p % align == 0);
          CHECK ((uintptr_t) areas[n].p % 16 == 0);
          CHECK ((uintptr_t) areas[n].p + nbytes <= (uintptr_t) FRAME_END);
          memset (areas[n].p, n & 255, nbytes);
          n++;
        }
      int kept = choose (N);
      for (int i = 0; i < n; i++)
        for (size_t k = 0; k < areas[i].nbytes; k += 7)
          CHECK (areas[i].p[k] == (i & 255));
      cairn_rt_frame_release (areas[kept].end);
      CHECK (FRAME_END == areas[kept].end);
      CHECK (WORD (FRAME_START) <= FRAME_END && FRAME_END <= WORD (FRAME_LIMIT));
      n = kept;
    }
  cairn_rt_frame_release (end);
  CHECK (FRAME_END == end);
}

/* A sum of sizes that is too large for a pointer, or for the stack.  */
static NOINLINE void
test_too_much (size_t nbytes, size_t align)
{
  int status;
  pid_t child = fork ();
  if (child == 0)
    {
      CHECK (freopen ("/dev/null", "w", stderr) != NULL);
      cairn_rt_frame_alloc (nbytes, align);
      _exit (0);
    }
  CHECK (waitpid (child, &status, 0) == child);
  CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 2);
}

int
main (void)
{
  test_areas ();
  for (size_t align = 1; align <= 4096; align *= 64)
    {
      for (size_t less = 0; less < 40; less += 13)
        test_too_much (SIZE_MAX - less, align);
      test_too_much (SIZE_MAX / 2 + 1, align);
      test_too_much (1000000001, align);
    }
  test_areas ();
  return 0;
}
