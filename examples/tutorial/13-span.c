/* A span of small objects is 8 KB of slots of one size.  This one is full of
   objects of 16 bytes, of which only those survive that make a picture.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stdio.h>

enum
{
  SLOT = 16,
  SPAN = 8192,
  NSLOTS = SPAN / SLOT,
  WIDTH = 64
};

static const char picture[]
    = "################################################################"
      "#                                                              #"
      "#       ####     ##     ###    #####    #    #                 #"
      "#      #        #  #     #     #    #   ##   #     ##          #"
      "#      #       ######    #     #####    # #  #    ####         #"
      "#       ####   #    #   ###    #    #   #  # #   ######        #"
      "#                                                              #"
      "################################################################";

static char *objects[4 * NSLOTS];

static int
compare_slots (const char *span)
{
  int n = 0;
  for (int i = 0; i < 4 * NSLOTS; i++)
    n += objects[i] >= span && objects[i] < span + SPAN;
  return n;
}

int
main (void)
{
  for (int i = 0; i < 4 * NSLOTS; i++)
    objects[i] = cairn_malloc (SLOT - 1);

  /* A span that has no objects but ours.  */
  char *span = NULL;
  for (int i = 0; i < 4 * NSLOTS && !span; i++)
    if ((uintptr_t)objects[i] % SPAN == 0
        && compare_slots (objects[i]) == NSLOTS)
      span = objects[i];

  for (int i = 0; i < 4 * NSLOTS; i++)
    {
      size_t slot = (objects[i] - span) / SLOT;
      if (slot >= NSLOTS || picture[slot] == ' ')
        objects[i] = NULL;
    }
  cairn_gc ();

  for (int i = 0; i < NSLOTS; i++)
    printf ("%c%s", cairn_is_heap (span + SLOT * i) ? '#' : '.',
            i % WIDTH == WIDTH - 1 ? "\n" : "");
  return 0;
}
