/* json.h: JSON as RFC 8259 has it, as a tree.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   A value is a node; its text is a part of the text that was parsed, as it is
   written there, so that a number keeps all of its digits.  Nesting has no
   limit but the stack's, which is a gigabyte.  Nothing is ever freed.  */

#ifndef JSON_H
#define JSON_H

#include <cairn/string.h>

enum json_kind
{
  JSON_NULL,
  JSON_FALSE,
  JSON_TRUE,
  JSON_NUMBER,
  JSON_STRING,
  JSON_ARRAY,
  JSON_OBJECT
};

struct json
{
  enum json_kind kind;
  union
  {
    struct cairn_string text; /* A string's with its quotes.  */
    struct json *first; /* The first element of an array.  An object's are key,
                           value, key, value …  */
  };
  struct json *next; /* In the same array or object.  */
};

struct json_error
{
  const char *what;
  size_t line, column; /* In bytes, from 1.  */
};

/* Parse TEXT, which is one value.  NULL, and *ERROR, if it is wrong.  */
extern struct json *json_parse (struct cairn_string text,
                                struct json_error *error) CAIRN_NOESCAPE (2);

/* The characters that the STRING with quotes and escapes means, in UTF-8.  */
extern struct cairn_string json_decode (struct cairn_string string);

/* Write V to B on one line, or, if INDENT is not negative, on many, indented by
   so many blanks for each level, up to 100 levels.  */
extern void json_print (struct cairn_builder *b, const struct json *v,
                        int indent);

/* One step from a value to one inside: of an array element INDEX, negative ones
   from the end; of an object what is under KEY; or all elements.  */
struct json_step
{
  enum
  {
    STEP_INDEX,
    STEP_KEY,
    STEP_ALL
  } kind;
  long index;
  struct cairn_string key;
};

CAIRN_SLICE (json_path, struct json_step);
CAIRN_SLICE (json_values, const struct json *);

/* Parse a path such as `.a[3]."b c"[]'.  NULL; or what is wrong with it.  */
extern const char *json_parse_path (const char *text, struct json_path *path)
    CAIRN_NOESCAPE (2);

/* What PATH leads to from V.  */
extern struct json_values json_find (const struct json *v,
                                     struct json_path path);

#endif /* JSON_H */
