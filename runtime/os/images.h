/* images.h: the code that is mapped into the process.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   An image is what the loader has mapped of one file as code.  */

#ifndef CAIRNI_IMAGES_H
#define CAIRNI_IMAGES_H

#include "base/base.h"

#define CAIRNI_BUILD_ID_NBYTES 20

struct cairni_image
{
  uintptr_t lo, hi;  /* Where the code is.  */
  uintptr_t bias;    /* What is added to addresses in the file.  */
  size_t offset;     /* In the file, of LO.  */
  char path[512];    /* An absolute name, or one in brackets; the program's file can
                        be read as /proc/self/exe, too: see below.  */
  bool is_program;
  unsigned build_id_nbytes;
  unsigned char build_id[CAIRNI_BUILD_ID_NBYTES];
};

/* The images that are there now, in memory from malloc, the program's first, and
   their number in *N; NULL: out of memory.  Takes the loader's lock.  */
extern struct cairni_image *cairni_images_get (size_t *n);

#endif /* CAIRNI_IMAGES_H */
