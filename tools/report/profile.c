/* profile.c: reads heap profiles.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   The form is pprof's profile.proto, of which these fields are read:

     Profile   1 sample_type, 2 sample, 4 location, 5 function, 6 string_table
     ValueType 1 type
     Sample    1 location_id, 2 value
     Location  1 id, 4 line
     Line      1 function_id, 2 line
     Function  1 id, 2 name, 4 filename  */

#define _GNU_SOURCE
#include "report.h"

#include <stdlib.h>
#include <string.h>

/* A part of the file that is being read.  */
struct reader
{
  const unsigned char *at, *end;
};

struct field
{
  uint64_t number;
  uint64_t value;        /* Of a number.  */
  struct reader content; /* Of anything with a length.  */
  bool has_content;
};

struct location
{
  uint64_t id;
  struct reader content;
  const struct line *lines;
  size_t nlines;
};

struct function
{
  uint64_t id, name, file;
};

static const char *path_now;

static void __attribute__ ((noreturn)) malformed (void)
{
  fail ("%s is no heap profile (profile.proto), or is damaged; "
        "cairn_write_heap_profile or CAIRN_HEAPPROFILE=FILE write one",
        path_now);
}

static uint64_t
read_varint (struct reader *r)
{
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7)
    {
      if (r->at == r->end)
        malformed ();
      unsigned char byte = *r->at++;
      value |= (uint64_t)(byte & 127) << shift;
      if (byte < 128)
        return value;
    }
  malformed ();
}

/* Read the next field of R; false: there is none.  */
static bool
read_field (struct reader *r, struct field *f)
{
  if (r->at == r->end)
    return false;
  uint64_t key = read_varint (r);
  size_t nbytes = 0;
  *f = (struct field){ .number = key >> 3 };
  switch (key & 7)
    {
    case 0:
      f->value = read_varint (r);
      return true;
    case 1:
      nbytes = 8;
      break;
    case 2:
      {
        uint64_t length = read_varint (r);
        if (length > (size_t)(r->end - r->at))
          malformed ();
        nbytes = length;
        f->has_content = true;
        f->content = (struct reader){ r->at, r->at + nbytes };
        break;
      }
    case 5:
      nbytes = 4;
      break;
    default:
      malformed ();
    }
  if (nbytes > (size_t)(r->end - r->at))
    malformed ();
  r->at += nbytes;
  return true;
}

/* The next of the numbers of a repeated field F, packed or not, of which *I were
   read; false: there is none.  */
static bool
next_number (struct field *f, size_t *i, uint64_t *value)
{
  if (!f->has_content)
    {
      *value = f->value;
      return (*i)++ == 0;
    }
  if (f->content.at == f->content.end)
    return false;
  *value = read_varint (&f->content);
  return true;
}

static struct location *locations;
static size_t nlocations;
static struct function *functions;
static size_t nfunctions;
static const char **strings;
static size_t nstrings;

static const char *
string (uint64_t number)
{
  if (number >= nstrings)
    malformed ();
  return strings[number];
}

static int
compare_locations (const void *a, const void *b)
{
  const struct location *l = a, *m = b;
  return l->id < m->id ? -1 : l->id > m->id;
}

static int
compare_functions (const void *a, const void *b)
{
  const struct function *l = a, *m = b;
  return l->id < m->id ? -1 : l->id > m->id;
}

static void
read_line (struct reader r, struct line *line)
{
  struct field f;
  struct function key = { 0, 0, 0 };
  *line = (struct line){ "", "", 0 };
  while (read_field (&r, &f))
    if (f.number == 1)
      key.id = f.value;
    else if (f.number == 2)
      line->number = f.value;
  const struct function *fn
      = bsearch (&key, functions, nfunctions, sizeof key, compare_functions);
  if (fn)
    {
      line->function = string (fn->name);
      line->file = string (fn->file);
    }
}

static void
read_location (struct location *location)
{
  struct reader r = location->content;
  struct line *lines = NULL;
  struct field f;
  while (read_field (&r, &f))
    if (f.number == 4 && f.has_content)
      {
        lines = xgrow (lines, location->nlines, sizeof *lines);
        read_line (f.content, &lines[location->nlines++]);
      }
  location->lines = lines;
}

