/* object.h: the sections of object files and of libraries of them.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#ifndef TOOLS_OBJECT_H
#define TOOLS_OBJECT_H

#include <stddef.h>

/* Call FOUND for every ELF object in the file PATH, which is one or a library
   (ar) of them: MEMBER is its name in the library, or NULL, TEXT its section
   SECTION as a string that stays, or NULL if it has none.  Returns NULL, or what
   is wrong.  */
const char *object_sections (const char *path, const char *section,
                             void (*found) (const char *path,
                                            const char *member, char *text));

#endif /* TOOLS_OBJECT_H */
