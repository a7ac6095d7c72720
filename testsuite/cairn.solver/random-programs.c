/* .inv.outlive against a model: random straight-line programs over locals,
   run over and over in random order on a little machine.  Whenever a
   variable's address gets into global memory, the solver must have said that
   the variable escapes; whenever one is released, that this may be.

   The seed is printed on failure; give it as the first argument to repeat.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later.  */

#include "escape/graph.h"
#include "escape/solve.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NVARS = 6, NREGS = 6, NSTATEMENTS = 13, NPROGRAMS = 3000, NSTEPS = 400 };

/* A value of the machine: nothing, or the address of a variable, or of the
   global cell.  */
enum { NOTHING = -1, GLOBAL = NVARS };

enum operation
{
  TAKE_ADDRESS, /* r = &v */
  COPY,         /* r = s */
  LOAD,         /* r = *s */
  STORE,        /* *r = s */
  READ,         /* r = v */
  WRITE,        /* v = r */
  PUBLISH,      /* global = r */
  RECEIVE,      /* r = global */
  RELEASE,      /* free (r) */
  NOPERATIONS
};

struct statement
{
  enum operation op;
  int a;
  int b;
};

static uint64_t state;

static unsigned
random_below (unsigned n)
{
  state = state * UINT64_C (6364136223846793005) + 1442695040888963407u;
  return (unsigned) (state >> 33) % n;
}

/* Make the graph of S.  Sets RELEASES to those that its statements are.  */
static void
build (struct esc_graph *g, const struct statement *s,
       struct esc_location **vars, struct esc_location **regs,
       const struct esc_release **releases)
{
  static const struct esc_note note = { "assign", NULL };

  for (int i = 0; i < NVARS; i++)
    vars[i] = esc_location_create (g, ESC_VAR, 0, 0, NULL);
  for (int i = 0; i < NREGS; i++)
    regs[i] = esc_location_create (g, ESC_TEMP, 0, 0, NULL);
  for (int i = 0; i < NSTATEMENTS; i++)
    {
      struct esc_location *r = regs[s[i].a];
      switch (s[i].op)
        {
        case TAKE_ADDRESS:
          esc_flow (g, r, vars[s[i].b], -1, note);
          break;
        case COPY:
          esc_flow (g, r, regs[s[i].b], 0, note);
          break;
        case LOAD:
          esc_flow (g, r, regs[s[i].b], 1, note);
          break;
        case STORE:
          esc_store (g, r, 0, regs[s[i].b], 0, note);
          break;
        case READ:
          esc_flow (g, r, vars[s[i].b], 0, note);
          break;
        case WRITE:
          esc_flow (g, vars[s[i].b], r, 0, note);
          break;
        case PUBLISH:
          esc_flow (g, &g->heap, r, 0, note);
          break;
        case RELEASE:
          esc_release (g, r, 0, false, note);
          releases[i] = g->releases;
          break;
        default:
          esc_flow (g, r, &g->unknown, 0, note);
          break;
        }
    }
}

/* Run S for NSTEPS random steps, with others reading and writing whatever the
   global leads to.  Returns the variables whose address was ever global; adds
   what statement i released to RELEASED[i].  */
