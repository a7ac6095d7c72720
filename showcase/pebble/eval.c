/* eval.c: the tree is evaluated.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   A call of a script's function is a call of C functions: recursion of the
   script is recursion here.  The variables of a function are an array in the
   frame of `call', which the frame's stack grows for; what closures capture
   lives in boxes.  A call that is the last thing that a function does takes
   its caller's place, so that it needs no stack.  */

#include "pebble.h"

/* How a statement ends.  */
enum flow
{
  GO_ON,
  BREAK,
  CONTINUE,
  RETURN,
  CALL_AGAIN, /* The function calls itself with what its variables are.  */
  CALL_LAST   /* It calls another as the last thing.  */
};

/* What a function ends with.  */
struct outcome
{
  struct value result;     /* CALL_LAST: whom.  */
  struct values arguments; /* CALL_LAST: with what.  */
};

/* The outcome is not a part of the frame, because it is returned: the analysis
   takes a structure as a whole, and would move the variables to the heap.  */
struct frame
{
  struct task *task;
  const struct function *function;
  struct value *variables;
  struct outcome *outcome;
};

long max_depth = 1000000;

static struct value eval (const struct node *n, struct frame *f);

/* -- Variables.  */

static struct value *
box (struct value v)
{
  return &v;
}

/* Where the variable that node N names is.  */
static struct value *
find_place (const struct node *n, struct frame *f)
{
  if (n->kind == LOCAL_NODE)
    {
      struct value *place = &f->variables[n->local->slot];
      return place->kind == BOX ? place->box : place;
    }
  if (n->kind == CAPTURED_NODE)
    return f->function->boxes[n->captured];
  if (n->global->value.kind == UNDEFINED)
    fail (f->task, n->line, "%.*s is not defined",
          CAIRN_STRING_PRINTF (n->global->name));
  return &n->global->value;
}

/* Give the variable that node N declares the value V.  */
static void
declare_variable (const struct node *n, struct value v, struct frame *f)
{
  if (n->kind == GLOBAL_NODE)
    n->global->value = v;
  else if (n->local->is_captured)
    f->variables[n->local->slot] = (struct value){ BOX, { .box = box (v) } };
  else
    f->variables[n->local->slot] = v;
}

/* a = b, a += b and the like.  */
static struct value
assign (const struct node *n, struct frame *f)
{
  const struct node *target = n->of[0];
  struct value v;
  if (target->kind == INDEX_NODE)
    {
      struct value of = eval (target->of[0], f);
      struct value key = eval (target->of[1], f);
      v = eval (n->of[1], f);
      if (n->kind == UPDATE_NODE)
        v = operate (f->task, n, get_element (f->task, target, of, key), v);
      set_element (f->task, target, of, key, v);
      return v;
    }
  v = eval (n->of[1], f);
  struct value *place = find_place (target, f);
  if (n->kind == UPDATE_NODE)
    v = operate (f->task, n, *place, v);
  return *place = v;
}

/* -- Functions.  */

static const struct function *
new_function (const struct prototype *prototype, struct value *const *boxes)
{
  struct function function = { prototype, boxes };
  return &function;
}

static struct value
make_function (const struct prototype *p, struct frame *f)
{
  struct value **boxes = malloc (p->captures.len * sizeof *boxes);
  for (size_t i = 0; i < p->captures.len; i++)
    {
      const struct capture *c = &p->captures.data[i];
      boxes[i] = c->variable ? f->variables[c->variable->slot].box
                             : f->function->boxes[c->index];
    }
  return (struct value){ FUNCTION, { .function = new_function (p, boxes) } };
}

static enum flow execute (const struct node *n, struct frame *f);

/* Execute F's function, whose arguments are the first of its variables.  */
static enum flow
run (struct frame *f)
{
  const struct prototype *p = f->function->prototype;
  enum flow flow;
  do
    {
      for (size_t i = 0; i < p->parameters.len; i++)
        if (p->parameters.data[i]->is_captured)
          f->variables[i]
              = (struct value){ BOX, { .box = box (f->variables[i]) } };
      flow = execute (p->body, f);
    }
  while (flow == CALL_AGAIN);
  if (flow == GO_ON)
    f->outcome->result = nil_value ();
  return flow;
}

