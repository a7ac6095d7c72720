/* libc.h: calls of the C library, from the table in libc.def.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#ifndef ESCAPE_LIBC_H
#define ESCAPE_LIBC_H

#include "graph.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The specification of function NAME, which may carry one of the prefixes and
   suffixes that libc.def names; NULL if it is not in the table.  */
const char *esc_libc_lookup (const char *name);

/* Whether SPEC returns a new object.  */
bool esc_libc_makes_object (const char *spec);

/* The word of SPEC about parameter I, from 0; NULL if there is none.  */
const char *esc_libc_parameter (const char *spec, int i);

/* One call of a function with a specification.  */
struct esc_libc_call
{
  struct esc_location *const *args; /* NULL: can hold no pointer.  */
  int nargs;
  struct esc_location *result; /* NULL: nobody wants it.  */
  struct esc_location *object; /* The new object, if it makes one.  */
  struct esc_note note;
  /* The function FUNCTION (argument number, from 0) is called with the
     arguments ARGS[0] to ARGS[N-1] of this call.  Returns false if it is not
     known what it does.  */
  bool (*callback) (void *closure, int function,
                    struct esc_location *const *args, int n);
  void *closure;
};

/* Add the effects of CALL to G.  */
void esc_libc_apply (struct esc_graph *g, const char *spec,
                     const struct esc_libc_call *call);

#ifdef __cplusplus
}
#endif

#endif /* ESCAPE_LIBC_H */
