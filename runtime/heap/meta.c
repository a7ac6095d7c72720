/* meta.c: memory for the runtime's own records.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "heap/meta.h"
#include "os/sys.h"

#include <string.h>

/* Bytes to ask of the system at a time.  */
#define CHUNK_NBYTES ((size_t)256 << 10)

void *
cairni_meta_alloc (struct cairni_meta_pool *pool)
{
  cairni_lock_acquire (&pool->lock);
  void *record = pool->free_list;
  if (record)
    {
      pool->free_list = *(void **)record;
      memset (record, 0, pool->record_nbytes);
    }
  else
    {
      if ((size_t)(pool->chunk_end - pool->chunk) < pool->record_nbytes)
        {
          char *chunk = cairni_sys_map (CHUNK_NBYTES);
          if (chunk)
            {
              pool->chunk = chunk;
              pool->chunk_end = chunk + CHUNK_NBYTES;
              pool->sys_nbytes += CHUNK_NBYTES;
            }
        }
      if ((size_t)(pool->chunk_end - pool->chunk) >= pool->record_nbytes)
        {
          record = pool->chunk;
          pool->chunk += pool->record_nbytes;
        }
    }
  cairni_lock_release (&pool->lock);
  return record;
}

void
cairni_meta_free (struct cairni_meta_pool *pool, void *record)
{
  cairni_lock_acquire (&pool->lock);
  *(void **)record = pool->free_list;
  pool->free_list = record;
  cairni_lock_release (&pool->lock);
}
