/* outlive.h: addresses of locals that outlive their frame for certain.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   In analyze mode the code stays C, where such an address dangles.  The escape
   analysis tells what cannot be proved to stay; this one, on its own, tells
   what can be proved to leave, and is silent about the rest:

     outlive-effects.cc  what calls and stores may undo; paths on which
                         nothing does
     outlive-flow.cc     follows one address through a function, and through
                         callees by their summaries, to where it stays behind
     outlive-scope.cc    finds uses of a block's local after the block
     outlive.cc          the locals of a function, its summary, the warnings

   An address stays behind if it is stored in a global, in memory that a
   parameter points to, in an allocated object that is itself handed out, is
   kept by a function of the C library, or is returned, and nothing that may
   follow takes it back by a store to the same member; nor does every way to
   the function's end lead over a call of which is not known what it does.  */

#ifndef CAIRN_OUTLIVE_H
#define CAIRN_OUTLIVE_H

#include "escape-front.h"

#include <string>
#include <vector>

/* A step on the way, for a note.  */
struct outlive_note
{
  location_t loc;
  std::string text;
};

typedef std::vector<outlive_note> outlive_notes;

/* Memory that keeps an address.  */
enum outlive_kind
{
  OUTLIVE_RETURN,  /* The function's value.  */
  OUTLIVE_GLOBAL,  /* The variable DECL.  */
  OUTLIVE_PARAM,   /* What parameter number PARAM points to.  */
  OUTLIVE_OBJECT,  /* An allocated object.  */
  OUTLIVE_LOCAL,   /* The local aggregate DECL.  */
  OUTLIVE_LIBRARY  /* The C library, given it by function DECL.  */
};

struct outlive_place
{
  outlive_kind kind;
  tree decl;
  int param;
  tree ref;   /* The reference that is stored to, if in this function.  */
  tree field; /* The member, NULL_TREE if the place is none.  */
};

/* Where an address stays behind.  */
struct outlive_sink
{
  outlive_place place;
  gimple *stmt;
  outlive_notes notes;
};

/* What a function does that others need to know.  */
struct outlive_summary
{
  /* By parameter: what keeps it.  */
  std::vector<std::vector<outlive_sink>> params;
  hash_set<tree> stored; /* Globals and members stored to, C library functions
                            called, by it or its callees.  */
  bool unknown;          /* It may do anything.  */
};

/* outlive-effects.cc */

/* The member that REF refers to, NULL_TREE if none.  */
tree outlive_field (tree ref);

/* The summary of what CALL calls; NULL if there is none.  */
outlive_summary *outlive_callee (gimple *call);

/* The C library's specification of what CALL calls, or NULL.  */
const char *outlive_library (gimple *call);

/* Start S, the summary of NODE, with what the current function's statements
   do.  */
void outlive_effects (cgraph_node *node, outlive_summary *s);

/* Whether a path leads from behind FROM to TO, to the function's end if TO is
   NULL, on which nothing undoes PLACE.  PLACE may be NULL.  */
bool outlive_path_p (gimple *from, gimple *to, const outlive_place *place);

/* Whether what STMT puts into PLACE is still there when the function ends: no
   statement that can follow takes it back, and there is a path to the end
   with no statement of which that is not known.  A program that takes it back
   on one path means to do so on all.  */
bool outlive_kept_p (gimple *stmt, const outlive_place &place);

/* Forget all summaries.  */
void outlive_effects_finish (void);

/* outlive-flow.cc */

/* The statements of the current function that matter for one variable.  */
struct outlive_mentions
{
  struct mention
  {
    gimple *stmt;
    tree op;
  };
  /* Operands `&x', by x, and statements that read x.  */
  hash_map<tree, std::vector<mention>> addresses;
  hash_map<tree, std::vector<mention>> reads;
};

void outlive_find_mentions (outlive_mentions *m);

/* Where the address of the local DECL of the current function, or the value
   of its register DECL, stays behind.  */
std::vector<outlive_sink> outlive_follow (outlive_mentions *m, tree decl);

/* The text of the note for STMT.  */
outlive_note outlive_note_for (gimple *stmt);

/* outlive-scope.cc */

/* A statement that uses the address of the local DECL after DECL's block has
   ended; NULL if there is none.  */
gimple *outlive_late_use (outlive_mentions *m, tree decl);

/* outlive.cc */

/* Look at the locals of F, the current function, and remember what its callers
   need to know.  Callees come first.  */
void outlive_function (front_function *f);

/* Give the warnings and forget everything.  */
void outlive_finish (void);

#endif /* CAIRN_OUTLIVE_H */
