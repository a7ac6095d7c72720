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
     2. analyze_component  graph, solution, report, tags, and what moves in
                           which function: locals to the heap, allocations to
                           the frame
     3. report_print
     4. rewrite_function   every function, moved locals or not  */

#include "attributes.h"
#include "escape-front.h"
#include "escape/call.h"
#include "escape/components.h"
#include "escape/solve.h"
#include "gate.h"
#include "indirect.h"
#include "options.h"
#include "outlive.h"
#include "program.h"
#include "report.h"
#include "source-text.h"
#include "stages.h"

/* What moves in one function.  */
struct verdict
{
  cgraph_node *node;
  auto_vec<tree> decls;
  auto_vec<gimple *> allocas;
  auto_vec<gimple *> demoted; /* Allocations that move to the frame.  */
  auto_vec<gimple *> frees;   /* Calls that free these.  */
};

/* -- 1. Components.  */

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
  callee_set callees;

  for (cgraph_edge *e = node->indirect_calls; e; e = e->next_callee)
    if (e->call_stmt)
      indirect_callees (e->call_stmt, &callees);
  for (tree fndecl : callees.functions)
    if (cgraph_node *callee = called_body (cgraph_node::get (fndecl)))
      out->safe_push (callee);

  for (cgraph_edge *e = node->callees; e; e = e->next_callee)
    if (cgraph_node *callee = called_body (e->callee))
      out->safe_push (callee);
  for (unsigned i = 0; node->iterate_reference (i, ref); i++)
    if (cgraph_node *callee = called_body (ref->referred))
      out->safe_push (callee);
}

/* The file's functions, callees first, each component ended by a NULL.  */
static void
component_order (auto_vec<cgraph_node *> *order)
{
  auto_vec<cgraph_node *> nodes;
  hash_map<cgraph_node *, int> numbers;
  auto_vec<esc_successors> successors_of;
  cgraph_node *node;

  FOR_EACH_FUNCTION_WITH_GIMPLE_BODY (node)
    {
      numbers.put (node, nodes.length ());
      nodes.safe_push (node);
    }
  for (cgraph_node *from : nodes)
    {
      auto_vec<cgraph_node *> to;
      successors (from, &to);
      esc_successors s = { 0, XNEWVEC (int, to.length ()) };
      for (cgraph_node *n : to)
        s.nodes[s.n++] = *numbers.get (n);
      successors_of.safe_push (s);
    }
  int *numbered = XNEWVEC (int, 2 * nodes.length () + 1);
  int n = esc_components (nodes.length (), successors_of.address (), numbered);
  for (int i = 0; i < n; i++)
    order->safe_push (numbered[i] < 0 ? NULL : nodes[numbered[i]]);
  XDELETEVEC (numbered);
  for (esc_successors &s : successors_of)
    XDELETEVEC (s.nodes);
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
  demote_collect (comp, f, &v->demoted, &v->frees);
}

/* The tags of functions that are solved.  */
typedef hash_map<cgraph_node *, esc_tags *> tags_map;

/* Give the calls of COMP their effects.  */
static void
resolve_calls (front_component *comp, tags_map *solved)
{
  esc_graph *g = &comp->graph;

  for (esc_call *call = g->calls; call; call = call->next)
    {
      cgraph_node *node
        = (cgraph_node *) const_cast<void *> (call->callee);
      front_function *callee = NULL;
      for (front_function *f : comp->functions)
        if (f->node == node)
          callee = f;
      esc_tags **tags = node ? solved->get (node) : NULL;
      if (callee)
        esc_call_bind (g, call, callee->params.address (),
                       callee->params.length (), callee->result);
      else if (tags)
        esc_call_apply (g, call, *tags);
      else if (const esc_tags *program = program_tags (call->target))
        esc_call_apply (g, call, program);
      else
        esc_call_leak (g, call);
    }
}

/* Analyze the functions NODES, N of them, one component.  */
static void
analyze_component (cgraph_node **nodes, unsigned n,
                   auto_vec<verdict *> *verdicts, tags_map *solved)
{
  front_component comp;

  esc_graph_init (&comp.graph, n, report_wanted_p ());
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
      program_note_body (&comp.graph, f->index, f->node, f->params.length ());
    }
  resolve_calls (&comp, solved);
  esc_solve (&comp.graph);
  demote_decide (&comp);
  for (front_function *f : comp.functions)
    {
      verdict *v = new verdict;
      push_cfun (f->fn);
      attributes_check (f);
      report_function (&comp, f);
      gate_noheap_function (&comp, f);
      if (cairn_options.analyze)
        outlive_function (f);
      collect_verdict (&comp, f, v);
      verdicts->safe_push (v);
      pop_cfun ();
      esc_tags *tags = esc_tags_extract (&comp.graph, f->index,
                                         f->params.address (),
                                         f->params.length ());
      if (dump_file)
        {
          fprintf (dump_file, "%s: ", f->node->asm_name ());
          esc_tags_print (dump_file, tags);
          fputc ('\n', dump_file);
        }
      program_note_tags (f->node, tags);
      solved->put (f->node, tags);
    }
  for (front_function *f : comp.functions)
    delete f;
  esc_graph_finish (&comp.graph);
}

/* Analyze all functions of the file.  */
static void
analyze_file (auto_vec<verdict *> *verdicts)
{
  auto_vec<cgraph_node *> order;
  tags_map solved;
  cgraph_node *node;

  FOR_EACH_FUNCTION_WITH_GIMPLE_BODY (node)
    {
      capture_finish_function (DECL_STRUCT_FUNCTION (node->decl));
      closure_survey (DECL_STRUCT_FUNCTION (node->decl));
    }
  indirect_init ();
  program_init ();
  component_order (&order);
  for (unsigned i = 0, start = 0; i < order.length (); i++)
    if (!order[i])
      {
        analyze_component (order.address () + start, i - start, verdicts,
                           &solved);
        start = i + 1;
      }
  for (auto it = solved.begin (); it != solved.end (); ++it)
    esc_tags_free ((*it).second);
  indirect_finish ();
  gate_noheap_finish ();
  outlive_finish ();
  demote_finish ();
  varargs_finish ();
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
      auto_vec<tree> blocks;
      closure_rewrite (cfun);
      demote_rewrite (v->demoted, v->frees, &blocks);
      /* Under stress they move back, like all locals.  */
      if (cairn_options.stress_moveall)
        v->decls.safe_splice (blocks);
      alloc_calls_redirect (cfun);
      heap_move_function (v->decls, v->allocas);
    }
  free_dominance_info (CDI_DOMINATORS);
  pop_cfun ();
}

namespace
{

const pass_data pass_data_cairn_escape = {
  SIMPLE_IPA_PASS, "cairn_escape", OPTGROUP_NONE, TV_PLUGIN_RUN,
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
    source_constant_finish ();
    return 0;
  }
};

} // anonymous namespace

opt_pass *
make_pass_cairn_escape (gcc::context *ctxt)
{
  return new pass_cairn_escape (ctxt);
}
