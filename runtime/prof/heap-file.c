/* heap-file.c: CAIRN_HEAPPROFILE, a heap profile of any program.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "prof/heap-file.h"
#include "base/options.h"
#include "gc/collect.h"
#include "os/lock.h"
#include "os/signal-stack.h"
#include "os/sys.h"
#include "prof/heap-profile.h"
#include "prof/service.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* The process that the environment was read by.  */
static int first_pid;

static bool is_wanted;

/* One at a time writes.  */
static struct cairni_lock writing;

static void
handle (int sig)
{
  (void)sig;
  __atomic_store_n (&is_wanted, true, __ATOMIC_RELEASE);
  cairni_service_wake ();
}

bool
cairni_heap_file_init (void)
{
  struct cairni_kernel_action now;
  struct sigaction action = { .sa_handler = handle, .sa_flags = SA_RESTART };
  if (!*cairni_heap_profile_path)
    return false;
  first_pid = cairni_sys_pid ();
  if (cairni_signals_kernel_action (SIGUSR2, &now)
      && now.handler == (uintptr_t)SIG_DFL)
    cairni_signals_install (SIGUSR2, &action, NULL);
  return true;
}

/* The file's name, with what %p stands for, or with a child's number behind it, so
   that it does not overwrite its parent's; and SUFFIX.  False: it is too long.  */
static bool
name_file (char *name, size_t nbytes, const char *suffix)
{
  const char *path = cairni_heap_profile_path;
  const char *mark = strstr (path, "%p");
  int pid = cairni_sys_pid (), n;
  if (mark)
    n = snprintf (name, nbytes, "%.*s%d%s%s", (int)(mark - path), path, pid,
                  mark + 2, suffix);
  else if (pid != first_pid)
    n = snprintf (name, nbytes, "%s.%d%s", path, pid, suffix);
  else
    n = snprintf (name, nbytes, "%s%s", path, suffix);
  return n > 0 && (size_t)n < nbytes;
}

/* Write BUFFER to the file, which is replaced as a whole; other things than files
   are written to as they are.  Returns an error number or 0.  */
static int
write_file (const struct cairni_buffer *buffer)
{
  char name[4096], temporary[4096];
  struct stat status;
  if (!name_file (name, sizeof name, "")
      || !name_file (temporary, sizeof temporary, ".new"))
    return ENAMETOOLONG;
  bool is_special = stat (name, &status) == 0 && !S_ISREG (status.st_mode);
  const char *written = is_special ? name : temporary;
  FILE *out = fopen (written, "we");
  if (!out)
    return errno;
  int error = 0;
  if (fwrite (buffer->bytes, 1, buffer->nbytes, out) != buffer->nbytes)
    error = errno ? errno : EIO;
  if (fclose (out) != 0 && !error)
    error = errno;
  if (!is_special && !error && rename (temporary, name) != 0)
    error = errno;
  if (!is_special && error)
    remove (temporary);
  return error;
}

static void
write_profile (void)
{
  struct cairni_buffer buffer = { 0 };
  const char *path = cairni_heap_profile_path;
  size_t n = strlen (path);
  bool is_text = n >= 4 && strcmp (path + n - 4, ".txt") == 0;
  cairni_collect (CAIRNI_FORCED);
  cairni_lock_acquire (&writing);
  bool good = is_text ? cairni_heap_profile_put_text (&buffer)
                      : cairni_heap_profile_put (&buffer, "inuse_space");
  int error = good ? write_file (&buffer) : ENOMEM;
  cairni_lock_release (&writing);
  cairni_buffer_destroy (&buffer);
  if (error)
    cairni_print ("cairn: CAIRN_HEAPPROFILE: cannot write %s: %s", path,
                  strerror (error));
}

void
cairni_heap_file_answer (void)
{
  if (__atomic_exchange_n (&is_wanted, false, __ATOMIC_ACQ_REL))
    write_profile ();
}

void
cairni_heap_file_exit (void)
{
  if (*cairni_heap_profile_path)
    write_profile ();
}

void
cairni_heap_file_after_fork (void)
{
  writing.word = 0;
  is_wanted = false;
}
