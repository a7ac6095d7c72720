/* gate-noheap.cc: the attribute cairn_noheap.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A function of a type with the attribute may not use the heap: no variable
   of it moves there, it allocates nothing and makes no closure, and what it
   calls does not do so either.  Where there is a body, it is looked at;
   without one the callee must be declared cairn_noheap itself, or be one of
   the functions of the C library that surely allocate nothing.  What never
   returns may do what it likes.  */

#include "gate.h"
#include "indirect.h"
#include "source-text.h"
#include "stages.h"

#include <algorithm>
#include <map>

/* One use of the heap, or a call of which that is not known.  */
struct heap_use
{
  location_t loc;
  std::string text;
};

struct heap_call
{
  location_t loc;
  tree callee;
};

struct heap_function
{
  tree fndecl;
  std::vector<heap_use> uses;
  std::vector<heap_call> calls; /* Of functions with bodies.  */
};

static std::vector<heap_function *> functions;

static const char attribute_name[] = "cairn_noheap";

/* Functions of the C library that allocate nothing, sorted.  */
static const char *const frugal[] = {
  "__errno_location",
  "abs",         "access",      "alarm",       "atof",        "atoi",
  "atol",        "atoll",       "bcmp",        "bcopy",       "bsearch",
  "bzero",       "chdir",       "clock",       "clock_gettime", "close",
  "creat",       "div",         "dup",         "dup2",        "feof",
  "ferror",      "ffs",         "fstat",       "fsync",       "ftruncate",
  "getegid",     "getenv",      "geteuid",     "getgid",      "getpid",
  "getppid",     "gettimeofday", "getuid",     "htonl",       "htons",
  "imaxabs",     "index",       "ioctl",       "isalnum",     "isalpha",
  "isatty",      "isblank",     "iscntrl",     "isdigit",     "isgraph",
  "islower",     "isprint",     "ispunct",     "isspace",     "isupper",
  "isxdigit",    "kill",        "labs",        "ldiv",        "link",
  "llabs",       "lseek",       "lstat",       "memccpy",     "memchr",
  "memcmp",      "memcpy",      "memmem",      "memmove",     "mempcpy",
  "memrchr",     "memset",      "mkdir",       "nanosleep",   "ntohl",
  "ntohs",       "open",        "pipe",        "poll",        "pread",
  "pthread_mutex_lock", "pthread_mutex_trylock", "pthread_mutex_unlock",
  "pthread_self", "pwrite",     "raise",       "rand",        "rawmemchr",
  "read",        "readv",       "recv",        "rename",      "rindex",
  "rmdir",       "sched_yield", "select",      "send",        "setjmp",
  "sigaction",   "sigaddset",   "sigemptyset", "sigfillset",  "signal",
  "sleep",       "srand",       "stat",        "stpcpy",      "stpncpy",
  "strcasecmp",  "strcasestr",  "strcat",      "strchr",      "strchrnul",
  "strcmp",      "strcpy",      "strcspn",     "strlen",      "strncasecmp",
  "strncat",     "strncmp",     "strncpy",     "strnlen",     "strpbrk",
  "strrchr",     "strspn",      "strstr",      "strtod",      "strtof",
  "strtok",      "strtok_r",    "strtol",      "strtoll",     "strtoul",
  "strtoull",    "time",        "tolower",     "toupper",     "umask",
  "unlink",      "usleep",      "write",       "writev",
};

/* -- The attribute.  */

/* Whether the file mentions the attribute.  */
static bool mentioned;

/* Handle the attribute.  */
static tree
handle_noheap (tree *, tree, tree, int, bool *)
{
  mentioned = true;
  return NULL_TREE;
}

static const struct attribute_spec noheap_attribute
  = { attribute_name, 0, 0, false, true, true, false, handle_noheap, NULL };

static void
register_noheap (void *, void *)
{
  register_attribute (&noheap_attribute);
}

void
gate_noheap_init (const char *plugin_name)
{
  register_callback (plugin_name, PLUGIN_ATTRIBUTES, register_noheap, NULL);
}

static bool
noheap_type_p (tree fntype)
{
  return fntype && lookup_attribute (attribute_name, TYPE_ATTRIBUTES (fntype));
}

