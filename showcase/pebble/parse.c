/* parse.c: tokens become a tree, by recursive descent.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   The stack grows with the script's nesting, and there is no limit to that.  */

#include "pebble.h"

struct parser
{
  struct scanner scanner;
  struct token token; /* The next one.  */
  int last_line;      /* Of the one before.  */
  struct maker *maker;
};

static struct node *parse_expression (struct parser *p);
static struct node *parse_unary (struct parser *p);
static struct node *parse_statement (struct parser *p);
static struct node *parse_block (struct parser *p);

static _Noreturn void
unexpected (struct parser *p, const char *wanted)
{
  if (p->token.kind == END_TOKEN)
    fail (p->scanner.task, p->token.line, "%s expected at the end", wanted);
  if (p->token.kind == STRING_TOKEN)
    fail (p->scanner.task, p->token.line, "%s expected, not a string", wanted);
  fail (p->scanner.task, p->token.line, "%s expected, not '%.*s'", wanted,
        CAIRN_STRING_PRINTF (p->token.text));
}

static struct token
advance (struct parser *p)
{
  struct token token = p->token;
  p->last_line = token.line;
  p->token = scan (&p->scanner);
  return token;
}

/* Whether the next token is the sign or word TEXT.  */
static int
is_next (const struct parser *p, const char *text)
{
  return (p->token.kind == SIGN_TOKEN || p->token.kind == WORD_TOKEN)
         && p->token.text.len == strlen (text)
         && memcmp (p->token.text.data, text, p->token.text.len) == 0;
}

/* The same; if it is, go on.  */
static int
accept_next (struct parser *p, const char *text)
{
  if (!is_next (p, text))
    return 0;
  advance (p);
  return 1;
}

static void
expect (struct parser *p, const char *text)
{
  char wanted[16];
  snprintf (wanted, sizeof wanted, "'%s'", text);
  if (!accept_next (p, text))
    unexpected (p, wanted);
}

static struct cairn_string
expect_name (struct parser *p)
{
  if (p->token.kind != NAME_TOKEN)
    unexpected (p, "a name");
  return advance (p).text;
}

static struct node *
make (enum node_kind kind, int line, struct node *first, struct node *second)
{
  return new_node (
      (struct node){ .kind = kind, .line = line, .of = { first, second } });
}

static struct node *
make_operation (enum node_kind kind, int line, enum operation operation,
                struct node *left, struct node *right)
{
  return new_node ((struct node){ .kind = kind,
                                  .line = line,
                                  .operation = operation,
                                  .of = { left, right } });
}

static struct node *
make_literal (int line, struct value v)
{
  return new_node (
      (struct node){ .kind = LITERAL_NODE, .line = line, .literal = v });
}

/* -- Expressions.  */

/* Expressions up to the sign END, which follows.  */
static struct nodes
parse_list (struct parser *p, const char *end)
{
  struct nodes nodes = { 0 };
  while (!is_next (p, end))
    {
      CAIRN_SLICE_APPEND (&nodes, parse_expression (p));
      if (!accept_next (p, ","))
        break;
    }
  expect (p, end);
  return nodes;
}

/* Keys and values; a name that is a key stands for itself.  */
static struct node *
parse_dict (struct parser *p, int line)
{
  struct node node = { .kind = DICT_NODE, .line = line };
  while (!is_next (p, "}"))
    {
      struct node *key;
      if (p->token.kind == NAME_TOKEN)
        key = make_literal (p->token.line, string_value (advance (p).text));
      else
        key = parse_unary (p);
      CAIRN_SLICE_APPEND (&node.nodes, key);
      expect (p, ":");
      CAIRN_SLICE_APPEND (&node.nodes, parse_expression (p));
      if (!accept_next (p, ","))
        break;
    }
  expect (p, "}");
  return new_node (node);
}

static struct prototype *
new_prototype (struct cairn_string name)
{
  struct prototype prototype = { .name = name };
  return &prototype;
}

