/* meta.h: memory for the runtime's own records.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Records live in their own mappings, never in memory that is scanned as
   roots: a record's pointer into the heap keeps nothing alive.  Memory is
   never given back to the system, but records of one size are reused.  */

#ifndef CAIRNI_META_H
#define CAIRNI_META_H

#include "base/base.h"
#include "os/lock.h"

/* A free list of records of one size.  */
struct cairni_meta_pool
{
  struct cairni_lock lock; /* Guards the rest.  */
  size_t record_nbytes;    /* A multiple of 64; set at build time.  */
  void *free_list;         /* Linked through the first word.  */
  char *chunk, *chunk_end; /* Never-used memory.  */
  size_t sys_nbytes;       /* Bytes had from the system.  */
};

#define CAIRNI_META_POOL(nbytes)                                               \
  {                                                                            \
    .record_nbytes = ((nbytes) + 127) / 128 * 128                              \
  }

/* A zeroed record, 128-aligned, or NULL: out of memory.  The caller must be
   in a runtime section or otherwise unstoppable.  */
extern void *cairni_meta_alloc (struct cairni_meta_pool *pool);

/* Take RECORD back.  */
extern void cairni_meta_free (struct cairni_meta_pool *pool, void *record);

#endif /* CAIRNI_META_H */