/* -- What functions do.  */

static int
compare_names (const void *a, const void *b)
{
  return strcmp ((const char *) a, *(const char *const *) b);
}

/* Whether FNDECL is a function of the C library or of GCC that surely
   allocates nothing.  */
static bool
frugal_p (tree fndecl)
{
  const char *name = IDENTIFIER_POINTER (DECL_NAME (fndecl));
  bool builtin = fndecl_built_in_p (fndecl, BUILT_IN_NORMAL);
  static const char chk[] = "_chk";

  if (!builtin && !DECL_IN_SYSTEM_HEADER (fndecl))
    return false;
  if (builtin && (flags_from_decl_or_type (fndecl) & (ECF_CONST | ECF_PURE)))
    return true;
  /* Of numbers: they may set errno, no more.  */
  tree result = TREE_TYPE (TREE_TYPE (fndecl));
  tree params = TYPE_ARG_TYPES (TREE_TYPE (fndecl));
  if (builtin
      && (FLOAT_TYPE_P (result)
          || (params && TREE_VALUE (params)
              && FLOAT_TYPE_P (TREE_VALUE (params)))))
    return true;
  if (startswith (name, "__builtin_"))
    name += strlen ("__builtin_");
  std::string plain = name;
  size_t n = plain.size ();
  if (startswith (name, "__") && n > 6
      && plain.compare (n - strlen (chk), n, chk) == 0)
    plain = plain.substr (2, n - 2 - strlen (chk));
  return bsearch (plain.c_str (), frugal, ARRAY_SIZE (frugal),
                  sizeof frugal[0], compare_names);
}

/* Whether FNDECL is one of GCC's own functions that are code in place and no
   call of a library: those keep their name in the assembler.  */
static bool
inline_builtin_p (tree fndecl)
{
  if (!fndecl_built_in_p (fndecl, BUILT_IN_NORMAL))
    return fndecl_built_in_p (fndecl);
  const char *name = IDENTIFIER_POINTER (DECL_ASSEMBLER_NAME (fndecl));
  return startswith (name, "__builtin_") || startswith (name, "__atomic_")
         || startswith (name, "__sync_");
}

/* Note what CALL, which may call FNDECL, does.  */
static void
note_callee (heap_function *h, gimple *call, tree fndecl)
{
  location_t loc = gimple_location (call);
  if (noheap_type_p (TREE_TYPE (fndecl)))
    return;
  std::string name = IDENTIFIER_POINTER (DECL_NAME (fndecl));
  const char *spec = front_callee_spec (fndecl);
  if (gimple_call_builtin_p (call, BUILT_IN_INIT_TRAMPOLINE)
      || gimple_call_builtin_p (call, BUILT_IN_INIT_HEAP_TRAMPOLINE))
    h->uses.push_back ({ loc, "a closure is made on the heap" });
  else if (entry_point_replacing (fndecl) != ENTRY_LAST
           || (flags_from_decl_or_type (fndecl) & ECF_MALLOC)
           || (spec && startswith (spec, "new")))
    {
      if (!gimple_call_builtin_p (call, BUILT_IN_FREE) && name != "free")
        h->uses.push_back ({ loc, "'" + source_text_call (call)
                                    + "' allocates" });
    }
  else if (cgraph_node *node = front_sure_callee (fndecl))
    {
      if (!noheap_type_p (TREE_TYPE (node->decl)))
        h->calls.push_back ({ loc, node->decl });
    }
  else if (!frugal_p (fndecl) && !inline_builtin_p (fndecl))
    h->uses.push_back ({ loc, "'" + name + "' may use the heap; it is not "
                                "declared 'cairn_noheap'" });
}

/* Note what CALL does.  */
static void
note_call (heap_function *h, gimple *call)
{
  if (gimple_call_internal_p (call) || gimple_alloca_call_p (call)
      || noheap_type_p (gimple_call_fntype (call))
      || (gimple_call_flags (call) & ECF_NORETURN))
    return;
  if (tree fndecl = gimple_call_fndecl (call))
    {
      note_callee (h, call, fndecl);
      return;
    }
  callee_set callees;
  indirect_callees (as_a<gcall *> (call), &callees);
  if (callees.open)
    h->uses.push_back ({ gimple_location (call),
                         "a call through '"
                           + source_text (gimple_call_fn (call))
                           + "' may use the heap" });
  else
    for (tree fndecl : callees.functions)
      note_callee (h, call, fndecl);
}

