/* tags.h: what callers need to know of a function once it is solved.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A tag summarises one parameter: where its value, or what loads from it
   give, can end up.  Calls of the function are edges made from its tags, so
   that a function is solved once, however often it is called.  */

#ifndef ESCAPE_TAGS_H
#define ESCAPE_TAGS_H

#include "graph.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* "Parameter's value, dereferenced DEREFS times, is stored where LEVEL loads
   from parameter PARAM point to."  */
struct esc_content_leak
{
  int param;
  int level;
  int derefs;
};

struct esc_tag
{
  struct esc_leaks leaks;
  /* Bit l: memory that l loads from the parameter lead to may be overwritten
     with pointers that come from elsewhere.  */
  unsigned written;
  unsigned released; /* As in struct esc_location.  */
  int ncontents;
  struct esc_content_leak *contents;
};

/* The tags of one function: its parameters, then the variable arguments, then
   the static chain.  */
struct esc_tags
{
  int nparams;
  struct esc_tag params[];
};

/* The tags of FUNCTION in the solved graph G, whose parameters are PARAMS[0]
   to PARAMS[NPARAMS-1].  The caller frees them with esc_tags_free.  */
struct esc_tags *esc_tags_extract (const struct esc_graph *g, int function,
                                   struct esc_location *const *params,
                                   int nparams);

void esc_tags_free (struct esc_tags *tags);

/* Add to G the effects of a call with tags TAGS: ARGS[i] is the location of
   argument i, or NULL if it cannot hold a pointer; RESULT receives what the
   call returns, or is NULL.  Arguments beyond TAGS->nparams are the caller's
   business.  */
void esc_tags_apply (struct esc_graph *g, const struct esc_tags *tags,
                     struct esc_location *const *args,
                     struct esc_location *result, struct esc_note note);

/* Whether a function with tags WORSE may stand for one with TAGS: it does all
   that they tell, or more.  */
bool esc_tags_cover (const struct esc_tags *worse, const struct esc_tags *tags);

/* Tags that cover both A and B, which the caller keeps.  */
struct esc_tags *esc_tags_join (const struct esc_tags *a,
                                const struct esc_tags *b);

/* The tags of a function with NPARAMS parameters of which nothing is known.
   */
struct esc_tags *esc_tags_unknown (int nparams);

/* Write TAGS to F as text, without a newline: a word for each parameter, the
   words separated by blanks.  A word is "." or items separated by commas:

     hD       leaks to the heap, dereferenced D times
     bD       the same byte by byte
     rD       is returned
     fD       what it points to, dereferenced D times, may be freed
     wL       memory at level L may be overwritten with pointers
     cP.L.D   is stored at level L of parameter P  */
void esc_tags_print (FILE *f, const struct esc_tags *tags);

/* The tags that TEXT, up to its end or a newline, stands for; NULL if it is no
   such text.  The caller frees them.  */
struct esc_tags *esc_tags_parse (const char *text);

#ifdef __cplusplus
}
#endif

#endif /* ESCAPE_TAGS_H */
