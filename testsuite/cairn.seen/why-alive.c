/* The way from a root to an object: cairn_why_alive.  Where the program itself has
   pointers that are not to be the way, it has them inverted.

   { seen-run "" 0 "" }
   { seen-says "global: 0x[0-9a-f]+ \(48 bytes, struct node\) is reached from\n  variable table \+ 8, at 0x[0-9a-f]+\n  0x[0-9a-f]+ \(48 bytes, struct node\)\n1\n" }
   { seen-says "list: 0x[0-9a-f]+ \(48 bytes, struct node\) is reached from\n  variable table \+ 16, at 0x[0-9a-f]+\n(  0x[0-9a-f]+ \(48 bytes, struct node\) at 8\n){2}  0x[0-9a-f]+ \(48 bytes, struct node\)\n1\n" }
   { seen-says "long: 0x[0-9a-f]+ .*\n  variable chain, .*\n(  0x[0-9a-f]+ [^\n]* at 8\n){31}  0x[0-9a-f]+ [^\n]*\)\n  \.\.\. 937 more \.\.\.\n(  0x[0-9a-f]+ [^\n]* at 8\n){31}  0x[0-9a-f]+ \(48 bytes, struct node\)\n1\n" }
   { seen-says "goroutine: .*\n  the frame of holder(| \([^\n]*why-alive.c:[0-9]+\)), in goroutine [0-9]+, at 0x[0-9a-f]+\n" }
   { seen-says "thread: .*\n  (the frame of hold_in_thread[^,\n]*, in|the stack or the variables of) thread [0-9]+, at 0x[0-9a-f]+\n" }
   { seen-says "manual: .*\n  memory from malloc of code without the plugin, at" }
   { seen-says "cleanup: .*\n  the argument of a cleanup, at" }
   { seen-says "own: .*\n  the stack or the variables of thread [0-9]+, which is asking, at" }
   { seen-says "no object: -1 Invalid argument" }
   { seen-says "again: same" }  */

#include <cairn/chan.h>
#include <cairn/go.h>
#include <cairn/heap.h>

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct node
{
  int number;
  struct node *next;
  char rest[24];
};

static struct
{
  long unused;
  struct node *first, *second;
} table;
static struct node *chain;

static cairn_chan (int) started, wait_here;

static __attribute__ ((noinline)) struct node *
make (struct node *next)
{
  struct node *n = malloc (sizeof *n);
  n->next = next;
  return n;
}

/* Ask about the object whose address is inverted.  */
static __attribute__ ((noinline)) void
ask (const char *what, uintptr_t inverted)
{
  printf ("%s: ", what);
  printf ("%d\n", cairn_why_alive ((void *)~inverted, stdout));
}

/* Overwrite what calls have left on the stack.  */
static __attribute__ ((noinline)) void
clear (void)
{
  volatile char waste[4096];
  memset ((void *)waste, 0, sizeof waste);
}

static __attribute__ ((noinline)) uintptr_t
third_of_list (void)
{
  struct node *n = make (NULL);
  table.second = make (make (n));
  return ~(uintptr_t)n;
}

static __attribute__ ((noinline)) uintptr_t
end_of_chain (void)
{
  struct node *end = make (NULL);
  chain = end;
  for (int i = 0; i < 1000; i++)
    chain = make (chain);
  return ~(uintptr_t)end;
}

/* Several, as a word that is left over may lead to one of them.  */
#define NHOLDERS 8
static uintptr_t in_goroutine[NHOLDERS];

static void
holder (void *arg)
{
  struct node *n = make (NULL);
  *(uintptr_t *)arg = ~(uintptr_t)n;
  cairn_send (started, 1);
  n->number = cairn_receive (wait_here);
}

static uintptr_t in_thread;
static int over;

/* Only a register may lead there when it is stopped.  */
static __attribute__ ((noinline)) void *
hold_in_thread (void *unused)
{
  struct node *volatile room[8] = { make (NULL) };
  __atomic_store_n (&in_thread, ~(uintptr_t)room[0], __ATOMIC_SEQ_CST);
  while (!__atomic_load_n (&over, __ATOMIC_SEQ_CST))
    room[1] = NULL;
  (void)unused;
  return room[1];
}

static void *(*volatile other_malloc) (size_t) = malloc;
static uintptr_t in_manual, as_argument;

static __attribute__ ((noinline)) void **
give_to_manual (void)
{
  void **block = other_malloc (64);
  memset (block, 0, 64);
  block[3] = make (NULL);
  in_manual = ~(uintptr_t)block[3];
  return block;
}

static void
nothing (void *unused)
{
  (void)unused;
}

static __attribute__ ((noinline)) void
give_to_cleanup (void)
{
  struct node *n = make (NULL);
  as_argument = ~(uintptr_t)n;
  cairn_add_cleanup (table.first, nothing, n);
}

int
main (void)
{
  table.first = make (NULL);
  uintptr_t list = third_of_list ();
  uintptr_t end = end_of_chain ();
  started = cairn_make_chan (int, 0);
  wait_here = cairn_make_chan (int, 0);
  for (int i = 0; i < NHOLDERS; i++)
    cairn_go (holder, &in_goroutine[i]);
  for (int i = 0; i < NHOLDERS; i++)
    cairn_receive (started);
  cairn_sleep (20 * CAIRN_MILLISECOND);
  void **volatile block = give_to_manual ();
  give_to_cleanup ();
  clear ();

  ask ("global", ~(uintptr_t)table.first);
  ask ("list", list);
  ask ("long", end);
  for (int i = 0; i < NHOLDERS; i++)
    ask ("goroutine", in_goroutine[i]);
  pthread_t thread;
  if (pthread_create (&thread, NULL, hold_in_thread, NULL) != 0)
    abort ();
  while (!__atomic_load_n (&in_thread, __ATOMIC_SEQ_CST))
    cairn_yield ();
  ask ("thread", in_thread);
  __atomic_store_n (&over, 1, __ATOMIC_SEQ_CST);
  pthread_join (thread, NULL);
  ask ("manual", in_manual);
  ask ("cleanup", as_argument);
  struct node *volatile mine = make (NULL);
  ask ("own", ~(uintptr_t)mine);
  int status = cairn_why_alive (&table, stdout);
  printf ("no object: %d %s\n", status, strerror (errno));

  /* It leaves nothing behind that a collection would trip over.  */
  cairn_gc ();
  struct node *n = table.second;
  int length = 0;
  for (n = chain; n; n = n->next)
    length++;
  printf ("again: %s\n", length == 1001 && table.second->next ? "same" : "lost");
  cairn_send (wait_here, 1);
  free ((void *)block);
  return 0;
}
