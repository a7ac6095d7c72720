/* layout.h: what structures look like in memory, and how they could.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#ifndef CAIRN_LAYOUT_H
#define CAIRN_LAYOUT_H

#include <string>

/* Register, under the plugin's name, what takes note of the file's structures
   if option layout is given, and the attribute cairn_abi in any case.  */
void layout_init (const char *plugin_name);

/* Print what the structures of the file look like and warn of those that
   would be smaller in another order.  Returns the same as lines of JSON.  To be
   called once, when the file has been read.  */
std::string layout_print (void);

/* What TYPE, a structure or union, is called: "struct node".  */
std::string layout_type_text (tree type);

#endif /* CAIRN_LAYOUT_H */
