/* body.h: functions as text, for the analysis of whole programs.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The body of a function is what the graph holds when the function has been
   read, before calls get their effects:

     F SYMBOL NPARAMS       NPARAMS counts the variable arguments and the static
                            chain
     L LOCATION...          r: the result, pN: parameter N, vD: a variable at
                            loop depth D, oD: an object, t or tD: a temporary;
                            a b behind it: holds less than a pointer.  They
                            count from 3; 0 is the heap, 1 the byte heap, 2
                            the unknown.
     E DST:SRC:DEREFS...    edges
     S PTR:DEREFS:SRC:DEREFS...  stores
     R PTR:DEREFS...        releases
     C TARGET RESULT CHAIN ARG...  a call; - stands for NULL

   each on one line.  */

#ifndef ESCAPE_BODY_H
#define ESCAPE_BODY_H

#include "graph.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Write to F the body of the function SYMBOL, number FUNCTION of G, which has
   NPARAMS parameters.  */
void esc_body_print (FILE *f, struct esc_graph *g, int function,
                     const char *symbol, int nparams);

/* Read a body from TEXT, which begins after its F line, into G as function
   number FUNCTION.  Sets PARAMS[0] to PARAMS[NPARAMS-1] and *RESULT.  Returns
   false if the text is damaged.  */
bool esc_body_read (struct esc_graph *g, const char *text, int function,
                    struct esc_location **params, int nparams,
                    struct esc_location **result);

#ifdef __cplusplus
}
#endif

#endif /* ESCAPE_BODY_H */
