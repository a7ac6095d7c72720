/* files.c: files of one folder, and parts of them.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#define _GNU_SOURCE
#include "serve.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Open PATH below the folder ROOT, by whatever links and dots, and nothing
   outside of it.  */
static int
open_below (int root, const char *path)
{
  const struct open_how how = { .flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC,
                                .resolve = RESOLVE_BENEATH };
  return syscall (SYS_openat2, root, path, &how, sizeof how);
}

static const char *
type_of (const char *path)
{
  static const char *const types[][2] = {
    { ".html", "text/html; charset=utf-8" },
    { ".css", "text/css" },
    { ".js", "text/javascript" },
    { ".json", "application/json" },
    { ".txt", "text/plain; charset=utf-8" },
    { ".png", "image/png" },
    { ".jpg", "image/jpeg" },
    { ".svg", "image/svg+xml" },
  };
  const char *suffix = strrchr (path, '.');
  for (size_t i = 0; suffix && i < sizeof types / sizeof *types; i++)
    if (strcmp (suffix, types[i][0]) == 0)
      return types[i][1];
  return "application/octet-stream";
}

/* What RANGE, "bytes=FROM-TO", wants of NBYTES: from *FROM up to, not
   including, *TO.  1: so; 0: it says nothing that is understood, so all; -1:
   there is nothing of that.  */
static int
parse_range (const char *range, off_t nbytes, off_t *from, off_t *to)
{
  char *end;
  if (!range || strncmp (range, "bytes=", 6) != 0 || strchr (range, ','))
    return 0;
  range += 6;
  *to = nbytes;
  if (*range == '-')
    {
      off_t last = strtol (range + 1, &end, 10);
      if (end == range + 1 || *end || last < 0)
        return 0;
      *from = last < nbytes ? nbytes - last : 0;
      return last > 0 && nbytes > 0 ? 1 : -1;
    }
  *from = strtol (range, &end, 10);
  if (end == range || *end != '-' || *from < 0)
    return 0;
  if (end[1])
    {
      range = end + 1;
      *to = strtol (range, &end, 10);
      if (*end || *to < *from)
        return 0;
      *to = *to < nbytes ? *to + 1 : nbytes;
    }
  return *from < nbytes ? 1 : -1;
}

/* Write the bytes of FILE from FROM up to TO; 0: it failed.  */
static int
send_bytes (struct connection *c, int file, off_t from, off_t to)
{
  char block[16384];
  while (from < to)
    {
      size_t want = to - from < (off_t)sizeof block ? (size_t)(to - from)
                                                    : sizeof block;
      ssize_t n = pread (file, block, want, from);
      /* It may have become shorter.  */
      if (n <= 0 || !write_all (c, block, n))
        return 0;
      from += n;
    }
  return 1;
}

int
send_file (struct connection *c, const struct request *request)
{
  const char *path = request->path + strspn (request->path, "/");
  struct stat status;
  char headers[256];
  if (!*path)
    path = "index.html";
  int file = open_below (c->server->root, path);
  if (file < 0)
    return respond_status (c, request,
                           errno == EXDEV || errno == EACCES || errno == ELOOP
                               ? "403 Forbidden"
                               : "404 Not Found",
                           "");
  if (fstat (file, &status) < 0 || !S_ISREG (status.st_mode))
    {
      close (file);
      return respond_status (c, request, "404 Not Found", "");
    }
  off_t from = 0, to = status.st_size;
  int part = parse_range (request->range, status.st_size, &from, &to);
  if (part < 0)
    {
      close (file);
      snprintf (headers, sizeof headers, "Content-Range: bytes */%jd\r\n",
                (intmax_t)status.st_size);
      return respond_status (c, request, "416 Range Not Satisfiable", headers);
    }
  int n = snprintf (headers, sizeof headers,
                    "Content-Type: %s\r\nAccept-Ranges: bytes\r\n",
                    type_of (path));
  if (part > 0)
    snprintf (headers + n, sizeof headers - n,
              "Content-Range: bytes %jd-%jd/%jd\r\n", (intmax_t)from,
              (intmax_t)to - 1, (intmax_t)status.st_size);
  else
    {
      from = 0;
      to = status.st_size;
    }
  int ok = write_head (c, request, part > 0 ? "206 Partial Content" : "200 OK",
                       headers, to - from);
  if (strcmp (request->method, "GET") == 0)
    ok = ok && send_bytes (c, file, from, to);
  close (file);
  return ok && request->keep_alive;
}
