/* images.c: the code that is mapped into the process.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "os/images.h"

#include <elf.h>
#include <errno.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct list
{
  struct cairni_image *images;
  size_t n, max;
};

/* Look for the build identification among the NBYTES of notes at P.  */
static void
read_notes (const char *p, size_t nbytes, struct cairni_image *image)
{
  while (nbytes >= sizeof (ElfW (Nhdr)))
    {
      const ElfW (Nhdr) *note = (const void *)p;
      size_t name_nbytes = cairni_align_up (note->n_namesz, 4);
      size_t note_nbytes
          = sizeof *note + name_nbytes + cairni_align_up (note->n_descsz, 4);
      if (note_nbytes > nbytes)
        return;
      if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4
          && memcmp (note + 1, "GNU", 4) == 0
          && note->n_descsz <= CAIRNI_BUILD_ID_NBYTES)
        {
          image->build_id_nbytes = note->n_descsz;
          memcpy (image->build_id, (const char *)(note + 1) + name_nbytes,
                  note->n_descsz);
          return;
        }
      p += note_nbytes;
      nbytes -= note_nbytes;
    }
}

static void
set_path (struct cairni_image *image, const struct dl_phdr_info *info,
          bool is_program)
{
  ssize_t n = 0;
  image->is_program = is_program;
  if (is_program)
    {
      int saved = errno;
      n = readlink ("/proc/self/exe", image->path, sizeof image->path - 1);
      errno = saved;
      if (n > 0)
        image->path[n] = 0;
    }
  if (n <= 0)
    {
      const char *path = info->dlpi_name;
      if (!path || !*path)
        path = is_program ? "[program]" : "[vdso]";
      else if (strncmp (path, "linux-vdso", 10) == 0)
        path = "[vdso]";
      strncpy (image->path, path, sizeof image->path - 1);
    }
}

static int
visit (struct dl_phdr_info *info, size_t size, void *arg)
{
  struct list *list = arg;
  (void)size;
  if (list->n == list->max)
    {
      list->n++;
      return 1;
    }
  struct cairni_image *image = &list->images[list->n];
  memset (image, 0, sizeof *image);
  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *ph = &info->dlpi_phdr[i];
      uintptr_t start = info->dlpi_addr + ph->p_vaddr;
      if (ph->p_type == PT_LOAD && (ph->p_flags & PF_X))
        {
          if (image->hi == 0)
            {
              image->lo = start;
              image->offset = ph->p_offset;
            }
          image->hi = start + ph->p_memsz;
        }
      else if (ph->p_type == PT_NOTE && image->build_id_nbytes == 0)
        read_notes ((const char *)start, ph->p_memsz, image);
    }
  if (image->hi == 0)
    return 0;
  image->bias = info->dlpi_addr;
  set_path (image, info, list->n == 0);
  list->n++;
  return 0;
}

struct cairni_image *
cairni_images_get (size_t *n)
{
  struct list list = { NULL, 0, 32 };
  for (;;)
    {
      list.n = 0;
      list.images = malloc (list.max * sizeof *list.images);
      if (!list.images)
        return NULL;
      dl_iterate_phdr (visit, &list);
      if (list.n <= list.max)
        break;
      free (list.images);
      list.max *= 2;
    }
  *n = list.n;
  return list.images;
}
