/* profile.h: write a profile in pprof's form.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A profile is a list of samples: a call stack, values, labels.  What the values
   are is said first.  */

#ifndef CAIRNI_PROFILE_H
#define CAIRNI_PROFILE_H

#include "prof/buffer.h"
#include "prof/locations.h"

#define CAIRNI_PROFILE_MAX_TYPES 4

struct cairni_profile
{
  struct cairni_locations locations;
  struct cairni_buffer message; /* What is complete.  */
  struct cairni_buffer part, inner;
  struct cairni_table *strings, *functions;
  size_t nwritten; /* Locations in MESSAGE.  */
  unsigned ntypes;
};

/* False: out of memory, nothing is left to destroy.  Outside of sections.  */
extern bool cairni_profile_init (struct cairni_profile *profile);
extern void cairni_profile_destroy (struct cairni_profile *profile);

/* One more value of samples: TYPE, in UNIT.  */
extern void cairni_profile_add_type (struct cairni_profile *profile,
                                     const char *type, const char *unit);

/* One sample was taken every PERIOD UNITs of TYPE, from TIME_NS since 1970 on for
   DURATION_NS; SHOWN is the type that is shown unless one asks for another.  */
struct cairni_profile_head
{
  const char *period_type, *period_unit;
  size_t period;
  size_t time_ns, duration_ns;
  const char *shown; /* NULL: the last.  */
};

extern void cairni_profile_set_head (struct cairni_profile *profile,
                                     const struct cairni_profile_head *head);

/* A sample with the stack and the labels of BUCKET and VALUES, one for each
   type.  */
struct cairni_bucket;
extern void cairni_profile_add_sample (struct cairni_profile *profile,
                                       const struct cairni_bucket *bucket,
                                       const uint64_t *values);

/* Put the rest into MESSAGE and compress it; false: there was not enough
   memory.  */
extern bool cairni_profile_finish (struct cairni_profile *profile);

#endif /* CAIRNI_PROFILE_H */
