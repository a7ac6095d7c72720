/* locations.h: what the addresses in call stacks stand for.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A location is an instruction with the functions that it is part of: the one
   that was inlined last first, then the one it was inlined into, and so on.  Their
   names come from debugging information; if there is none, from symbol tables; and
   if the file has been stripped of those, a function is called by its file and its
   offset therein, which the tables for unwinding still tell.

   A set of locations belongs to whoever made it; all memory is from malloc.  */

#ifndef CAIRNI_LOCATIONS_H
#define CAIRNI_LOCATIONS_H

#include "os/images.h"
#include "prof/module.h"

struct cairni_location
{
  uintptr_t pc;
  size_t id;        /* 1, 2, ... in the order in which they were asked for.  */
  size_t image;     /* Its number, from 1 on; 0: none.  */
  bool has_lines;   /* Those below are from debugging information.  */
  unsigned nlines;  /* At least 1.  */
  struct cairni_line lines[];
};

struct cairni_locations
{
  struct cairni_image *images;
  size_t nimages;
  const struct cairni_module *module;
  void *symbols;                  /* Of the module.  */
  struct cairni_location **table; /* By pc; a power of two in size.  */
  size_t ntable, nlocations;
};

/* False: out of memory, nothing is left to destroy.  Outside of sections.  */
extern bool cairni_locations_init (struct cairni_locations *set);
extern void cairni_locations_destroy (struct cairni_locations *set);

/* The location of the instruction at PC; NULL: out of memory.  */
extern const struct cairni_location *
cairni_locations_find (struct cairni_locations *set, uintptr_t pc);

/* Store the locations of the N frames at PCS, the innermost first, at LOCATIONS,
   without what has called main.  Returns how many; SIZE_MAX: out of memory.  */
extern size_t
cairni_locations_of_stack (struct cairni_locations *set, const uintptr_t *pcs,
                           size_t n, const struct cairni_location **locations);

#endif /* CAIRNI_LOCATIONS_H */
