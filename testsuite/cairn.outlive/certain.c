/* Addresses that outlive their frame for certain.  */
#include <alloca.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct node { struct node *next; int *p; } *list;
struct box { int *p, *q; } boxes[3];
int *global;
static int *hidden;
_Thread_local int *per_thread;

int *returned (int n) { int x = n; return &x; } /* outlives: x */
int *returned_p (int n) { int x = n, *p = &x; return p; } /* outlives: x */
int *returned_param (int n) { return &n; } /* outlives: n */
int *returned_member (void) { struct box b[2]; return (int *) &b[1].q; } /* outlives: b */
int *perhaps (int n, int *q) { int x = n, *p = n ? &x : q; return p; } /* outlives: x */
void stored (int n) { int x = n; global = &x; } /* outlives: x */
void stored_static (int n) { int x = n; hidden = &x; printf ("%p\n", (void *) hidden); } /* outlives: x */
void stored_thread (int n) { int x = n; per_thread = &x; } /* outlives: x */
void stored_member (int n) { int x = n; boxes[1].q = &x; boxes[1].p = 0; } /* outlives: x */
void out (struct box *b, int n) { int x = n; b->p = &x; } /* outlives: x */
void out_pointer (int **out, int n) { int x = n; *out = &x; } /* outlives: x */

struct node *
object (int n)
{
  int x = n;
  struct node *h = malloc (sizeof *h);
  h->p = &x;
  h->next = 0;
  return h; /* outlives: x */
}

void
object_in_list (int n)
{
  int x = n;
  struct node *h = malloc (sizeof *h);
  h->p = &x;
  h->next = list;
  list = h; /* outlives: x */
}

/* A list through helpers two calls deep.  */
static void push (struct node **l, struct node *n) { n->next = *l; *l = n; }
static void add (struct node *n) { push (&list, n); }

void
helpers (void)
{
  struct node n = { 0, 0 };
  add (&n); /* outlives: n */
}

struct box
by_value (int n)
{
  int x = n;
  struct box b = { &x, 0 };
  return b; /* outlives: x */
}

void
by_copy (struct box *to, int n)
{
  int x = n;
  struct box b = { &x, 0 };
  *to = b; /* outlives: x */
}

static struct box make (int *p) { struct box b = { p, p }; return b; }

struct box
by_value_of_callee (int n)
{
  int x = n;
  struct box b = make (&x);
  return b; /* outlives: x */
}

static int *id (int *p) { return p; }
static int *next (int *p) { return id (p + 1); }
int *through (int n) { int a[3] = { n }; return next (a); } /* outlives: a */
char *copied (const char *s) { char buffer[100]; return strcpy (buffer, s); } /* outlives: buffer */

/* A callback's user data.  */
static struct { void (*call) (void *); void *data; } table[10];
static int used;

static void
on_event (void (*call) (void *), void *data)
{
  table[used].call = call;
  table[used++].data = data;
}

static void callback (void *p) { printf ("%d\n", *(int *) p); }
void registers (int n) { int x = n; on_event (callback, &x); } /* outlives: x */
static void *run (void *p) { return p; }

pthread_t
thread (int n)
{
  pthread_t t;
  int x = n;
  pthread_create (&t, 0, run, &x); /* outlives: x */
  return t;
}

int
block (int n)
{
  int *p = 0;
  {
    int x = n;
    p = &x;
  }
  return *p; /* outlives: x */
}

int
iteration (int n)
{
  int *last = 0, sum = 0;
  for (int i = 0; i < n; i++)
    {
      int x = i;
      if (last)
        sum += *last; /* outlives: x */
      last = &x;
    }
  return sum;
}

void
block_text (int n)
{
  const char *s = "no";
  if (n)
    {
      char buffer[10];
      sprintf (buffer, "%d", n);
      s = buffer;
    }
  puts (s); /* outlives: buffer */
}

void unknown (int *);

void
block_passed (int n)
{
  int *p = 0;
  {
    int a[3] = { n };
    p = a + 1;
  }
  unknown (p); /* outlives: a */
}

char *vla (int n) { char v[n]; memset (v, 1, n); return v; } /* outlives: v */
char *vla_p (int n) { char v[n], *p = v; memset (v, 1, n); return p; } /* outlives: v */
int *literal (int n) { return (int[]){ n, n }; } /* outlives: (array){...} */
void literal_global (int n) { global = (int[]){ n, n }; } /* outlives: (array){...} */
char *allocated (int n) { char *p = alloca (n); return p + 1; } /* outlives: alloca(n) */
void buffered (void) { char buffer[BUFSIZ]; setvbuf (stdout, buffer, _IOFBF, BUFSIZ); } /* outlives: buffer */
void environment (void) { char text[20] = "A=b"; putenv (text); } /* outlives: text */
