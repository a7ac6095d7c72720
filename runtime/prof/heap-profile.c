/* heap-profile.c: the heap profile as a file.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   As text it begins with a list of addresses and the functions that they are part
   of, for google-pprof, whose form the rest has, too; and each stack is followed
   by remarks, for people.  The numbers are those of all objects that the samples
   stand for, not those of the samples.  */

#include "prof/heap-profile.h"
#include "base/options.h"
#include "cairn/profile.h"
#include "heap/sampling.h"
#include "os/sys.h"
#include "prof/counts.h"
#include "prof/profile.h"
#include "prof/samples.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* What a profile's values are.  */
enum
{
  ALLOC_OBJECTS,
  ALLOC_SPACE,
  INUSE_OBJECTS,
  INUSE_SPACE,
  NVALUES
};

/* Store what stands behind the samples of RECORD.  */
static void
scale (const struct cairni_heap_record *record, uint64_t values[NVALUES])
{
  size_t nbytes = record->bucket->nbytes;
  double factor = cairni_sampling_scale (nbytes, record->bucket->shift);
  double count = factor * record->count;
  double living = factor * (record->count - record->nended);
  values[ALLOC_OBJECTS] = count + 0.5;
  values[ALLOC_SPACE] = count * nbytes + 0.5;
  values[INUSE_OBJECTS] = living + 0.5;
  values[INUSE_SPACE] = living * nbytes + 0.5;
}

bool
cairni_heap_profile_put (struct cairni_buffer *buffer, const char *shown)
{
  struct cairni_profile profile;
  uint64_t values[NVALUES];
  size_t n;
  struct cairni_heap_record *records = cairni_samples_get (&n);
  if (!records || !cairni_profile_init (&profile))
    {
      free (records);
      return false;
    }
  cairni_profile_add_type (&profile, "alloc_objects", "count");
  cairni_profile_add_type (&profile, "alloc_space", "bytes");
  cairni_profile_add_type (&profile, "inuse_objects", "count");
  cairni_profile_add_type (&profile, "inuse_space", "bytes");
  cairni_profile_set_head (&profile, &(struct cairni_profile_head){
                                         .period_type = "space",
                                         .period_unit = "bytes",
                                         .period = cairni_debug.memprofilerate,
                                         .time_ns = cairni_sys_date_ns (),
                                         .shown = shown,
                                     });
  for (size_t i = 0; i < n; i++)
    {
      scale (&records[i], values);
      cairni_profile_add_sample (&profile, records[i].bucket, values);
    }
  bool good = cairni_profile_finish (&profile);
  if (good)
    cairni_buffer_put (buffer, profile.message.bytes, profile.message.nbytes);
  cairni_profile_destroy (&profile);
  free (records);
  return good && !buffer->is_broken;
}

/* The names of LOCATION's functions, as google-pprof takes them: the one that was
   inlined last is the last.  */
static void
put_symbol (struct cairni_buffer *buffer,
            const struct cairni_location *location)
{
  cairni_buffer_format (buffer, "0x%016lx", (unsigned long)location->pc);
  for (unsigned i = location->nlines; i-- > 0;)
    cairni_buffer_format (buffer, "%s%s", i + 1 < location->nlines ? "--" : " ",
                          location->lines[i].function);
  cairni_buffer_put_string (buffer, "\n");
}

static void
put_numbers (struct cairni_buffer *buffer, const uint64_t values[NVALUES])
{
  cairni_buffer_format (
      buffer, "%lu: %lu [%lu: %lu] @", (unsigned long)values[INUSE_OBJECTS],
      (unsigned long)values[INUSE_SPACE], (unsigned long)values[ALLOC_OBJECTS],
      (unsigned long)values[ALLOC_SPACE]);
}

static int
compare_inuse (const void *a, const void *b)
{
  uint64_t values_a[NVALUES], values_b[NVALUES];
  scale (a, values_a);
  scale (b, values_b);
  return values_a[INUSE_SPACE] != values_b[INUSE_SPACE]
             ? (values_a[INUSE_SPACE] < values_b[INUSE_SPACE] ? 1 : -1)
             : (values_a[ALLOC_SPACE] < values_b[ALLOC_SPACE]) * 2 - 1;
}

bool
cairni_heap_profile_put_text (struct cairni_buffer *buffer)
{
  const struct cairni_location *stack[CAIRNI_BUCKET_NFRAMES];
  struct cairni_locations locations;
  struct cairni_buffer body = { 0 };
  uint64_t values[NVALUES], sums[NVALUES] = { 0 };
  size_t n;
  struct cairni_heap_record *records = cairni_samples_get (&n);
  if (!records || !cairni_locations_init (&locations))
    {
      free (records);
      return false;
    }
  qsort (records, n, sizeof *records, compare_inuse);
  cairni_buffer_format (buffer, "--- symbol\nbinary=%s\n",
                        locations.nimages ? locations.images[0].path : "");
  size_t nwritten = 0;
  for (size_t i = 0; i < n; i++)
    {
      const struct cairni_bucket *bucket = records[i].bucket;
      size_t depth = cairni_locations_of_stack (&locations, bucket->pcs,
                                                bucket->nframes, stack);
      if (depth == SIZE_MAX)
        {
          body.is_broken = true;
          break;
        }
      scale (&records[i], values);
      for (unsigned v = 0; v < NVALUES; v++)
        sums[v] += values[v];
      put_numbers (&body, values);
      for (size_t k = 0; k < depth; k++)
        {
          cairni_buffer_format (&body, " 0x%lx", (unsigned long)stack[k]->pc);
          if (stack[k]->id > nwritten)
            {
              nwritten = stack[k]->id;
              put_symbol (buffer, stack[k]);
            }
        }
      cairni_buffer_put_string (&body, "\n");
      cairni_counts_put_remarks (&body, bucket, stack, depth);
      cairni_buffer_put_string (&body, "\n");
    }
  cairni_buffer_put_string (buffer, "---\nheap profile: ");
  put_numbers (buffer, sums);
  cairni_buffer_format (buffer, " heapprofile\n\n");
  cairni_buffer_put (buffer, body.bytes, body.nbytes);
  bool good = !body.is_broken && !buffer->is_broken;
  cairni_buffer_destroy (&body);
  cairni_locations_destroy (&locations);
  free (records);
  return good;
}

/* Write BUFFER, which IS_GOOD, to OUT, and free it.  */
static int
write_out (struct cairni_buffer *buffer, bool is_good, FILE *out)
{
  int result = -1;
  if (!is_good)
    errno = ENOMEM;
  else if (fwrite (buffer->bytes, 1, buffer->nbytes, out) == buffer->nbytes
           && fflush (out) == 0)
    result = 0;
  int saved = errno;
  cairni_buffer_destroy (buffer);
  errno = saved;
  return result;
}

CAIRNI_PUBLIC int
cairn_write_heap_profile (FILE *out)
{
  struct cairni_buffer buffer = { 0 };
  bool is_good = cairni_heap_profile_put (&buffer, "inuse_space");
  return write_out (&buffer, is_good, out);
}

CAIRNI_PUBLIC int
cairn_write_heap_profile_text (FILE *out)
{
  struct cairni_buffer buffer = { 0 };
  bool is_good = cairni_heap_profile_put_text (&buffer);
  return write_out (&buffer, is_good, out);
}
