/* symbol.c: the names of functions.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The dynamic loader knows the names of what a program exports.  All others
   are in the symbol table that the linker leaves in the file, if it was not
   stripped.  Files stay mapped, a few of them, because backtraces ask again and
   again.

   A file may have been replaced since it was loaded: it is believed only if its
   program headers are those in memory.  */

#define _GNU_SOURCE
#include "os/symbol.h"
#include "os/lock.h"
#include "os/sys.h"

#include <elf.h>
#include <link.h>
#include <string.h>

/* A mapped file; BASE == NULL: none.  */
struct image
{
  const char *base;
  size_t nbytes;
  uintptr_t bias; /* Of the object that it is for.  */
};

#define NIMAGES 16

/* Used in turns; guarded by the lock.  */
static struct image images[NIMAGES];
static unsigned next_image;
static struct cairni_lock lock;

struct query
{
  uintptr_t pc;
  char *name;
  size_t nbytes;
  uintptr_t *start;
  bool is_data; /* A variable's is wanted.  */
  bool is_found;
};

/* COUNT things of SIZE bytes at OFFSET of IMAGE; NULL: it has not so many.  */
static const void *
part (const struct image *image, size_t offset, size_t count, size_t size)
{
  size_t nbytes;
  if (__builtin_mul_overflow (count, size, &nbytes) || offset > image->nbytes
      || nbytes > image->nbytes - offset || offset % sizeof (uint32_t) != 0)
    return NULL;
  return image->base + offset;
}

/* IMAGE's header, if it is the file of the object INFO.  */
static const ElfW (Ehdr)
    * get_header (const struct image *image, const struct dl_phdr_info *info)
{
  const ElfW (Ehdr) *header = part (image, 0, 1, sizeof *header);
  if (!header || memcmp (header->e_ident, ELFMAG, SELFMAG) != 0
      || header->e_ident[EI_CLASS] != ELFCLASS64
      || header->e_phentsize != sizeof (ElfW (Phdr))
      || header->e_phnum != info->dlpi_phnum
      || header->e_shentsize != sizeof (ElfW (Shdr)))
    return NULL;
  size_t nbytes = header->e_phnum * sizeof (ElfW (Phdr));
  const void *headers = part (image, header->e_phoff, 1, nbytes);
  return headers && memcmp (headers, info->dlpi_phdr, nbytes) == 0 ? header
                                                                   : NULL;
}

/* The file of the object INFO, mapped now or before; NULL: there is none.  */
static const struct image *
get_image_locked (const struct dl_phdr_info *info)
{
  for (unsigned i = 0; i < NIMAGES; i++)
    if (images[i].base && images[i].bias == info->dlpi_addr
        && get_header (&images[i], info))
      return &images[i];
  struct image image = { .bias = info->dlpi_addr };
  const char *path = info->dlpi_name && *info->dlpi_name ? info->dlpi_name
                                                         : "/proc/self/exe";
  image.base = cairni_sys_map_file (path, &image.nbytes);
  if (!image.base)
    return NULL;
  if (!get_header (&image, info))
    {
      cairni_sys_unmap ((void *)image.base, image.nbytes);
      return NULL;
    }
  struct image *slot = &images[next_image++ % NIMAGES];
  if (slot->base)
    cairni_sys_unmap ((void *)slot->base, slot->nbytes);
  *slot = image;
  return slot;
}

/* How good a name SYMBOL's is among several for one address.  NAME with a
   dollar sign is the compiler's.  */
static int
rank (const ElfW (Sym) * symbol, const char *name)
{
  int binding = ELF64_ST_BIND (symbol->st_info);
  return (strchr (name, '$') ? 0 : 4)
         + (binding == STB_GLOBAL ? 2 : binding == STB_WEAK);
}

/* Whether SYMBOL is that of ADDRESS.  Assembly may leave its size out: then it
   is the rest of the section, one of the COUNT of SECTIONS.  */
static bool
covers (const ElfW (Sym) * symbol, uintptr_t address,
        const ElfW (Shdr) * sections, size_t count)
{
  size_t nbytes = symbol->st_size;
  unsigned section = symbol->st_shndx;
  if (nbytes == 0 && section < count)
    nbytes = sections[section].sh_addr + sections[section].sh_size
             - symbol->st_value;
  return address - symbol->st_value < nbytes;
}

