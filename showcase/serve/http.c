/* http.c: requests and answers.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "serve.h"

#include <cairn/net.h>

#include <errno.h>
#include <stdio.h>
#include <strings.h>

/* -- Input and output, before the deadline.  */

/* Wait for EVENTS; 0: the time is over, or the connection is.  */
static int
wait_for (struct connection *c, int events)
{
  int64_t left = c->deadline - cairn_now ();
  return left > 0 && cairn_poll_wait (c->fd, events, left) > 0;
}

/* Read at most NBYTES.  0: there will be no more; -1: the time is over.  */
static ssize_t
read_some (struct connection *c, void *data, size_t nbytes)
{
  ssize_t n;
  while ((n = cairn_try_read (c->fd, data, nbytes)) == CAIRN_WOULD_WAIT)
    if (!wait_for (c, POLLIN))
      return cairn_now () >= c->deadline ? -1 : 0;
  return n < 0 ? 0 : n;
}

int
write_all (struct connection *c, const void *data, size_t nbytes)
{
  const char *from = data;
  while (nbytes > 0)
    {
      ssize_t n = cairn_try_write (c->fd, from, nbytes);
      if (n == CAIRN_WOULD_WAIT)
        {
          if (!wait_for (c, POLLOUT))
            return 0;
        }
      else if (n < 0)
        return 0;
      else
        {
          from += n;
          nbytes -= n;
        }
    }
  return 1;
}

/* -- Answers.  */

/* The head of an answer, in TEXT; how long it is.  */
static int
format_head (char *text, size_t size, struct connection *c,
             const struct request *request, const char *status,
             const char *headers, size_t nbytes)
{
  int keep_alive = request->keep_alive && !c->server->is_stopping;
  return snprintf (text, size,
                   "HTTP/1.1 %s\r\nContent-Length: %zu\r\n%sConnection: "
                   "%s\r\n\r\n",
                   status, nbytes, headers,
                   keep_alive ? "keep-alive" : "close");
}

int
write_head (struct connection *c, const struct request *request,
            const char *status, const char *headers, size_t nbytes)
{
  char text[512];
  int n = format_head (text, sizeof text, c, request, status, headers, nbytes);
  c->deadline = cairn_now () + c->server->timeout_ns;
  return write_all (c, text, n);
}

int
respond (struct connection *c, const struct request *request,
         const char *status, const char *headers, struct cairn_string body)
{
  char text[2048];
  size_t n = format_head (text, 512, c, request, status, headers, body.len);
  int has_body = strcmp (request->method, "HEAD") != 0 && body.len > 0;
  c->deadline = cairn_now () + c->server->timeout_ns;
  /* What is short goes at once.  */
  if (has_body && body.len <= sizeof text - n)
    {
      memcpy (text + n, body.data, body.len);
      n += body.len;
      has_body = 0;
    }
  return write_all (c, text, n)
         && (!has_body || write_all (c, body.data, body.len))
         && request->keep_alive;
}

int
respond_status (struct connection *c, const struct request *request,
                const char *status, const char *headers)
{
  struct cairn_string body = { status, strlen (status) };
  return respond (c, request, status, headers, body);
}

/* -- Requests.  */

enum head
{
  HEAD_READ,
  HEAD_NONE, /* The client has closed the connection, or said nothing.  */
  HEAD_LATE,
  HEAD_LONG
};

/* Read up to the empty line that ends a request's head, which is a string then.
   What came behind it stays: it is the body, or another request.  */
static enum head
read_head (struct connection *c)
{
  char *end;
  c->nread -= c->used;
  memmove (c->text, c->text + c->used, c->nread);
  c->used = 0;
  c->deadline = cairn_now () + c->server->timeout_ns;
  for (;;)
    {
      c->text[c->nread] = 0;
      if ((end = strstr (c->text, "\r\n\r\n")))
        break;
      if (strlen (c->text) < c->nread || c->nread == HEAD_MAX)
        return HEAD_LONG;
      ssize_t n = read_some (c, c->text + c->nread, HEAD_MAX - c->nread);
      if (n <= 0)
        return n < 0 && c->nread > 0 ? HEAD_LATE : HEAD_NONE;
      c->nread += n;
    }
  end[2] = 0;
  c->used = end + 4 - c->text;
  return HEAD_READ;
}

/* Replace %XX in PATH by what it means; 0: it is malformed.  */
static int
decode (char *path)
{
  static const char digits[] = "0123456789abcdef";
  char *to = path;
  for (char *from = path; *from; to++)
    if (*from != '%')
      *to = *from++;
    else
      {
        const char *high = from[1] ? strchr (digits, from[1] | 32) : NULL;
        const char *low
            = high && from[2] ? strchr (digits, from[2] | 32) : NULL;
        if (!low || (*to = (high - digits) << 4 | (low - digits)) == 0)
          return 0;
        from += 3;
      }
  *to = 0;
  return 1;
}

