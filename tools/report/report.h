/* report.h: what cairn-report joins.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Memory is not freed: the program ends soon.  */

#ifndef REPORT_H
#define REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The values of a heap profile, in this order.  */
enum value
{
  ALLOC_OBJECTS,
  ALLOC_SPACE,
  INUSE_OBJECTS,
  INUSE_SPACE,
  NVALUES
};

/* A line of the source, as the profile has it.  */
struct line
{
  const char *function; /* "" if not known.  */
  const char *file;     /* Likewise.  */
  int64_t number;
};

struct sample
{
  const struct line *lines; /* From the allocation outward.  */
  size_t nlines;
  double values[NVALUES];
};

struct profile
{
  struct sample *samples;
  size_t nsamples;
  double totals[NVALUES];
};

/* profile.c: read the heap profile PATH, gzipped or not.  */
extern void profile_read (struct profile *profile, const char *path);

/* What the compiler says of a place.  */
struct verdict
{
  const char *file; /* As the compiler was given it.  */
  int64_t line;
  const char *site; /* "file:line:column".  */
  const char *text; /* "moved to heap: buf".  */
  const char *function;
  bool is_on_heap; /* It says that something is on the heap.  */
  const char *type; /* "struct node", of what is there; or "".  */
  double nbytes;    /* Of the whole; 0 if it is not known.  */
};

/* What the compiler says of a structure that could be smaller.  */
struct layout
{
  const char *type;
  const char *site;
  double nbytes, saved_nbytes;
  double nobjects; /* In use, */
  double nsaved;   /* and the bytes that they need not have.  */
};

struct verdicts
{
  struct verdict *all;
  size_t n;
  struct layout *layouts;
  size_t nlayouts;
};

/* verdicts.c: add what the compiler's json PATH says.  */
extern void verdicts_read (struct verdicts *verdicts, const char *path);

/* The first verdict of LINE that something is on the heap; NULL: there is
   none.  */
extern const struct verdict *verdicts_find (const struct verdicts *verdicts,
                                            const struct line *line);

/* The same for a variable of LINE's function, wherever in it.  */
extern const struct verdict *
verdicts_find_variable (const struct verdicts *verdicts,
                        const struct line *line);

/* Whether anything is said of LINE's file.  */
extern bool verdicts_know_file (const struct verdicts *verdicts,
                                const struct line *line);

/* A collection, from a line of CAIRN_DEBUG=gctrace=1.  */
struct cycle
{
  double seconds; /* Since the program began.  */
  double pause_ms;
  double before_mb, live_mb, goal_mb;
};

struct trace
{
  struct cycle *cycles;
  size_t n;
};

/* trace.c: read the lines about collections of PATH, passing over others.  */
extern void trace_read (struct trace *trace, const char *path);

/* A place that allocates, with all that is allocated there.  */
struct site
{
  const char *where; /* "prog.c:31:7".  */
  const char *what;  /* "moved to heap: buf", or "".  */
  const char *function;
  const struct verdict *verdict; /* NULL: nothing is said.  */
  double values[NVALUES];
};

struct report
{
  struct profile profile;
  struct trace trace;
  struct site *sites; /* The most of SORT first.  */
  size_t nsites;
  struct layout *layouts; /* What saves most first; those that save something.  */
  size_t nlayouts;
  enum value sort;
  size_t nshown;
};

/* html.c: write R to F as a page.  */
extern void html_write (const struct report *r, FILE *f);

/* cairn-report.c.  BYTES for people: "1.5 MB", in a buffer of the caller's.  */
#define BYTES_NBYTES 32
extern const char *bytes_text (double bytes, char text[BYTES_NBYTES]);

/* What part of TOTAL, in percent, VALUE is.  */
extern double percent (double value, double total);

/* End the program with a message.  */
extern void fail (const char *format, ...)
    __attribute__ ((noreturn, format (printf, 1, 2)));

/* Memory of NBYTES that is there, zeroed; P with room for N elements of NBYTES,
   N growing by one at a time.  */
extern void *xalloc (size_t nbytes);
extern void *xgrow (void *p, size_t n, size_t nbytes);

/* The file PATH, unzipped, with a 0 behind it.  */
extern char *read_file (const char *path, size_t *nbytes);

#endif /* REPORT_H */