/* Answer QUERY from the symbols of the section SYMBOLS with the names in
   another of the NSECTIONS SECTIONS.  */
static void
search (const struct image *image, const ElfW (Shdr) * sections,
        size_t nsections, const ElfW (Shdr) * symbols, struct query *query)
{
  const ElfW (Shdr) *strings = &sections[symbols->sh_link];
  size_t count = symbols->sh_size / sizeof (ElfW (Sym));
  const ElfW (Sym) *symbol
      = part (image, symbols->sh_offset, count, sizeof *symbol);
  uintptr_t address = query->pc - image->bias;
  const char *best_name = NULL;
  const ElfW (Sym) *best = NULL;
  if (!symbol || strings->sh_size == 0 || strings->sh_offset > image->nbytes
      || strings->sh_size > image->nbytes - strings->sh_offset)
    return;
  const char *names = image->base + strings->sh_offset;
  if (names[strings->sh_size - 1] != 0)
    return;
  for (const ElfW (Sym) *end = symbol + count; symbol < end; symbol++)
    {
      int type = ELF64_ST_TYPE (symbol->st_info);
      if ((query->is_data ? type != STT_OBJECT
                          : type != STT_FUNC && type != STT_GNU_IFUNC)
          || symbol->st_shndx == SHN_UNDEF
          || !covers (symbol, address, sections, nsections)
          || symbol->st_name >= strings->sh_size)
        continue;
      const char *name = names + symbol->st_name;
      if (!best || symbol->st_value > best->st_value
          || (symbol->st_value == best->st_value
              && rank (symbol, name) > rank (best, best_name)))
        {
          best = symbol;
          best_name = name;
        }
    }
  if (!best || !*best_name)
    return;
  size_t nbytes = cairni_min (strlen (best_name), query->nbytes - 1);
  memcpy (query->name, best_name, nbytes);
  query->name[nbytes] = 0;
  *query->start = image->bias + best->st_value;
  query->is_found = true;
}

static void
search_object_locked (const struct dl_phdr_info *info, struct query *query)
{
  static const ElfW (Word) types[] = { SHT_SYMTAB, SHT_DYNSYM };
  const struct image *image = get_image_locked (info);
  if (!image)
    return;
  const ElfW (Ehdr) *header = get_header (image, info);
  const ElfW (Shdr) *sections
      = part (image, header->e_shoff, header->e_shnum, sizeof *sections);
  if (!sections)
    return;
  for (unsigned t = 0; t < 2 && !query->is_found; t++)
    for (unsigned i = 0; i < header->e_shnum && !query->is_found; i++)
      if (sections[i].sh_type == types[t]
          && sections[i].sh_link < header->e_shnum)
        search (image, sections, header->e_shnum, &sections[i], query);
}

/* Stop at the object that has the query's address.  */
static int
visit (struct dl_phdr_info *info, size_t size, void *arg)
{
  struct query *query = arg;
  (void)size;
  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *ph = &info->dlpi_phdr[i];
      if (ph->p_type == PT_LOAD
          && query->pc - (info->dlpi_addr + ph->p_vaddr) < ph->p_memsz)
        {
          cairni_lock_acquire (&lock);
          search_object_locked (info, query);
          cairni_lock_release (&lock);
          return 1;
        }
    }
  return 0;
}

bool
cairni_symbol_find (uintptr_t pc, char *name, size_t nbytes, uintptr_t *start)
{
  struct query query
      = { .pc = pc, .name = name, .nbytes = nbytes, .start = start };
  if (nbytes > 0)
    dl_iterate_phdr (visit, &query);
  return query.is_found;
}

bool
cairni_symbol_find_data (uintptr_t p, char *name, size_t nbytes,
                         uintptr_t *start)
{
  struct query query = { .pc = p,
                         .name = name,
                         .nbytes = nbytes,
                         .start = start,
                         .is_data = true };
  if (nbytes > 0)
    dl_iterate_phdr (visit, &query);
  return query.is_found;
}
