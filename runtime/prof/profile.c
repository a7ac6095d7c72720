/* profile.c: write a profile in pprof's form.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The form is described by profile.proto of the pprof project.  A generator of
   code for it would be one more thing to install for whoever builds this, and what
   it saves is a dozen lines: the tables of strings, functions and locations, which
   are most of the work, would be the same.  */

#include "prof/profile.h"
#include "prof/buckets.h"
#include "prof/gzip.h"

#include <stdlib.h>
#include <string.h>

/* Fields of messages.  */
enum
{
  PROFILE_SAMPLE_TYPE = 1,
  PROFILE_SAMPLE = 2,
  PROFILE_MAPPING = 3,
  PROFILE_LOCATION = 4,
  PROFILE_FUNCTION = 5,
  PROFILE_STRING = 6,
  PROFILE_TIME_NS = 9,
  PROFILE_DURATION_NS = 10,
  PROFILE_PERIOD_TYPE = 11,
  PROFILE_PERIOD = 12,
  PROFILE_DEFAULT_TYPE = 14,
  TYPE_TYPE = 1,
  TYPE_UNIT = 2,
  SAMPLE_LOCATION = 1,
  SAMPLE_VALUE = 2,
  SAMPLE_LABEL = 3,
  LABEL_KEY = 1,
  LABEL_STRING = 2,
  LABEL_NUMBER = 3,
  LABEL_UNIT = 4,
  MAPPING_ID = 1,
  MAPPING_START = 2,
  MAPPING_LIMIT = 3,
  MAPPING_OFFSET = 4,
  MAPPING_FILE = 5,
  MAPPING_BUILD_ID = 6,
  MAPPING_HAS_FUNCTIONS = 7,
  MAPPING_HAS_FILES = 8,
  MAPPING_HAS_LINES = 9,
  MAPPING_HAS_INLINED = 10,
  LOCATION_ID = 1,
  LOCATION_MAPPING = 2,
  LOCATION_ADDRESS = 3,
  LOCATION_LINE = 4,
  LINE_FUNCTION = 1,
  LINE_NUMBER = 2,
  FUNCTION_ID = 1,
  FUNCTION_NAME = 2,
  FUNCTION_SYSTEM_NAME = 3,
  FUNCTION_FILE = 4,
  FUNCTION_START_LINE = 5
};

/* Different keys, numbered from 0 on in the order in which they came.  */
struct cairni_table
{
  struct cairni_buffer keys;
  struct key
  {
    size_t offset, nbytes; /* In KEYS.  */
    uint64_t hash;
  } * entries;
  size_t *places; /* By hash: number + 1; 0: none.  */
  size_t n, max;  /* PLACES has twice as many.  */
};

static struct cairni_table *
table_create (void)
{
  struct cairni_table *table = calloc (1, sizeof *table);
  if (!table)
    return NULL;
  table->max = 1024;
  table->entries = malloc (table->max * sizeof *table->entries);
  table->places = calloc (2 * table->max, sizeof *table->places);
  if (!table->entries || !table->places)
    table->keys.is_broken = true;
  return table;
}

static void
table_destroy (struct cairni_table *table)
{
  if (!table)
    return;
  cairni_buffer_destroy (&table->keys);
  free (table->entries);
  free (table->places);
  free (table);
}

static void
table_grow (struct cairni_table *table)
{
  size_t max = 2 * table->max;
  struct key *entries = realloc (table->entries, max * sizeof *entries);
  size_t *places = calloc (2 * max, sizeof *places);
  if (entries)
    table->entries = entries;
  if (!entries || !places)
    {
      free (places);
      table->keys.is_broken = true;
      return;
    }
  for (size_t k = 0; k < table->n; k++)
    {
      size_t i = entries[k].hash % (2 * max);
      while (places[i])
        i = (i + 1) % (2 * max);
      places[i] = k + 1;
    }
  free (table->places);
  table->places = places;
  table->max = max;
}

/* The number of the key with NBYTES at P; *IS_NEW says whether it came now.  */
static size_t
table_find (struct cairni_table *table, const void *p, size_t nbytes,
            bool *is_new)
{
  uint64_t hash = nbytes;
  *is_new = false;
  for (size_t i = 0; i < nbytes; i++)
    hash = (hash ^ ((const unsigned char *)p)[i]) * 0x100000001b3;
  hash ^= hash >> 32;
  if (!table->keys.is_broken && table->n == table->max)
    table_grow (table);
  if (table->keys.is_broken)
    return 0;
  size_t i = hash % (2 * table->max);
  for (; table->places[i]; i = (i + 1) % (2 * table->max))
    {
      const struct key *key = &table->entries[table->places[i] - 1];
      if (key->hash == hash && key->nbytes == nbytes
          && memcmp (table->keys.bytes + key->offset, p, nbytes) == 0)
        return table->places[i] - 1;
    }
  size_t offset = table->keys.nbytes;
  cairni_buffer_put (&table->keys, p, nbytes);
  if (table->keys.is_broken)
    return 0;
  table->entries[table->n] = (struct key){ offset, nbytes, hash };
  table->places[i] = ++table->n;
  *is_new = true;
  return table->n - 1;
}

