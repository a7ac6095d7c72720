/* errno across switches and growth, in two threads.
   { dg-options "-Wall -pthread" }

   Catches: a thunk, a growth or a frame push that changes errno; an address of
   errno that is another thread's.  */

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <pthread.h>
#include "compiled.h"

static NOINLINE int
check (int depth)
{
  errno = 0;
  CHECK (open ("/nonexistent/file", O_RDONLY) == -1);
  CHECK (grow (depth) == depth);
  CHECK (errno == ENOENT);
  CHECK (close (-1) == -1);
  grow_addressed (depth, NULL);
  CHECK (errno == EBADF);
  int *place = &errno;
  errno = 1234;
  grow (depth * 2);
  CHECK (*place == 1234 && place == &errno);
  errno = 0;
  CHECK (strtol ("99999999999999999999999", NULL, 10) != 0 && errno == ERANGE);
  return depth;
}

static void *
body (void *argument)
{
  for (int i = 1; i < 3000; i *= 2)
    CHECK (check (i) == i);
  return argument;
}

int
main (void)
{
  pthread_t thread;
  CHECK (pthread_create (&thread, NULL, body, NULL) == 0);
  body (NULL);
  CHECK (pthread_join (thread, NULL) == 0);
  return 0;
}
