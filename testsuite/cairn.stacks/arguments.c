/* arguments.c: a va_list into the growable stack is copied.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

#include "stacks.h"
#include <stdarg.h>

extern void cairn_rt_va_start (void *to, void *from, void *save_area,
			       size_t args_nbytes);

/* What there was on the stack may be anything afterwards.  */
static long
sum (long n, ...)
{
  va_list own, copy;
  char save_area[176];
  long result = 0;
  va_start (own, n);
  cairn_rt_va_start (copy, own, save_area, (n - 5) * 8);
  for (long i = 0; i < n; i++)
    result += va_arg (copy, long) + va_arg (own, long);
  va_end (own);
  return result;
}

static long
on_system_stack (void)
{
  CHECK (sum (8, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L) == 72);
  return 0;
}

/* The areas of a variadic function on the growable stack, as LIST says.  */
static long
copied (long *list)
{
  long copy[3], save_area[22];
  uintptr_t overflow = list[1], save = list[2];
  cairn_rt_va_start (copy, list, save_area, 4000);
  CHECK (copy[0] == list[0]);
  CHECK (copy[2] == (long) save_area);
  CHECK (memcmp (save_area, (void *) save, sizeof save_area) == 0);
  CHECK ((uintptr_t) copy[1] != overflow);
  CHECK ((uintptr_t) copy[1] % 16 == overflow % 16);
  CHECK (memcmp ((void *) copy[1], (void *) overflow, 64) == 0);
  return 0;
}

struct step steps[] = {
  { on_system_stack },
  { call_list, { (long) copied } },
  { 0 }
};
