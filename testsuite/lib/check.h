/* check.h: what every run test uses.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   A test says nothing and returns 0 when all is well.  Between making a
   pointer and looking through it, it calls clobber, which leaves nothing of
   what a dead frame held: a variable that was wrongly left on the stack, or
   wrongly collected, has another value then.  */

#ifndef CAIRN_CHECK_H
#define CAIRN_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#define NOINLINE __attribute__ ((noinline, noclone, noipa))

/* End the program, naming the line, unless CONDITION holds.  */
#define CHECK(condition)                                                     \
  ((condition) ? (void) 0 : check_failed (__FILE__, __LINE__, #condition))

static NOINLINE void
check_failed (const char *file, int line, const char *condition)
{
  const char *base = strrchr (file, '/');
  printf ("%s:%d: not so: %s\n", base ? base + 1 : file, line, condition);
  fflush (stdout);
  _exit (1);
}

/* Hide from the optimizers where the pointer P comes from.  */
static NOINLINE __attribute__ ((unused)) void *
opaque (void *p)
{
  __asm__ ("" : "+r"(p));
  return p;
}

static NOINLINE __attribute__ ((unused)) int
opaque_int (int i)
{
  __asm__ ("" : "+r"(i));
  return i;
}

/* Overwrite the stack below the caller, and whatever of the heap is free.  */
static NOINLINE __attribute__ ((unused)) void
clobber (void)
{
  volatile unsigned char bytes[16384];
  for (unsigned i = 0; i < sizeof bytes; i++)
    bytes[i] = 0x5a;
  static const unsigned short sizes[]
    = { 1, 8, 12, 16, 24, 32, 40, 48, 64, 100, 128, 200, 256, 400, 4096 };
  for (unsigned i = 0; i < sizeof sizes / sizeof *sizes; i++)
    {
      void *p = malloc (sizes[i]);
      CHECK (p != NULL);
      memset (p, 0x5a, sizes[i]);
      p = opaque (p);
    }
}


#endif /* CAIRN_CHECK_H */
