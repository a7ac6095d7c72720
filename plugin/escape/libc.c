/* libc.c: the functions of the C library, by name.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Many functions come in variants that headers choose by macros, options and
   the size of types.  A variant has the specification of the function that it
   is a variant of, unless it has a row of its own: the tests prove for every
   variant that the headers declare that the specification holds for its
   parameters as well.  */

#include "libc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Both sorted by name.  */
static const struct esc_libc_function libc_rows[] = {
#define LIBC(name, spec) { name, spec },
#include "libc.def"
#undef LIBC
};

static const struct esc_libc_function libm_rows[] = {
#define LIBM(name, spec) { name, spec },
#include "libm.def"
#undef LIBM
};

/* A variant is called PREFIX name SUFFIX.  LIBM: of functions of libm only.
   Variants can have variants.  */
static const struct variant
{
  const char *prefix;
  const char *suffix;
  bool libm;
} variants[] = {
  { "__builtin_", "", false }, /* GCC's own name for it.  */
  { "__", "_chk", false },     /* -D_FORTIFY_SOURCE: the buffer's size, ...  */
  { "__", "_2", false },       /* ... and open without a mode.  */
  { "__isoc99_", "", false },  /* The formats of C99, ...  */
  { "__isoc23_", "", false },  /* ... and of C23, for scanf and strtol.  */
  { "__xpg_", "", false },     /* As in POSIX, not as in GNU.  */
  { "__", "", false },         /* Names that headers use for inlines.  */
  { "", "64", false },         /* Large files.  */
  { "", "_unlocked", false },  /* Streams without locks.  */
  { "", "f", true },           /* float */
  { "", "l", true },           /* long double */
};

/* A name that need not end in a null char.  */
struct key
{
  const char *chars;
  size_t len;
};

static int
compare_key_row (const void *k, const void *r)
{
  const struct key *key = k;
  const struct esc_libc_function *row = r;
  int order = strncmp (key->chars, row->name, key->len);

  return order ? order : -(row->name[key->len] != '\0');
}

#define SEARCH(key, rows)                                                    \
  ((const struct esc_libc_function *) bsearch (                              \
      &(key), rows, sizeof (rows) / sizeof (rows)[0], sizeof (rows)[0],      \
      compare_key_row))

static const struct esc_libc_function *
lookup (struct key key, bool libm)
{
  const struct esc_libc_function *row = SEARCH (key, libm_rows);

  if (!row && !libm)
    row = SEARCH (key, libc_rows);
  for (size_t i = 0; !row && i < sizeof variants / sizeof variants[0]; i++)
    {
      const struct variant *v = &variants[i];
      size_t before = strlen (v->prefix);
      size_t after = strlen (v->suffix);
      if (key.len > before + after
          && strncmp (key.chars, v->prefix, before) == 0
          && strncmp (key.chars + key.len - after, v->suffix, after) == 0)
        {
          struct key base = { key.chars + before, key.len - before - after };
          row = lookup (base, libm || v->libm);
        }
    }
  return row;
}

const struct esc_libc_function *
esc_libc_lookup (const char *name)
{
  struct key key = { name, strlen (name) };

  return lookup (key, false);
}
