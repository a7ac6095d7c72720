/* scope.c: which variable a name means.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   Pebble does with its variables what Cairn does with C's: those that only
   their own function uses are slots of its frame, those that a closure uses are
   boxes on the heap, a new one for each time a declaration is executed.  */

#include "pebble.h"

CAIRN_MAP_STRING (globals, struct global *);

static struct globals *globals;

static struct global *
new_global (struct cairn_string name)
{
  struct global global = { name, { UNDEFINED, { 0 } } };
  return &global;
}

struct global *
find_global (struct cairn_string name)
{
  if (!globals)
    globals = globals_make (100);
  struct global **known = globals_find (globals, name);
  if (known)
    return *known;
  struct global *global = new_global (name);
  globals_set (globals, name, global);
  return global;
}

struct node *
new_node (struct node node)
{
  return &node;
}

static struct variable *
new_variable (const struct maker *maker, struct cairn_string name)
{
  struct variable variable = { .name = name,
                               .slot = maker->nslots,
                               .block = maker->block,
                               .outer = maker->variables };
  return &variable;
}

struct variable *
declare (struct maker *maker, struct cairn_string name)
{
  for (struct variable *v = maker->variables; v && v->block == maker->block;
       v = v->outer)
    if (cairn_string_equal (v->name, name))
      return NULL;
  maker->variables = new_variable (maker, name);
  maker->nslots++;
  if (maker->nslots > maker->prototype->nslots)
    maker->prototype->nslots = maker->nslots;
  return maker->variables;
}

static struct variable *
find_variable (const struct maker *maker, struct cairn_string name)
{
  struct variable *v = maker->variables;
  while (v && !cairn_string_equal (v->name, name))
    v = v->outer;
  return v;
}

/* Which of MAKER's captures CAPTURE is, maybe a new one.  */
static int
add_capture (struct maker *maker, struct capture capture)
{
  struct captures *captures = &maker->prototype->captures;
  for (size_t i = 0; i < captures->len; i++)
    if (captures->data[i].variable == capture.variable
        && captures->data[i].index == capture.index)
      return i;
  CAIRN_SLICE_APPEND (captures, capture);
  return captures->len - 1;
}

/* Which of MAKER's captures is NAME; -1: it is no variable of a function around
   MAKER's.  */
static int
find_capture (struct maker *maker, struct cairn_string name)
{
  if (!maker->outer)
    return -1;
  struct variable *v = find_variable (maker->outer, name);
  if (v)
    {
      v->is_captured = 1;
      return add_capture (maker, (struct capture){ v, -1 });
    }
  int index = find_capture (maker->outer, name);
  if (index < 0)
    return -1;
  return add_capture (maker, (struct capture){ NULL, index });
}

struct node *
resolve (struct maker *maker, struct cairn_string name, int line)
{
  struct node node = { .kind = LOCAL_NODE, .line = line };
  if ((node.local = find_variable (maker, name)))
    return &node;
  node.kind = CAPTURED_NODE;
  if ((node.captured = find_capture (maker, name)) >= 0)
    return &node;
  node.kind = GLOBAL_NODE;
  node.global = find_global (name);
  return &node;
}

void
end_block (struct maker *maker)
{
  while (maker->variables && maker->variables->block == maker->block)
    {
      maker->variables = maker->variables->outer;
      maker->nslots--;
    }
  maker->block--;
}
