/* signal.c: with CAIRN_HEAPPROFILE a program writes its profile when it gets
   SIGUSR2, while other threads allocate, and a child of fork when it exits, to a file
   of its own; nothing of that keeps the program from ending.  */

/* { profile-env "CAIRN_HEAPPROFILE=profile.pb.gz" } */
/* { profile-share "-sample_index=inuse_space" "keep" 80 } */

#include "../lib/check.h"
#include <cairn.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

char *kept;

NOINLINE void
keep (void)
{
  kept = malloc ((size_t)100 << 20);
}

static void *
allocate (void *unused)
{
  for (;;)
    opaque (malloc (100));
  return unused;
}

/* Wait for FILE, which does not come at once.  */
static void
wait_for (const char *file)
{
  for (int i = 0; i < 6000; i++)
    {
      struct stat status;
      if (stat (file, &status) == 0)
        {
          CHECK (status.st_size > 100);
          return;
        }
      usleep (10000);
    }
  printf ("there is no %s\n", file);
  exit (1);
}

int
main (void)
{
  pthread_t thread;
  char name[60];
  int status;
  keep ();
  pthread_create (&thread, NULL, allocate, NULL);
  kill (getpid (), SIGUSR2);
  wait_for ("profile.pb.gz");
  CHECK (remove ("profile.pb.gz") == 0);
  raise (SIGUSR2);
  wait_for ("profile.pb.gz");
  CHECK (remove ("profile.pb.gz") == 0);
  pid_t pid = fork ();
  if (pid == 0)
    {
      sprintf (name, "profile.pb.gz.%d", getpid ());
      raise (SIGUSR2);
      wait_for (name);
      remove (name);
      exit (0);
    }
  CHECK (waitpid (pid, &status, 0) == pid && status == 0);
  sprintf (name, "profile.pb.gz.%d", pid);
  wait_for (name);
  remove (name);
  CHECK (access ("profile.pb.gz", F_OK) != 0);
  return 0;
}
