/* spec.h: what a function without a body does with pointers.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A specification is a string, from the tables libc.def and libm.def or made
   from the attributes of a declaration:

     "RESULT PARAMETER PARAMETER ..."

   Parameters count from 1.  A source is where a pointer comes from:

     N      argument N
     *N     what argument N points to; more stars, more loads
     ?      elsewhere: from none of the arguments

   RESULT     -         holds no pointer
              sources, separated by commas, among them perhaps
              new       a new object, which receives what the other sources
                        point to
   PARAMETER  effects, joined by +
              .         is looked at, with all that it leads to, and the
                        memory may receive data
              h         is kept: it leaks
              *h        what it points to is kept; more stars, more loads
              =SOURCES  its memory receives pointers
              *=SOURCES the memory that its memory points to does; and so on
              ~         it is or may be a block that malloc gave, which is
                        freed, resized or measured; *~: what it points to is
              w         its memory, and what that leads to, may receive
                        pointers that come from elsewhere
              fARGUMENT:ARGUMENT...
                        is a function that is called meanwhile with these
                        arguments: sources, or - for one that is no pointer
              the last parameter stands for all further arguments.  */

#ifndef ESCAPE_SPEC_H
#define ESCAPE_SPEC_H

#include "graph.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The most arguments that a specification gives to a callback.  */
#define ESC_SPEC_CALLBACK_ARGS 4

/* Whether SPEC returns a new object.  */
bool esc_spec_makes_object (const char *spec);

/* One call of a function with a specification.  */
struct esc_spec_call
{
  struct esc_location *const *args; /* NULL: can hold no pointer.  */
  const bool *chars;           /* Which of them point to chars, which are
                                  copied as such; NULL: none.  */
  int nargs;
  int function;                /* Index in the component of the caller.  */
  struct esc_location *result; /* NULL: nobody wants it.  */
  struct esc_location *object; /* The new object, if it makes one.  */
  struct esc_note note;
  /* Argument number FUNCTION (from 0) of this call is called with ARGS[0] to
     ARGS[N-1].  Returns false if it is not known what it does.  */
  bool (*callback) (void *closure, int function,
                    struct esc_location *const *args, int n);
  void *closure;
};

/* Add the effects of CALL to G.  */
void esc_spec_apply (struct esc_graph *g, const char *spec,
                     const struct esc_spec_call *call);

#ifdef __cplusplus
}
#endif

#endif /* ESCAPE_SPEC_H */
