/* size-class-gen.c: print the table of size classes, size-class-table.h.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Built and run by make.  A class is a slot size; a small object gets a slot
   of the smallest class that holds it.  The sizes follow from four rules:

   1. A size is a multiple of an alignment that grows with it: 8 up to 16
      bytes, 16 from there, an eighth of the power of two below it from 128
      on, at most 256 bytes from 2 KB on.  So at most 1/8 is lost in a slot.
   2. A span is the fewest 8 KB pages of which at most 1/8 is left over.
   3. Sizes whose spans would be as long and hold as many slots are one class,
      the larger.
   4. What is left over is then spread over the slots, rounded down
      to 16 bytes, to 64 from 512 bytes on, to 128 from 1 KB on.

   24 is a class of its own, for the many objects of three words.  The largest
   class is 32 KB.  */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define PAGE_NBYTES 8192u
#define MAX_SMALL_NBYTES 32768u
#define MAX_CLASSES 80

struct size_class
{
  unsigned nbytes; /* Of a slot.  */
  unsigned npages; /* Of a span.  */
};

static struct size_class classes[MAX_CLASSES];
static unsigned nclasses = 1; /* Class 0 means "large".  */

/* The alignment of sizes at and above NBYTES.  */
static unsigned
alignment_of (unsigned nbytes)
{
  if (nbytes >= 2048)
    return 256;
  if (nbytes >= 128)
    {
      unsigned power = 128;
      while (power * 2 <= nbytes)
        power *= 2;
      return power / 8;
    }
  return nbytes >= 32 ? 16 : 8;
}

/* The fewest pages for slots of NBYTES with at most 1/8 left over.  */
static unsigned
pages_for (unsigned nbytes)
{
  unsigned span = PAGE_NBYTES;
  while (span % nbytes > span / 8)
    span += PAGE_NBYTES;
  return span / PAGE_NBYTES;
}

/* To what the sizes of rule 4 are rounded.  */
static unsigned
left_over_align (unsigned nbytes)
{
  return nbytes >= 1024 ? 128 : nbytes >= 512 ? 64 : nbytes >= 32 ? 16 : 8;
}

static void
make_classes (void)
{
  for (unsigned nbytes = 8; nbytes <= MAX_SMALL_NBYTES;
       nbytes += alignment_of (nbytes))
    {
      unsigned npages = pages_for (nbytes);
      struct size_class *last = &classes[nclasses - 1];
      unsigned span = npages * PAGE_NBYTES;
      if (nclasses > 1 && npages == last->npages
          && span / nbytes == span / last->nbytes)
        last->nbytes = nbytes;
      else
        classes[nclasses++] = (struct size_class){ nbytes, npages };
    }
  for (unsigned i = 1; i < nclasses; i++)
    {
      /* Rule 4: use the left-over.  */
      unsigned span = classes[i].npages * PAGE_NBYTES;
      unsigned most = span / (span / classes[i].nbytes);
      unsigned align = left_over_align (classes[i].nbytes);
      most -= most % align;
      if (most > classes[i].nbytes)
        classes[i].nbytes = most;
    }
}

/* ceil (2^32 / nbytes): (offset * magic) >> 32 is the slot of OFFSET.  */
static unsigned long
magic_of (unsigned nbytes)
{
  return ((1ul << 32) + nbytes - 1) / nbytes;
}

/* 16 KB of slots, from 2 to 64.  */
static unsigned
batch_of (unsigned nbytes)
{
  unsigned n = 16384 / nbytes;
  return n < 2 ? 2 : n > 64 ? 64 : n;
}

static void
check_classes (void)
{
  for (unsigned i = 1; i < nclasses; i++)
    {
      unsigned nbytes = classes[i].nbytes;
      unsigned span = classes[i].npages * PAGE_NBYTES;
      bool good = nbytes > classes[i - 1].nbytes && nbytes % 8 == 0
                  && span % nbytes <= span / 8 && span / nbytes <= 1024;
      for (unsigned long offset = 0; offset < span; offset++)
        good = good && (offset * magic_of (nbytes)) >> 32 == offset / nbytes;
      if (!good)
        {
          fprintf (stderr, "size class %u of %u bytes is wrong\n", i, nbytes);
          exit (1);
        }
    }
}

/* The class of a size; with ALIGN16 only those whose slots are all aligned
   to 16 bytes, for sizes of 16 and more.  */
static unsigned
class_of (unsigned nbytes, bool align16)
{
  unsigned i = 1;
  while (classes[i].nbytes < nbytes
         || (align16 && nbytes >= 16 && classes[i].nbytes % 16 != 0))
    i++;
  return i;
}

static void
print_map (const char *name, bool align16)
{
  printf ("/* By (nbytes + 7) / 8 up to 1024 bytes.  */\n"
          "const unsigned char cairni_size_map%s[] = {\n ",
          name);
  for (unsigned n = 0; n <= 1024; n += 8)
    printf (" %u,%s", class_of (n, align16), n % 128 == 120 ? "\n " : "");
  printf ("\n};\n\n");
}

int
main (void)
{
  make_classes ();
  check_classes ();
  printf ("/* Made by size-class-gen.c.  Do not edit.  */\n\n"
          "#ifdef CAIRNI_SIZE_CLASS_TABLES\n"
          "const struct cairni_size_class cairni_size_classes[] = {\n"
          "  { 0, 0, 0, 0, 0 }, /* Large.  */\n");
  for (unsigned i = 1; i < nclasses; i++)
    {
      unsigned span = classes[i].npages * PAGE_NBYTES;
      printf ("  { %uu, %uu, %uu, %luu, %uu }, /* %u */\n", classes[i].nbytes,
              classes[i].npages, span / classes[i].nbytes,
              magic_of (classes[i].nbytes), batch_of (classes[i].nbytes), i);
    }
  printf ("};\n\n");
  print_map ("8", false);
  print_map ("16", true);
  printf ("/* By (nbytes - 1024 + 127) / 128 above 1024 bytes.  */\n"
          "const unsigned char cairni_size_map128[] = {\n ");
  for (unsigned n = 1024; n <= MAX_SMALL_NBYTES; n += 128)
    printf (" %u,%s", class_of (n, true),
            (n - 1024) % 2048 == 1920 ? "\n " : "");
  printf ("\n};\n#endif\n\n#define CAIRNI_NCLASSES %u\n", nclasses);
  return 0;
}
