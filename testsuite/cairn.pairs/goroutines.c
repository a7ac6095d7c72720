/* What another thread gets, what is done on leaving, what channels and maps
   keep: Go has words for it, C functions and structs.  */

#include <pthread.h>

#define DEFER(f) __attribute__ ((cleanup (f)))

struct channel { int *slots[4]; unsigned n; };
struct map { int *keys[8]; int *values[8]; };

int *sink;
void use (int);

void *
run (void *p)
{
  int *q = p;
  use (*q);
  return 0;
}

void
started (int *p)
{
  pthread_t t;
  pthread_create (&t, 0, run, p);
}

void
started_with_local (void)
{
  pthread_t t;
  int x = 1;
  pthread_create (&t, 0, run, &x);
}

void
started_with_local_in_loop (void)
{
  pthread_t t;
  for (int i = 0; i < 3; i++)
    {
      int x = i;
      pthread_create (&t, 0, run, &x);
    }
}

void
started_with_content (int **p)
{
  pthread_t t;
  pthread_create (&t, 0, run, *p);
}

void
run_here (void)
{
  int x = 1;
  run (&x);
}

void
look (int *p)
{
  use (*p);
}

void
keep (int *p)
{
  sink = p;
}

void
deferred_look (void)
{
  DEFER (look) int x = 1;
  use (x);
}

void
deferred_keep (void)
{
  DEFER (keep) int x = 1;
  use (x);
}

void
sent (struct channel *c, int *p)
{
  c->slots[c->n++ & 3] = p;
}

void
local_sent (struct channel *c)
{
  int x = 1;
  sent (c, &x);
}

void
content_sent (struct channel *c, int **p)
{
  c->slots[c->n++ & 3] = *p;
}

/* C differs: C's channel is a struct like any other, Go's is in the heap for
   sure.  C says: "leaking param: c to result level=1".  */
int *
received (struct channel *c)
{
  return c->slots[--c->n & 3];
}

int
received_value (struct channel *c)
{
  return *c->slots[--c->n & 3];
}

void
put (struct map *m, int k, int *p)
{
  m->values[k & 7] = p;
}

void
put_key (struct map *m, int k, int *p)
{
  m->keys[k & 7] = p;
}

void
put_local (struct map *m)
{
  int x = 1;
  put (m, 3, &x);
}

void
put_local_key (struct map *m)
{
  int x = 1;
  put_key (m, 3, &x);
}

int
got_value (struct map *m, int k)
{
  return *m->values[k & 7];
}

int
looked_up (struct map *m, int *p)
{
  for (int k = 0; k < 8; k++)
    if (m->keys[k] == p)
      return 1;
  return 0;
}

struct map *
new_map (void)
{
  return __builtin_calloc (1, sizeof (struct map));
}

int
new_map_stays (void)
{
  struct map *m = __builtin_calloc (1, sizeof (struct map));
  return m->keys[0] == m->keys[1];
}
