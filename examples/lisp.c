/* A small Lisp that never frees: reader, evaluator, closures, tail calls.
   It makes millions of objects and runs in a few megabytes.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).

   Values are pointers to cells.  A cell is often somebody's local: see
   number, cons and extend.  There is no free in this file and no malloc;
   a C program written so would otherwise be wrong from top to bottom.  */

#include <cairn.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum kind { NIL, NUMBER, SYMBOL, PAIR, PRIMITIVE, CLOSURE };

struct value
{
  enum kind kind;
  union
  {
    long number;
    const char *name;
    struct { struct value *head, *tail; } pair;
    struct value *(*function) (struct value *arguments);
    struct
    {
      struct value *parameters, *body;
      struct scope *scope;
    } closure;
  };
};

/* Variables: a list of bindings, the innermost first.  */
struct scope
{
  struct value *name, *value;
  struct scope *outer;
};

static struct value nil_cell, true_cell = { SYMBOL, .name = "t" };
#define nil (&nil_cell)

static struct scope *globals;
static struct value *symbols[256];
static int n_symbols;

static void
die (const char *what)
{
  fprintf (stderr, "lisp: %s\n", what);
  exit (1);
}

static struct value *
number (long n)
{
  struct value v = { NUMBER, .number = n };
  return &v;
}

static struct value *
cons (struct value *head, struct value *tail)
{
  struct value v = { PAIR, .pair = { head, tail } };
  return &v;
}

static struct value *
head (struct value *v)
{
  return v->kind == PAIR ? v->pair.head : nil;
}

static struct value *
tail (struct value *v)
{
  return v->kind == PAIR ? v->pair.tail : nil;
}

static struct scope *
extend (struct scope *outer, struct value *name, struct value *v)
{
  struct scope s = { name, v, outer };
  return &s;
}

/* The one symbol called NAME, so that symbols compare by address.  */
static struct value *
symbol (const char *name, size_t nbytes)
{
  for (int i = 0; i < n_symbols; i++)
    if (strncmp (symbols[i]->name, name, nbytes) == 0
        && symbols[i]->name[nbytes] == 0)
      return symbols[i];
  char copy[nbytes + 1];
  memcpy (copy, name, nbytes);
  copy[nbytes] = 0;
  struct value v = { SYMBOL, .name = copy };
  if (n_symbols == 256)
    die ("too many symbols");
  return symbols[n_symbols++] = &v;
}

/* Reading: recursive descent over the text at *P.  */

static struct value *read_value (const char **p);

static void
skip_blanks (const char **p)
{
  while (isspace ((unsigned char) **p))
    ++*p;
}

static struct value *
read_list (const char **p)
{
  skip_blanks (p);
  if (**p == ')')
    {
      ++*p;
      return nil;
    }
  if (**p == 0)
    die ("missing )");
  struct value *first = read_value (p);
  return cons (first, read_list (p));
}

static struct value *
read_value (const char **p)
{
  skip_blanks (p);
  if (**p == '(')
    {
      ++*p;
      return read_list (p);
    }
  if (**p == '\'')
    {
      ++*p;
      struct value *quoted = read_value (p);
      return cons (symbol ("quote", 5), cons (quoted, nil));
    }
  const char *start = *p;
  while (**p && !isspace ((unsigned char) **p) && **p != '(' && **p != ')')
    ++*p;
  if (*p == start)
    die ("unexpected )");
  char *end;
  long n = strtol (start, &end, 10);
  return end == *p ? number (n) : symbol (start, *p - start);
}

/* Writing.  */

static void
write_value (struct value *v)
{
  switch (v->kind)
    {
    case NIL:
      printf ("()");
      break;
    case NUMBER:
      printf ("%ld", v->number);
      break;
    case SYMBOL:
      printf ("%s", v->name);
      break;
    case PAIR:
      for (char open = '('; v->kind == PAIR; v = v->pair.tail, open = ' ')
        {
          putchar (open);
          write_value (v->pair.head);
        }
      if (v->kind != NIL)
        {
          printf (" . ");
          write_value (v);
        }
      putchar (')');
      break;
    default:
      printf ("#<function>");
    }
}

/* Evaluation.  */

static struct value *s_quote, *s_if, *s_lambda, *s_define, *s_let;

static struct value **
lookup (struct value *name, struct scope *scope)
{
  for (; scope; scope = scope->outer)
    if (scope->name == name)
      return &scope->value;
  for (struct scope *g = globals; g; g = g->outer)
    if (g->name == name)
      return &g->value;
  fprintf (stderr, "lisp: %s: ", name->name);
  die ("no such variable");
  return NULL;
}

static struct value *eval (struct value *v, struct scope *scope);

static struct value *
eval_list (struct value *list, struct scope *scope)
{
  if (list->kind != PAIR)
    return nil;
  struct value *first = eval (list->pair.head, scope);
  return cons (first, eval_list (list->pair.tail, scope));
}

