/* An HTTP file server with a goroutine for each connection: GET and HEAD, kept
   alive, and no file from outside of its folder.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#define _GNU_SOURCE
#include <cairn/net.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* -- The server.  */

enum
{
  HEAD_MAX = 4096 /* The longest request, but for its body.  */
};

struct request
{
  char *method, *path;
  int keep_alive;
};

/* A connection and what has been read from it, of which USED bytes were the
   request before.  */
struct connection
{
  int fd, root;
  size_t nread, used;
  char text[HEAD_MAX + 1];
};

/* Write a status line and headers for a body of NBYTES.  */
static int
write_head (struct connection *c, const char *status, long nbytes,
            const char *more, int keep_alive)
{
  char head[256];
  int n = snprintf (head, sizeof head,
                    "HTTP/1.1 %s\r\nContent-Length: %ld\r\n%s"
                    "Connection: %s\r\n\r\n",
                    status, nbytes, more, keep_alive ? "keep-alive" : "close");
  return cairn_write (c->fd, head, n) == n;
}

/* Answer with STATUS and the same as a body.  */
static int
refuse (struct connection *c, const struct request *request, const char *status,
        const char *more)
{
  size_t n = strlen (status);
  int has_body = !request->method || strcmp (request->method, "HEAD") != 0;
  return write_head (c, status, n, more, request->keep_alive)
         && (!has_body || cairn_write (c->fd, status, n) == (ssize_t)n)
         && request->keep_alive;
}

/* Replace %XX by what it means; 0: it is malformed.  */
static int
decode (char *path)
{
  char *to = path;
  for (char *from = path; *from; to++)
    if (*from != '%')
      *to = *from++;
    else
      {
        char digits[3] = { from[1], from[1] ? from[2] : 0, 0 }, *end;
        *to = strtol (digits, &end, 16);
        if (end != digits + 2 || *to == 0 || digits[0] == '-'
            || digits[0] == '+' || digits[0] == ' ')
          return 0;
        from += 3;
      }
  *to = 0;
  return 1;
}

/* Open PATH below the folder ROOT, by whatever links and dots, and nothing
   outside of it.  */
static int
open_below (int root, const char *path)
{
  struct open_how how = { .flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC,
                          .resolve = RESOLVE_BENEATH };
  return syscall (SYS_openat2, root, path, &how, sizeof how);
}

static int
send_file (struct connection *c, const struct request *request)
{
  const char *path = request->path + strspn (request->path, "/");
  int file = open_below (c->root, *path ? path : "index.html");
  struct stat status;
  if (file < 0)
    return refuse (c, request,
                   errno == ENOENT || errno == ENOTDIR ? "404 Not Found"
                                                       : "403 Forbidden",
                   "");
  if (fstat (file, &status) < 0 || !S_ISREG (status.st_mode))
    {
      close (file);
      return refuse (c, request, "404 Not Found", "");
    }
  int ok = write_head (c, "200 OK", status.st_size, "", request->keep_alive);
  if (strcmp (request->method, "GET") == 0)
    for (long left = status.st_size; ok && left > 0;)
      {
        char block[4096];
        ssize_t n = read (file, block, sizeof block);
        /* It may have become longer, or shorter.  */
        n = n < left ? n : left;
        ok = n > 0 && cairn_write (c->fd, block, n) == n;
        left -= n;
      }
  close (file);
  return ok && request->keep_alive;
}

/* Read up to the empty line that ends a request's head, which is a string then.
   Returns 0 at the end, -1 if it is too long.  */
static int
read_head (struct connection *c)
{
  char *end;
  c->nread -= c->used;
  memmove (c->text, c->text + c->used, c->nread);
  for (;;)
    {
      c->text[c->nread] = 0;
      if ((end = strstr (c->text, "\r\n\r\n")))
        break;
      if (c->nread == HEAD_MAX)
        return -1;
      ssize_t n = cairn_read (c->fd, c->text + c->nread, HEAD_MAX - c->nread);
      if (n <= 0)
        return 0;
      c->nread += n;
    }
  end[2] = 0;
  c->used = end + 4 - c->text;
  return 1;
}

/* Take the head apart; 0: it is malformed, or has a body, which is not read
   here.  */
