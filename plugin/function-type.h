/* function-type.h: the types of functions, as far as calls go by them.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Which functions can be called through a pointer is told by its type.  Types
   are the same here if C calls them compatible, except that
     structures that the program converts pointers to and from are one: they
     begin alike, and a function stored in one is called out of the other
     pointers to anything but structures are one
     with -fno-strict-aliasing all pointers are one
   A type's text has the same meaning in all files of a program.  */

#ifndef CAIRN_FUNCTION_TYPE_H
#define CAIRN_FUNCTION_TYPE_H

#include "gcc-compat.h"
#include <string>

/* Note that EXPR, a conversion, makes a pointer to one structure of a pointer
   to another.  */
void function_type_note_conversion (tree expr);

/* Whether TYPE is a pointer to a function.  */
bool function_pointer_p (tree type);

/* Whether functions of types A and B are of one type.  */
bool function_type_same_p (tree a, tree b);

/* TYPE as text: "any" if it has no prototype.  */
std::string function_type_text (tree type);

/* Lines "M A B" for the structures that are one.  */
std::string function_type_merges (void);

#endif /* CAIRN_FUNCTION_TYPE_H */