/* Read a sample; WHICH says which value of ours each of its is, or -1.  */
static void
read_sample (struct reader r, struct sample *s, const int *which, size_t nwhich)
{
  struct line *lines = NULL;
  struct field f;
  size_t nvalues = 0;
  *s = (struct sample){ 0 };
  while (read_field (&r, &f))
    {
      uint64_t value;
      for (size_t i = 0;
           (f.number == 1 || f.number == 2) && next_number (&f, &i, &value);)
        if (f.number == 1)
          {
            struct location key = { .id = value };
            const struct location *l = bsearch (&key, locations, nlocations,
                                                sizeof key, compare_locations);
            for (size_t k = 0; l && k < l->nlines; k++)
              {
                lines = xgrow (lines, s->nlines, sizeof *lines);
                lines[s->nlines++] = l->lines[k];
              }
          }
        else
          {
            if (nvalues < nwhich && which[nvalues] >= 0)
              s->values[which[nvalues]] = (int64_t)value;
            nvalues++;
          }
    }
  s->lines = lines;
}

/* Take apart what the samples refer to.  */
static void
read_tables (struct reader r)
{
  struct field f;
  while (read_field (&r, &f))
    {
      struct field g;
      struct reader content = f.content;
      if (f.number == 6 && f.has_content)
        {
          size_t nbytes = content.end - content.at;
          char *s = xalloc (nbytes + 1);
          memcpy (s, content.at, nbytes);
          strings = xgrow (strings, nstrings, sizeof *strings);
          strings[nstrings++] = s;
        }
      else if (f.number == 4 && f.has_content)
        {
          locations = xgrow (locations, nlocations, sizeof *locations);
          struct location *l = &locations[nlocations++];
          *l = (struct location){ .content = content };
          while (read_field (&content, &g))
            if (g.number == 1)
              l->id = g.value;
        }
      else if (f.number == 5 && f.has_content)
        {
          functions = xgrow (functions, nfunctions, sizeof *functions);
          struct function *fn = &functions[nfunctions++];
          *fn = (struct function){ 0, 0, 0 };
          while (read_field (&content, &g))
            if (g.number == 1)
              fn->id = g.value;
            else if (g.number == 2)
              fn->name = g.value;
            else if (g.number == 4)
              fn->file = g.value;
        }
    }
}

/* Which of our values the sample type is that R describes; -1: none.  */
static int
read_type (struct reader r)
{
  static const char *const names[NVALUES]
      = { "alloc_objects", "alloc_space", "inuse_objects", "inuse_space" };
  struct field f;
  while (read_field (&r, &f))
    for (int i = 0; i < NVALUES; i++)
      if (f.number == 1 && strcmp (string (f.value), names[i]) == 0)
        return i;
  return -1;
}

void
profile_read (struct profile *profile, const char *path)
{
  size_t nbytes, nwhich = 0;
  int *which = NULL;
  bool is_heap = false;
  struct field f;
  path_now = path;
  const unsigned char *bytes = (unsigned char *)read_file (path, &nbytes);
  struct reader all = { bytes, bytes + nbytes }, r = all;
  read_tables (all);
  if (functions)
    qsort (functions, nfunctions, sizeof *functions, compare_functions);
  if (locations)
    qsort (locations, nlocations, sizeof *locations, compare_locations);
  for (size_t i = 0; i < nlocations; i++)
    read_location (&locations[i]);
  while (read_field (&r, &f))
    if (f.number == 1 && f.has_content)
      {
        which = xgrow (which, nwhich, sizeof *which);
        which[nwhich] = read_type (f.content);
        is_heap |= which[nwhich++] >= 0;
      }
  if (!is_heap)
    malformed ();
  for (r = all; read_field (&r, &f);)
    if (f.number == 2 && f.has_content)
      {
        profile->samples = xgrow (profile->samples, profile->nsamples,
                                  sizeof *profile->samples);
        struct sample *s = &profile->samples[profile->nsamples++];
        read_sample (f.content, s, which, nwhich);
        for (int i = 0; i < NVALUES; i++)
          profile->totals[i] += s->values[i];
      }
}
