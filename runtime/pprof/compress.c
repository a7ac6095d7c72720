/* compress.c: compress a profile, by zlib.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "pprof/pprof.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

/* Of the form: that of gzip.  */
#define GZIP 16

void *
cairn_prof_compress (const void *p, size_t nbytes, size_t *size)
{
  z_stream stream = { .next_in = (void *)p, .avail_in = nbytes };
  /* Larger ones than zlib counts are none of ours.  */
  if (nbytes > UINT_MAX / 2
      || deflateInit2 (&stream, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + GZIP, 8,
                       Z_DEFAULT_STRATEGY)
             != Z_OK)
    return NULL;
  size_t max = deflateBound (&stream, nbytes);
  void *result = malloc (max);
  bool good = false;
  if (result)
    {
      stream.next_out = result;
      stream.avail_out = max;
      good = deflate (&stream, Z_FINISH) == Z_STREAM_END;
      *size = stream.total_out;
    }
  deflateEnd (&stream);
  if (!good)
    {
      free (result);
      return NULL;
    }
  return result;
}
