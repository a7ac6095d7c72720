/* Sizes, alignments and offsets: what an object of a type takes, and where the
   fields stand in it.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct t1
{
  int8_t a;
  int64_t b;
  uint16_t c;
};

struct t2
{
  int8_t a;
  uint16_t c;
  int64_t b;
};

#define SHOW(TYPE, FIELD)                                                      \
  printf ("  %-2s size %zu, align %zu, offset %zu\n", #FIELD,                  \
          sizeof (((TYPE *)0)->FIELD), _Alignof(((TYPE *)0)->FIELD),           \
          offsetof (TYPE, FIELD))

int
main (void)
{
  printf ("t1: size %zu, align %zu\n", sizeof (struct t1), _Alignof(struct t1));
  SHOW (struct t1, a);
  SHOW (struct t1, b);
  SHOW (struct t1, c);
  printf ("t2: size %zu, align %zu\n", sizeof (struct t2), _Alignof(struct t2));
  SHOW (struct t2, a);
  SHOW (struct t2, b);
  SHOW (struct t2, c);
  return 0;
}
