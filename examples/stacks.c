/* A recursive parser on a stack that begins with 2 KB and grows as it is used:
   100,000 nested parentheses, in a thread whose system stack has 64 KB.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH 100000

/* Say when the stack has another size; how far it gets depends on how the
   compiler optimizes, so only up to 1 MB.  */
static void
watch (void)
{
  static size_t last;
  size_t now = cairn_stack_size ();
  if (now != last && now <= 1 << 20)
    printf ("%zu KB\n", now >> 10);
  last = now;
}

/* How deep the parentheses at *TEXT are nested; moves it past them.  */
static int
parse (const char **text)
{
  int depth = 0;
  watch ();
  while (**text == '(')
    {
      ++*text;
      int inner = parse (text) + 1;
      if (inner > depth)
        depth = inner;
      if (*(*text)++ != ')')
        printf ("a parenthesis is missing\n");
    }
  return depth;
}

static void *
run (void *text)
{
  const char *rest = text;
  printf ("%d deep\n", parse (&rest));
  return NULL;
}

int
main (void)
{
  char *text = malloc (2 * DEPTH + 1);
  pthread_attr_t attr;
  pthread_t thread;
  memset (text, '(', DEPTH);
  memset (text + DEPTH, ')', DEPTH);
  text[2 * DEPTH] = 0;
  pthread_attr_init (&attr);
  pthread_attr_setstacksize (&attr, 65536);
  if (pthread_create (&thread, &attr, run, text) != 0)
    perror ("pthread_create");
  pthread_join (thread, NULL);
  return 0;
}
