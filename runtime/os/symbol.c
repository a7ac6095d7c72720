/* symbol.c: the names of functions, for messages.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "os/symbol.h"

#include <dlfcn.h>
#include <string.h>

bool
cairni_symbol_find (uintptr_t pc, char *name, size_t nbytes, uintptr_t *start)
{
  Dl_info info;
  if (!dladdr ((void *)pc, &info) || !info.dli_sname)
    return false;
  size_t length = cairni_min (strlen (info.dli_sname), nbytes - 1);
  memcpy (name, info.dli_sname, length);
  name[length] = 0;
  *start = (uintptr_t)info.dli_saddr;
  return true;
}
