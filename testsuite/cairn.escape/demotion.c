/* -m=2: where an allocation that does not escape lives, and why.  */
/* { dg-options "-fplugin-arg-cairn-m=2" } */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

int
pair (void)
{
  char *p = malloc (24); /* { dg-escape "malloc(24) does not escape" } */
  /* { dg-escape "malloc(24) is on the stack" -1 } */
  char *q = calloc (4, 5); /* { dg-escape "calloc(4, 5) does not escape" } */
  /* { dg-escape "calloc(4, 5) is on the stack" -1 } */
  char *r = realloc (NULL, 6); /* { dg-escape "malloc(6) does not escape" } */
  /* { dg-escape "malloc(6) is on the stack" -1 } */
  p[0] = 1;
  int sum = p[0] + q[0] + (r != NULL);
  free (q);
  free (p);
  free (r);
  return sum;
}

int
in_loop (int n)
{
  int sum = 0;
  while (n--)
    {
      int *p = malloc (4); /* { dg-escape "malloc(4) does not escape" } */
      /* { dg-escape "malloc(4) is on the stack" -1 } */
      *p = n;
      sum += *p;
      free (p);
    }
  return sum;
}

int
sizes (int n)
{
  char *p = malloc (2000); /* { dg-escape "malloc(2000) does not escape" } */
  /* { dg-escape "malloc(2000) is on the heap: too large for stack" -1 } */
  char *q = malloc (1025); /* { dg-escape "malloc(1025) does not escape" } */
  /* { dg-escape "malloc(1025) is on the heap: too large for stack" -1 } */
  char *r = calloc (512, 3); /* { dg-escape "calloc(512, 3) does not escape" } */
  /* { dg-escape "calloc(512, 3) is on the heap: too large for stack" -1 } */
  char *s = strdup ("text"); /* { dg-escape "strdup(\"...\") does not escape" } */
  /* { dg-escape "strdup(\"...\") is on the heap: not from malloc, calloc or realloc" -1 } */
  char *z = malloc (0); /* { dg-escape "malloc(0) does not escape" } */
  /* { dg-escape "malloc(0) is on the heap: size 0" -1 } */
  return p == q || q == r || r == s || s == z;
}

int
many (void)
{
  char *p = malloc (1024); /* { dg-escape "malloc(1024) does not escape" } */
  /* { dg-escape "malloc(1024) is on the stack" -1 } */
  char *q = malloc (1000); /* { dg-escape "malloc(1000) does not escape" } */
  /* { dg-escape "malloc(1000) is on the stack" -1 } */
  char *r = malloc (100); /* { dg-escape "malloc(100) does not escape" } */
  /* { dg-escape "malloc(100) is on the heap: too many for stack" -1 } */
  char *s = malloc (24); /* { dg-escape "malloc(24) does not escape" } */
  /* { dg-escape "malloc(24) is on the stack" -1 } */
  return p == q || q == r || r == s;
}

int
again (int n)
{
  char *p = malloc (64); /* { dg-escape "malloc(64) does not escape" } */
  /* { dg-escape "malloc(64) is on the stack" -1 } */
  char *q = malloc (8); /* { dg-escape "malloc(8) does not escape" } */
  /* { dg-escape "malloc(8) is on the heap: the function may be called again while it runs" -1 } */
  return n ? again (n - 1) : p == q;
}

extern void unknown (void);

int
calls_unknown (void)
{
  char *p = malloc (65); /* { dg-escape "malloc(65) does not escape" } */
  /* { dg-escape "malloc(65) is on the heap: the function may be called again while it runs" -1 } */
  unknown ();
  return p != NULL;
}

int
calls_one_that_does (int n)
{
  char *p = malloc (66); /* { dg-escape "malloc(66) does not escape" } */
  /* { dg-escape "malloc(66) is on the heap: the function may be called again while it runs" -1 } */
  return again (n) + (p != NULL);
}

void
mixed (char *q) /* { dg-escape "q does not escape" } */
{
  char *p = q ? q : malloc (8); /* { dg-escape "malloc(8) does not escape" } */
  /* { dg-escape "malloc(8) is on the heap: what is freed may be another object at demotion.c:103:3" -1 } */
  free (p);
}

int
resized (int n)
{
  char *p = malloc (10); /* { dg-escape "malloc(10) does not escape" } */
  /* { dg-escape "malloc(10) is on the heap: may be resized at demotion.c:111:7" -1 } */
  p = realloc (p, 20); /* { dg-escape "realloc(p, 20) does not escape" } */
  /* { dg-escape "realloc(p, 20) is on the heap: resizes another object" -1 } */
  p[n] = 1;
  n = p[0];
  free (p);
  return n;
}

static void
done (char *p) /* { dg-escape "p does not escape" } */
{
  free (p);
}

void
by_callee (void)
{
  char *p = malloc (12); /* { dg-escape "malloc(12) does not escape" } */
  /* { dg-escape "malloc(12) is on the heap: may be freed by a call at demotion.c:130:3" -1 } */
  done (p);
}

static jmp_buf buffer;

int
with_setjmp (void)
{
  char *p = malloc (14); /* { dg-escape "malloc(14) does not escape" } */
  /* { dg-escape "malloc(14) is on the heap: the function calls setjmp or has a nonlocal label" -1 } */
  return setjmp (buffer) + (p != NULL);
}
