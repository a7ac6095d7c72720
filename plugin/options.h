/* options.h: the plugin's arguments, as the stages read them.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#ifndef CAIRN_OPTIONS_H
#define CAIRN_OPTIONS_H

/* What the members are, by kind.  */
#define CAIRN_OPTION_FLAG int
#define CAIRN_OPTION_LEVEL int
#define CAIRN_OPTION_CHOICE int
#define CAIRN_OPTION_FILE const char *

/* One member per row of options.def, which says what each means.  Set once
   in plugin_init, read-only afterwards.  */
struct cairn_options
{
#define CAIRN_OPTION(name, kind, field, values, help)                         \
  CAIRN_OPTION_##kind field;
#include "options.def"
#undef CAIRN_OPTION
};

extern struct cairn_options cairn_options;

/* Set cairn_options from the plugin's arguments.  Unknown or bad ones are
   errors, reported with the list of what there is; the result is false then.
   Print the list to standard output if the arguments ask for it.  */
bool options_parse (const struct plugin_name_args *args);

/* The list of arguments as text for people, a line each, made once.  It is
   also what --help --verbose prints of the plugin.  */
const char *options_help (void);

#endif /* CAIRN_OPTIONS_H */
