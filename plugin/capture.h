/* capture.h: variables that nested functions use, by reference.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Private to capture.cc, which surveys and chooses, and capture-rewrite.cc,
   which plants and replaces.  */

#ifndef CAIRN_CAPTURE_H
#define CAIRN_CAPTURE_H

#include "gcc-compat.h"

/* A local of a function around nested ones.  */
struct capture_var
{
  tree ref;        /* Its reference, once the function has been chosen.  */
  bool declared;   /* Its block has been found.  */
  bool in_loop;    /* That may be entered more than once in a call.  */
  bool captured;
};

/* A function that is nested, or that has nested ones.  */
struct capture_function
{
  tree decl;
  auto_vec<tree> captured; /* Its variables, in the order of first use.  */
  bool has_labels;         /* Any may close a loop.  */
  bool closures;           /* A function nested in it, at whatever level, is
                              used other than by calling it.  */
  bool jumped_to;          /* A nested function jumps to a label of it.  */
  bool impossible;
  bool chosen;
};

/* An outermost function with all that are nested in it, outer ones first.
   REPLACED are the trees that capture_replace has seen.  */
struct capture_nest
{
  auto_delete_vec<capture_function> functions;
  hash_map<tree, capture_function *> by_decl;
  hash_map<tree, capture_var> vars;
  hash_set<tree> replaced;
  bool openmp;
};

/* The walk over one function's trees.  */
struct capture_walk
{
  capture_nest *nest;
  capture_function *function;
  hash_set<tree> seen;
  int loops; /* Around the tree.  */
  int binds;
  /* Variables.  In capture_plant, those whose blocks are around the tree; in
     capture_replace, those that the function uses.  */
  auto_vec<tree> visible;
};

/* Set the references of F's variables.  */
void capture_plant (capture_nest *nest, capture_function *f);

/* Have F use the references of the functions around it.  */
void capture_replace (capture_nest *nest, capture_function *f);

#endif /* CAIRN_CAPTURE_H */
