/* escape-pass.cc: the stage that analyzes a file and then rewrites it.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Place: a simple IPA pass right after build_ssa_passes.  All bodies are in
   SSA form and none is optimized, at every -O level: the report depends on
   nothing but the source, and no pass has yet drawn conclusions (a store
   before return is dead, what comes after a scope is undefined) that are
   false once locals live on the heap.

   Steps
     1. component_order    functions in strongly connected components, callees
                           before callers
     2. analyze_component  graph, solution, report, tags, and which locals of
                           which function move
     3. report_print
     4. rewrite_function   every function, moved locals or not  */

#include "escape-front.h"
#include "escape/solve.h"
#include "options.h"
#include "report.h"
#include "stages.h"

/* What moves in one function.  */
struct verdict
{
  cgraph_node *node;
  auto_vec<tree> decls;
  auto_vec<gimple *> allocas;
};

/* -- 1. Components.  */

/* Tarjan's search for strongly connected components, in his terms.  */
struct component_search
{
  struct state
  {
    int index;
    int lowlink;
    bool on_stack;
  };
  hash_map<cgraph_node *, state> states;
  auto_vec<cgraph_node *> stack;
  int next_index;
  /* Members of all components, each component ended by a NULL.  */
  auto_vec<cgraph_node *> order;
};

/* The function that the body of which NODE's code may call, or NULL.  */
static cgraph_node *
called_body (symtab_node *node)
{
  cgraph_node *callee = dyn_cast<cgraph_node *> (node);

  if (!callee)
    return NULL;
  callee = callee->ultimate_alias_target ();
  return callee && callee->has_gimple_body_p () ? callee : NULL;
}

/* The functions that NODE calls or takes the address of: a callback or a
   nested function should be solved before the one that hands it on.  */
static void
successors (cgraph_node *node, auto_vec<cgraph_node *> *out)
{
  ipa_ref *ref;

  for (cgraph_edge *e = node->callees; e; e = e->next_callee)
    if (cgraph_node *callee = called_body (e->callee))
      out->safe_push (callee);
  for (unsigned i = 0; node->iterate_reference (i, ref); i++)
    if (cgraph_node *callee = called_body (ref->referred))
      out->safe_push (callee);
}

/* One function on the search's own stack: deep call chains must not overflow
   the compiler's.  */
struct search_frame
{
  cgraph_node *node;
  auto_vec<cgraph_node *> *successors;
  unsigned next;
};

static void
search_enter (component_search *s, auto_vec<search_frame> *frames,
              cgraph_node *node)
{
  component_search::state st = { s->next_index, s->next_index, true };
  search_frame frame = { node, new auto_vec<cgraph_node *>, 0 };

  s->next_index++;
  s->states.put (node, st);
  s->stack.safe_push (node);
  successors (node, frame.successors);
  frames->safe_push (frame);
}

/* All successors of NODE have been visited: if it is the root of a component,
   that is complete.  */
static void
search_leave (component_search *s, cgraph_node *node)
{
  component_search::state *st = s->states.get (node);

  if (st->lowlink != st->index)
    return;
  cgraph_node *member;
  do
    {
      member = s->stack.pop ();
      s->states.get (member)->on_stack = false;
      s->order.safe_push (member);
    }
  while (member != node);
  s->order.safe_push (NULL);
}

static void
search_from (component_search *s, cgraph_node *root)
{
  auto_vec<search_frame> frames;

  search_enter (s, &frames, root);
  while (!frames.is_empty ())
    {
      search_frame &top = frames.last ();
      cgraph_node *node = top.node;
      if (top.next < top.successors->length ())
        {
          cgraph_node *w = (*top.successors)[top.next++];
          component_search::state *st = s->states.get (w);
          if (!st)
            search_enter (s, &frames, w);
          else if (st->on_stack)
            {
              int index = st->index;
              st = s->states.get (node);
              st->lowlink = MIN (st->lowlink, index);
            }
          continue;
        }
      delete top.successors;
      frames.pop ();
      search_leave (s, node);
      if (!frames.is_empty ())
        {
          int low = s->states.get (node)->lowlink;
          component_search::state *st = s->states.get (frames.last ().node);
          st->lowlink = MIN (st->lowlink, low);
        }
    }
}

/* -- 2. Analysis.  */

