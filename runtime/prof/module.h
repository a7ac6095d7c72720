/* module.h: what libcairn and libcairn-prof.so know of each other.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Reading debugging information, compressing and serving HTTP are done by
   libraries (elfutils, zlib, libmicrohttpd).  libcairn is linked with every
   program, often statically: it must not need them.  So what uses them is a shared
   object of its own, loaded when a profile is first written or served.  Without it
   profiles are written all the same, larger and with the names of functions only;
   a static program, which cannot load it, always does without.

   The form of profiles itself is so simple that libcairn writes it by itself:
   see profile.c.

   The module calls nothing of libcairn but what it is given; the two are of one
   version.  Its functions are foreign code: they run on the system stack, and what
   they allocate is manual.  */

#ifndef CAIRNI_MODULE_H
#define CAIRNI_MODULE_H

#include "os/images.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Changes with what stands below.  */
#define CAIRNI_MODULE_VERSION 1

/* A place in the source.  */
struct cairni_line
{
  const char *function; /* Never NULL.  */
  const char *file;     /* Absolute; NULL: unknown.  */
  unsigned line;        /* 0: unknown.  */
  unsigned start_line;  /* Of the function; 0: unknown.  */
};

/* A request of HTTP.  Texts stay until it is answered.  */
struct cairni_request
{
  const char *method, *path;
  const char *query; /* The first name in the query; NULL: none.  */
  const char *body;  /* NULL: none.  */
  const char *host;  /* What the server was called; NULL: unknown.  */
  void *context;
  /* The value of the parameter NAME in the query; NULL: there is none.  */
  const char *(*argument) (void *context, const char *name);
};

struct cairni_reply
{
  int status;
  const char *type;     /* The media type.  */
  const char *file;     /* What to call it when it is saved; NULL: show it.  */
  const char *location; /* Where it really is; NULL: here.  */
  void *bytes;          /* From malloc; the server frees it.  */
  size_t nbytes;
};

/* Functions that this machine had no library for are NULL.  */
struct cairni_module
{
  unsigned version;

  /* Begin looking up code of the N IMAGES, which stay; NULL: out of memory.  */
  void *(*open_symbols) (const struct cairni_image *images, size_t n);

  /* Store what the instruction at PC is part of at LINES: the function first that
     was inlined last, at most MAX of them.  Returns how many; 0: unknown.  What
     they point to stays until SYMBOLS are closed.  */
  unsigned (*find_lines) (void *symbols, uintptr_t pc,
                          struct cairni_line *lines, unsigned max);

  void (*close_symbols) (void *symbols);

  /* Compress NBYTES at P into a file of gzip, in memory from malloc, and store its
     size in *SIZE; NULL: out of memory.  */
  void *(*compress) (const void *p, size_t nbytes, size_t *size);

  /* Serve HTTP at ADDRESS, "host:port", by threads that the caller makes, which call
     ANSWER for each request.  Without a host, only this machine can reach it.
     Returns the port, which is another if 0 was asked for; or a negative error
     number, with words on it in the NBYTES at WHY.  One thread calls this.  */
  int (*serve) (const char *address,
                void (*answer) (const struct cairni_request *request,
                                struct cairni_reply *reply),
                char *why, size_t nbytes);

  /* In the child of a fork: let go of the sockets.  */
  void (*stop_in_child) (void);
};

/* What the module defines.  */
extern const struct cairni_module cairn_prof_module;

/* The module, loaded now if it was not before; NULL: it cannot be, which has been
   said on standard error.  Outside of sections.  */
extern const struct cairni_module *cairni_module_get (void);

#endif /* CAIRNI_MODULE_H */