static unsigned
run (const struct statement *s, unsigned *released)
{
  int memory[NVARS + 1]; /* The last is the global.  */
  int regs[NREGS];
  unsigned published = 0;

  for (int i = 0; i <= NVARS; i++)
    memory[i] = NOTHING;
  for (int i = 0; i < NREGS; i++)
    regs[i] = NOTHING;
  for (int step = 0; step < NSTEPS; step++)
    {
      unsigned i = random_below (NSTATEMENTS);
      const struct statement *t = &s[i];
      switch (t->op)
        {
        case TAKE_ADDRESS:
          regs[t->a] = t->b;
          break;
        case COPY:
          regs[t->a] = regs[t->b];
          break;
        case LOAD:
          if (regs[t->b] != NOTHING)
            regs[t->a] = memory[regs[t->b]];
          break;
        case STORE:
          if (regs[t->a] != NOTHING)
            memory[regs[t->a]] = regs[t->b];
          break;
        case READ:
          regs[t->a] = memory[t->b];
          break;
        case WRITE:
          memory[t->b] = regs[t->a];
          break;
        case PUBLISH:
          memory[GLOBAL] = regs[t->a];
          break;
        case RELEASE:
          if (regs[t->a] != NOTHING)
            released[i] |= 1u << regs[t->a];
          break;
        default:
          regs[t->a] = random_below (3) ? memory[GLOBAL] : GLOBAL;
          break;
        }
      /* All that can be reached from the global is public, and strangers may
         shuffle it.  */
      for (int v = memory[GLOBAL], n = 0; v >= 0 && v < NVARS && n < NVARS;
           v = memory[v], n++)
        published |= 1u << v;
      for (int v = 0; v < NVARS; v++)
        if (published & (1u << v))
          {
            if (memory[v] >= 0 && memory[v] < NVARS)
              published |= 1u << memory[v];
            if (random_below (8) == 0)
              memory[v] = random_below (2) ? memory[GLOBAL] : GLOBAL;
          }
    }
  return published;
}

/* Whether the solution R says that it may release variable V of VARS, or the
   global.  */
static bool
may_release (const struct esc_release *r, struct esc_location **vars, int v)
{
  if (v == GLOBAL || vars[v]->escapes)
    return r->open;
  for (size_t i = 0; i < r->npointees; i++)
    if (r->pointees[i] == vars[v])
      return true;
  return false;
}

int
main (int argc, char **argv)
{
  uint64_t first = argc > 1 ? strtoull (argv[1], NULL, 0) : 1;
  uint64_t last = argc > 1 ? first : NPROGRAMS;
  unsigned long nescaping = 0;
  unsigned long nstaying = 0;
  unsigned long nreleased = 0;
  unsigned long nkept = 0;

  for (uint64_t seed = first; seed <= last; seed++)
    {
      struct statement s[NSTATEMENTS];
      struct esc_location *vars[NVARS], *regs[NREGS];
      const struct esc_release *releases[NSTATEMENTS] = { NULL };
      unsigned released[NSTATEMENTS] = { 0 };
      struct esc_graph g;

      state = seed * UINT64_C (0x9e3779b97f4a7c15);
      for (int i = 0; i < NSTATEMENTS; i++)
        s[i] = (struct statement){ random_below (NOPERATIONS),
                                   random_below (NREGS),
                                   random_below (NVARS) };
      esc_graph_init (&g, 1, seed % 2);
      build (&g, s, vars, regs, releases);
      esc_solve (&g);
      for (int round = 0; round < 5; round++)
        {
          unsigned published = run (s, released);
          for (int v = 0; v < NVARS; v++)
            if ((published & (1u << v)) && !vars[v]->escapes)
              {
                printf ("seed %llu: variable %d became public unnoticed\n",
                        (unsigned long long) seed, v);
                return 1;
              }
        }
      for (int v = 0; v < NVARS; v++)
        vars[v]->escapes ? nescaping++ : nstaying++;
      for (int i = 0; i < NSTATEMENTS; i++)
        for (int v = 0; releases[i] && v <= GLOBAL; v++)
          {
            bool may = may_release (releases[i], vars, v);
            if ((released[i] & (1u << v)) && !may)
              {
                printf ("seed %llu: variable %d was released unnoticed\n",
                        (unsigned long long) seed, v);
                return 1;
              }
            may ? nreleased++ : nkept++;
          }
      esc_graph_finish (&g);
    }
  /* A solver that lets everything escape is sound and useless.  */
  if (argc == 1 && nstaying < nescaping / 10)
    {
      printf ("%lu escape, only %lu stay\n", nescaping, nstaying);
      return 1;
    }
  if (argc == 1 && nkept < nreleased)
    {
      printf ("%lu may be released, only %lu not\n", nreleased, nkept);
      return 1;
    }
  return 0;
}
