/* { dg-do run } */
/* { dg-options "-pthread" } */
/* Several threads mark, and miss nothing: lists, trees, tables of all lengths
   and maps, each object reachable on many ways at once; gccheckmark=1 marks all
   of it again alone.  Also in a child of fork, which has no helpers at first,
   and while threads change the graph.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#define _GNU_SOURCE
#include "rt-check.h"

#include <dirent.h>
#include <pthread.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#define NTABLE 60000

struct object
{
  struct object *links[3];
  unsigned long number;
};

/* Three pointers, and a number that is none.  */
static const struct cairn_type object_type
    = { .nbytes = 32, .ptr_nbytes = 24, .nwords = 3, .ptr_bits = { 7 } };
static const struct cairn_type table_type
    = { .nbytes = 16, .ptr_nbytes = 8, .nwords = 1, .ptr_bits = { 1 } };

struct entry
{
  struct object *object;
  unsigned long number;
};

static struct object **table, *list, *tree;
static struct entry *entries;
static unsigned long state = 1;

static unsigned long
draw (void)
{
  state = state * 6364136223846793005ul + 1442695040888963407ul;
  return state >> 33;
}

static struct object *
make (unsigned long number)
{
  struct object *o
      = cairn_rt_malloc (sizeof *o, number % 2 ? &object_type : NULL);
  CHECK (o);
  o->number = number;
  return o;
}

static struct object *
make_tree (int depth)
{
  struct object *o = make (depth);
  for (int i = 0; i < 3 && depth > 0; i++)
    o->links[i] = make_tree (depth - 1);
  return o;
}

static int
tree_is_good (const struct object *o, int depth)
{
  if (!o || o->number != (unsigned long)depth)
    return 0;
  for (int i = 0; i < 3 && depth > 0; i++)
    if (!tree_is_good (o->links[i], depth - 1))
      return 0;
  return 1;
}

static NOINLINE void
build (void)
{
  table = cairn_rt_malloc (NTABLE * sizeof *table, NULL);
  entries = cairn_rt_malloc (NTABLE * sizeof *entries, &table_type);
  for (unsigned long i = 0; i < NTABLE; i++)
    table[i] = make (i);
  for (unsigned long i = 0; i < NTABLE; i++)
    {
      for (int k = 0; k < 3; k++)
        table[i]->links[k] = table[draw () % NTABLE];
      entries[i].object = make (i);
      entries[i].number = i;
      struct object *o = make (i);
      o->links[0] = list;
      list = o;
    }
  tree = make_tree (10);
}

static NOINLINE void
verify (void)
{
  unsigned long n = NTABLE;
  for (unsigned long i = 0; i < NTABLE; i++)
    {
      CHECK (table[i]->number == i);
      for (int k = 0; k < 3; k++)
        CHECK (table[table[i]->links[k]->number] == table[i]->links[k]);
      CHECK (entries[i].object->number == entries[i].number);
    }
  for (struct object *o = list; o; o = o->links[0])
    CHECK (o->number == --n);
  CHECK (n == 0 && tree_is_good (tree, 10));
}

static volatile int done;

/* Replace objects of a table by equal ones.  */
static void *
change (void *arg)
{
  struct object **mine = cairn_rt_malloc (1000 * sizeof *mine, NULL);
  unsigned long seed = (unsigned long)arg;
  for (unsigned long i = 0; i < 1000; i++)
    mine[i] = make (i);
  while (!done)
    {
      seed = seed * 6364136223846793005ul + 1442695040888963407ul;
      unsigned long at = (seed >> 33) % 1000;
      struct object *o = make (at);
      o->links[at % 3] = mine[at];
      CHECK (mine[at]->number == at);
      o->links[at % 3]->links[0] = o->links[at % 3]->links[1]
          = o->links[at % 3]->links[2] = NULL;
      mine[at] = o;
    }
  return NULL;
}

static int
nthreads (void)
{
  int n = 0;
  DIR *tasks = opendir ("/proc/self/task");
  CHECK (tasks);
  while (readdir (tasks))
    n++;
  closedir (tasks);
  return n - 2;
}

static void
check_collections (int n)
{
  for (int i = 0; i < n; i++)
    {
      wipe_stack ();
      cairn_gc ();
      verify ();
    }
}

int
main (int argc, char **argv)
{
  int status;
  pthread_t id[2];
  cpu_set_t set;
  (void)argc;
  rerun_with ("CAIRN_DEBUG", "gccheckmark=1,clobberfree=1", argv);
  build ();
  check_collections (5);
  CHECK (sched_getaffinity (0, sizeof set, &set) == 0);
  CHECK (CPU_COUNT (&set) == 1 || nthreads () > 1);
  for (unsigned long i = 0; i < 2; i++)
    CHECK (pthread_create (&id[i], NULL, change, (void *)i) == 0);
  check_collections (5);
  pid_t child = fork ();
  if (child == 0)
    {
      check_collections (3);
      CHECK (CPU_COUNT (&set) == 1 || nthreads () > 1);
      _exit (0);
    }
  CHECK (waitpid (child, &status, 0) == child && status == 0);
  check_collections (3);
  done = 1;
  for (int i = 0; i < 2; i++)
    pthread_join (id[i], NULL);
  return 0;
}
