/* heap-picture.c: what the heap consists of, as a picture.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   SVG.  Squares in rows of 64, in the order of addresses; each stands for a page
   or, so that there are no more than MAX_SQUARES, for a power of two of them.
   It is filled from below as far as its slots are used, in the color of what
   most of its bytes are.  */

#include "cairn/heap.h"

#include "entry/heap-map.h"

#define MAX_SQUARES 8192
#define COLUMNS 64
#define SIDE 12
#define GAP 1
#define LEFT 90
#define TOP 60

static const char *const colors[] = {
  [CAIRNI_SCAN] = "#2b6cb0",  [CAIRNI_NOSCAN] = "#38a169",
  [CAIRNI_TYPED] = "#805ad5", [CAIRNI_MANUAL] = "#dd6b20",
  [CAIRNI_THUNK] = "#d53f8c", [CAIRNI_BLANK] = "#718096",
  [CAIRNI_FREE] = "#e2e8f0",
};

/* How many bytes of RUN from FROM to before TO, of its start, are used.  */
static size_t
used_bytes (const struct cairni_heap_run *run, size_t from, size_t to)
{
  size_t sum = 0;
  if (run->kind == CAIRNI_FREE)
    return 0;
  if (run->size_class == 0)
    return run->nused || run->nslots == 0 || run->kind >= CAIRNI_NCOLLECTED
               ? to - from
               : 0;
  for (size_t i = from / run->slot_nbytes;
       i < run->nslots && i * run->slot_nbytes < to; i++)
    if (run->used[i / 64] >> i % 64 & 1)
      sum += cairni_min (to, (i + 1) * run->slot_nbytes)
             - cairni_max (from, i * run->slot_nbytes);
  return sum;
}

static void
write_square (FILE *f, size_t number, enum cairni_kind kind, size_t used,
              size_t all)
{
  size_t x = LEFT + number % COLUMNS * (SIDE + GAP);
  size_t y = TOP + number / COLUMNS * (SIDE + GAP);
  double height = (double)SIDE * used / all;
  fprintf (f, "<rect x='%zu' y='%zu' width='%d' height='%d' fill='%s'/>", x, y,
           SIDE, SIDE, kind == CAIRNI_FREE ? colors[kind] : "#cbd5e0");
  if (used)
    fprintf (f, "<rect x='%zu' y='%.1f' width='%d' height='%.1f' fill='%s'/>",
             x, y + SIDE - height, SIDE, height, colors[kind]);
}

static void
write_title (FILE *f, const struct cairni_heap_run *run)
{
  fprintf (f, "<g><title>%#zx: %zu pages, %s", (size_t)run->start, run->npages,
           cairni_heap_map_kinds[run->kind]);
  if (run->size_class && run->kind != CAIRNI_FREE)
    fprintf (f, ", %u of %u slots of %zu bytes", run->nused, run->nslots,
             run->slot_nbytes);
  fputs ("</title>", f);
}

/* What is put into a square.  */
struct square
{
  size_t used;                     /* Bytes.  */
  size_t of_kind[CAIRNI_FREE + 1]; /* Bytes, used or not.  */
};

static void
finish_square (FILE *f, size_t number, struct square *square, size_t nbytes)
{
  unsigned most = CAIRNI_FREE;
  for (unsigned kind = 0; kind < CAIRNI_FREE; kind++)
    if (square->of_kind[kind]
        > (most == CAIRNI_FREE ? 0 : square->of_kind[most]))
      most = kind;
  write_square (f, number, most, square->used, nbytes);
  *square = (struct square){ 0 };
}

/* Write all squares, of EACH pages.  */
static void
write_squares (FILE *f, const struct cairni_heap_map *map, size_t each)
{
  struct square square = { 0 };
  size_t page = 0, number = 0;
  for (size_t i = 0; i < map->nruns; i++)
    {
      const struct cairni_heap_run *run = &map->runs[i];
      /* Who points at a square is told of the span that ends in it.  */
      write_title (f, run);
      for (size_t k = 0; k < run->npages; k++)
        {
          size_t from = k << CAIRNI_PAGE_SHIFT;
          square.used += used_bytes (run, from, from + CAIRNI_PAGE_NBYTES);
          square.of_kind[run->kind] += CAIRNI_PAGE_NBYTES;
          if (++page % each == 0)
            finish_square (f, number++, &square, each << CAIRNI_PAGE_SHIFT);
        }
      if (i + 1 == map->nruns && page % each != 0)
        finish_square (f, number++, &square, page % each << CAIRNI_PAGE_SHIFT);
      fputs ("</g>\n", f);
    }
}

static void
write_legend (FILE *f, size_t npages, size_t each)
{
  size_t x = LEFT;
  fprintf (f,
           "<text x='%d' y='20' font-size='15'>Heap: %zu KB in %zu pages; a "
           "square is %zu KB</text>\n",
           LEFT, npages << (CAIRNI_PAGE_SHIFT - 10), npages,
           each << (CAIRNI_PAGE_SHIFT - 10));
  for (unsigned kind = 0; kind <= CAIRNI_FREE; kind++)
    {
      if (kind == CAIRNI_BLANK)
        continue;
      fprintf (f,
               "<rect x='%zu' y='32' width='12' height='12' fill='%s'/>"
               "<text x='%zu' y='42'>%s</text>\n",
               x, colors[kind], x + 17, cairni_heap_map_kinds[kind]);
      x += 90;
    }
}

CAIRNI_PUBLIC int
cairn_dump_heap_svg (FILE *f)
{
  struct cairni_heap_map map;
  size_t npages = 0, each = 1;
  if (!cairni_heap_map_make (&map))
    return -1;
  for (size_t i = 0; i < map.nruns; i++)
    npages += map.runs[i].npages;
  while (npages / each > MAX_SQUARES)
    each *= 2;
  size_t nrows = (npages / each + COLUMNS) / COLUMNS;
  fprintf (f,
           "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%zu' "
           "font-family='sans-serif' font-size='11' shape-rendering='auto'>\n"
           "<rect width='100%%' height='100%%' fill='white'/>\n",
           LEFT + COLUMNS * (SIDE + GAP) + 20, TOP + nrows * (SIDE + GAP) + 20);
  write_legend (f, npages, each);
  for (size_t row = 0; row < nrows; row += 4)
    fprintf (f, "<text x='5' y='%zu' font-size='9'>+%zu KB</text>\n",
             TOP + row * (SIDE + GAP) + SIDE - 2,
             row * COLUMNS * each << (CAIRNI_PAGE_SHIFT - 10));
  write_squares (f, &map, each);
  fputs ("</svg>\n", f);
  cairni_heap_map_finish (&map);
  return 0;
}
