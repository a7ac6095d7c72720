/* labels.h: what the program calls the work that a goroutine does.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A set of labels is a collected object without pointers, never changed.  The
   current one is a variable of the thread, so that a handler can read it; it
   goes with the goroutine, whose record has it meanwhile.  A new goroutine has
   its creator's.  */

#ifndef CAIRNI_LABELS_H
#define CAIRNI_LABELS_H

#include "base/base.h"

/* The longest text.  */
#define CAIRNI_LABELS_NBYTES 512

struct cairn_labels
{
  uint32_t nbytes;
  char text[]; /* Key, value, key, value, ...; each with a 0 at its end.  */
};

/* NULL: none.  */
extern __thread const struct cairn_labels *cairni_labels_self
    __attribute__ ((tls_model ("initial-exec")));

#endif /* CAIRNI_LABELS_H */