static size_t
string_of (struct cairni_profile *profile, const char *text)
{
  bool is_new;
  size_t nbytes = text ? strlen (text) : 0;
  /* An address that can be read.  */
  return table_find (profile->strings, text ? text : "", nbytes + 1, &is_new);
}

/* The number of what LINE is in; it is written if it is new.  */
static size_t
function_of (struct cairni_profile *profile, const struct cairni_line *line)
{
  bool is_new;
  const size_t key[] = { string_of (profile, line->function),
                         string_of (profile, line->file), line->start_line };
  size_t id = table_find (profile->functions, key, sizeof key, &is_new) + 1;
  if (is_new)
    {
      struct cairni_buffer function = { 0 };
      cairni_message_put_number (&function, FUNCTION_ID, id);
      cairni_message_put_number (&function, FUNCTION_NAME, key[0]);
      cairni_message_put_number (&function, FUNCTION_SYSTEM_NAME, key[0]);
      cairni_message_put_number (&function, FUNCTION_FILE, key[1]);
      cairni_message_put_number (&function, FUNCTION_START_LINE, key[2]);
      cairni_message_put_part (&profile->message, PROFILE_FUNCTION, &function);
      cairni_buffer_destroy (&function);
    }
  return id;
}

bool
cairni_profile_init (struct cairni_profile *profile)
{
  *profile = (struct cairni_profile){ 0 };
  if (!cairni_locations_init (&profile->locations))
    return false;
  profile->strings = table_create ();
  profile->functions = table_create ();
  if (!profile->strings || !profile->functions)
    {
      cairni_profile_destroy (profile);
      return false;
    }
  /* String 0 is the empty one.  */
  string_of (profile, "");
  return true;
}

void
cairni_profile_destroy (struct cairni_profile *profile)
{
  cairni_locations_destroy (&profile->locations);
  cairni_buffer_destroy (&profile->message);
  cairni_buffer_destroy (&profile->part);
  cairni_buffer_destroy (&profile->inner);
  table_destroy (profile->strings);
  table_destroy (profile->functions);
}

static void
put_type (struct cairni_profile *profile, unsigned field, const char *type,
          const char *unit)
{
  cairni_message_put_number (&profile->part, TYPE_TYPE,
                             string_of (profile, type));
  cairni_message_put_number (&profile->part, TYPE_UNIT,
                             string_of (profile, unit));
  cairni_message_put_part (&profile->message, field, &profile->part);
}

void
cairni_profile_add_type (struct cairni_profile *profile, const char *type,
                         const char *unit)
{
  cairni_check1 (profile->ntypes < CAIRNI_PROFILE_MAX_TYPES);
  profile->ntypes++;
  put_type (profile, PROFILE_SAMPLE_TYPE, type, unit);
}

void
cairni_profile_set_head (struct cairni_profile *profile,
                         const struct cairni_profile_head *head)
{
  put_type (profile, PROFILE_PERIOD_TYPE, head->period_type, head->period_unit);
  cairni_message_put_number (&profile->message, PROFILE_PERIOD, head->period);
  cairni_message_put_number (&profile->message, PROFILE_TIME_NS, head->time_ns);
  cairni_message_put_number (&profile->message, PROFILE_DURATION_NS,
                             head->duration_ns);
  if (head->shown)
    cairni_message_put_number (&profile->message, PROFILE_DEFAULT_TYPE,
                               string_of (profile, head->shown));
}

static void
put_location (struct cairni_profile *profile,
              const struct cairni_location *location)
{
  struct cairni_buffer *part = &profile->part, *inner = &profile->inner;
  cairni_message_put_number (part, LOCATION_ID, location->id);
  cairni_message_put_number (part, LOCATION_MAPPING, location->image);
  cairni_message_put_number (part, LOCATION_ADDRESS, location->pc);
  for (unsigned i = 0; i < location->nlines; i++)
    {
      cairni_message_put_number (inner, LINE_FUNCTION,
                                 function_of (profile, &location->lines[i]));
      cairni_message_put_number (inner, LINE_NUMBER, location->lines[i].line);
      cairni_message_put_part (part, LOCATION_LINE, inner);
    }
  cairni_message_put_part (&profile->message, PROFILE_LOCATION, part);
}

