/* First rule: what a returned pointer points to is on the heap.  A pointer that
   is handed down, and not kept, does no harm.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stdio.h>

struct user
{
  const char *name;
  int age;
};

static struct user *
new_user (const char *name, int age)
{
  struct user u = { name, age };
  return &u;
}

static void
birthday (struct user *u)
{
  u->age++;
}

static struct user *
older (struct user *a, struct user *b)
{
  return a->age > b->age ? a : b;
}

int
main (void)
{
  struct user *ada = new_user ("Ada", 36), bob = { "Bob", 35 };
  birthday (ada);
  birthday (&bob);
  struct user *elder = older (ada, &bob);
  printf ("%s is %d; on the heap: %d\n", elder->name, elder->age,
          cairn_is_heap (elder));
  printf ("%s is %d; on the heap: %d\n", bob.name, bob.age,
          cairn_is_heap (&bob));
  return 0;
}
