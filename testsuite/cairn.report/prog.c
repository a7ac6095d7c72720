/* The sources of report.exp's profile, which is made up: make.py knows the lines
   of buf, both and <node>.  */
#include <stdlib.h>

struct node { char kind; struct node *next; char flag, text[24]; };

char *
get (void)
{
  char buf[100];			/* buf */
  return buf;
}

struct node *
push (struct node *list)
{
  struct node *n = malloc (sizeof *n);	/* <node> */
  n->next = list;
  return n;
}

void
set (int **p, int **q)
{
  int a, b;				/* both */
  *p = &a;
  *q = &b;
}
