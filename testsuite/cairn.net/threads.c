/* Threads that the program made itself wait for descriptors, too: before there
   are goroutines, and among them; and a goroutine that is bound to its
   thread.  */

#include "net.h"

#include <pthread.h>

enum
{
  NROUNDS = 50
};

/* Answer each byte with its successor.  */
static void
serve (int fd)
{
  char c;
  while (cairn_read (fd, &c, 1) == 1)
    {
      c++;
      CHECK (cairn_write (fd, &c, 1) == 1);
    }
  CHECK (cairn_close_fd (fd) == 0);
}

static void
ask (int fd)
{
  for (int i = 0; i < NROUNDS; i++)
    {
      char c = i;
      CHECK (cairn_write (fd, &c, 1) == 1);
      CHECK (cairn_poll (fd, POLLIN, 60 * CAIRN_SECOND) == POLLIN);
      CHECK (cairn_read (fd, &c, 1) == 1 && c == (char)(i + 1));
    }
  CHECK (cairn_poll (fd, POLLIN, 1000) == 0);
  CHECK (cairn_close_fd (fd) == 0);
}

static void *
serve_in_thread (void *arg)
{
  serve (NUMBER_OF (arg));
  return NULL;
}

static void
serve_bound (void *arg)
{
  cairn_lock_thread ();
  serve (NUMBER_OF (arg));
  cairn_unlock_thread ();
}

static void *
ask_in_thread (void *arg)
{
  ask (NUMBER_OF (arg));
  return NULL;
}

int
main (void)
{
  int ends[2], others[2], third[2];
  pthread_t one, two;
  CHECK (socketpair (AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  CHECK (pthread_create (&one, NULL, serve_in_thread, (void *)(intptr_t)ends[0])
         == 0);
  CHECK (pthread_create (&two, NULL, ask_in_thread, (void *)(intptr_t)ends[1])
         == 0);
  pthread_join (one, NULL);
  pthread_join (two, NULL);

  CHECK (socketpair (AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  CHECK (socketpair (AF_UNIX, SOCK_STREAM, 0, others) == 0);
  CHECK (socketpair (AF_UNIX, SOCK_STREAM, 0, third) == 0);
  CHECK (pthread_create (&one, NULL, ask_in_thread, (void *)(intptr_t)ends[0])
         == 0);
  CHECK (
      pthread_create (&two, NULL, serve_in_thread, (void *)(intptr_t)others[0])
      == 0);
  GO (serve_bound, third[0]);
  cairn_go_do (serve (ends[1]));
  ask (others[1]);
  ask (third[1]);
  pthread_join (one, NULL);
  pthread_join (two, NULL);
  return 0;
}