static void
check_call (struct task *task, int line, const struct prototype *p, size_t n)
{
  if (n != p->parameters.len)
    fail (task, line, "%.*s takes %zu argument%s, not %zu",
          CAIRN_STRING_PRINTF (p->name.len ? p->name
                                           : CAIRN_STRING ("the function")),
          p->parameters.len, p->parameters.len == 1 ? "" : "s", n);
  if (task->depth >= max_depth)
    fail (task, line, "calls are nested more than %ld deep", max_depth);
}

static void
check_builtin (struct task *task, int line, const struct builtin *b, size_t n)
{
  if ((int)n < b->min || (b->max >= 0 && (int)n > b->max))
    fail (task, line, "%s takes %s%d argument%s, not %zu", b->name,
          b->max < 0 ? "at least " : "", n > (size_t)b->min ? b->max : b->min,
          (n > (size_t)b->min ? b->max : b->min) == 1 ? "" : "s", n);
}

/* Go on with what F's function calls as the last thing, and so on.  */
static void
run_last (struct frame *f)
{
  enum flow flow;
  do
    {
      f->function = f->outcome->result.function;
      struct value variables[f->function->prototype->nslots + 1];
      for (size_t i = 0; i < f->outcome->arguments.len; i++)
        variables[i] = f->outcome->arguments.data[i];
      f->variables = variables;
      flow = run (f);
    }
  while (flow == CALL_LAST);
}

struct value
call_value (struct task *task, int line, struct value callee,
            const struct value *arguments, size_t n)
{
  struct outcome outcome = { .result = callee };
  struct frame f = { .task = task, .outcome = &outcome };
  if (callee.kind == BUILTIN)
    {
      struct call_context context = { task, line };
      check_builtin (task, line, callee.builtin, n);
      return callee.builtin->function (&context, arguments, n);
    }
  if (callee.kind != FUNCTION)
    fail (task, line, "%s cannot be called", kind_name (callee));
  check_call (task, line, callee.function->prototype, n);
  for (size_t i = 0; i < n; i++)
    CAIRN_SLICE_APPEND (&outcome.arguments, arguments[i]);
  task->depth++;
  run_last (&f);
  task->depth--;
  return outcome.result;
}

static struct value
call_builtin (const struct node *n, const struct builtin *b, struct frame *f)
{
  struct call_context context = { f->task, n->line };
  size_t count = n->call.arguments.len;
  struct value arguments[count + 1];
  check_builtin (f->task, n->line, b, count);
  for (size_t i = 0; i < count; i++)
    arguments[i] = eval (n->call.arguments.data[i], f);
  return b->function (&context, arguments, count);
}

static struct value
call (const struct node *n, struct frame *caller)
{
  struct value callee = eval (n->call.callee, caller);
  if (callee.kind == BUILTIN)
    return call_builtin (n, callee.builtin, caller);
  if (callee.kind != FUNCTION)
    fail (caller->task, n->line, "%s cannot be called", kind_name (callee));
  const struct prototype *p = callee.function->prototype;
  struct value variables[p->nslots + 1];
  struct outcome outcome;
  struct frame f = { caller->task, callee.function, variables, &outcome };
  check_call (f.task, n->line, p, n->call.arguments.len);
  for (size_t i = 0; i < n->call.arguments.len; i++)
    variables[i] = eval (n->call.arguments.data[i], caller);
  f.task->depth++;
  if (run (&f) == CALL_LAST)
    run_last (&f);
  f.task->depth--;
  return outcome.result;
}