/* Add to V what of F's memory moves.  */
static void
collect_verdict (front_component *comp, front_function *f, verdict *v)
{
  bool all = cairn_options.stress_moveall;
  tree decl;
  unsigned i;

  v->node = f->node;
  if (all)
    {
      for (tree p = DECL_ARGUMENTS (f->node->decl); p; p = DECL_CHAIN (p))
        if (heap_move_candidate_p (p))
          v->decls.safe_push (p);
      FOR_EACH_LOCAL_DECL (cfun, i, decl)
        if (heap_move_candidate_p (decl) && !v->decls.contains (decl))
          v->decls.safe_push (decl);
    }
  else
    for (esc_location *l = comp->graph.locations; l; l = l->next)
      if (l->kind == ESC_VAR && l->function == f->index && l->escapes)
        {
          decl = (tree) const_cast<void *> (l->entity);
          if (heap_move_candidate_p (decl))
            v->decls.safe_push (decl);
          else
            closure_warn_stays (decl);
        }
  for (esc_location *l : f->objects)
    {
      gimple *call = (gimple *) const_cast<void *> (l->entity);
      if ((all || l->escapes)
          && gimple_alloca_call_p (call))
        v->allocas.safe_push (call);
    }
}

/* Analyze the functions NODES, N of them, one component.  */
static void
analyze_component (cgraph_node **nodes, unsigned n,
                   auto_vec<verdict *> *verdicts)
{
  front_component comp;

  esc_graph_init (&comp.graph, n, cairn_options.m >= 2);
  for (unsigned i = 0; i < n; i++)
    {
      front_function *f = new front_function;
      f->node = nodes[i];
      f->fn = DECL_STRUCT_FUNCTION (nodes[i]->decl);
      f->index = i;
      comp.functions.safe_push (f);
      front_function_declare (&comp, f);
    }
  for (front_function *f : comp.functions)
    {
      push_cfun (f->fn);
      front_function_read (&comp, f);
      pop_cfun ();
    }
  esc_solve (&comp.graph);
  for (front_function *f : comp.functions)
    {
      verdict *v = new verdict;
      push_cfun (f->fn);
      report_function (&comp, f);
      collect_verdict (&comp, f, v);
      verdicts->safe_push (v);
      pop_cfun ();
      front_tags_put (f->node,
                      esc_tags_extract (&comp.graph, f->index,
                                        f->params.address (),
                                        f->params.length ()));
    }
  for (front_function *f : comp.functions)
    delete f;
  esc_graph_finish (&comp.graph);
}

/* Analyze all functions of the file.  */
static void
analyze_file (auto_vec<verdict *> *verdicts)
{
  component_search search;
  cgraph_node *node;

  FOR_EACH_FUNCTION_WITH_GIMPLE_BODY (node)
    {
      capture_finish_function (DECL_STRUCT_FUNCTION (node->decl));
      closure_survey (DECL_STRUCT_FUNCTION (node->decl));
    }
  search.next_index = 0;
  FOR_EACH_FUNCTION_WITH_GIMPLE_BODY (node)
    if (!search.states.get (node))
      search_from (&search, node);
  for (unsigned i = 0, start = 0; i < search.order.length (); i++)
    if (!search.order[i])
      {
        analyze_component (search.order.address () + start, i - start,
                           verdicts);
        start = i + 1;
      }
  front_tags_finish ();
}

/* -- 4. Rewriting.  */

static void
rewrite_function (verdict *v)
{
  push_cfun (DECL_STRUCT_FUNCTION (v->node->decl));
  if (cairn_options.analyze)
    scope_remove_markers ();
  else
    {
      closure_rewrite (cfun);
      alloc_calls_redirect (cfun);
      kept_calls_guard (cfun);
      heap_move_function (v->decls, v->allocas);
    }
  free_dominance_info (CDI_DOMINATORS);
  pop_cfun ();
}

namespace
{

const pass_data pass_data_cairn_escape = {
  SIMPLE_IPA_PASS, "cairn_escape", OPTGROUP_NONE, TV_NONE,
  PROP_cfg | PROP_ssa, 0, 0, 0, 0
};

class pass_cairn_escape : public simple_ipa_opt_pass
{
public:
  pass_cairn_escape (gcc::context *ctxt)
      : simple_ipa_opt_pass (pass_data_cairn_escape, ctxt)
  {
  }

  unsigned int
  execute (function *) final override
  {
    auto_vec<verdict *> verdicts;

    analyze_file (&verdicts);
    report_print ();
    for (verdict *v : verdicts)
      {
        rewrite_function (v);
        delete v;
      }
    return 0;
  }
};

} // anonymous namespace

opt_pass *
make_pass_cairn_escape (gcc::context *ctxt)
{
  return new pass_cairn_escape (ctxt);
}
