/* channels.c: Pebble's twin has none.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "pebble.h"

void
define_channels (void)
{
}

int
receive_value (struct value v, struct value *element)
{
  (void)v, (void)element;
  return 0;
}
