/* options.c: read what the environment says.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "base/options.h"

#include <string.h>

struct cairni_debug cairni_debug
    = { .memprofilerate = CAIRNI_DEFAULT_MEMPROFILERATE };
int cairni_gc_percent = 100;
size_t cairni_memlimit_nbytes = SIZE_MAX;
size_t cairni_max_procs;
char cairni_heap_profile_path[CAIRNI_OPTION_NBYTES];
char cairni_pprof_address[CAIRNI_OPTION_NBYTES];

/* The table of names, helps and places.  */
static const struct option
{
  const char *name;
  const char *help;
  size_t *value;
} options[] = {
#define CAIRN_DEBUG_OPTION(name, help) { #name, help, &cairni_debug.name },
#include "base/options.def"
#undef CAIRN_DEBUG_OPTION
};

#define NOPTIONS (sizeof options / sizeof options[0])

/* Read decimal digits at *TEXT and move it past them.  No digit gives false.
   A number that does not fit becomes SIZE_MAX.  */
static bool
read_number (const char **text, size_t *value)
{
  const char *s = *text;
  size_t v = 0;
  if (*s < '0' || *s > '9')
    return false;
  for (; *s >= '0' && *s <= '9'; s++)
    if (__builtin_mul_overflow (v, 10, &v)
        || __builtin_add_overflow (v, (size_t)(*s - '0'), &v))
      v = SIZE_MAX;
  *text = s;
  *value = v;
  return true;
}

static void
print_help (void)
{
  cairni_print ("cairn: CAIRN_DEBUG=name=value,... knows:");
  for (size_t i = 0; i < NOPTIONS; i++)
    cairni_print ("  %s=%s", options[i].name, options[i].help);
}

/* Set the option whose name has NBYTES bytes at NAME.  */
static bool
set_option (const char *name, size_t nbytes, size_t value)
{
  for (size_t i = 0; i < NOPTIONS; i++)
    if (strlen (options[i].name) == nbytes
        && memcmp (options[i].name, name, nbytes) == 0)
      {
        *options[i].value = value;
        return true;
      }
  return false;
}

void
cairni_options_set (const char *list)
{
  const char *s = list;
  while (*s)
    {
      const char *end = s + strcspn (s, ",");
      size_t name_nbytes = cairni_min (strcspn (s, "="), end - s);
      const char *v = s + name_nbytes;
      size_t value = 1;
      bool good = true;
      if (v < end)
        {
          v++;
          good = read_number (&v, &value) && v == end;
        }
      if (end > s && !(good && set_option (s, name_nbytes, value)))
        {
          cairni_print ("cairn: CAIRN_DEBUG: \"%s\" is not understood from "
                        "here on; help=1 lists what is known",
                        s);
          break;
        }
      s = *end ? end + 1 : end;
    }
  if (cairni_debug.help)
    {
      print_help ();
      cairni_debug.help = 0;
    }
}

static void
read_gc (const char *text)
{
  size_t value;
  const char *s = text;
  if (strcmp (text, "off") == 0)
    cairni_gc_percent = -1;
  else if (read_number (&s, &value) && *s == 0 && value <= INT_MAX)
    cairni_gc_percent = value;
  else
    cairni_print ("cairn: CAIRN_GC: \"%s\" is neither a percentage nor off",
                  text);
}

static void
read_memlimit (const char *text)
{
  size_t value;
  const char *s = text;
  unsigned shift = 0;
  if (strcmp (text, "off") == 0)
    return;
  bool good = read_number (&s, &value);
  if (good && *s)
    {
      shift = *s == 'K' ? 10 : *s == 'M' ? 20 : *s == 'G' ? 30 : 0;
      if (shift)
        s++;
      if (strcmp (s, "iB") == 0 || strcmp (s, "B") == 0)
        s += strlen (s);
      good = *s == 0;
    }
  if (good && value <= SIZE_MAX >> shift)
    cairni_memlimit_nbytes = value << shift;
  else
    cairni_print ("cairn: CAIRN_MEMLIMIT: \"%s\" is not a number of bytes",
                  text);
}

static void
read_maxprocs (const char *text)
{
  size_t value;
  const char *s = text;
  if (read_number (&s, &value) && *s == 0 && value > 0)
    cairni_max_procs = value;
  else
    cairni_print ("cairn: CAIRN_MAXPROCS: \"%s\" is not a number of processors",
                  text);
}

/* Keep TEXT, the value of NAME, at COPY: a program may write over its
   environment.  */
static void
keep_text (char copy[CAIRNI_OPTION_NBYTES], const char *text, const char *name)
{
  size_t nbytes = strlen (text) + 1;
  if (nbytes > CAIRNI_OPTION_NBYTES)
    cairni_print ("cairn: %s is longer than %z bytes, and ignored", name,
                  (size_t)CAIRNI_OPTION_NBYTES - 1);
  else
    memcpy (copy, text, nbytes);
}

/* The value of NAME= in ENTRY, or NULL.  */
static const char *
match (const char *entry, const char *name)
{
  size_t nbytes = strlen (name);
  return strncmp (entry, name, nbytes) == 0 ? entry + nbytes : NULL;
}

void
cairni_options_read (char **environ)
{
  for (char **e = environ; e && *e; e++)
    {
      const char *value;
      if ((value = match (*e, "CAIRN_DEBUG=")))
        cairni_options_set (value);
      else if ((value = match (*e, "CAIRN_GC=")))
        read_gc (value);
      else if ((value = match (*e, "CAIRN_MEMLIMIT=")))
        read_memlimit (value);
      else if ((value = match (*e, "CAIRN_MAXPROCS=")))
        read_maxprocs (value);
      else if ((value = match (*e, "CAIRN_HEAPPROFILE=")))
        keep_text (cairni_heap_profile_path, value, "CAIRN_HEAPPROFILE");
      else if ((value = match (*e, "CAIRN_PPROF=")))
        keep_text (cairni_pprof_address, value, "CAIRN_PPROF");
    }
}
