/* libc.h: the functions of the C library, from the tables libc.def and
   libm.def.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#ifndef ESCAPE_LIBC_H
#define ESCAPE_LIBC_H

#ifdef __cplusplus
extern "C" {
#endif

/* A row of the tables.  */
struct esc_libc_function
{
  const char *name;
  const char *spec; /* In the language of spec.h.  */
};

/* The row for function NAME, which may be a variant of the function in the
   table, as libc.c lists them; NULL if the function is not known.  */
const struct esc_libc_function *esc_libc_lookup (const char *name);

#ifdef __cplusplus
}
#endif

#endif /* ESCAPE_LIBC_H */