void
gate_noheap_function (front_component *comp, front_function *f)
{
  if (!mentioned)
    return;
  heap_function *h = new heap_function;
  basic_block bb;

  h->fndecl = f->node->decl;
  for (const esc_location *l = comp->graph.locations; l; l = l->next)
    if (l->kind == ESC_VAR && l->function == f->index && l->escapes)
      {
        tree decl = report_location_decl (l);
        if (decl != cfun->nonlocal_goto_save_area)
          h->uses.push_back ({ DECL_SOURCE_LOCATION (decl),
                               "'" + report_location_text (l)
                                 + "' moves to the heap" });
      }
  for (const esc_location *o : f->objects)
    {
      gimple *call = (gimple *) const_cast<void *> (o->entity);
      if (o->escapes && gimple_alloca_call_p (call))
        h->uses.push_back ({ gimple_location (call),
                             "'" + report_object_text (o)
                               + "' moves to the heap" });
    }
  /* Allocations that become part of the frame.  */
  hash_set<gimple *> demoted;
  for (unsigned i = 0; i < f->objects.length (); i++)
    if (!f->objects[i]->escapes && !f->demotions[i].why)
      demoted.add ((gimple *) const_cast<void *> (f->objects[i]->entity));
  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator i = gsi_start_bb (bb); !gsi_end_p (i);
         gsi_next (&i))
      if (is_gimple_call (gsi_stmt (i)) && !demoted.contains (gsi_stmt (i)))
        note_call (h, gsi_stmt (i));
  functions.push_back (h);
}

/* -- Errors.  */

/* How a function is reached: by CALL in the function FROM, which is reached
   the same way; FROM is NULL for the first one.  */
struct heap_way
{
  heap_function *function;
  const heap_way *from;
  location_t call;
};

static void
report_use (const heap_way *way, const heap_use &use)
{
  const heap_way *first = way;
  auto_diagnostic_group group;

  while (first->from)
    first = first->from;
  error_at (DECL_SOURCE_LOCATION (first->function->fndecl),
            "function %qD is declared %qs but may use the heap",
            first->function->fndecl, attribute_name);
  std::vector<const heap_way *> calls;
  for (const heap_way *w = way; w->from; w = w->from)
    calls.insert (calls.begin (), w);
  for (const heap_way *w : calls)
    inform (w->call, "%qD is called here", w->function->fndecl);
  inform (use.loc, "%s", use.text.c_str ());
}

/* Report every use that can be reached from H, each by the shortest way.  */
static void
check_function (heap_function *h,
                const std::map<tree, heap_function *> &by_decl)
{
  std::vector<heap_way *> ways (1, new heap_way { h, NULL, 0 });
  hash_set<tree> seen;

  seen.add (h->fndecl);
  for (size_t i = 0; i < ways.size (); i++)
    {
      heap_way *way = ways[i];
      for (const heap_use &use : way->function->uses)
        report_use (way, use);
      for (const heap_call &call : way->function->calls)
        if (!seen.add (call.callee))
          {
            auto it = by_decl.find (call.callee);
            if (it != by_decl.end ())
              ways.push_back (new heap_way { it->second, way, call.loc });
          }
    }
  for (heap_way *way : ways)
    delete way;
}

void
gate_noheap_finish (void)
{
  std::map<tree, heap_function *> by_decl;

  for (heap_function *h : functions)
    by_decl[h->fndecl] = h;
  std::stable_sort (functions.begin (), functions.end (),
                    [] (const heap_function *a, const heap_function *b)
                    {
                      return DECL_SOURCE_LOCATION (a->fndecl)
                             < DECL_SOURCE_LOCATION (b->fndecl);
                    });
  for (heap_function *h : functions)
    if (noheap_type_p (TREE_TYPE (h->fndecl)))
      check_function (h, by_decl);
  for (heap_function *h : functions)
    delete h;
  functions.clear ();
}
