/* module.c: load libcairn-prof.so.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   It is looked for beside the library that this is part of, and then where the
   dynamic loader looks.  */

#define _GNU_SOURCE
#include "prof/module.h"
#include "os/lock.h"
#include "os/sys.h"

#define NAME "libcairn-prof.so"

#ifdef CAIRNI_STATIC

const struct cairni_module *
cairni_module_get (void)
{
  return NULL;
}

#else

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

static void *
open_beside (void)
{
  static const char here;
  char path[4096];
  Dl_info info;
  if (!dladdr (&here, &info) || !info.dli_fname)
    return NULL;
  const char *slash = strrchr (info.dli_fname, '/');
  size_t nbytes = slash ? slash + 1 - info.dli_fname : 0;
  if (nbytes == 0 || nbytes + sizeof NAME > sizeof path)
    return NULL;
  memcpy (path, info.dli_fname, nbytes);
  memcpy (path + nbytes, NAME, sizeof NAME);
  return dlopen (path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
}

/* NULL: *WHY says why not.  */
static const struct cairni_module *
load (const char **why)
{
  void *handle = open_beside ();
  if (!handle)
    handle = dlopen (NAME, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  const struct cairni_module *module
      = handle ? dlsym (handle, "cairn_prof_module") : NULL;
  if (!module)
    {
      *why = dlerror ();
      return NULL;
    }
  if (module->version != CAIRNI_MODULE_VERSION)
    {
      *why = NAME " is of another version";
      return NULL;
    }
  return module;
}

const struct cairni_module *
cairni_module_get (void)
{
  static const struct cairni_module *module;
  /* 0: nobody has tried, 1: somebody does, 2: it is there or will never be.  */
  static int state;
  int expected = 0;
  if (__atomic_compare_exchange_n (&state, &expected, 1, false,
                                   __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    {
      const char *why = NULL;
      module = load (&why);
      if (!module)
        cairni_print (
            "cairn: %s: profiles have no lines, only functions; install "
            "libcairn-prof.so beside libcairn, or where ld.so(8) finds "
            "it",
            why ? why : NAME " cannot be loaded");
      __atomic_store_n (&state, 2, __ATOMIC_RELEASE);
      cairni_sys_futex_wake (&state, INT_MAX);
    }
  while (__atomic_load_n (&state, __ATOMIC_ACQUIRE) != 2)
    cairni_sys_futex_wait (&state, 1, 0);
  return module;
}

#endif
