/* loader.c: the objects that the dynamic loader has loaded.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "os/loader.h"

#include <link.h>

struct call
{
  void (*fn) (void *arg);
  void *arg;
};

static int
call_once (struct dl_phdr_info *info, size_t size, void *arg)
{
  (void)info;
  (void)size;
  struct call *call = arg;
  call->fn (call->arg);
  return 1;
}

void
cairni_loader_lock_and_call (void (*fn) (void *arg), void *arg)
{
  struct call call = { fn, arg };
  dl_iterate_phdr (call_once, &call);
}

#ifndef CAIRNI_STATIC
/* Whether the object of INFO is the runtime itself.  Its data hold nothing
   that the program put there, but addresses of free memory.  */
static bool
is_own (const struct dl_phdr_info *info)
{
  static char own;
  uintptr_t p = (uintptr_t)&own;
  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *ph = &info->dlpi_phdr[i];
      if (ph->p_type == PT_LOAD
          && p - (info->dlpi_addr + ph->p_vaddr) < ph->p_memsz)
        return true;
    }
  return false;
}
#endif

/* Where the objects lie that the program started with.  Those beyond the
   table's end count as unloadable.  */
#define MAX_PERMANENT 64

static struct span_of_object
{
  uintptr_t lo, hi;
} permanent[MAX_PERMANENT];
static unsigned npermanent;

/* Their writable data.  */
static struct span_of_object permanent_data[MAX_PERMANENT];
static unsigned npermanent_data;

/* Whether any object was ever unloaded.  */
static bool has_unloaded;

struct visit
{
  void (*fn) (uintptr_t lo, uintptr_t hi);
};

static int
visit_object (struct dl_phdr_info *info, size_t size, void *arg)
{
  const struct visit *visit = arg;
  if (size >= offsetof (struct dl_phdr_info, dlpi_subs) + sizeof info->dlpi_subs
      && info->dlpi_subs != 0)
    has_unloaded = true;
#ifndef CAIRNI_STATIC
  if (is_own (info))
    return 0;
#endif
  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *ph = &info->dlpi_phdr[i];
      if (ph->p_type == PT_LOAD
          && (ph->p_flags & (PF_R | PF_W)) == (PF_R | PF_W))
        visit->fn (info->dlpi_addr + ph->p_vaddr,
                   info->dlpi_addr + ph->p_vaddr + ph->p_memsz);
    }
  return 0;
}

static void
note_data (uintptr_t lo, uintptr_t hi)
{
  if (npermanent_data < MAX_PERMANENT)
    permanent_data[npermanent_data++] = (struct span_of_object){ lo, hi };
}

static int
note_object (struct dl_phdr_info *info, size_t size, void *arg)
{
  (void)arg;
  uintptr_t lo = UINTPTR_MAX, hi = 0;
  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *ph = &info->dlpi_phdr[i];
      uintptr_t start = info->dlpi_addr + ph->p_vaddr;
      if (ph->p_type != PT_LOAD)
        continue;
      lo = cairni_min (lo, start);
      hi = cairni_max (hi, start + ph->p_memsz);
    }
  if (lo < hi && npermanent < MAX_PERMANENT)
    {
      permanent[npermanent++] = (struct span_of_object){ lo, hi };
      visit_object (info, size, &(struct visit){ note_data });
    }
  return 0;
}

void
cairni_loader_note_permanent (void)
{
  dl_iterate_phdr (note_object, NULL);
}

void
cairni_loader_visit_permanent_data (size_t min_nbytes,
                                    void (*fn) (uintptr_t lo, uintptr_t hi))
{
  for (unsigned i = 0; i < npermanent_data; i++)
    if (permanent_data[i].hi - permanent_data[i].lo >= min_nbytes)
      fn (permanent_data[i].lo, permanent_data[i].hi);
}

bool
cairni_loader_is_permanent (const void *p)
{
  for (unsigned i = 0; i < npermanent; i++)
    if ((uintptr_t)p - permanent[i].lo < permanent[i].hi - permanent[i].lo)
      return true;
  return false;
}

bool
cairni_loader_still_has (const void *p)
{
  return !has_unloaded || cairni_loader_is_permanent (p);
}

void
cairni_loader_visit_data (void (*fn) (uintptr_t lo, uintptr_t hi))
{
  struct visit visit = { fn };
  dl_iterate_phdr (visit_object, &visit);
}
