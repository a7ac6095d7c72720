/* attributes.h: what a declaration says its function does with pointers.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#ifndef CAIRN_ATTRIBUTES_H
#define CAIRN_ATTRIBUTES_H

#include "escape-front.h"

/* Register the attributes, under the plugin's name.  */
void attributes_init (const char *plugin_name);

/* The specification (escape/spec.h) that the attributes of FNTYPE, a function
   type, amount to; NULL if it has none.  The string is GCC's garbage.  */
const char *attributes_spec (tree fntype);

/* Warn where the analysis of F's body, which is complete, contradicts the
   attributes of F's declaration.  */
void attributes_check (front_function *f);

#endif /* CAIRN_ATTRIBUTES_H */