/* "return f (…);"  */
static enum flow
call_last (const struct node *n, struct frame *f)
{
  struct value callee = eval (n->call.callee, f);
  size_t count = n->call.arguments.len;
  if (callee.kind == BUILTIN)
    {
      f->outcome->result = call_builtin (n, callee.builtin, f);
      return RETURN;
    }
  if (callee.kind != FUNCTION)
    fail (f->task, n->line, "%s cannot be called", kind_name (callee));
  check_call (f->task, n->line, callee.function->prototype, count);
  if (callee.function == f->function)
    {
      struct value arguments[count + 1];
      for (size_t i = 0; i < count; i++)
        arguments[i] = eval (n->call.arguments.data[i], f);
      for (size_t i = 0; i < count; i++)
        f->variables[i] = arguments[i];
      return CALL_AGAIN;
    }
  struct values arguments = CAIRN_SLICE_MAKE (struct values, 0, count);
  for (size_t i = 0; i < count; i++)
    CAIRN_SLICE_APPEND (&arguments, eval (n->call.arguments.data[i], f));
  f->outcome->arguments = arguments;
  f->outcome->result = callee;
  return CALL_LAST;
}

/* -- Expressions.  */

static struct value
make_list (const struct node *n, struct frame *f)
{
  struct values items = CAIRN_SLICE_MAKE (struct values, 0, n->nodes.len);
  for (size_t i = 0; i < n->nodes.len; i++)
    CAIRN_SLICE_APPEND (&items, eval (n->nodes.data[i], f));
  return list_value (items);
}

static struct value
make_dict (const struct node *n, struct frame *f)
{
  struct value dict = dict_value (n->nodes.len / 2);
  for (size_t i = 0; i < n->nodes.len; i += 2)
    {
      struct value key = eval (n->nodes.data[i], f);
      check_key (f->task, n, key);
      dict_set (dict.dict, key, eval (n->nodes.data[i + 1], f));
    }
  return dict;
}

static struct value
eval_unary (const struct node *n, struct frame *f)
{
  struct value v = eval (n->of[0], f);
  if (n->operation == NOT)
    return boolean_value (!is_true (v));
  if (v.kind != NUMBER)
    fail (f->task, n->line, "'-' is not for %s", kind_name (v));
  return number_value (-v.number);
}

static struct value
eval_binary (const struct node *n, struct frame *f)
{
  struct value a = eval (n->of[0], f);
  return operate (f->task, n, a, eval (n->of[1], f));
}

static struct value
eval_index (const struct node *n, struct frame *f)
{
  struct value of = eval (n->of[0], f);
  return get_element (f->task, n, of, eval (n->of[1], f));
}

static struct value
eval_logical (const struct node *n, struct frame *f)
{
  struct value a = eval (n->of[0], f);
  return is_true (a) == (n->kind == AND_NODE) ? eval (n->of[1], f) : a;
}

/* What is not simple has a function of its own, so that the frames of this one
   are small, of which there are most when recursion is deep.  */
static struct value
eval (const struct node *n, struct frame *f)
{
  switch (n->kind)
    {
    case LITERAL_NODE:
      return n->literal;
    case LOCAL_NODE:
    case CAPTURED_NODE:
    case GLOBAL_NODE:
      return *find_place (n, f);
    case ASSIGN_NODE:
    case UPDATE_NODE:
      return assign (n, f);
    case UNARY_NODE:
      return eval_unary (n, f);
    case BINARY_NODE:
      return eval_binary (n, f);
    case AND_NODE:
    case OR_NODE:
      return eval_logical (n, f);
    case CHOICE_NODE:
      return eval (n->of[is_true (eval (n->of[0], f)) ? 1 : 2], f);
    case CALL_NODE:
      return call (n, f);
    case INDEX_NODE:
      return eval_index (n, f);
    case LIST_NODE:
      return make_list (n, f);
    case DICT_NODE:
      return make_dict (n, f);
    default:
      return make_function (n->prototype, f);
    }
}

/* -- Statements.  */

/* Execute a loop's body; whether the loop is over, and how in *FLOW.  */
static int
execute_body (const struct node *body, struct frame *f, enum flow *flow)
{
  *flow = execute (body, f);
  int is_over = *flow != GO_ON && *flow != CONTINUE;
  if (*flow == BREAK || *flow == CONTINUE)
    *flow = GO_ON;
  return is_over;
}

