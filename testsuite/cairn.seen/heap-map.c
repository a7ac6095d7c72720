/* What the heap consists of: the text and the picture.

   { seen-run "" 0 "ok" }
   { seen-says "^heap: [0-9]+ pages of 8192 bytes, [0-9]+ free, " }
   { seen-says "\n  +bytes  kind +spans +slots +used +used bytes +free bytes\n" }
   { seen-says "\n +32  noscan +4 +1024 +501 +16032 +16736\n" }
   { seen-says "\n  larger  noscan +1 +1 +1 +204800 +0\n" }
   { seen-says "\n0x[0-9a-f]+ +25 pages noscan\n" }
   { seen-says " page  noscan, 128 of 256 slots of 32 bytes; free( [0-9]+){128}\n" }
   { seen-says " page  noscan, 116 of 256 slots of 32 bytes; free " }  */

#include <cairn/heap.h>

#include <stdlib.h>
#include <string.h>

static char *kept[1000];
char *large;

/* 1,000 objects of 31 bytes in spans of 256, of which every second goes, and one
   more stays.  */
static __attribute__ ((noinline)) void
make (void)
{
  for (int i = 0; i < 1000; i++)
    kept[i] = cairn_malloc_noscan (31);
  for (int i = 0; i < 1000; i += 2)
    kept[i] = NULL;
  kept[0] = kept[1] - 32;
  large = cairn_malloc_noscan (200 * 1000);
}

/* The sum of what the lines of TEXT say is in use, by classes and by spans, must
   be the same; so must be the number of pages.  */
static int
is_consistent (const char *text)
{
  unsigned long pages = 0, all, n, used, slots, each, by_span = 0, by_class = 0;
  sscanf (text, "heap: %lu", &all);
  for (const char *line = text; line; line = strchr (line, '\n'))
    {
      char kind[20];
      line += *line == '\n';
      if (sscanf (line, "0x%*x %lu page%*[s ]", &n) == 1)
        pages += n;
      if (sscanf (line, "0x%*x %lu page%*[s ]%19[a-z], %lu of %lu slots of %lu",
                  &n, kind, &used, &slots, &each) == 5)
        by_span += used * each;
      if (sscanf (line, " %lu  %19s %*u %lu %lu %lu", &each, kind, &slots,
                  &used, &n) == 5)
        by_class += used * each;
    }
  if (pages != all || by_span != by_class)
    printf ("%lu pages of %lu, %lu bytes instead of %lu\n", pages, all, by_span,
            by_class);
  return pages == all && by_span == by_class && by_span > 16000;
}

int
main (int argc, char **argv)
{
  char *text;
  size_t nbytes;
  make ();
  cairn_gc ();
  FILE *f = open_memstream (&text, &nbytes);
  if (cairn_dump_heap (f) != 0)
    return 1;
  fclose (f);
  fputs (text, stdout);
  if (!is_consistent (text))
    return 2;
  f = argc > 1 && argv[1][0] ? fopen (argv[1], "w") : open_memstream (&text, &nbytes);
  if (cairn_dump_heap_svg (f) != 0)
    return 3;
  fclose (f);
  if (argc == 1 || !argv[1][0])
    if (strncmp (text, "<svg xmlns=", 11) != 0
        || !strstr (text, "slots of 32 bytes</title>")
        || strcmp (text + nbytes - 7, "</svg>\n") != 0)
      return 4;
  puts ("ok");
  return 0;
}
