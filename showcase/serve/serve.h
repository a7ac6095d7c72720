/* serve.h: an HTTP server with a goroutine for each connection.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   A connection is served by straight code: read a request, answer it, until one
   side has enough.  What waits is the goroutine, on a stack of a few kilobytes.
   Nobody owns anything: a value of the store that is replaced while it is being
   sent stays until it has been sent.  */

#ifndef SERVE_H
#define SERVE_H

#include <cairn/string.h>

enum
{
  HEAD_MAX = 8192,    /* Bytes of a request but for its body.  */
  BODY_MAX = 16 << 20 /* Of its body.  */
};

/* What all connections share.  */
struct server
{
  int root;           /* The folder with the files; -1: none.  */
  int64_t timeout_ns; /* For a whole request to come, or an answer to go.  */
  int is_stopping;    /* Answers say that the connection will be closed.  */
};

/* A connection and what has been read from it, of which the first USED bytes
   were the request before.  */
struct connection
{
  int fd;
  struct server *server;
  int64_t deadline; /* On the clock of cairn_now.  */
  size_t nread, used;
  char text[HEAD_MAX + 1];
};

/* A request.  The strings are parts of its connection's text.  */
struct request
{
  const char *method, *path;
  const char *range; /* NULL: all is wanted.  */
  int keep_alive;
  int expects; /* The client waits for a word before it sends the body.  */
  size_t body_nbytes;
  struct cairn_string body;
};

/* Answer requests until the connection is to be closed.  */
extern void serve_connection (struct connection *c);

/* Answer with STATUS, the header lines HEADERS, and BODY, which is left away if
   the method was HEAD.  0: the connection is to be closed.  */
extern int respond (struct connection *c, const struct request *request,
                    const char *status, const char *headers,
                    struct cairn_string body) CAIRN_NOESCAPE (3, 4);

/* The same; the body is STATUS.  */
extern int respond_status (struct connection *c, const struct request *request,
                           const char *status, const char *headers)
    CAIRN_NOESCAPE (3, 4);

/* Write the head of an answer with a body of NBYTES; 0: it failed.  */
extern int write_head (struct connection *c, const struct request *request,
                       const char *status, const char *headers, size_t nbytes)
    CAIRN_NOESCAPE (3, 4);

/* Write NBYTES before the deadline; 0: it failed.  */
extern int write_all (struct connection *c, const void *data, size_t nbytes)
    CAIRN_NOESCAPE (2);

/* Answer with the file that the request is about.  */
extern int send_file (struct connection *c, const struct request *request);

/* Answer a request to /store/KEY or /store/.  */
extern int answer_store (struct connection *c, const struct request *request,
                         const char *key);

#endif /* SERVE_H */
