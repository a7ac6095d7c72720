/* exit-handlers.c: the process's atexit and relatives.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
   The C library mangles the addresses of functions to call at exit; what they
   are called with it keeps as it is.  A nested function is collected memory,
   so it is noted for good.  (A library that is unloaded leaves what it
   registered: at most a nested function's variables.)

   In a program that is linked dynamically, atexit and at_quick_exit are in
   the program and call the functions below.  In a static link the C library's
   __cxa_atexit cannot be replaced, as its object file has more that the
   program needs: a nested function that is given to it directly is not
   noted.  */

#define _GNU_SOURCE
#include "base/hooks.h"
#include "os/real.h"

#include <stdlib.h>

/* The C library's, which no header declares.  */
extern int __cxa_atexit (void (*fn) (void *), void *arg, void *dso);
extern int __cxa_at_quick_exit (void (*fn) (void *), void *dso);

/* FN was registered with result ERROR, which is returned.  */
static int
note (int error, const void *fn)
{
  if (error == 0)
    cairni_hooks.keep (CAIRNI_AT_EXIT, (uintptr_t)fn, fn);
  return error;
}

#ifdef CAIRNI_STATIC

extern int __on_exit (void (*fn) (int, void *), void *arg);
extern void *__dso_handle __attribute__ ((visibility ("hidden")));
#define REAL_ON_EXIT __on_exit

CAIRNI_PUBLIC int
atexit (void (*fn) (void))
{
  return note (__cxa_atexit ((void (*) (void *))fn, NULL, __dso_handle), fn);
}

CAIRNI_PUBLIC int
at_quick_exit (void (*fn) (void))
{
  return note (__cxa_at_quick_exit ((void (*) (void *))fn, __dso_handle), fn);
}

#else

#define REAL_ON_EXIT CAIRNI_REAL (on_exit)

CAIRNI_PUBLIC int
__cxa_atexit (void (*fn) (void *), void *arg, void *dso)
{
  return note (CAIRNI_REAL (__cxa_atexit) (fn, arg, dso), fn);
}

CAIRNI_PUBLIC int
__cxa_at_quick_exit (void (*fn) (void *), void *dso)
{
  return note (CAIRNI_REAL (__cxa_at_quick_exit) (fn, dso), fn);
}

#endif

CAIRNI_PUBLIC int
on_exit (void (*fn) (int, void *), void *arg)
{
  return note (REAL_ON_EXIT (fn, arg), fn);
}
