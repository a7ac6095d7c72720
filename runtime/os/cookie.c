/* cookie.c: the process's fopencookie.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
   The C library mangles the addresses of a stream's four functions.  So it
   gets four of ours, and the stream's own stand in a record in manual memory,
   which is a root, until the stream is closed.  */

#define _GNU_SOURCE
#include "os/real.h"

#include <stdio.h>
#include <stdlib.h>

#ifdef CAIRNI_STATIC
/* The C library's fopencookie by its other name.  */
extern FILE *_IO_fopencookie (void *cookie, const char *mode,
                              cookie_io_functions_t functions);
#define REAL_FOPENCOOKIE _IO_fopencookie
#else
#define REAL_FOPENCOOKIE CAIRNI_REAL (fopencookie)
#endif

struct stream
{
  void *cookie;
  cookie_io_functions_t functions;
};

static ssize_t
read_stream (void *arg, char *bytes, size_t nbytes)
{
  struct stream *stream = arg;
  return stream->functions.read (stream->cookie, bytes, nbytes);
}

static ssize_t
write_stream (void *arg, const char *bytes, size_t nbytes)
{
  struct stream *stream = arg;
  return stream->functions.write (stream->cookie, bytes, nbytes);
}

static int
seek_stream (void *arg, off64_t *offset, int whence)
{
  struct stream *stream = arg;
  return stream->functions.seek (stream->cookie, offset, whence);
}

static int
close_stream (void *arg)
{
  struct stream *stream = arg, copy = *stream;
  free (stream);
  return copy.functions.close ? copy.functions.close (copy.cookie) : 0;
}

CAIRNI_PUBLIC FILE *
fopencookie (void *cookie, const char *mode, cookie_io_functions_t functions)
{
  struct stream *stream = malloc (sizeof *stream);
  if (!stream)
    return NULL;
  *stream = (struct stream){ cookie, functions };
  /* What a missing function means is the C library's business.  */
  FILE *file = REAL_FOPENCOOKIE (
      stream, mode,
      (cookie_io_functions_t){ .read = functions.read ? read_stream : NULL,
                               .write = functions.write ? write_stream : NULL,
                               .seek = functions.seek ? seek_stream : NULL,
                               .close = close_stream });
  if (!file)
    free (stream);
  return file;
}
