/* program.h: a whole program, read from its objects.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#ifndef TOOLS_PROGRAM_H
#define TOOLS_PROGRAM_H

#include "escape/graph.h"
#include "escape/tags.h"

#include <stdbool.h>
#include <stddef.h>

/* A symbol or, with "?" before it, a type.  */
struct name
{
  char *text;
  int *nodes; /* Its bodies, or its one type.  */
  int nnodes;
};

/* A function's body, or a type.  */
struct node
{
  struct name *name;
  const char *text;       /* Of a body, after its F line; NULL: a type.  */
  int nparams;
  bool foreign;           /* A type: can come from elsewhere.  */
  struct name **members;  /* A type: functions whose address is taken.  */
  int nmembers;
  struct esc_tags *tags;  /* Once solved.  */
  /* While its component is being solved: its place there, else -1.  */
  int place;
  struct esc_location **params;
  struct esc_location *result;
};
/* All nodes.  */
struct program
{
  struct node *nodes;
  int nnodes;
  void *names;      /* A tree (tsearch) of struct name, by text.  */
  bool all_foreign; /* Some object has no section: pointers to functions can be
                       anything.  */
};
extern struct program program;

/* End the program with a message, formatted as by printf.  */
void fail (const char *format, ...)
  __attribute__ ((noreturn, format (printf, 1, 2)));

/* realloc that does not fail.  */
void *xrealloc (void *p, size_t nbytes);

/* Make room for one more in ARRAY, of N elements: grows by doubling.  */
#define GROW(array, n)                                                        \
  do                                                                          \
    if (((n) & ((n) - 1)) == 0)                                               \
      (array) = xrealloc (array, ((n) ? 2 * (n) : 1) * sizeof *(array));      \
  while (0)

/* The name that is PREFIX and then the LEN characters at TEXT; NULL if it is
   not there and CREATE is not set.  */
struct name *name_find (const char *prefix, const char *text, size_t len,
                        bool create);

/* Take the section TEXT, or NULL, of the object PATH, or of MEMBER of the library
   PATH, if that is not NULL.  TEXT stays in use.  */
void program_add_object (const char *path, const char *member, char *text);

/* Print the commands that made the objects, for a shell; those of libraries go to
   the folder $members, and from there into the library.  */
void program_print_commands (void);

/* Make the nodes of all objects that were added.  */
void program_read (void);

/* Set the tags of all nodes.  */
void program_solve (void);

#endif /* TOOLS_PROGRAM_H */
