/* -m=2 says which words of an object the collector looks at.  */
/* { dg-options "-fplugin-arg-cairn-m=2" } */
#include <stdlib.h>
#include <string.h>

struct node { struct node *next; double weight; int key; };
struct __attribute__ ((packed)) packed { char c; void *p; };
struct plain { int i; double d; };
union either { double d; void *p; };

/* How all this gets to the heap is why.c's matter.  */

void *kept;

int *
a_local (void)
{
  int x = 3; /* { dg-escape "  map: int, no pointers" } */
  /* { dg-message "to heap|  flow: |    from " -1 } */
  return &x;
}

struct node *
a_structure (void)
{
  struct node n = { 0, 1, 2 }; /* { dg-escape "  map: struct node, 1 of 3 words may be a pointer" } */
  /* { dg-message "to heap|  flow: |    from " -1 } */
  return &n;
}

void
storage (int n)
{
  char buffer[64]; /* { dg-escape "  map: none, every word may be a pointer" } */
  /* { dg-message "to heap|  flow: |    from " -1 } */
  int v[n]; /* { dg-escape "  map: int, no pointers" } */
  /* { dg-message "to heap|  flow: |    from " -1 } */
  kept = buffer;
  kept = v;
}

void
allocations (int n)
{
  struct node *one = malloc (sizeof *one); /* { dg-escape "  map: struct node, 1 of 3 words may be a pointer" } */
  /* { dg-message "to heap|  flow: |    from " -1 } */
  kept = one;
  struct plain *some = calloc (n, sizeof *some); /* { dg-escape "  map: struct plain, no pointers" } */
  /* { dg-message "to heap|  flow: |    from " -1 } */
  kept = some;
  struct node *more = malloc (sizeof *more + n); /* { dg-escape "  map: none, every word may be a pointer" } */
  /* { dg-message "to heap|  flow: |    from " -1 } */
  kept = more;
  struct packed *unaligned = malloc (sizeof *unaligned); /* { dg-escape "  map: struct packed, pointers at any byte" } */
  /* { dg-message "to heap|  flow: |    from " -1 } */
  kept = unaligned;
  union either *either = malloc (sizeof *either); /* { dg-escape "  map: union either, 1 of 1 word may be a pointer" } */
  /* { dg-message "to heap|  flow: |    from " -1 } */
  kept = either;
  void **pointers = malloc (4 * sizeof *pointers); /* { dg-escape "  map: void *, 1 of 1 word may be a pointer" } */
  /* { dg-message "to heap|  flow: |    from " -1 } */
  kept = pointers;
  char *text = strdup ("text"); /* { dg-escape "  map: none, every word may be a pointer" } */
  /* { dg-message "to heap|  flow: |    from " -1 } */
  kept = text;
}
