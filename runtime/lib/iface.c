/* iface.c: the cold parts of <cairn/iface.h>.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "cairn/iface.h"
#include "base/base.h"
#include "lib/memory.h"

#include <string.h>

CAIRNI_PUBLIC void *
cairn_iface_copy (const void *value, size_t nbytes)
{
  void *copy = cairni_memory_raw (nbytes, false);
  if (cairni_unlikely (!copy))
    cairni_fatal ("out of memory: an interface's value of %z bytes", nbytes);
  return memcpy (copy, value, nbytes);
}

CAIRNI_PUBLIC void
cairn_iface_no_method (const struct cairn_type_name *type, const char *method,
                       const struct cairn_place *where)
{
  if (type)
    cairni_fatal ("%s:%d: type %s has no method %s in this interface",
                  where->file, where->line, type->name, method);
  cairni_fatal ("%s:%d: method %s of an interface without a value", where->file,
                where->line, method);
}

CAIRNI_PUBLIC void
cairn_iface_not_type (const struct cairn_type_name *type, const char *wanted,
                      const struct cairn_place *where)
{
  if (type)
    cairni_fatal ("%s:%d: the interface's value is of type %s, not %s",
                  where->file, where->line, type->name, wanted);
  cairni_fatal ("%s:%d: the interface has no value, not one of type %s",
                where->file, where->line, wanted);
}
