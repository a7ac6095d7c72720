/* counts.c: profiles that count something by call stack.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "prof/counts.h"
#include "os/sys.h"
#include "prof/profile.h"

#include <string.h>

struct text
{
  struct cairni_buffer *buffer;
  struct cairni_locations locations;
  size_t total;
};

void
cairni_counts_put_remarks (struct cairni_buffer *buffer,
                           const struct cairni_bucket *bucket,
                           const struct cairni_location **locations, size_t n)
{
  const char *text = cairni_bucket_labels (bucket);
  for (const char *end = text + bucket->labels_nbytes; text < end;)
    {
      const char *value = text + strlen (text) + 1;
      cairni_buffer_format (buffer, "#\t%s: %s\n", text, value);
      text = value + strlen (value) + 1;
    }
  for (size_t i = 0; i < n; i++)
    for (unsigned l = 0; l < locations[i]->nlines; l++)
      {
        const struct cairni_line *line = &locations[i]->lines[l];
        cairni_buffer_format (buffer, "#\t0x%lx\t%s",
                              (unsigned long)locations[i]->pc, line->function);
        if (line->file)
          cairni_buffer_format (buffer, "\t%s:%u", line->file, line->line);
        cairni_buffer_put_string (buffer, "\n");
      }
}

static void
add_sample (struct cairni_bucket *bucket, void *arg)
{
  cairni_profile_add_sample (arg, bucket, &bucket->count);
}

static void
add_total (struct cairni_bucket *bucket, void *arg)
{
  ((struct text *)arg)->total += bucket->count;
}

static void
add_text (struct cairni_bucket *bucket, void *arg)
{
  const struct cairni_location *stack[CAIRNI_BUCKET_NFRAMES];
  struct text *text = arg;
  size_t n = cairni_locations_of_stack (&text->locations, bucket->pcs,
                                        bucket->nframes, stack);
  if (n == SIZE_MAX)
    {
      text->buffer->is_broken = true;
      return;
    }
  cairni_buffer_format (text->buffer, "%lu @", (unsigned long)bucket->count);
  for (size_t i = 0; i < n; i++)
    cairni_buffer_format (text->buffer, " 0x%lx", (unsigned long)stack[i]->pc);
  cairni_buffer_put_string (text->buffer, "\n");
  cairni_counts_put_remarks (text->buffer, bucket, stack, n);
  cairni_buffer_put_string (text->buffer, "\n");
}

static bool
put_text (struct cairni_buffer *buffer, const struct cairni_buckets *table,
          const char *name)
{
  struct text text = { .buffer = buffer };
  if (!cairni_locations_init (&text.locations))
    return false;
  cairni_buckets_each (table, add_total, &text);
  cairni_buffer_format (buffer, "%s profile: total %zu\n", name, text.total);
  cairni_buckets_each (table, add_text, &text);
  cairni_locations_destroy (&text.locations);
  return !buffer->is_broken;
}

bool
cairni_counts_put (struct cairni_buffer *buffer,
                   const struct cairni_buckets *table, const char *name,
                   bool as_text)
{
  struct cairni_profile profile;
  if (as_text)
    return put_text (buffer, table, name);
  if (!cairni_profile_init (&profile))
    return false;
  cairni_profile_add_type (&profile, name, "count");
  cairni_profile_set_head (&profile, &(struct cairni_profile_head){
                                         .period_type = name,
                                         .period_unit = "count",
                                         .period = 1,
                                         .time_ns = cairni_sys_date_ns (),
                                     });
  cairni_buckets_each (table, add_sample, &profile);
  bool good = cairni_profile_finish (&profile);
  if (good)
    cairni_buffer_put (buffer, profile.message.bytes, profile.message.nbytes);
  cairni_profile_destroy (&profile);
  return good && !buffer->is_broken;
}
