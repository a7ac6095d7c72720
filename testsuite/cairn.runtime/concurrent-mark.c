/* { dg-do run } */
/* { dg-options "-pthread" } */
/* Marking beside the program, CAIRN_DEBUG=gcconcurrent=2: threads move the only
   pointer to each object all the time between objects that are scanned word by
   word, objects with a map, large ones, memory from malloc, static data and their
   stacks; by stores, by memcpy and by the kernel.  Nothing of that may be missed:
   gccheckmark=1 marks again, with the world stopped, and clobberfree=1 fills what
   was freed.  Also in a child of fork, and while threads come and go.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#define _GNU_SOURCE
#include "rt-check.h"

#include <pthread.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NTHREADS 3
#define NPLACES 7
#define NSLOTS 1500
#define NROUNDS 40
#define NMOVES 6000

struct object
{
  unsigned long number, inverted;
  struct object *link;
};

/* A pointer, and a number that is none.  */
struct entry
{
  struct object *object;
  unsigned long number;
};

/* What the compiler says of them, of one whose pointers are at odd addresses,
   and of one that is long.  */
static const struct cairn_type object_type
    = { .nbytes = 24, .ptr_nbytes = 24, .nwords = 3, .ptr_bits = { 4 } };
static const struct cairn_type entry_type
    = { .nbytes = 16, .ptr_nbytes = 8, .nwords = 1, .ptr_bits = { 1 } };
static const struct cairn_type packed_type
    = { .nbytes = 9, .ptr_nbytes = 9, .flags = CAIRN_TYPE_UNALIGNED };
static const struct cairn_type noscan_type = { .nbytes = 1 };

/* On many pages.  */
#define STRIDE 8
static struct object *globals[NTHREADS][STRIDE * NSLOTS];
static FILE *trace;

struct worker
{
  unsigned long seed;
  struct object **words, **chunks[NSLOTS / 50], **manual, **statics;
  struct entry *entries;
  char *packed, *later;
  struct object *stack[NSLOTS];
  int pipe[2];
};

static unsigned long
draw (struct worker *w, unsigned long below)
{
  w->seed = w->seed * 6364136223846793005ul + 1442695040888963407ul;
  return (w->seed >> 33) % below;
}

static struct object *
make (struct worker *w)
{
  const struct cairn_type *type = draw (w, 2) ? &object_type : NULL;
  struct object *o = cairn_rt_malloc (sizeof *o, type);
  CHECK (o);
  o->number = w->seed;
  o->inverted = ~o->number;
  return o;
}

/* The address of slot I of PLACE, which may be odd.  */
static void *
slot (struct worker *w, unsigned long place, unsigned long i)
{
  switch (place)
    {
    case 0:
      return &w->words[i];
    case 1:
      return &w->chunks[i / 50][i % 50];
    case 2:
      return &w->manual[i];
    case 3:
      return &w->statics[STRIDE * i];
    case 4:
      return &w->entries[i].object;
    case 5:
      return w->packed + 9 * i + 1;
    default:
      return &w->stack[i];
    }
}

/* Move the pointer in slot FROM to slot TO.  */
static void
move (struct worker *w, void *from, void *to)
{
  struct object *o, *other;
  memcpy (&o, from, sizeof o);
  CHECK (o && o->inverted == ~o->number);
  CHECK (!o->link || o->link->inverted == ~o->link->number);
  memcpy (&other, to, sizeof other);
  if (draw (w, 4) == 0)
    {
      /* The kernel writes.  */
      CHECK (write (w->pipe[1], &o, sizeof o) == sizeof o);
      CHECK (read (w->pipe[0], to, sizeof o) == sizeof o);
    }
  else
    memcpy (to, &o, sizeof o);
  __asm__ volatile("" ::"r"(o) : "memory");
  memcpy (from, &other, sizeof other);
  switch (draw (w, 8))
    {
    case 0:
      o->link = make (w);
      break;
    case 1:
      o->link = NULL;
      break;
    case 2:
      /* Another in its place, which has the link.  */
      other = make (w);
      other->link = o->link;
      memcpy (to, &other, sizeof other);
      break;
    }
}

static void
fill (struct worker *w)
{
  for (unsigned i = 0; i < NSLOTS / 50; i++)
    w->chunks[i] = cairn_rt_malloc (50 * sizeof **w->chunks, NULL);
  w->words = cairn_rt_malloc (NSLOTS * sizeof *w->words, NULL);
  w->entries = cairn_rt_malloc (NSLOTS * sizeof *w->entries, &entry_type);
  w->packed = cairn_rt_malloc (NSLOTS * 9, &packed_type);
  w->manual = calloc (NSLOTS, sizeof *w->manual);
  CHECK (w->words && w->entries && w->packed && w->manual);
  for (unsigned long place = 0; place < NPLACES; place++)
    for (unsigned long i = 0; i < NSLOTS; i++)
      {
        struct object *o = make (w);
        memcpy (slot (w, place, i), &o, sizeof o);
      }
  for (unsigned long i = 0; i < NSLOTS; i++)
    w->entries[i].number = i;
}

