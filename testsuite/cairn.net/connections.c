/* 10,000 connections at once, a goroutine for each, and as many on the side of
   the clients, which are another process: it has a limit of descriptors of its
   own.  All are open before the first is served.  CONNECTIONS says how many
   else.  */

#include "net.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum
{
  NROUNDS = 2
};

static int nconnections = 10000;
static char address[32];
static struct cairn_waitgroup opened, asked, served;
static cairn_chan (int) start;

static void
serve (void *arg)
{
  int fd = NUMBER_OF (arg), number;
  while (read_all (fd, &number, sizeof number))
    {
      number = ~number;
      CHECK (cairn_write (fd, &number, sizeof number) == sizeof number);
    }
  CHECK (cairn_close_fd (fd) == 0);
  cairn_waitgroup_done (&served);
}

static void
ask (void *arg)
{
  int id = NUMBER_OF (arg), fd = cairn_dial (address), answer;
  CHECK (fd >= 0);
  cairn_waitgroup_done (&opened);
  CHECK (cairn_receive (start) == 0);
  for (int i = 0; i < NROUNDS; i++)
    {
      CHECK (cairn_write (fd, &id, sizeof id) == sizeof id);
      CHECK (read_all (fd, &answer, sizeof answer) && answer == ~id);
    }
  CHECK (cairn_close_fd (fd) == 0);
  cairn_waitgroup_done (&asked);
}

/* The clients: 0 when all went well.  READY is written to when all are
   connected, and GO is closed when they shall begin.  */
static int
clients (int ready, int go)
{
  char c = 0;
  start = cairn_make_chan (int, 0);
  cairn_waitgroup_add (&opened, nconnections);
  cairn_waitgroup_add (&asked, nconnections);
  for (int i = 0; i < nconnections; i++)
    GO (ask, i);
  cairn_waitgroup_wait (&opened);
  CHECK (cairn_write (ready, &c, 1) == 1);
  CHECK (cairn_read (go, &c, 1) == 0);
  cairn_close (start);
  cairn_waitgroup_wait (&asked);
  return 0;
}

int
main (void)
{
  struct rlimit limit;
  int ready[2], go[2], status;
  char c;
  if (getenv ("CONNECTIONS"))
    nconnections = atoi (getenv ("CONNECTIONS"));
  CHECK (getrlimit (RLIMIT_NOFILE, &limit) == 0);
  rlim_t needed = nconnections + 100;
  if (limit.rlim_max < needed)
    {
      printf ("descriptors are limited to %d, %d are needed\n",
              (int)limit.rlim_max, (int)needed);
      return 77;
    }
  if (limit.rlim_cur < needed)
    limit.rlim_cur = needed;
  CHECK (setrlimit (RLIMIT_NOFILE, &limit) == 0);

  int listener = listen_somewhere (address);
  CHECK (pipe (ready) == 0 && pipe (go) == 0);
  pid_t pid = fork ();
  CHECK (pid >= 0);
  if (pid == 0)
    {
      alarm (100);
      close (listener);
      close (go[1]);
      exit (clients (ready[1], go[0]));
    }
  alarm (100);
  close (go[0]);
  cairn_waitgroup_add (&served, nconnections);
  for (int i = 0; i < nconnections; i++)
    {
      int fd = cairn_accept (listener, NULL, NULL);
      CHECK (fd >= 0);
      GO (serve, fd);
    }
  CHECK (cairn_read (ready[0], &c, 1) == 1);
  CHECK (cairn_num_goroutine () >= (size_t)nconnections);
  CHECK (cairn_close_fd (go[1]) == 0);
  cairn_waitgroup_wait (&served);
  CHECK (waitpid (pid, &status, 0) == pid);
  CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  return 0;
}
