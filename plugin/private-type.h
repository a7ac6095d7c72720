/* private-type.h: structures that no other file knows.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#ifndef CAIRN_PRIVATE_TYPE_H
#define CAIRN_PRIVATE_TYPE_H

#include "gcc-compat.h"

/* Register, under the plugin's name, what private_type_p needs.  */
void private_type_init (const char *plugin_name);

/* Whether only this file can store in the fields of TYPE, a structure: it is
   defined in the file itself, not in a header, and what the file declares as
   defined elsewhere did not lead to its fields when it was declared.  The
   second half is for single files made of a whole library, which begin with
   the library's header: there the structures that its users see are public,
   and those that its functions pass around as incomplete types are not.  */
bool private_type_p (tree type);

#endif /* CAIRN_PRIVATE_TYPE_H */
