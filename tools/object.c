/* object.c: the sections of object files and of libraries of them.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Formats: ELF for x86-64 (elf.h), System V libraries (ar.h), thin ones
   excepted.  Nothing that a file says of itself is believed unchecked.  */

#define _GNU_SOURCE
#include "object.h"

#include <ar.h>
#include <elf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether the NBYTES at OFFSET lie in SIZE bytes.  */
static bool
inside_p (size_t size, size_t offset, size_t nbytes)
{
  return offset <= size && nbytes <= size - offset;
}

/* Section number I of the object DATA, SIZE bytes; false if it is damaged.  */
static bool
section_header (const char *data, size_t size, const Elf64_Ehdr *header,
                size_t i, Elf64_Shdr *section)
{
  if (!inside_p (size, header->e_shoff + i * sizeof *section,
                 sizeof *section))
    return false;
  memcpy (section, data + header->e_shoff + i * sizeof *section,
          sizeof *section);
  return section->sh_type == SHT_NOBITS
         || inside_p (size, section->sh_offset, section->sh_size);
}

static const char *
elf_section (const char *data, size_t size, const char *wanted, char **text)
{
  Elf64_Ehdr header;
  Elf64_Shdr names, section;

  *text = NULL;
  if (size < sizeof header)
    return "not an object file";
  memcpy (&header, data, sizeof header);
  if (memcmp (header.e_ident, ELFMAG, SELFMAG) != 0)
    return "not an object file";
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_machine != EM_X86_64
      || header.e_shentsize != sizeof section)
    return "not an object file for x86-64";

  /* With very many sections the numbers stand in the first one.  */
  size_t n = header.e_shnum, string_index = header.e_shstrndx;
  if (!section_header (data, size, &header, 0, &section))
    return "damaged";
  if (n == 0)
    n = section.sh_size;
  if (string_index == SHN_XINDEX)
    string_index = section.sh_link;
  if (!section_header (data, size, &header, string_index, &names))
    return "damaged";
  for (size_t i = 0; i < n; i++)
    {
      if (!section_header (data, size, &header, i, &section))
        return "damaged";
      size_t len = strlen (wanted) + 1;
      if (!inside_p (names.sh_size, section.sh_name, len)
          || memcmp (data + names.sh_offset + section.sh_name, wanted, len)
                 != 0)
        continue;
      *text = strndup (data + section.sh_offset, section.sh_size);
      return *text ? NULL : "out of memory";
    }
  return NULL;
}

/* The number in the LEN characters at FIELD, decimal with blanks behind.  */
static size_t
ar_number (const char *field, size_t len)
{
  size_t n = 0;

  for (size_t i = 0; i < len && field[i] >= '0' && field[i] <= '9'; i++)
    n = n * 10 + (field[i] - '0');
  return n;
}

static const char *
ar_sections (const char *path, const char *data, size_t size,
             const char *section,
             void (*found) (const char *path, const char *member, char *text))
{
  const char *long_names = "";
  size_t long_nbytes = 0;

  for (size_t at = SARMAG; at < size;)
    {
      struct ar_hdr member;
      if (!inside_p (size, at, sizeof member))
        return "damaged library";
      memcpy (&member, data + at, sizeof member);
      at += sizeof member;
      size_t nbytes = ar_number (member.ar_size, sizeof member.ar_size);
      if (memcmp (member.ar_fmag, ARFMAG, 2) != 0
          || !inside_p (size, at, nbytes))
        return "damaged library";
      /* Its index and its table of long names are no objects.  */
      bool object = member.ar_name[0] != '/' || (member.ar_name[1] >= '0'
                                                 && member.ar_name[1] <= '9');
      if (memcmp (member.ar_name, "// ", 3) == 0)
        {
          long_names = data + at;
          long_nbytes = nbytes;
        }
      char *text;
      if (object
          && elf_section (data + at, nbytes, section, &text) == NULL)
        {
          /* NAME/, or /PLACE in the table of long names.  */
          const char *name = member.ar_name;
          size_t max = sizeof member.ar_name;
          if (*name == '/')
            {
              size_t place = ar_number (name + 1, max - 1);
              if (place >= long_nbytes)
                return "damaged library";
              name = long_names + place;
              max = long_nbytes - place;
            }
          const char *end = memchr (name, '/', max);
          char *copy = strndup (name, end ? (size_t) (end - name) : max);
          if (!copy)
            return "out of memory";
          found (path, copy, text);
          free (copy);
        }
      at += nbytes + (nbytes & 1);
    }
  return NULL;
}

/* The contents of the file PATH; NULL with errno.  */
static char *
read_file (const char *path, size_t *size)
{
  FILE *f = fopen (path, "rb");
  char *data = NULL;
  size_t room = 0;

  *size = 0;
  if (!f)
    return NULL;
  for (;;)
    {
      if (*size == room)
        {
          room = room ? room * 2 : 1 << 16;
          char *more = realloc (data, room);
          if (!more)
            break;
          data = more;
        }
      size_t n = fread (data + *size, 1, room - *size, f);
      *size += n;
      if (n == 0)
        {
          if (ferror (f))
            break;
          fclose (f);
          return data;
        }
    }
  int saved = errno;
  fclose (f);
  free (data);
  errno = saved;
  return NULL;
}

const char *
object_sections (const char *path, const char *section,
                 void (*found) (const char *path, const char *member,
                                char *text))
{
  size_t size;
  char *data = read_file (path, &size);
  const char *wrong;

  if (!data)
    return strerror (errno);
  if (size >= SARMAG && memcmp (data, ARMAG, SARMAG) == 0)
    wrong = ar_sections (path, data, size, section, found);
  else
    {
      char *text;
      wrong = elf_section (data, size, section, &text);
      if (!wrong)
        found (path, NULL, text);
    }
  free (data);
  return wrong;
}
