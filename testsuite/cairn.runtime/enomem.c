/* { dg-do run } */
/* { dg-options "-pthread" } */
/* Out of memory under RLIMIT_AS: malloc gives NULL and ENOMEM, collections
   still work, memory comes back; a cell ends the program with one line and
   status 2.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "rt-check.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/wait.h>

#define LIMIT ((size_t)120 << 20)

static void
set_limit (void)
{
  struct rlimit limit = { LIMIT, LIMIT };
  CHECK (setrlimit (RLIMIT_AS, &limit) == 0);
}

struct block
{
  struct block *next;
};

/* Fill memory with blocks of NBYTES.  */
static NOINLINE size_t
fill (size_t nbytes, int manual)
{
  struct block *list = NULL, *b;
  size_t total = 0;
  for (;;)
    {
      errno = 0;
      b = manual ? malloc (nbytes) : cairn_rt_malloc (nbytes, NULL);
      if (!b)
        break;
      b->next = list;
      list = b;
      total += nbytes;
      CHECK (total <= LIMIT);
    }
  CHECK (errno == ENOMEM);
  while (manual && list)
    {
      b = list->next;
      free (list);
      list = b;
    }
  return total;
}

static NOINLINE void
out_of_cells (void)
{
  void **p = cairn_rt_new_cell (65536, NULL);
  for (;;)
    {
      *p = cairn_rt_new_cell (65536, NULL);
      ((void **)*p)[1] = p;
      p = *p;
    }
}

static void
check_cell (void)
{
  int fds[2], status;
  char line[200];
  CHECK (pipe (fds) == 0);
  pid_t pid = fork ();
  if (pid == 0)
    {
      dup2 (fds[1], 2);
      out_of_cells ();
    }
  close (fds[1]);
  ssize_t n = read (fds[0], line, sizeof line - 1);
  CHECK (n > 0);
  line[n] = 0;
  CHECK (strcmp (line, "cairn: out of memory allocating 65536 bytes for a "
                       "local variable\n")
         == 0);
  CHECK (waitpid (pid, &status, 0) == pid);
  CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 2);
}

int
main (void)
{
  void *m;
  volatile size_t huge = PTRDIFF_MAX;
  CHECK (malloc (huge) == NULL && errno == ENOMEM);
  CHECK (cairn_rt_malloc (huge + 1, NULL) == NULL && errno == ENOMEM);
  CHECK (calloc (huge, 4) == NULL && errno == ENOMEM);
  CHECK (cairn_rt_calloc (huge, 4, NULL) == NULL);
  CHECK (cairn_rt_reallocarray (NULL, huge, 4, NULL) == NULL);
  CHECK (posix_memalign (&m, 16, huge) == ENOMEM);
  CHECK (malloc ((size_t)1 << 45) == NULL);
  set_limit ();
  for (int i = 0; i < 3; i++)
    {
      CHECK (fill (1 << 20, 1) > LIMIT / 2);
      CHECK (fill (1000, 1) > LIMIT / 3);
      wipe_stack ();
      CHECK (fill (100000, 0) > LIMIT / 3);
      wipe_stack ();
      cairn_gc ();
    }
  check_cell ();
  return 0;
}
