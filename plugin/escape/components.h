/* components.h: strongly connected components, callees first.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#ifndef ESCAPE_COMPONENTS_H
#define ESCAPE_COMPONENTS_H

#ifdef __cplusplus
extern "C" {
#endif

/* The numbers that one node's edges lead to.  */
struct esc_successors
{
  int n;
  int *nodes;
};

/* Put the nodes 0 to N-1 into ORDER, component by component, each ended by
   -1: a component comes after all that it leads to.  ORDER has room for 2 * N
   numbers; returns how many there are.  */
int esc_components (int n, const struct esc_successors *successors,
                    int *order);

#ifdef __cplusplus
}
#endif

#endif /* ESCAPE_COMPONENTS_H */
