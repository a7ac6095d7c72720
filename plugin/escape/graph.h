/* graph.h: the data-flow graph that escape analysis solves.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A graph stands for one strongly connected component of the call graph:
   the functions that call each other in a circle, usually one function.
   It knows nothing of GCC.

   Vocabulary
     location   something that holds a value: a variable, a parameter, an SSA
                name, an object that an expression makes (malloc, alloca), or
                one of the pseudo locations below.  Fields and elements are
                not told apart: a variable is one location.
     edge       "dst receives src, dereferenced DEREFS times": -1 is src's
                address, 0 its value, n what n loads from it give.  Edges hang
                on their destination, so walks go from sinks to sources.
     store      "what PTR (dereferenced PTR_DEREFS times) points to receives
                src": becomes edges once the solver knows where PTR points.
     release    "what PTR (dereferenced DEREFS times) points to may be freed
                or resized": moves no value; the solver finds what that is.
     sink       a location that outlives the function: the heap, the result,
                the caller's memory that a parameter points to (its content).

   Pseudo locations
     heap        everything that outlives all functions: globals, collected
                 objects, arguments of unknown functions.
     byte heap   the same, reached one char at a time: copies made byte by
                 byte are sound, yet not reported as Go would not see them.
     unknown     where pointers come from of which nothing is known.  What they
                 point to is never a local of the component that stays on
                 the stack, for such a local's address never left.  */

#ifndef ESCAPE_GRAPH_H
#define ESCAPE_GRAPH_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Loads are counted up to this; beyond, they are all the same.  */
#define ESC_MAX_DEREFS 4

/* How many levels of a parameter's content are told apart.  */
#define ESC_MAX_LEVELS 3

enum esc_kind
{
  ESC_HEAP,      /* The heap pseudo location.  */
  ESC_BYTE_HEAP, /* The byte heap pseudo location.  */
  ESC_UNKNOWN,   /* The unknown pseudo location.  */
  ESC_RESULT,    /* What a function returns.  */
  ESC_PARAM,     /* The value that a parameter has on entry.  */
  ESC_CONTENT,   /* The caller's memory that a parameter leads to.  */
  ESC_VAR,       /* A variable that lives in memory.  */
  ESC_OBJECT,    /* An object that an expression makes.  */
  ESC_TEMP       /* A value without an address: an SSA name.  */
};

/* Where an edge comes from, for people.  The solver only hands it on.  */
struct esc_note
{
  const char *why;   /* "assign", "return", "call parameter", ...: a literal.  */
  const void *where; /* The front end's statement, or NULL.  */
};

struct esc_location;

/* One step of a way to a walk's root.  */
struct esc_step
{
  const struct esc_edge *edge; /* Its source is where the step begins...  */
  const struct esc_step *next; /* ... its destination where the next does. */
};

struct esc_edge
{
  struct esc_location *dst;
  struct esc_location *src;
  struct esc_edge *next;
  struct esc_note note;
  int derefs;
};

/* The way by which something leaks: NHOPS edges, the first from the location
   itself, the last into SINK, which is a sink or a location that escapes or
   that is declared outside the location's loop.  Each hop starts where the
   one before it ends.  */
struct esc_path
{
  const struct esc_location *sink;
  bool loop; /* SINK is declared outside the location's loop; that is why.  */
  size_t nhops;
  const struct esc_edge *hops[];
};

/* What a function does with one parameter.  A count is the least number of
   loads between the parameter's value and what leaks, -1 if nothing does.  */
struct esc_leaks
{
  int heap;
  int byte_heap;
  int result;
};

/* "This parameter, dereferenced DEREFS times, flows to CONTENT."  */
struct esc_content
{
  const struct esc_location *content;
  int derefs;
  struct esc_path *path; /* How, if the graph explains.  */
  struct esc_content *next;
};

struct esc_location
{
  enum esc_kind kind;
  int function;       /* Index of the function in the component; -1: none.  */
  int depth;          /* Loop depth at which it is declared or last used.  */
  int param;          /* ESC_PARAM and ESC_CONTENT: which one.  */
  int level;          /* ESC_CONTENT: loads from the parameter to get there. */
  const void *entity; /* The front end's declaration, statement or name.  */
  struct esc_edge *edges; /* What flows in.  */
  struct esc_location *next; /* All locations, latest first.  */
  struct esc_store *stores;  /* Stores through this location's value.  */
  bool bytes;         /* Holds less than a pointer: a char being copied.  */

  /* Verdict.  */
  bool escapes;           /* Its address outlives it: it needs a heap cell.  */
  struct esc_path *path;  /* Why, if ESCAPES and the graph explains.  */
  struct esc_leaks leaks; /* ESC_PARAM only.  */
  struct esc_path *heap_path;   /* How a parameter leaks to the heap...  */
  struct esc_path *result_path; /* ... and to the result.  */

