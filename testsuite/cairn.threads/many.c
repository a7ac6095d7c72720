/* Threads come and go by the hundred, some detached, while others allocate.  */
#include <pthread.h>
#include <stdatomic.h>
#include "../lib/check.h"

static atomic_int alive, done;
static void *brief (void *argument)
{
  int *n = argument;
  int *copy = malloc (sizeof *copy);
  *copy = *n;
  free (malloc (100));
  CHECK (*copy == *n);
  atomic_fetch_add (&done, 1);
  atomic_fetch_sub (&alive, 1);
  return NULL;
}
static NOINLINE void detached (int n)
{
  int argument = n;
  pthread_attr_t attributes;
  pthread_t t;
  pthread_attr_init (&attributes);
  pthread_attr_setdetachstate (&attributes, PTHREAD_CREATE_DETACHED);
  atomic_fetch_add (&alive, 1);
  while (pthread_create (&t, &attributes, brief, &argument) != 0)
    usleep (1000);
  pthread_attr_destroy (&attributes);
}

int
main (void)
{
  const char *debug = getenv ("CAIRN_DEBUG");
  int n = debug && strstr (debug, "gcstress") ? 60 : 500;
  for (int i = 0; i < n; i++)
    {
      while (atomic_load (&alive) > 20)
        usleep (100);
      detached (i);
    }
  while (atomic_load (&alive))
    usleep (1000);
  CHECK (atomic_load (&done) == n);
  return 0;
}
