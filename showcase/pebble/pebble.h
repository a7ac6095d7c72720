/* pebble.h: what the parts of Pebble, a small scripting language, share.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   A script is scanned into tokens (scan.c), parsed into a tree (parse.c) whose
   variables are resolved (scope.c), and the tree is evaluated (eval.c) by
   functions that call each other as deeply as the script does.  Nothing is ever
   freed, and nobody thinks about who owns what.  */

#ifndef PEBBLE_H
#define PEBBLE_H

#include <cairn/map.h>
#include <cairn/slice.h>
#include <cairn/string.h>

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

/* -- Values.  */

enum kind
{
  NIL,
  BOOLEAN,
  NUMBER,
  STRING,
  LIST,
  DICT,
  FUNCTION,
  BUILTIN,
  CHANNEL,
  /* What no script sees.  */
  BOX,      /* A variable that closures share: where its value is.  */
  UNDEFINED /* A global variable that has not been declared yet.  */
};

struct value
{
  enum kind kind;
  union
  {
    int truth;
    double number;
    const struct cairn_string *string;
    struct list *list;
    struct dict *dict;
    const struct function *function;
    const struct builtin *builtin;
    void *channel;
    struct value *box;
  };
};

CAIRN_SLICE (values, struct value);

struct list
{
  struct values items;
  int is_being_shown; /* It contains itself, if it is to be shown again.  */
};

/* What a dictionary holds under one key.  A key of kind UNDEFINED: it was
   deleted.  */
struct entry
{
  struct value key, value;
};

CAIRN_SLICE (entries, struct entry);

/* The entries in the order in which they came, and where each is.  */
struct dict
{
  struct entries entries;
  struct positions *positions;
  int is_being_shown;
};

static inline struct value
nil_value (void)
{
  return (struct value){ NIL, { 0 } };
}

static inline struct value
boolean_value (int truth)
{
  return (struct value){ BOOLEAN, { .truth = truth != 0 } };
}

static inline struct value
number_value (double number)
{
  return (struct value){ NUMBER, { .number = number } };
}

static inline int
is_true (struct value v)
{
  return v.kind != NIL && (v.kind != BOOLEAN || v.truth);
}

extern struct value string_value (struct cairn_string string);
extern struct value list_value (struct values items);
extern struct value dict_value (size_t hint);
extern int values_equal (struct value a, struct value b);
extern const char *kind_name (struct value v);

/* V as `print' shows it; IS_QUOTED: as a part of something.  */
extern struct cairn_string show_value (struct value v, int is_quoted);

/* Whether V can be a key: a string, a number or a boolean.  */
extern int is_key (struct value v);
extern struct value *dict_find (const struct dict *dict, struct value key);
extern void dict_set (struct dict *dict, struct value key, struct value v);
extern int dict_delete (struct dict *dict, struct value key);
extern size_t dict_len (const struct dict *dict);
extern struct value dict_keys (const struct dict *dict);

/* Wait for what is sent to the channel V; 0: it is closed.  */
extern int receive_value (struct value v, struct value *element)
    CAIRN_NOESCAPE (2);

/* -- The tree.  */

/* A variable of a function.  Those that a closure captures live in boxes.  */
struct variable
{
  struct cairn_string name;
  int slot; /* Among its function's.  */
  int block;
  int is_captured;
  struct variable *outer; /* The one declared before it.  */
};

CAIRN_SLICE (variables, struct variable *);

/* A variable of the script.  */
struct global
{
  struct cairn_string name;
  struct value value;
};

/* Where a new closure finds a box: in a slot of the function that makes it, or
   among what that has captured itself.  */
struct capture
{
  struct variable *variable; /* NULL: take number INDEX of its captures.  */
  int index;
};

CAIRN_SLICE (captures, struct capture);

/* A function as it is written.  */
struct prototype
{
  struct cairn_string name;
  struct variables parameters;
  struct captures captures;
  int nslots; /* The most variables that it has at once.  */
  struct node *body;
};

/* A function as it runs: a prototype and what it captured.  */
struct function
{
  const struct prototype *prototype;
  struct value *const *boxes;
};

enum operation
{
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  REMAINDER,
  LESS,
  LESS_EQUAL,
  GREATER,
  GREATER_EQUAL,
  EQUAL,
  NOT_EQUAL,
  NEGATE,
  NOT
};

enum node_kind
{
  /* Expressions.  */
  LITERAL_NODE,
  LOCAL_NODE,
  CAPTURED_NODE,
  GLOBAL_NODE,
  ASSIGN_NODE,
  UPDATE_NODE, /* As a += b.  */
  UNARY_NODE,
  BINARY_NODE,
  AND_NODE,
  OR_NODE,
  CHOICE_NODE,
  CALL_NODE,
  INDEX_NODE,
  LIST_NODE,
  DICT_NODE,
  FUNCTION_NODE,
  /* Statements.  */
  EXPRESSION_NODE,
  DECLARE_NODE,
  BLOCK_NODE,
  IF_NODE,
  WHILE_NODE,
  FOR_NODE,
  EACH_NODE,
  BREAK_NODE,
  CONTINUE_NODE,
  RETURN_NODE
};

