/* A string never changes, bytes may: both ways from one to the other are
   copies.  A view looks at bytes without a copy, and can neither change them
   nor be taken for a string.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "measure.h"
#include <cairn/map.h>
#include <cairn/string.h>

CAIRN_MAP_STRING (counts, int);

static struct counts *seen;
static struct cairn_bytes line;
struct cairn_string copied;
struct cairn_bytes changeable;

static void
to_string (void)
{
  copied = cairn_string_from_bytes (line);
}

static void
to_bytes (void)
{
  changeable = cairn_string_to_bytes (copied);
}

static void
look_up (void)
{
  ++*counts_find_view (seen, cairn_view_of_bytes (line));
}

int
main (void)
{
  line = cairn_string_to_bytes (CAIRN_STRING ("stones upon stones"));
  seen = counts_make (0);
  counts_set (seen, CAIRN_STRING ("stones upon stones"), 0);

  measure ("bytes to string", to_string);
  measure ("string to bytes", to_bytes);
  measure ("a view as a key", look_up);

  CAIRN_SLICE_AT (changeable, 0) = 'S';
  printf ("%.*s, %.*s\n", CAIRN_STRING_PRINTF (copied), (int)changeable.len,
          changeable.data);
  printf ("found %d times\n", *counts_find (seen, copied));
  return 0;
}