/* A function called NAME from its parameters on.  */
static struct node *
parse_function (struct parser *p, struct cairn_string name, int line)
{
  struct prototype *prototype = new_prototype (name);
  struct maker maker = { .outer = p->maker, .prototype = prototype };
  p->maker = &maker;
  expect (p, "(");
  while (!is_next (p, ")"))
    {
      struct cairn_string parameter = expect_name (p);
      struct variable *v = declare (&maker, parameter);
      if (!v)
        fail (p->scanner.task, p->token.line, "two parameters are called %.*s",
              CAIRN_STRING_PRINTF (parameter));
      CAIRN_SLICE_APPEND (&prototype->parameters, v);
      if (!accept_next (p, ","))
        break;
    }
  expect (p, ")");
  expect (p, "{");
  prototype->body = parse_block (p);
  p->maker = maker.outer;
  return new_node ((struct node){
      .kind = FUNCTION_NODE, .line = line, .prototype = prototype });
}

static struct node *
parse_primary (struct parser *p)
{
  int line = p->token.line;
  struct cairn_string none = { NULL, 0 };
  switch (p->token.kind)
    {
    case NUMBER_TOKEN:
      return make_literal (line, number_value (advance (p).number));
    case STRING_TOKEN:
      return make_literal (line, string_value (advance (p).text));
    case NAME_TOKEN:
      return resolve (p->maker, advance (p).text, line);
    default:
      break;
    }
  if (accept_next (p, "("))
    {
      struct node *inner = parse_expression (p);
      expect (p, ")");
      return inner;
    }
  if (accept_next (p, "["))
    return new_node ((struct node){
        .kind = LIST_NODE, .line = line, .nodes = parse_list (p, "]") });
  if (accept_next (p, "{"))
    return parse_dict (p, line);
  if (accept_next (p, "fun"))
    return parse_function (p, none, line);
  if (accept_next (p, "nil"))
    return make_literal (line, nil_value ());
  if (is_next (p, "true") || is_next (p, "false"))
    return make_literal (line, boolean_value (advance (p).text.len == 4));
  unexpected (p, "an expression");
}

/* Calls, a[i] and a.name behind a primary expression.  */
static struct node *
parse_postfix (struct parser *p)
{
  struct node *node = parse_primary (p);
  for (;;)
    {
      int line = p->token.line;
      if (accept_next (p, "("))
        {
          struct node call = { .kind = CALL_NODE, .line = line };
          call.call.callee = node;
          call.call.arguments = parse_list (p, ")");
          node = new_node (call);
        }
      else if (accept_next (p, "["))
        {
          node = make (INDEX_NODE, line, node, parse_expression (p));
          expect (p, "]");
        }
      else if (accept_next (p, "."))
        {
          struct node *key
              = make_literal (line, string_value (expect_name (p)));
          node = make (INDEX_NODE, line, node, key);
        }
      else
        return node;
    }
}

static struct node *
parse_unary (struct parser *p)
{
  int line = p->token.line;
  if (accept_next (p, "-"))
    return make_operation (UNARY_NODE, line, NEGATE, parse_unary (p), NULL);
  if (accept_next (p, "not") || accept_next (p, "!"))
    return make_operation (UNARY_NODE, line, NOT, parse_unary (p), NULL);
  return parse_postfix (p);
}

static const struct
{
  const char *sign;
  int level;
  enum node_kind kind;
  enum operation operation;
} operators[] = {
  { "or", 1, OR_NODE, 0 },
  { "and", 2, AND_NODE, 0 },
  { "==", 3, BINARY_NODE, EQUAL },
  { "!=", 3, BINARY_NODE, NOT_EQUAL },
  { "<", 4, BINARY_NODE, LESS },
  { "<=", 4, BINARY_NODE, LESS_EQUAL },
  { ">", 4, BINARY_NODE, GREATER },
  { ">=", 4, BINARY_NODE, GREATER_EQUAL },
  { "+", 5, BINARY_NODE, ADD },
  { "-", 5, BINARY_NODE, SUBTRACT },
  { "*", 6, BINARY_NODE, MULTIPLY },
  { "/", 6, BINARY_NODE, DIVIDE },
  { "%", 6, BINARY_NODE, REMAINDER },
};