CAIRN_SLICE (nodes, struct node *);

struct node
{
  enum node_kind kind;
  int line;
  enum operation operation;
  union
  {
    struct value literal;
    struct variable *local;
    int captured;
    struct global *global;
    const struct prototype *prototype;
    struct nodes nodes; /* LIST, DICT (key, value, …), BLOCK.  */
    struct
    {
      struct node *callee;
      struct nodes arguments;
    } call;
    /* Statements and operations: what stands first, second …; for a
       declaration or an assignment the variable and its value.  FOR: start,
       condition, step, body; EACH: variable, what it runs over, body.  */
    struct node *of[4];
  };
};

/* -- Running.  */

/* Who gets an error: the innermost `try', or main.  */
struct handler
{
  jmp_buf jump;
  struct value error;
  int line; /* Where it came from.  */
  struct handler *outer;
  long depth;
};

/* What runs a script: the main program or a goroutine.  */
struct task
{
  struct handler *handler;
  long depth; /* Of calls.  */
};

extern long max_depth;

/* Functions of the language that are written in C.  */
struct call_context
{
  struct task *task;
  int line;
};

struct builtin
{
  const char *name;
  int min, max; /* Arguments; MAX -1: any number.  */
  struct value (*function) (const struct call_context *context,
                            const struct value *arguments, size_t n)
      CAIRN_NOESCAPE (1);
};

/* Give the innermost handler an error, what printf would print; LINE is where
   in the script it is.  */
extern _Noreturn void fail (struct task *task, int line, const char *format,
                            ...) CAIRN_NOESCAPE ()
    __attribute__ ((format (printf, 3, 4)));

/* Give it ERROR, any value.  */
extern _Noreturn void raise_error (struct task *task, int line,
                                   struct value error) CAIRN_NOESCAPE (1);

/* Nobody catches HANDLER's error: print it and end the program.  */
extern _Noreturn void uncaught (const struct handler *handler);

/* Call FUNCTION, which was called in LINE, with the N values at ARGUMENTS.  */
extern struct value call_value (struct task *task, int line,
                                struct value function,
                                const struct value *arguments, size_t n);

/* A binary operation or an element, for which there is N.  */
extern struct value operate (struct task *task, const struct node *n,
                             struct value a, struct value b) CAIRN_NOESCAPE (1);
extern struct value get_element (struct task *task, const struct node *n,
                                 struct value of, struct value key)
    CAIRN_NOESCAPE (1);
extern void set_element (struct task *task, const struct node *n,
                         struct value of, struct value key, struct value v)
    CAIRN_NOESCAPE (1);
extern void check_key (struct task *task, const struct node *n,
                       struct value key) CAIRN_NOESCAPE (1);

/* Run the script TEXT.  */
extern void run_script (struct task *task, struct cairn_string text);

/* -- The parser.  */

enum token_kind
{
  END_TOKEN,
  NAME_TOKEN,
  NUMBER_TOKEN,
  STRING_TOKEN,
  SIGN_TOKEN,
  WORD_TOKEN /* A word of the language, such as `while'.  */
};

struct token
{
  enum token_kind kind;
  int line;
  struct cairn_string text; /* What is written; of a string, what it means.  */
  double number;
};

struct scanner
{
  struct task *task;
  struct cairn_string text;
  size_t at; /* The next byte.  */
  int line;
};

/* The next token.  */
extern struct token scan (struct scanner *scanner);

/* A function that is being parsed.  */
struct maker
{
  struct maker *outer; /* The function around it.  */
  struct prototype *prototype;
  struct variable *variables; /* Those in scope, the newest first.  */
  int nslots;                 /* In use.  */
  int block;                  /* How many blocks there are around.  */
  int loop;                   /* How many loops.  */
};

/* Declare NAME in the innermost block of MAKER; NULL: it has one already.  */
extern struct variable *declare (struct maker *maker, struct cairn_string name);

/* A node for NAME as it is seen in MAKER.  */
extern struct node *resolve (struct maker *maker, struct cairn_string name,
                             int line);

/* The variables of the block that ends are out of scope.  */
extern void end_block (struct maker *maker);

/* The script's variable NAME, which need not be declared.  */
extern struct global *find_global (struct cairn_string name);

/* Parse TEXT as a function without parameters.  */
extern struct prototype *parse_script (struct task *task,
                                       struct cairn_string text);

extern struct node *new_node (struct node node);

/* -- The library of the language.  */

extern void define (const struct builtin *builtin);
extern void define_core (void);
extern void define_strings (void);
extern void define_collections (void);
extern void define_channels (void);

/* Argument I of a builtin called NAME must be of KIND.  */
extern struct value argument (const struct call_context *context,
                              const struct value *arguments, size_t i,
                              enum kind kind, const char *name);

#endif /* PEBBLE_H */
