/* A recursive-descent parser that is given 100,000 nested parentheses, with 8 MB of
   system stack.

   Catches: a deep recursion with addresses of locals and with results in memory
   that uses the system stack, or more memory than its frames.  */

#include <ctype.h>
#include "compiled.h"

enum { DEPTH = 100000 };

struct input { const char *at; int depth, deepest; };
struct value { double number; int nodes; char text[200]; };

static struct value expression (struct input *in);

static LOOKS void
skip (struct input *in)
{
  while (isspace ((unsigned char) *in->at))
    in->at++;
}

static LOOKS struct value
primary (struct input *in)
{
  struct value v = { 0 };
  skip (in);
  if (*in->at == '(')
    {
      in->at++;
      in->depth++;
      if (in->depth > in->deepest)
	in->deepest = in->depth;
      v = expression (in);
      CHECK (*in->at == ')');
      in->at++;
      in->depth--;
    }
  else
    {
      char *end;
      v.number = strtod (in->at, &end);
      in->at = end;
      snprintf (v.text, sizeof v.text, "%g", v.number);
    }
  v.nodes++;
  return v;
}

static LOOKS struct value
term (struct input *in)
{
  struct value v = primary (in);
  for (skip (in); *in->at == '*'; skip (in))
    {
      in->at++;
      struct value w = primary (in);
      v.number *= w.number;
      v.nodes += w.nodes;
    }
  return v;
}

static struct value
expression (struct input *in)
{
  struct value v = term (in);
  for (skip (in); *in->at == '+'; skip (in))
    {
      in->at++;
      struct value w = term (in);
      v.number += w.number;
      v.nodes += w.nodes;
    }
  return v;
}

int
main (void)
{
  int depth = stressed () ? DEPTH / 500 : DEPTH;
  char *text = malloc (depth * 4 + 10), *p = text;
  for (int i = 0; i < depth; i++)
    p += sprintf (p, "1+(");
  *p++ = '1';
  memset (p, ')', depth);
  p[depth] = 0;
  struct input in = { .at = text };
  struct value v = expression (&in);
  CHECK (*in.at == 0 && in.deepest == depth);
  CHECK (v.number == depth + 1 && v.nodes == 2 * depth + 1);
  return 0;
}