static enum flow
execute_while (const struct node *n, struct frame *f)
{
  enum flow flow = GO_ON;
  while (is_true (eval (n->of[0], f)) && !execute_body (n->of[1], f, &flow))
    ;
  return flow;
}

static enum flow
execute_for (const struct node *n, struct frame *f)
{
  enum flow flow = GO_ON;
  if (n->of[0])
    execute (n->of[0], f);
  const struct node *variable = NULL;
  if (n->of[0] && n->of[0]->kind == DECLARE_NODE
      && n->of[0]->of[0]->kind == LOCAL_NODE)
    variable = n->of[0]->of[0];
  while (!n->of[1] || is_true (eval (n->of[1], f)))
    {
      if (execute_body (n->of[3], f, &flow))
        break;
      /* Each iteration has a variable of its own.  */
      if (variable && variable->local->is_captured)
        declare_variable (variable, *find_place (variable, f), f);
      if (n->of[2])
        eval (n->of[2], f);
    }
  return flow;
}

/* Store the next value of V in *ELEMENT; *I counts them.  0: there is none.  */
static int
next_element (struct value v, size_t *i, struct value *element)
{
  switch (v.kind)
    {
    case NUMBER:
      *element = number_value (*i);
      return (*i)++ < v.number;
    case LIST:
      if (*i >= v.list->items.len)
        return 0;
      *element = v.list->items.data[(*i)++];
      return 1;
    case STRING:
      if (*i >= v.string->len)
        return 0;
      *element = string_value (CAIRN_STRING_SUB (*v.string, *i, *i + 1));
      ++*i;
      return 1;
    default:
      return receive_value (v, element);
    }
}

static enum flow
execute_each (const struct node *n, struct frame *f)
{
  struct value of = eval (n->of[1], f), element;
  enum flow flow = GO_ON;
  if (of.kind != NUMBER && of.kind != LIST && of.kind != STRING
      && of.kind != CHANNEL && of.kind != DICT)
    fail (f->task, n->line, "'for' cannot run over %s", kind_name (of));
  if (of.kind == DICT)
    of = dict_keys (of.dict); /* Those of now.  */
  for (size_t i = 0; next_element (of, &i, &element);)
    {
      declare_variable (n->of[0], element, f);
      if (execute_body (n->of[2], f, &flow))
        break;
    }
  return flow;
}

static enum flow
execute_return (const struct node *n, struct frame *f)
{
  if (n->of[0] && n->of[0]->kind == CALL_NODE)
    return call_last (n->of[0], f);
  f->outcome->result = n->of[0] ? eval (n->of[0], f) : nil_value ();
  return RETURN;
}

static enum flow
execute (const struct node *n, struct frame *f)
{
  enum flow flow = GO_ON;
  switch (n->kind)
    {
    case EXPRESSION_NODE:
      eval (n->of[0], f);
      return GO_ON;
    case DECLARE_NODE:
      declare_variable (n->of[0], eval (n->of[1], f), f);
      return GO_ON;
    case BLOCK_NODE:
      for (size_t i = 0; i < n->nodes.len && flow == GO_ON; i++)
        flow = execute (n->nodes.data[i], f);
      return flow;
    case IF_NODE:
      if (is_true (eval (n->of[0], f)))
        return execute (n->of[1], f);
      return n->of[2] ? execute (n->of[2], f) : GO_ON;
    case WHILE_NODE:
      return execute_while (n, f);
    case FOR_NODE:
      return execute_for (n, f);
    case EACH_NODE:
      return execute_each (n, f);
    case BREAK_NODE:
      return BREAK;
    case CONTINUE_NODE:
      return CONTINUE;
    default:
      return execute_return (n, f);
    }
}

void
run_script (struct task *task, struct cairn_string text)
{
  const struct prototype *script = parse_script (task, text);
  struct value function
      = { FUNCTION, { .function = new_function (script, NULL) } };
  call_value (task, 1, function, NULL, 0);
}
