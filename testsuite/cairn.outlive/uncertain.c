/* Addresses that may outlive their frame, or do so in ways that are taken
   back: nothing is said.  */
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node { struct node *next; int *p; } *list;
struct box { int *p, *q; } box;
struct frame { struct frame *up; jmp_buf jump; } *frames;
int *global;
void unknown (void *);
int *unknown_too (int *);
void (*pointer) (int *);

void passed (int n) { int x = n; unknown (&x); pointer (&x); }
int *perhaps_returned (int n) { int x = n; return unknown_too (&x); }
void perhaps_reset (int n) { int x = n; global = &x; unknown (0); }
void assembly (int n) { int x = n; global = &x; __asm__ ("" ::: "memory"); }

void
chain (int n)
{
  struct frame f;
  f.up = frames;
  frames = &f;
  if (!setjmp (f.jump))
    unknown (&n);
  frames = f.up;
}

int
early_return (struct box *b, int n)
{
  int x = n, *old = b->p;
  b->p = &x;
  if (n > 3)
    return 1;
  b->p = old;
  return 0;
}

static void reset (void) { global = NULL; }
static void reset_deep (void) { reset (); }
void reset_by_callee (int n) { int x = n; global = &x; reset_deep (); }
void reset_member (int n) { int x = n; box.p = &x; printf ("%d\n", *box.p); box.p = 0; }
void reset_whole (struct box *b, int n) { int x = n; b->p = &x; printf ("%d\n", *b->p); memset (b, 0, sizeof *b); }

static void push (struct frame *f) { f->up = frames; frames = f; }
static void pop (void) { frames = frames->up; }
void pushed_and_popped (void) { struct frame f; push (&f); pop (); }

void
freed (int n)
{
  int x = n;
  struct node *h = malloc (sizeof *h);
  h->p = &x;
  printf ("%d\n", *h->p);
  free (h);
}

struct box
overwritten (int n)
{
  int x = n;
  struct box b = { &x, 0 };
  n += *b.p;
  b.p = 0;
  return b;
}

int *other_member (int n, int *q) { int x = n; struct box b = { &x, q }; return b.q; }

char *
enough_room (int n)
{
  char buffer[10], *p = buffer;
  if (n > 10)
    p = malloc (n);
  memset (p, 0, n);
  if (p == buffer)
    p = strdup (p);
  return p;
}

static void *run (void *p) { return p; }

void
joined (int n)
{
  pthread_t t;
  int x = n;
  pthread_create (&t, 0, run, &x);
  pthread_join (t, NULL);
}

void ends (int n) { int x = n; global = &x; exit (*global); }

int
assigned_again (int n)
{
  int *p = 0;
  {
    int x = n;
    p = &x;
    n += *p;
  }
  p = &n;
  return *p;
}

int
only_inside (int n)
{
  int *p = &n;
  for (int i = 0; i < n; i++)
    {
      int x = i;
      p = &x;
      n -= *p;
    }
  return n;
}

int *number (int n) { int x = n; return (int *) (long) x; }
int difference (int *p) { int x; return (int) (p - &x); }
int *statics (void) { static int x; return &x; }
char *text (void) { return "text"; }
int main (void) { int x = 0; global = &x; return x; }
