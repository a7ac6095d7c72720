/* trace.c: backtraces.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
 */

#include "stack/trace.h"
#include "arch/x86_64/arch.h"
#include "os/symbol.h"

#include <string.h>

#define SHOWN 100

void
cairni_trace_frame (uintptr_t pc)
{
  char name[CAIRNI_TRACE_NAME_NBYTES];
  uintptr_t start;
  /* A call may be its function's last instruction.  */
  if (cairni_symbol_find (pc - 1, name, sizeof name, &start))
    cairni_print ("  %s + %z", name, (size_t)(pc - start));
  else
    cairni_print ("  %p", (void *)pc);
}

struct walk
{
  unsigned nframes;
};

/* Whether the function of PC is the runtime's.  */
static bool
is_runtime (uintptr_t pc)
{
  char name[CAIRNI_TRACE_NAME_NBYTES];
  uintptr_t start;
  return cairni_symbol_find (pc - 1, name, sizeof name, &start)
         && (strncmp (name, "cairn", 5) == 0
             || strcmp (name, "__morestack") == 0);
}

static _Unwind_Reason_Code
visit (struct _Unwind_Context *context, void *arg)
{
  struct walk *walk = arg;
  uintptr_t pc = _Unwind_GetIP (context);
  if (pc == 0)
    return _URC_NORMAL_STOP;
  if (walk->nframes == 0 && is_runtime (pc))
    return _URC_NO_REASON;
  cairni_trace_frame (pc);
  if (++walk->nframes < SHOWN)
    return _URC_NO_REASON;
  cairni_print ("  ...");
  return _URC_NORMAL_STOP;
}

void
cairni_trace_print (uintptr_t pc, uintptr_t sp)
{
  struct walk walk = { 0 };
  if (pc == 0)
    _Unwind_Backtrace (visit, &walk);
  else
    cairni_arch_unwind_from (visit, &walk, pc, sp);
}
