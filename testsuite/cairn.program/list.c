#include <stdlib.h>
#include "program.h"

void
push (struct list *l, int value)
{
  struct node *n = malloc (sizeof *n);
  n->next = l->first;
  n->value = value;
  l->first = n;
}

void
visit (struct list *l, visitor *v, int *p)
{
  for (struct node *n = l->first; n; n = n->next)
    v (n->value, p);
}

void
keep_text (int n, ...)
{
  va_list ap;
  va_start (ap, n);
  keep_text_list (n, ap);
  va_end (ap);
}

unsigned long
length (struct slice s)
{
  return s.length;
}

int
apply (function *f, int *p)
{
  int copy = *p;
  return f (&copy);
}