static struct value *
eval (struct value *v, struct scope *scope)
{
  for (;;)
    {
      if (v->kind == SYMBOL)
        return *lookup (v, scope);
      if (v->kind != PAIR)
        return v;
      struct value *first = head (v), *rest = tail (v);
      if (first == s_quote)
        return head (rest);
      if (first == s_if)
        {
          struct value *condition = eval (head (rest), scope);
          rest = tail (rest);
          v = condition != nil ? head (rest) : head (tail (rest));
          continue;
        }
      if (first == s_lambda)
        {
          struct value f
            = { CLOSURE, .closure = { head (rest), head (tail (rest)), scope } };
          return &f;
        }
      if (first == s_define)
        {
          globals = extend (globals, head (rest), nil);
          globals->value = eval (head (tail (rest)), scope);
          return head (rest);
        }
      if (first == s_let)
        {
          scope = extend (scope, head (rest), eval (head (tail (rest)), scope));
          v = head (tail (tail (rest)));
          continue;
        }
      struct value *function = eval (first, scope);
      struct value *arguments = eval_list (rest, scope);
      if (function->kind == PRIMITIVE)
        return function->function (arguments);
      if (function->kind != CLOSURE)
        die ("not a function");
      scope = function->closure.scope;
      for (struct value *p = function->closure.parameters; p->kind == PAIR;
           p = p->pair.tail, arguments = tail (arguments))
        scope = extend (scope, p->pair.head, head (arguments));
      v = function->closure.body;
    }
}

/* Primitives.  */

static long first (struct value *a) { return head (a)->number; }
static long second (struct value *a) { return head (tail (a))->number; }
static struct value *truth (int c) { return c ? &true_cell : nil; }
static struct value *p_plus (struct value *a) { return number (first (a) + second (a)); }
static struct value *p_minus (struct value *a) { return number (first (a) - second (a)); }
static struct value *p_times (struct value *a) { return number (first (a) * second (a)); }
static struct value *p_mod (struct value *a) { return number (first (a) % second (a)); }
static struct value *p_less (struct value *a) { return truth (first (a) < second (a)); }
static struct value *p_equal (struct value *a) { return truth (first (a) == second (a)); }
static struct value *p_null (struct value *a) { return truth (head (a) == nil); }
static struct value *p_cons (struct value *a) { return cons (head (a), head (tail (a))); }
static struct value *p_head (struct value *a) { return head (head (a)); }
static struct value *p_tail (struct value *a) { return tail (head (a)); }

static void
define (const char *name, struct value *(*function) (struct value *))
{
  struct value v = { PRIMITIVE, .function = function };
  globals = extend (globals, symbol (name, strlen (name)), &v);
}

static const char program[]
  = "(define fib (lambda (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))))"
    "(fib 20)"
    "(define map (lambda (f l) (if (null l) l"
    "  (cons (f (head l)) (map f (tail l))))))"
    "(define range (lambda (a b) (if (< b a) () (cons a (range (+ a 1) b)))))"
    "(define fold (lambda (f x l) (if (null l) x"
    "  (fold f (f x (head l)) (tail l)))))"
    "(map (lambda (n) (* n n)) (range 1 10))"
    "(define adder (lambda (n) (lambda (m) (+ n m))))"
    "(define inc (adder 1))"
    "(inc 41)"
    "(define filter (lambda (f l) (if (null l) l (if (f (head l))"
    "  (cons (head l) (filter f (tail l))) (filter f (tail l))))))"
    "(define sieve (lambda (l) (if (null l) l (cons (head l) (sieve"
    "  (filter (lambda (n) (< 0 (mod n (head l)))) (tail l)))))))"
    "(sieve (range 2 50))"
    "(define count (lambda (n total) (if (= n 0) total"
    "  (count (- n 1) (+ total (fold + 0 (range 1 3)))))))"
    "(count 20000 0)"
    "'(quoted (list) here)"
    "(let x 6 (let y 7 (* x y)))";

int
main (void)
{
  true_cell.kind = SYMBOL;
  s_quote = symbol ("quote", 5);
  s_if = symbol ("if", 2);
  s_lambda = symbol ("lambda", 6);
  s_define = symbol ("define", 6);
  s_let = symbol ("let", 3);
  define ("+", p_plus);
  define ("-", p_minus);
  define ("*", p_times);
  define ("mod", p_mod);
  define ("<", p_less);
  define ("=", p_equal);
  define ("null", p_null);
  define ("cons", p_cons);
  define ("head", p_head);
  define ("tail", p_tail);

  const char *p = program;
  for (skip_blanks (&p); *p; skip_blanks (&p))
    {
      struct value *v = eval (read_value (&p), NULL);
      if (v->kind == SYMBOL && v != &true_cell && v != nil)
        continue; /* A definition.  */
      write_value (v);
      putchar ('\n');
    }

  struct cairn_mem_stats stats;
  cairn_mem_stats (&stats);
  printf ("more than a million objects: %s\n",
          stats.mallocs > 1000000 ? "yes" : "no");
  printf ("less than 32 MB from the system: %s\n",
          stats.sys < 32 << 20 ? "yes" : "no");
  printf ("collections: %s\n", stats.num_gc > 1 ? "several" : "too few");
  return 0;
}
