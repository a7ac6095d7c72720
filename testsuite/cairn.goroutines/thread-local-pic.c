/* thread-local-pic.c: the same where a call says where the variables are.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

/* { dg-options "-Wall -Wextra -fPIC" } */

#include "thread-local.c"