/* Operators that bind at least as tightly as LEVEL.  */
static struct node *
parse_binary (struct parser *p, int level)
{
  struct node *left = parse_unary (p);
  for (size_t i = 0; i < sizeof operators / sizeof *operators;)
    if (operators[i].level >= level && is_next (p, operators[i].sign))
      {
        int line = advance (p).line;
        left = make_operation (operators[i].kind, line, operators[i].operation,
                               left, parse_binary (p, operators[i].level + 1));
        i = 0;
      }
    else
      i++;
  return left;
}

static struct node *
parse_choice (struct parser *p)
{
  struct node *node = parse_binary (p, 1);
  int line = p->token.line;
  if (!accept_next (p, "?"))
    return node;
  struct node *choice = make (CHOICE_NODE, line, node, parse_expression (p));
  expect (p, ":");
  choice->of[2] = parse_expression (p);
  return choice;
}

static struct node *
parse_expression (struct parser *p)
{
  struct node *target = parse_choice (p);
  int line = p->token.line;
  static const char *const signs[] = { "+=", "-=", "*=", "/=" };
  int i = 0;
  if (!accept_next (p, "="))
    {
      while (i < 4 && !accept_next (p, signs[i]))
        i++;
      if (i == 4)
        return target;
    }
  else
    i = -1;
  if (target->kind != LOCAL_NODE && target->kind != CAPTURED_NODE
      && target->kind != GLOBAL_NODE && target->kind != INDEX_NODE)
    fail (p->scanner.task, line, "this cannot be assigned to");
  struct node *v = parse_expression (p);
  if (i >= 0)
    return make_operation (UPDATE_NODE, line, ADD + i, target, v);
  return make (ASSIGN_NODE, line, target, v);
}

/* -- Statements.  */

/* A node for the new variable NAME.  */
static struct node *
parse_declared (struct parser *p, struct cairn_string name, int line)
{
  struct maker *maker = p->maker;
  struct node node = { .kind = LOCAL_NODE, .line = line };
  if (!maker->outer && maker->block == 0)
    {
      node.kind = GLOBAL_NODE;
      node.global = find_global (name);
    }
  else if (!(node.local = declare (maker, name)))
    fail (p->scanner.task, line, "%.*s is declared twice in this block",
          CAIRN_STRING_PRINTF (name));
  return new_node (node);
}

static struct node *
parse_var (struct parser *p)
{
  int line = p->token.line;
  struct cairn_string name = expect_name (p);
  struct node *v = NULL;
  if (accept_next (p, "="))
    v = parse_expression (p);
  else
    v = make_literal (line, nil_value ());
  expect (p, ";");
  return make (DECLARE_NODE, line, parse_declared (p, name, line), v);
}

/* A function is declared first, so that it can call itself.  */
static struct node *
parse_named_function (struct parser *p)
{
  int line = p->token.line;
  struct cairn_string name = expect_name (p);
  struct node *variable = parse_declared (p, name, line);
  struct node *nil = make_literal (line, nil_value ());
  struct node block = { .kind = BLOCK_NODE, .line = line };
  if (variable->kind == LOCAL_NODE)
    CAIRN_SLICE_APPEND (&block.nodes, make (DECLARE_NODE, line, variable, nil));
  struct node *function = parse_function (p, name, line);
  if (variable->kind == LOCAL_NODE)
    function = make (EXPRESSION_NODE, line,
                     make (ASSIGN_NODE, line, variable, function), NULL);
  else
    return make (DECLARE_NODE, line, variable, function);
  CAIRN_SLICE_APPEND (&block.nodes, function);
  return new_node (block);
}

/* Statements up to "}".  */
static struct node *
parse_block (struct parser *p)
{
  struct node block = { .kind = BLOCK_NODE, .line = p->last_line };
  p->maker->block++;
  while (!is_next (p, "}"))
    {
      if (p->token.kind == END_TOKEN)
        fail (p->scanner.task, p->token.line,
              "'}' expected at the end, for the '{' in line %d", block.line);
      CAIRN_SLICE_APPEND (&block.nodes, parse_statement (p));
    }
  advance (p);
  end_block (p->maker);
  return new_node (block);
}

static struct node *
parse_body (struct parser *p)
{
  expect (p, "{");
  return parse_block (p);
}

static struct node *
parse_loop_body (struct parser *p)
{
  p->maker->loop++;
  struct node *body = parse_body (p);
  p->maker->loop--;
  return body;
}

