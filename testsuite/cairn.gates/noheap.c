/* Functions that must not use the heap, and do: the chain of calls.  */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOHEAP __attribute__ ((cairn_noheap))

int *global;
void unknown (void);
NOHEAP void declared (int);
void (*pointer) (void);
NOHEAP void (*good_pointer) (int);

NOHEAP int
clean (int n)
{
  int a[4] = { n }, *p = a;
  char text[10];
  memset (text, 0, sizeof text);
  strncpy (text, "abc", 4);
  declared (*p);
  good_pointer (n);
  if (n < 0)
    abort ();
  return *p + (int) strlen (text) + __builtin_popcount (n);
}

NOHEAP void keeps_errno (void) { int e = errno; declared (0); errno = e; }
NOHEAP double numbers (double x) { return __builtin_sqrt (x) + __builtin_lround (x); }
__attribute__ ((cairn_noheap)) int promised (int n); /* error: promised 'malloc(n)' allocates */
int promised (int n) { return malloc (n) != NULL; }
NOHEAP void moves (int n) { int x = n; global = &x; } /* error: moves 'x' moves to the heap */
NOHEAP void *allocates (int n) { return malloc (n); } /* error: allocates 'malloc(n)' allocates */
NOHEAP int on_stack (void) { int *p = malloc (4); *p = 1; return *p; }
NOHEAP void frees (void *p) { free (p); }
NOHEAP void unknown_callee (void) { unknown (); } /* error: unknown_callee 'unknown' may use the heap */
NOHEAP void indirect (void) { pointer (); } /* error: indirect a call through 'pointer' may use the heap */
NOHEAP void prints (void) { puts ("x"); } /* error: prints 'puts' may use the heap */
NOHEAP void array (int n) { char v[n]; global = (int *) v; } /* error: array 'v' moves to the heap */

NOHEAP int large (int n) { int a[40000]; a[n] = n; return a[n]; } /* error: large 'a' moves to the heap */

static char *deepest (const char *s) { return strdup (s); }
static int deeper (const char *s) { return deepest (s) != 0; }

NOHEAP int
deep (const char *s)
{ /* error: deep 'strdup(s)' allocates */
  return deeper (s);
}

/* A pointer whose values are known.  */
static int one (int n) { return n + 1; }
static int two (int n) { return malloc (n) != NULL; }
static int (*const good[]) (int) = { one, one };
static int (*const bad[]) (int) = { one, two };
NOHEAP int table (int n) { return good[n & 1] (n); }
NOHEAP int bad_table (int n) { return bad[n & 1] (n); } /* error: bad_table 'malloc(n)' allocates */

typedef int function (int);

NOHEAP int
closes (int n)
{ /* error: closes a closure is made on the heap */
  int inner (int i) { return n + i; }
  function *volatile f = inner;
  return ((NOHEAP function *) f) (1);
}

static int ping (int n);
static int pong (int n) { return n ? ping (n - 1) : 0; }
static int ping (int n) { return n ? pong (n - 1) : 1; }
NOHEAP int recursion (int n) { return ping (n); }
int free_to_allocate (void) { return malloc (3) != NULL; }