static int
parse (char *head, struct request *request)
{
  char *rest = strstr (head, "\r\n");
  *rest = 0;
  request->method = strtok_r (head, " ", &head);
  request->path = strtok_r (NULL, " ", &head);
  char *version = strtok_r (NULL, " ", &head);
  if (!version || strncmp (version, "HTTP/1.", 7) != 0
      || request->path[0] != '/')
    return 0;
  request->keep_alive = strcmp (version, "HTTP/1.0") != 0;
  for (char *line = rest + 2; *line; line = strstr (line, "\r\n") + 2)
    if (strncasecmp (line, "Connection: close", 17) == 0)
      request->keep_alive = 0;
    else if (strncasecmp (line, "Content-Length:", 15) == 0
             || strncasecmp (line, "Transfer-Encoding:", 18) == 0)
      return 0;
  request->path[strcspn (request->path, "?#")] = 0;
  return decode (request->path);
}

static int
answer (struct connection *c)
{
  struct request request = { NULL, NULL, 0 };
  int got = read_head (c);
  if (got < 0)
    return refuse (c, &request, "431 Request Header Fields Too Large", "");
  if (got == 0)
    return 0;
  if (!parse (c->text, &request))
    {
      request.keep_alive = 0;
      return refuse (c, &request, "400 Bad Request", "");
    }
  if (strcmp (request.method, "GET") != 0
      && strcmp (request.method, "HEAD") != 0)
    return refuse (c, &request, "405 Method Not Allowed",
                   "Allow: GET, HEAD\r\n");
  return send_file (c, &request);
}

/* Serve files below ROOT to who connects to LISTENER.  */
static void
serve_all (int listener, int root)
{
  int fd;
  while ((fd = cairn_accept (listener, NULL, NULL)) >= 0)
    {
      struct connection c = { .fd = fd, .root = root };
      cairn_go_do (while (answer (&c)); cairn_close_fd (c.fd));
    }
}

/* -- The clients, in the same program.  */

/* Send TEXT to ADDRESS, and show the status lines and the last line of what
   comes back.  */
static void
show (const char *address, const char *text)
{
  char all[16384];
  size_t n = 0;
  ssize_t more = 0;
  int fd = cairn_dial (address);
  if (fd < 0 || cairn_write (fd, text, strlen (text)) < 0)
    {
      perror (address);
      exit (1);
    }
  shutdown (fd, SHUT_WR);
  while (n < sizeof all - 1
         && (more = cairn_read (fd, all + n, sizeof all - 1 - n)) > 0)
    n += more;
  all[n] = 0;
  cairn_close_fd (fd);
  printf ("> %.*s\n", (int)strcspn (text, "\r"), text);
  for (char *line = all; (line = strstr (line, "HTTP/1.1")); line++)
    {
      char *length = strstr (line, "Content-Length"),
           *body = strstr (line, "\r\n\r\n");
      printf ("%.*s; %.*s; body: %.*s\n", (int)strcspn (line, "\r"), line,
              (int)strcspn (length, "\r"), length,
              (int)strcspn (body + 4, "\nH"), body + 4);
    }
}

static void
make_file (int root, const char *name, const char *text)
{
  int fd = openat (root, name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (fd < 0 || write (fd, text, strlen (text)) < 0)
    {
      perror (name);
      exit (1);
    }
  close (fd);
}

int
main (void)
{
  char folder[] = "/tmp/cairn-http-XXXXXX", address[32];
  int root = mkdtemp (folder) ? open (folder, O_RDONLY | O_DIRECTORY) : -1;
  int listener = cairn_listen ("127.0.0.1:0");
  if (root < 0 || listener < 0)
    {
      perror ("http");
      return 1;
    }
  make_file (root, "index.html", "welcome\n");
  make_file (root, "a file", "with a blank in its name\n");
  if (symlinkat ("/etc/passwd", root, "link") < 0)
    perror ("link");
  snprintf (address, sizeof address, "127.0.0.1:%d", cairn_port (listener));
  cairn_go_do (serve_all (listener, root));

  show (address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  show (address, "HEAD /index.html HTTP/1.1\r\nHost: x\r\n\r\n");
  show (address, "GET /a%20file?version=1 HTTP/1.0\r\n\r\n");
  show (address, "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
  show (address, "GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n");
  show (address, "GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n");
  show (address, "GET /link HTTP/1.1\r\nHost: x\r\n\r\n");
  show (address, "DELETE /index.html HTTP/1.1\r\nHost: x\r\n\r\n");
  show (address, "nonsense\r\n\r\n");
  /* Three over one connection, which is closed after the second.  */
  show (address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
                 "GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                 "GET / HTTP/1.1\r\nHost: x\r\n\r\n");

  cairn_close_fd (listener);
  unlinkat (root, "index.html", 0);
  unlinkat (root, "a file", 0);
  unlinkat (root, "link", 0);
  rmdir (folder);
  return 0;
}
