/* labels.c: what the program calls the work that a goroutine does.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "sched/labels.h"
#include "cairn/profile.h"
#include "heap/object.h"

#include <string.h>

__thread const struct cairn_labels *cairni_labels_self;

/* The bytes of a label at TEXT: key and value.  */
static size_t
label_nbytes (const char *text)
{
  size_t key_nbytes = strlen (text) + 1;
  return key_nbytes + strlen (text + key_nbytes) + 1;
}

CAIRNI_PUBLIC const struct cairn_labels *
cairn_add_label (const char *key, const char *value)
{
  static const struct cairn_type noscan = { .nbytes = 1 };
  const struct cairn_labels *old = cairni_labels_self;
  size_t key_nbytes = strlen (key) + 1, value_nbytes = strlen (value) + 1;
  size_t old_nbytes = old ? old->nbytes : 0;
  if (old_nbytes + key_nbytes + value_nbytes > CAIRNI_LABELS_NBYTES)
    return old;
  struct cairn_labels *labels = cairni_object_alloc (
      sizeof *labels + old_nbytes + key_nbytes + value_nbytes, 0, &noscan, 0);
  if (!labels)
    return old;
  char *end = labels->text;
  for (size_t i = 0, n; i < old_nbytes; i += n)
    {
      n = label_nbytes (old->text + i);
      if (strcmp (old->text + i, key) != 0)
        end = mempcpy (end, old->text + i, n);
    }
  end = mempcpy (end, key, key_nbytes);
  end = mempcpy (end, value, value_nbytes);
  labels->nbytes = end - labels->text;
  cairni_labels_self = labels;
  return old;
}

CAIRNI_PUBLIC void
cairn_set_labels (const struct cairn_labels *labels)
{
  cairni_labels_self = labels;
}
