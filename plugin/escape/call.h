/* call.h: calls whose effects are not in the graph yet.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   While functions are read, calls are only noted.  When all are, each call
   gets its effects: those of a function of the same component, or those that
   tags tell, or, if nothing is known of the function, that everything it is
   given leaks.  */

#ifndef ESCAPE_CALL_H
#define ESCAPE_CALL_H

#include "graph.h"
#include "tags.h"

#ifdef __cplusplus
extern "C" {
#endif

struct esc_call
{
  struct esc_call *next;
  const char *target;  /* The callee's symbol, or "?" and the type of the
                          function that a pointer leads to.  */
  const void *callee;  /* The front end's name for it, or NULL.  */
  int function;        /* Index of the caller in the component.  */
  struct esc_location *result; /* Receives the value; NULL: nobody wants it. */
  struct esc_location *chain;  /* The static chain, or NULL.  */
  struct esc_note note;
  int nargs;
  struct esc_location *args[]; /* NULL: can hold no pointer.  */
};

/* A new call in G of TARGET, with NARGS arguments that are NULL yet.  TARGET is
   copied.  */
struct esc_call *esc_call_create (struct esc_graph *g, int function,
                                  const char *target, int nargs,
                                  struct esc_note note);

/* CALL runs a function of the component, with parameters PARAMS[0] to
   PARAMS[NPARAMS-1], the last two being the variable arguments and the static
   chain, and result RESULT.  */
void esc_call_bind (struct esc_graph *g, const struct esc_call *call,
                    struct esc_location *const *params, int nparams,
                    struct esc_location *result);

/* CALL runs a function with TAGS.  */
void esc_call_apply (struct esc_graph *g, const struct esc_call *call,
                     const struct esc_tags *tags);

/* CALL runs nobody knows what.  */
void esc_call_leak (struct esc_graph *g, const struct esc_call *call);

#ifdef __cplusplus
}
#endif

#endif /* ESCAPE_CALL_H */
