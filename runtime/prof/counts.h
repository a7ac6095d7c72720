/* counts.h: profiles that count something by call stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_COUNTS_H
#define CAIRNI_COUNTS_H

#include "prof/buckets.h"
#include "prof/buffer.h"
#include "prof/locations.h"

/* Put the counts of TABLE, of what is called NAME, into BUFFER in pprof's form, or
   AS_TEXT; false: out of memory.  Outside of sections.  */
extern bool cairni_counts_put (struct cairni_buffer *buffer,
                               const struct cairni_buckets *table,
                               const char *name, bool as_text);

/* Put lines on the labels and the frames of BUCKET, the N LOCATIONS, into BUFFER,
   each with # before it.  */
extern void cairni_counts_put_remarks (struct cairni_buffer *buffer,
                                       const struct cairni_bucket *bucket,
                                       const struct cairni_location **locations,
                                       size_t n);

#endif /* CAIRNI_COUNTS_H */
