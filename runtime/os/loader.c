/* loader.c: the objects that the dynamic loader has loaded.

@C@
*/

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

struct visit
{
  void (*fn) (uintptr_t lo, uintptr_t hi);
};

static int
visit_object (struct dl_phdr_info *info, size_t size, void *arg)
{
  (void)size;
  const struct visit *visit = arg;
#ifndef CAIRNI_STATIC
  if (is_own (info))
    return 0;
#endif
  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *ph = &info->dlpi_phdr[i];
      if (ph->p_type == PT_LOAD && (ph->p_flags & (PF_R | PF_W)) == (PF_R | PF_W))
        visit->fn (info->dlpi_addr + ph->p_vaddr,
                   info->dlpi_addr + ph->p_vaddr + ph->p_memsz);
    }
  return 0;
}

void
cairni_loader_visit_data (void (*fn) (uintptr_t lo, uintptr_t hi))
{
  struct visit visit = { fn };
  dl_iterate_phdr (visit_object, &visit);
}
