/* locations.c: what the addresses in call stacks stand for.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "prof/locations.h"
#include "os/symbol.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unwind.h>

#define NAME_NBYTES 1024

/* How deep inlining is told.  */
#define MAX_LINES 32

bool
cairni_locations_init (struct cairni_locations *set)
{
  *set = (struct cairni_locations){ .ntable = 1024 };
  set->table = calloc (set->ntable, sizeof *set->table);
  set->images = cairni_images_get (&set->nimages);
  if (!set->table || !set->images)
    {
      cairni_locations_destroy (set);
      return false;
    }
  set->module = cairni_module_get ();
  if (set->module && set->module->open_symbols)
    set->symbols = set->module->open_symbols (set->images, set->nimages);
  return true;
}

void
cairni_locations_destroy (struct cairni_locations *set)
{
  if (set->symbols)
    set->module->close_symbols (set->symbols);
  for (size_t i = 0; set->table && i < set->ntable; i++)
    free (set->table[i]);
  free (set->table);
  free (set->images);
  *set = (struct cairni_locations){ 0 };
}

static size_t
place_of (const struct cairni_locations *set, uintptr_t pc)
{
  size_t i = (pc * 0x9e3779b97f4a7c15 >> 20) & (set->ntable - 1);
  while (set->table[i] && set->table[i]->pc != pc)
    i = (i + 1) & (set->ntable - 1);
  return i;
}

static bool
make_room (struct cairni_locations *set)
{
  if (set->nlocations < set->ntable / 2)
    return true;
  struct cairni_locations bigger = *set;
  bigger.ntable *= 2;
  bigger.table = calloc (bigger.ntable, sizeof *bigger.table);
  if (!bigger.table)
    return false;
  for (size_t i = 0; i < set->ntable; i++)
    if (set->table[i])
      bigger.table[place_of (&bigger, set->table[i]->pc)] = set->table[i];
  free (set->table);
  *set = bigger;
  return true;
}

static size_t
image_of (const struct cairni_locations *set, uintptr_t pc)
{
  for (size_t i = 0; i < set->nimages; i++)
    if (pc - set->images[i].lo < set->images[i].hi - set->images[i].lo)
      return i + 1;
  return 0;
}

/* Store a name for the function of PC, of which there is no debugging
   information, at NAME.  */
static void
name_function (const struct cairni_locations *set, uintptr_t pc, size_t image,
               char *name, size_t nbytes)
{
  uintptr_t start;
  if (cairni_symbol_find (pc, name, nbytes, &start))
    return;
  if (image == 0)
    {
      snprintf (name, nbytes, "%#lx", (unsigned long)pc);
      return;
    }
  start = (uintptr_t)_Unwind_FindEnclosingFunction ((void *)pc);
  const char *path = set->images[image - 1].path;
  const char *slash = strrchr (path, '/');
  snprintf (
      name, nbytes, "%s+%#lx", slash ? slash + 1 : path,
      (unsigned long)((start ? start : pc) - set->images[image - 1].bias));
}

/* A new location for PC.  */
static struct cairni_location *
make (const struct cairni_locations *set, uintptr_t pc)
{
  struct cairni_line lines[MAX_LINES];
  char name[NAME_NBYTES] = "";
  size_t image = image_of (set, pc);
  unsigned n = 0;
  if (set->symbols && image)
    n = set->module->find_lines (set->symbols, pc, lines, MAX_LINES);
  bool has_lines = n > 0;
  if (!has_lines)
    {
      name_function (set, pc, image, name, sizeof name);
      n = 1;
    }
  size_t lines_nbytes = n * sizeof *lines, name_nbytes = strlen (name) + 1;
  struct cairni_location *location
      = malloc (sizeof *location + lines_nbytes + name_nbytes);
  if (!location)
    return NULL;
  *location = (struct cairni_location){
    .pc = pc, .image = image, .has_lines = has_lines, .nlines = n
  };
  if (has_lines)
    memcpy (location->lines, lines, lines_nbytes);
  else
    location->lines[0]
        = (struct cairni_line){ .function = memcpy (location->lines + 1, name,
                                                    name_nbytes) };
  return location;
}

const struct cairni_location *
cairni_locations_find (struct cairni_locations *set, uintptr_t pc)
{
  if (!make_room (set))
    return NULL;
  size_t i = place_of (set, pc);
  if (!set->table[i])
    {
      struct cairni_location *location = make (set, pc);
      if (!location)
        return NULL;
      location->id = ++set->nlocations;
      set->table[i] = location;
    }
  return set->table[i];
}

size_t
cairni_locations_of_stack (struct cairni_locations *set, const uintptr_t *pcs,
                           size_t n, const struct cairni_location **locations)
{
  for (size_t i = 0; i < n; i++)
    {
      const struct cairni_location *location
          = cairni_locations_find (set, pcs[i]);
      if (!location)
        return SIZE_MAX;
      const char *name = location->lines[location->nlines - 1].function;
      if (i > 0 && strncmp (name, "__libc_start", 12) == 0)
        return i;
      locations[i] = location;
      if (strcmp (name, "main") == 0)
        return i + 1;
    }
  return n;
}
