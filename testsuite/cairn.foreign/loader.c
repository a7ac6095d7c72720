/* A library loaded while running: its data is a root, its code allocates.  */
/* { cairn-libraries "-ldl" } */
#include <dlfcn.h>
#include "../lib/check.h"

static NOINLINE int *local (int n) { int x = n; return &x; }

int
main (void)
{
  for (int i = 0; i < 3; i++)
    {
      void *library = dlopen ("libm.so.6", RTLD_NOW | RTLD_LOCAL);
      CHECK (library != NULL);
      double (*cosine) (double) = (double (*) (double)) dlsym (library, "cos");
      CHECK (cosine && cosine (0) == 1);
      /* signgam is an int in libm's data, with room for half a pointer; the
         text of an error is the loader's, allocated.  */
      CHECK (dlopen ("no-such-library.so", RTLD_NOW) == NULL);
      const char *message = dlerror ();
      int *p = local (i);
      clobber ();
      CHECK (*p == i && strstr (message, "no-such-library") != NULL);
      dlclose (library);
    }
  return 0;
}