static void
put_labels (struct cairni_profile *profile, const struct cairni_bucket *bucket)
{
  struct cairni_buffer *part = &profile->part, *inner = &profile->inner;
  const char *text = cairni_bucket_labels (bucket);
  for (const char *end = text + bucket->labels_nbytes; text < end;)
    {
      const char *value = text + strlen (text) + 1;
      cairni_message_put_number (inner, LABEL_KEY, string_of (profile, text));
      cairni_message_put_number (inner, LABEL_STRING,
                                 string_of (profile, value));
      cairni_message_put_part (part, SAMPLE_LABEL, inner);
      text = value + strlen (value) + 1;
    }
  if (bucket->nbytes == 0)
    return;
  cairni_message_put_number (inner, LABEL_KEY, string_of (profile, "bytes"));
  cairni_message_put_number (inner, LABEL_NUMBER, bucket->nbytes);
  cairni_message_put_number (inner, LABEL_UNIT, string_of (profile, "bytes"));
  cairni_message_put_part (part, SAMPLE_LABEL, inner);
}

void
cairni_profile_add_sample (struct cairni_profile *profile,
                           const struct cairni_bucket *bucket,
                           const uint64_t *values)
{
  const struct cairni_location *locations[CAIRNI_BUCKET_NFRAMES];
  struct cairni_buffer *part = &profile->part, *inner = &profile->inner;
  size_t n = cairni_locations_of_stack (&profile->locations, bucket->pcs,
                                        bucket->nframes, locations);
  if (n == SIZE_MAX)
    {
      profile->message.is_broken = true;
      return;
    }
  for (size_t i = 0; i < n; i++)
    if (locations[i]->id > profile->nwritten)
      {
        profile->nwritten = locations[i]->id;
        put_location (profile, locations[i]);
      }
  for (size_t i = 0; i < n; i++)
    cairni_message_put_varint (inner, locations[i]->id);
  cairni_message_put_part (part, SAMPLE_LOCATION, inner);
  for (unsigned i = 0; i < profile->ntypes; i++)
    cairni_message_put_varint (inner, values[i]);
  cairni_message_put_part (part, SAMPLE_VALUE, inner);
  put_labels (profile, bucket);
  cairni_message_put_part (&profile->message, PROFILE_SAMPLE, part);
}

/* All of them say that they have everything: whoever reads the profile would look
   for the files otherwise.  */
static void
put_image (struct cairni_profile *profile, size_t id,
           const struct cairni_image *image)
{
  struct cairni_buffer *part = &profile->part;
  char text[2 * CAIRNI_BUILD_ID_NBYTES + 1] = "";
  for (unsigned i = 0; i < image->build_id_nbytes; i++)
    {
      text[2 * i] = "0123456789abcdef"[image->build_id[i] >> 4];
      text[2 * i + 1] = "0123456789abcdef"[image->build_id[i] & 15];
      text[2 * i + 2] = 0;
    }
  cairni_message_put_number (part, MAPPING_ID, id);
  cairni_message_put_number (part, MAPPING_START, image->lo);
  cairni_message_put_number (part, MAPPING_LIMIT, image->hi);
  cairni_message_put_number (part, MAPPING_OFFSET, image->offset);
  cairni_message_put_number (part, MAPPING_FILE,
                             string_of (profile, image->path));
  cairni_message_put_number (part, MAPPING_BUILD_ID, string_of (profile, text));
  cairni_message_put_number (part, MAPPING_HAS_FUNCTIONS, true);
  cairni_message_put_number (part, MAPPING_HAS_FILES, true);
  cairni_message_put_number (part, MAPPING_HAS_LINES, true);
  cairni_message_put_number (part, MAPPING_HAS_INLINED, true);
  cairni_message_put_part (&profile->message, PROFILE_MAPPING, part);
}

bool
cairni_profile_finish (struct cairni_profile *profile)
{
  const struct cairni_locations *locations = &profile->locations;
  const struct cairni_table *strings = profile->strings;
  for (size_t i = 0; i < locations->nimages; i++)
    put_image (profile, i + 1, &locations->images[i]);
  for (size_t i = 0; i < strings->n; i++)
    cairni_message_put_bytes (&profile->message, PROFILE_STRING,
                              strings->keys.bytes + strings->entries[i].offset,
                              strings->entries[i].nbytes - 1);
  profile->message.is_broken
      |= strings->keys.is_broken | profile->functions->keys.is_broken;
  cairni_gzip (&profile->message);
  return !profile->message.is_broken;
}