/* Give an object another map in its place: words that were none are pointers
   now.  */
static void
give_map (struct worker *w)
{
  struct object **p
      = cairn_rt_malloc (2000 * sizeof *p, draw (w, 2) ? &entry_type : NULL);
  struct object *o = make (w);
  p[1501] = o;
  p = cairn_rt_realloc (p, 2000 * sizeof *p - 24, &object_type);
  p = cairn_rt_realloc (p, 2000 * sizeof *p, NULL);
  CHECK (p && p[1501] == o && o->inverted == ~o->number);
  w->later = (char *)p;
}

/* What a thread leaves, and what it was given.  */
static void *
leave (void *arg)
{
  struct object **pair = cairn_rt_malloc (2 * sizeof *pair, NULL);
  pair[0] = arg;
  return pair;
}

static void
come_and_go (struct worker *w)
{
  pthread_t thread;
  void *result;
  struct object **pair;
  CHECK (pthread_create (&thread, NULL, leave, make (w)) == 0);
  CHECK (pthread_join (thread, &result) == 0);
  pair = result;
  CHECK (pair[0]->inverted == ~pair[0]->number);
}

static void *
work (void *arg)
{
  struct worker *w = calloc (1, sizeof *w);
  CHECK (w && pipe (w->pipe) == 0);
  w->seed = (unsigned long)arg;
  w->statics = globals[(unsigned long)arg % NTHREADS];
  fill (w);
  for (int round = 0; round < NROUNDS; round++)
    {
      for (int i = 0; i < NMOVES; i++)
        move (w, slot (w, draw (w, NPLACES), draw (w, NSLOTS)),
              slot (w, draw (w, NPLACES), draw (w, NSLOTS)));
      give_map (w);
      come_and_go (w);
      free (malloc (10000));
      /* Pages without pointers, and large objects that come and go.  */
      memset (cairn_rt_malloc (20000, &noscan_type), 0x55, 20000);
      struct object **large = cairn_rt_malloc (100000, NULL);
      large[draw (w, 12000)] = make (w);
    }
  for (unsigned long place = 0; place < NPLACES; place++)
    for (unsigned long i = 0; i < NSLOTS; i++)
      move (w, slot (w, place, i), slot (w, place, i));
  for (unsigned long i = 0; i < NSLOTS; i++)
    CHECK (w->entries[i].number == i);
  close (w->pipe[0]);
  close (w->pipe[1]);
  free (w->manual);
  free (w);
  return NULL;
}

static void
run_threads (int n)
{
  pthread_t id[NTHREADS];
  for (unsigned long i = 0; i < (unsigned)n; i++)
    CHECK (pthread_create (&id[i], NULL, work, (void *)(i + NTHREADS)) == 0);
  for (int i = 0; i < n; i++)
    CHECK (pthread_join (id[i], NULL) == 0);
}

/* How many collections have marked beside the program; -1: the kernel does not
   have what it takes.  */
static int
count_concurrent (void)
{
  char line[300];
  int n = 0;
  rewind (trace);
  while (fgets (line, sizeof line, trace))
    {
      if (strstr (line, "does not tell"))
        return -1;
      n += strstr (line, "(concurrent)") != NULL;
    }
  return n;
}

int
main (int argc, char **argv)
{
  int status;
  pid_t children[4];
  pthread_t other;
  (void)argc;
  rerun_with ("CAIRN_DEBUG",
              "gcconcurrent=2,gccheckmark=1,clobberfree=1,gctrace=1", argv);
  trace = tmpfile ();
  CHECK (trace);
  CHECK (dup2 (fileno (trace), 2) == 2);
  run_threads (NTHREADS);
  int n = count_concurrent ();
  if (n >= 0 && n < 3)
    printf ("%d collections beside the program\n", n);
  CHECK (n < 0 || n >= 3);
  /* Forks in the middle of marking.  */
  CHECK (pthread_create (&other, NULL, work, (void *)1ul) == 0);
  for (int i = 0; i < 4; i++)
    {
      usleep (3000);
      children[i] = fork ();
      CHECK (children[i] >= 0);
      if (children[i] == 0)
        {
          run_threads (1);
          cairn_gc ();
          _exit (0);
        }
    }
  for (int i = 0; i < 4; i++)
    CHECK (waitpid (children[i], &status, 0) == children[i] && status == 0);
  CHECK (pthread_join (other, NULL) == 0);
  return 0;
}
