/* { dg-do run } */
/* { dg-options "-ldl -pthread" } */
/* .inv.reach: the data and the TLS of a library that is loaded at run time
   are roots; unloading it is no accident.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#define _GNU_SOURCE
#include "rt-check.h"

#include <dlfcn.h>
#include <sys/wait.h>

static uintptr_t hidden[3];

/* An object whose map is in the library, and outlives it.  */
static unsigned long **volatile typed;

static NOINLINE void
store (void *library)
{
  unsigned long **data = dlsym (library, "library_pointer");
  unsigned long **(*tls) (void) = dlsym (library, "library_tls");
  unsigned long *a = new_object (), *b = new_object ();
  const struct cairn_type *type = dlsym (library, "library_type");
  CHECK (type);
  typed = cairn_rt_malloc (160, type);
  typed[3] = new_object ();
  hidden[2] = hide (typed[3]);
  CHECK (data && tls);
  *data = a;
  *tls () = b;
  hidden[0] = hide (a);
  hidden[1] = hide (b);
}

/* Make the library with the compiler that made this test, or whatever cc
   is.  */
static int
make_library (const char *path)
{
  char command[400];
  snprintf (command, sizeof command,
            "printf 'void *library_pointer;static __thread void *t;"
            "void **library_tls(void){return &t;}"
            "struct { unsigned long n, m; const char *s; unsigned f, w; "
            "unsigned long b[1]; } library_type = {16, 16, 0, 0, 2, {2}};' | "
            "${CC:-gcc} -shared -fPIC -x c - -o %s",
            path);
  return system (command) == 0;
}

int
main (int argc, char **argv)
{
  char path[] = "./cairn-test-XXXXXX";
  (void)argc;
  rerun_with ("CAIRN_DEBUG", "clobberfree=1", argv);
  CHECK (mkstemp (path) >= 0);
  CHECK (make_library (path));
  for (int i = 0; i < 20; i++)
    {
      void *library = dlopen (path, RTLD_NOW);
      CHECK (library);
      store (library);
      collect ();
      CHECK (is_alive (hidden[0]) && is_alive (hidden[1]));
      dlclose (library);
      collect ();
      CHECK (is_alive (hidden[2]));
    }
  unlink (path);
  return 0;
}
