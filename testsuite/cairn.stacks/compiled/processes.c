/* Other processes: fork and grow in the child, vfork and exec, posix_spawn, popen,
   system.

   Catches: a child that is left without its stack, or that returns through a thunk
   its parent still needs (vfork).  */

#include <spawn.h>
#include <sys/wait.h>
#include "compiled.h"

extern char **environ;

static NOINLINE int
status_of (pid_t pid)
{
  int status = -1;
  CHECK (pid > 0 && waitpid (pid, &status, 0) == pid);
  CHECK (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static NOINLINE int
fork_at (int depth)
{
  int mine = depth;
  int *volatile address = &mine;
  if (depth > 0)
    {
      int result = fork_at (depth - 1);
      CHECK (*address == depth);
      return result;
    }
  pid_t pid = fork ();
  if (pid == 0)
    {
      CHECK (grow (stressed () ? 500 : 20000) > 0);
      grow_addressed (500, NULL);
      CHECK (*address == 0);
      return -1;
    }
  grow (300);
  return status_of (pid);
}

static NOINLINE int
vfork_at (int depth)
{
  volatile int mine = depth;
  if (depth > 0)
    return vfork_at (depth - 1) + (mine != depth);
  static char *const arguments[] = { "sh", "-c", "exit 7", NULL };
  pid_t pid = vfork ();
  if (pid == 0)
    {
      execve ("/bin/sh", arguments, environ);
      _exit (1);
    }
  grow (100);
  return status_of (pid);
}

static NOINLINE int
spawn (void)
{
  pid_t pid;
  char *const arguments[] = { "sh", "-c", "exit 9", NULL };
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addclose (&actions, 10);
  CHECK (posix_spawn (&pid, "/bin/sh", &actions, NULL, arguments, environ) == 0);
  posix_spawn_file_actions_destroy (&actions);
  grow (100);
  return status_of (pid);
}

int
main (void)
{
  /* A child of fork returns all the way.  */
  int status = fork_at (200);
  if (status < 0)
    return 5;
  CHECK (status == 5);
  CHECK (vfork_at (0) == 7 && vfork_at (200) == 7);
  CHECK (spawn () == 9);
  CHECK (WEXITSTATUS (system ("exit 11")) == 11);
  char line[20] = "";
  FILE *pipe = popen ("echo here", "r");
  CHECK (pipe && fgets (line, sizeof line, pipe) && strcmp (line, "here\n") == 0);
  CHECK (pclose (pipe) == 0);
  return 0;
}
