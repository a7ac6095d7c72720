/* options.cc: the plugin's arguments.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#include "gcc-compat.h"
#include "options.h"

struct cairn_options cairn_options;

enum option_kind
{
  OPTION_FLAG,
  OPTION_LEVEL,
  OPTION_CHOICE,
  OPTION_FILE
};

/* One row of options.def.  FIELD is the member of cairn_options that the
   argument sets.  */
struct option_row
{
  const char *name;
  enum option_kind kind;
  void *field;
  const char *values;
  const char *help;
};

static const struct option_row option_table[] = {
#define CAIRN_OPTION(name, kind, field, values, help)                         \
  { name, OPTION_##kind, &cairn_options.field, values, help },
#include "options.def"
#undef CAIRN_OPTION
};

/* The index of VALUE among VALUES, words separated by '|'; -1 if it is none
   of them.  */
static int
option_value_index (const char *values, const char *value)
{
  size_t nbytes = strlen (value);
  for (int i = 0;; i++)
    {
      size_t word_nbytes = strcspn (values, "|");
      if (word_nbytes == nbytes && memcmp (values, value, nbytes) == 0)
        return i;
      if (values[word_nbytes] == 0)
        return -1;
      values += word_nbytes + 1;
    }
}

/* Set ROW's member from VALUE, which is NULL if the argument has none.
   Return false if VALUE does not fit.  */
static bool
option_set (const struct option_row *row, const char *value)
{
  int *number = (int *) row->field;

  switch (row->kind)
    {
    case OPTION_FLAG:
      *number = 1;
      return value == NULL;

    case OPTION_LEVEL:
      *number = value ? option_value_index (row->values, value) + 1 : 1;
      return *number > 0;

    case OPTION_CHOICE:
      *number = value ? option_value_index (row->values, value) : -1;
      return *number >= 0;

    case OPTION_FILE:
      *(const char **) row->field = value;
      return value && *value;
    }
  gcc_unreachable ();
}

const char *
options_help (void)
{
  static char *text;
  if (text)
    return text;

  text = xstrdup ("");
  for (const struct option_row &row : option_table)
    {
      const char *left
        = row.kind == OPTION_LEVEL
            ? concat (row.name, "[=", row.values, "]", NULL)
          : row.kind == OPTION_CHOICE ? concat (row.name, "=", row.values, NULL)
          : row.kind == OPTION_FILE   ? concat (row.name, "=FILE", NULL)
                                      : row.name;
      char *line = xasprintf ("  -fplugin-arg-cairn-%-22s %s\n", left,
                              row.help);
      text = concat (text, line, NULL);
      free (line);
    }
  return text;
}

bool
options_parse (const struct plugin_name_args *args)
{
  bool ok = true;
  for (int i = 0; i < args->argc; i++)
    {
      const struct plugin_argument *arg = &args->argv[i];
      const struct option_row *found = NULL;
      for (const struct option_row &row : option_table)
        if (strcmp (row.name, arg->key) == 0)
          found = &row;

      if (!found)
        error ("cairn: unknown argument %<-fplugin-arg-cairn-%s%>", arg->key);
      else if (option_set (found, arg->value))
        continue;
      else if (arg->value)
        error ("cairn: bad value in %<-fplugin-arg-cairn-%s=%s%>", arg->key,
               arg->value);
      else
        error ("cairn: %<-fplugin-arg-cairn-%s%> needs a value", arg->key);
      ok = false;
    }

  if (!ok)
    {
      const char *list = concat ("\n", options_help (), NULL);
      inform (UNKNOWN_LOCATION, "the arguments are:%s", list);
    }
  else if (cairn_options.help)
    printf ("Cairn's arguments:\n%s", options_help ());
  return ok;
}