/* Note what the header NAME says; 0: it is malformed.  */
static int
parse_header (struct request *request, const char *name, const char *value)
{
  char *end;
  if (strcasecmp (name, "Connection") == 0)
    {
      if (strcasecmp (value, "close") == 0)
        request->keep_alive = 0;
      else if (strcasecmp (value, "keep-alive") == 0)
        request->keep_alive = 1;
    }
  else if (strcasecmp (name, "Content-Length") == 0)
    {
      errno = 0;
      request->body_nbytes = strtoul (value, &end, 10);
      return *value >= '0' && *value <= '9' && *end == 0 && errno == 0;
    }
  else if (strcasecmp (name, "Transfer-Encoding") == 0)
    return 0; /* Bodies must say how long they are.  */
  else if (strcasecmp (name, "Range") == 0)
    request->range = value;
  else if (strcasecmp (name, "Expect") == 0)
    request->expects = strcasecmp (value, "100-continue") == 0;
  return 1;
}

/* Take the HEAD of a request apart; 0: it is malformed.  */
static int
parse_head (char *head, struct request *request)
{
  char *line = strstr (head, "\r\n");
  *line = 0;
  line += 2;
  char *method = strtok_r (head, " ", &head);
  char *path = strtok_r (NULL, " ", &head);
  char *version = strtok_r (NULL, " ", &head);
  if (!version || strncmp (version, "HTTP/1.", 7) != 0 || path[0] != '/')
    return 0;
  request->keep_alive = strcmp (version, "HTTP/1.0") != 0;
  while (*line)
    {
      char *next = strstr (line, "\r\n");
      char *colon = memchr (line, ':', next - line);
      *next = 0;
      if (!colon || colon == line || memchr (line, ' ', colon - line))
        return 0;
      *colon++ = 0;
      colon += strspn (colon, " \t");
      for (char *end = next;
           end > colon && (end[-1] == ' ' || end[-1] == '\t');)
        *--end = 0;
      if (!parse_header (request, line, colon))
        return 0;
      line = next + 2;
    }
  path[strcspn (path, "?#")] = 0;
  request->path = path;
  request->method = method;
  return decode (path);
}

/* Read the body, some of which may have come with the head; 0: it did not come
   in time.  */
static int
read_body (struct connection *c, struct request *request)
{
  struct cairn_bytes body = CAIRN_SLICE_MAKE (
      struct cairn_bytes, request->body_nbytes, request->body_nbytes);
  size_t done = c->nread - c->used;
  if (done > body.len)
    done = body.len;
  memcpy (body.data, c->text + c->used, done);
  c->used += done;
  while (done < body.len)
    {
      ssize_t n = read_some (c, body.data + done, body.len - done);
      if (n <= 0)
        return 0;
      done += n;
    }
  request->body = (struct cairn_string){ (char *)body.data, body.len };
  return 1;
}

/* Answer one request; 0: the connection is to be closed.  */
static int
answer (struct connection *c)
{
  struct request request = { .method = "", .path = "" };
  switch (read_head (c))
    {
    case HEAD_NONE:
      return 0;
    case HEAD_LATE:
      return respond_status (c, &request, "408 Request Timeout", "");
    case HEAD_LONG:
      return respond_status (c, &request, "431 Request Header Fields Too Large",
                             "");
    case HEAD_READ:
      break;
    }
  if (!parse_head (c->text, &request))
    {
      request.keep_alive = 0;
      return respond_status (c, &request, "400 Bad Request", "");
    }
  if (request.body_nbytes > BODY_MAX)
    {
      request.keep_alive = 0;
      return respond_status (c, &request, "413 Content Too Large", "");
    }
  if (request.body_nbytes > 0)
    {
      static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
      if ((request.expects && !write_all (c, go_on, strlen (go_on)))
          || !read_body (c, &request))
        return 0;
    }
  if (strncmp (request.path, "/store/", 7) == 0)
    return answer_store (c, &request, request.path + 7);
  if (strcmp (request.method, "GET") != 0
      && strcmp (request.method, "HEAD") != 0)
    return respond_status (c, &request, "405 Method Not Allowed",
                           "Allow: GET, HEAD\r\n");
  return send_file (c, &request);
}

void
serve_connection (struct connection *c)
{
  while (answer (c) && !c->server->is_stopping)
    ;
}