  /* ESC_PARAM: the content pseudo locations, by level, made on demand.  */
  struct esc_location *content[ESC_MAX_LEVELS];

  /* ESC_PARAM: the contents of parameters that its value is stored in.  */
  struct esc_content *contents;

  /* ESC_PARAM: bit d: what it points to, dereferenced d times, may be
     released; the last bit, ESC_MAX_DEREFS, stands for all above.  */
  unsigned released;

  int number; /* In the body's text (body.h).  */

  /* Of the walk in progress.  */
  unsigned walk;           /* Number of the walk that DEREFS belongs to.  */
  int derefs;              /* Least loads from here to the walk's root.  */
  int heap_derefs;         /* The same for all walks from heaps so far.  */
  unsigned round;          /* The round that HEAP_DEREFS belongs to.  */
  const struct esc_step *step; /* The way from here to the walk's root.  */
  unsigned seen;           /* Points-to search that SEEN_DEREFS belongs to.  */
  unsigned seen_derefs;    /* Bit d: visited with d loads outstanding.  */
};

/* "*PTR = SRC", both with loads; hangs on PTR.  */
struct esc_store
{
  int ptr_derefs;
  struct esc_location *src;
  int derefs;
  struct esc_note note;
  struct esc_store *next;
};

/* A call that may free or resize what PTR, dereferenced DEREFS times, points
   to.  */
struct esc_release
{
  struct esc_location *ptr;
  int derefs;
  bool joint; /* One of many of which only matters what any of them frees.  */
  struct esc_note note;
  struct esc_release *next;

  /* Solution.  */
  struct esc_location **pointees; /* All that it may be and that does not
                                     escape (JOINT: and that no other joint
                                     release has)...  */
  size_t npointees;
  bool open;                      /* ... or anything that does.  */
};

struct esc_graph
{
  struct esc_location heap;
  struct esc_location byte_heap;
  struct esc_location unknown;
  struct esc_location *locations;
  struct esc_call *calls; /* Not in the edges yet (call.h).  */
  struct esc_release *releases; /* All releases, latest first.  */
  int nfunctions;
  int *max_depths;   /* By function: greatest depth of a variable or object. */
  bool explain;      /* Record paths.  */
  unsigned walk;     /* Counts walks.  */
  unsigned search;   /* Counts points-to searches.  */
  unsigned round;    /* Counts rounds of the solver.  */
  struct esc_edge **edge_table; /* All edges, hashed, to find duplicates.  */
  size_t edge_table_size;       /* A power of two.  */
  size_t nedges;
  struct esc_chunk *chunks; /* The memory of locations, edges and stores.  */
};

/* Make G an empty graph of NFUNCTIONS functions; EXPLAIN: record the paths
   that -m=2 prints.  */
void esc_graph_init (struct esc_graph *g, int nfunctions, bool explain);

/* Give back all memory of G.  */
void esc_graph_finish (struct esc_graph *g);

/* NBYTES of zeroed memory that lives as long as G.  Never NULL.  */
void *esc_graph_alloc (struct esc_graph *g, size_t nbytes);

/* A new location of KIND in FUNCTION, declared at loop depth DEPTH, standing
   for ENTITY.  */
struct esc_location *esc_location_create (struct esc_graph *g,
                                          enum esc_kind kind, int function,
                                          int depth, const void *entity);

/* L, a variable, is also declared at DEPTH, which counts if it is greater.  */
void esc_location_deepen (struct esc_graph *g, struct esc_location *l,
                          int depth);

/* The content of parameter P that LEVEL loads from its value lead to; levels
   from ESC_MAX_LEVELS on are the heap.  */
struct esc_location *esc_param_content (struct esc_graph *g,
                                        struct esc_location *p, int level);

/* DST receives SRC dereferenced DEREFS times (-1: SRC's address).  Returns
   false if DST already had that edge.  */
bool esc_flow (struct esc_graph *g, struct esc_location *dst,
               struct esc_location *src, int derefs, struct esc_note note);

/* What PTR, dereferenced PTR_DEREFS times, points to receives SRC
   dereferenced DEREFS times.  */
void esc_store (struct esc_graph *g, struct esc_location *ptr, int ptr_derefs,
                struct esc_location *src, int derefs, struct esc_note note);

/* What PTR, dereferenced DEREFS times (ESC_MAX_DEREFS: or more often), points
   to may be freed or resized.  JOINT: it will not be asked what may be freed by
   this release but not by others.  */
void esc_release (struct esc_graph *g, struct esc_location *ptr, int derefs,
                  bool joint, struct esc_note note);

#ifdef __cplusplus
}
#endif

#endif /* ESCAPE_GRAPH_H */
