/* debugger.c: what a debugger must know to find goroutines.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A table of numbers that is there when debugging information is not; read by
   libcairn.so-gdb.py in the order of its FIELDS.  VERSION changes with the
   meaning of any.  */

#include "arch/x86_64/stack-layout.h"
#include "sched/goroutine.h"

#define VERSION 1
#define G(field) offsetof (struct cairni_goroutine, field)

CAIRNI_PUBLIC const uint64_t cairn_debug_goroutines[] = {
  VERSION,
  (uintptr_t)&cairni_goroutine_chunks,
  (uintptr_t)&cairni_goroutine_nused,
  CAIRNI_GOROUTINE_CHUNK_HEADER_NBYTES,
  CAIRNI_GOROUTINE_RECORD_NBYTES,
  CAIRNI_GOROUTINE_PER_CHUNK,
  G (id),
  G (state),
  G (reason),
  G (is_thread),
  G (is_system),
  G (is_off),
  G (m),
  G (stack_sp),
  G (saved),
  G (saved_nbytes),
  G (saved_base),
  G (fn),
  G (created_at),
  G (created_by),
  offsetof (struct cairni_m, tid),
  (uintptr_t)cairni_arch_begin,
  (uintptr_t)cairni_debug_reasons,
};

#define REASON(id, text) text,
const char *const cairni_debug_reasons[] = { CAIRNI_REASONS (REASON) NULL };
#undef REASON