static struct node *
parse_if (struct parser *p)
{
  int line = p->token.line;
  expect (p, "(");
  struct node *condition = parse_expression (p);
  expect (p, ")");
  struct node *node = make (IF_NODE, line, condition, parse_body (p));
  if (accept_next (p, "else"))
    node->of[2] = accept_next (p, "if") ? parse_if (p) : parse_body (p);
  return node;
}

/* "for (x in …)" and "for (start; condition; step)", from the parenthesis on.
 */
static struct node *
parse_for (struct parser *p)
{
  struct node node = { .kind = FOR_NODE, .line = p->token.line };
  expect (p, "(");
  p->maker->block++;
  if (p->token.kind == NAME_TOKEN)
    {
      struct token start = p->token;
      struct scanner here = p->scanner;
      advance (p);
      if (accept_next (p, "in"))
        {
          node.kind = EACH_NODE;
          node.of[1] = parse_expression (p);
          node.of[0] = parse_declared (p, start.text, start.line);
          expect (p, ")");
          node.of[2] = parse_loop_body (p);
          end_block (p->maker);
          return new_node (node);
        }
      p->scanner = here;
      p->token = start;
    }
  if (accept_next (p, "var"))
    node.of[0] = parse_var (p);
  else if (!accept_next (p, ";"))
    {
      struct node *start = parse_expression (p);
      node.of[0] = make (EXPRESSION_NODE, start->line, start, NULL);
      expect (p, ";");
    }
  if (!is_next (p, ";"))
    node.of[1] = parse_expression (p);
  expect (p, ";");
  if (!is_next (p, ")"))
    node.of[2] = parse_expression (p);
  expect (p, ")");
  node.of[3] = parse_loop_body (p);
  end_block (p->maker);
  return new_node (node);
}

static struct node *
parse_statement (struct parser *p)
{
  int line = p->token.line;
  struct node *node = NULL;
  if (accept_next (p, "var"))
    return parse_var (p);
  if (is_next (p, "fun"))
    {
      struct token fun = p->token;
      struct scanner here = p->scanner;
      advance (p);
      if (p->token.kind == NAME_TOKEN)
        return parse_named_function (p);
      p->scanner = here;
      p->token = fun;
    }
  if (accept_next (p, "{"))
    return parse_block (p);
  if (accept_next (p, "if"))
    return parse_if (p);
  if (accept_next (p, "while"))
    {
      expect (p, "(");
      struct node *condition = parse_expression (p);
      expect (p, ")");
      return make (WHILE_NODE, line, condition, parse_loop_body (p));
    }
  if (accept_next (p, "for"))
    return parse_for (p);
  if (is_next (p, "break") || is_next (p, "continue"))
    {
      struct token word = advance (p);
      if (p->maker->loop == 0)
        fail (p->scanner.task, line, "'%.*s' outside of a loop",
              CAIRN_STRING_PRINTF (word.text));
      node = make (word.text.len == 5 ? BREAK_NODE : CONTINUE_NODE, line, NULL,
                   NULL);
    }
  else if (accept_next (p, "return"))
    node = make (RETURN_NODE, line,
                 is_next (p, ";") ? NULL : parse_expression (p), NULL);
  else
    node = make (EXPRESSION_NODE, line, parse_expression (p), NULL);
  expect (p, ";");
  return node;
}

struct prototype *
parse_script (struct task *task, struct cairn_string text)
{
  struct prototype *script = new_prototype (CAIRN_STRING ("script"));
  struct maker maker = { .prototype = script };
  struct parser p = { .scanner = { task, text, 0, 1 }, .maker = &maker };
  struct node block = { .kind = BLOCK_NODE, .line = 1 };
  /* A first line for the shell.  */
  if (cairn_string_has_prefix (text, CAIRN_STRING ("#!")))
    while (p.scanner.at < text.len && text.data[p.scanner.at] != '\n')
      p.scanner.at++;
  advance (&p);
  while (p.token.kind != END_TOKEN)
    CAIRN_SLICE_APPEND (&block.nodes, parse_statement (&p));
  script->body = new_node (block);
  return script;
}
