/* check-marks.h: CAIRN_DEBUG=gccheckmark=1, a second opinion on marking.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_CHECK_MARKS_H
#define CAIRNI_CHECK_MARKS_H

#include "base/base.h"

/* Marking is done, the world is stopped; SP as for cairni_roots_mark.  Mark
   again, by one thread, and end the program if that reaches an object that the
   first marking did not.  The marks are those of the first afterwards.  */
extern void cairni_check_marks (uintptr_t sp);

/* The same for marking that began and ended, with what is written noted still,
   beside the program.  */
extern void cairni_check_marks_beside (uintptr_t sp);

/* Marking beside the program begins: LO <= address < HI, of manual memory, is
   allocated.  */
extern void cairni_check_note_manual (uintptr_t lo, uintptr_t hi);

/* It does not end.  */
extern void cairni_check_forget (void);

#endif /* CAIRNI_CHECK_MARKS_H */
