/* solve.h: the verdicts of escape analysis.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#ifndef ESCAPE_SOLVE_H
#define ESCAPE_SOLVE_H

#include "graph.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Decide for every location of G whether it escapes, and for every parameter
   how it leaks and what of it is released; find for every release what it may
   free.  G's stores are consumed into edges on the way.  */
void esc_solve (struct esc_graph *g);

#ifdef __cplusplus
}
#endif

#endif /* ESCAPE_SOLVE_H */
