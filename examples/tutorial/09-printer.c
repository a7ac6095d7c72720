/* An interface is what can be done with a value, not what it is.  A call of a
   method costs a look into a table; a value behind an interface stays on the
   stack where the compiler knows all methods that may be called.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "measure.h"
#include <cairn/iface.h>

CAIRN_INTERFACE (printer, int (*print) (const void *self, char *to););

struct book
{
  const char *title;
  int npages;
};

static int
book_print (const void *self, char *to)
{
  const struct book *b = self;
  return sprintf (to, "%s, %d pages", b->title, b->npages);
}

CAIRN_TYPE (book, struct book);
CAIRN_IMPLEMENT (printer, book, .print = book_print);

static char line[80];

static void
show (struct printer p)
{
  CAIRN_CALL (p, print, line);
}

static struct printer
shelve (const char *title, int npages)
{
  struct book b = { title, npages };
  return CAIRN_IFACE (printer, book, &b);
}

static void
by_method (void)
{
  struct book b = { "The C Programming Language", 272 };
  book_print (&b, line);
}

static void
by_interface (void)
{
  struct book b = { "The C Programming Language", 272 };
  show (CAIRN_IFACE (printer, book, &b));
}

static void
from_a_shelf (void)
{
  show (shelve ("The Garbage Collection Handbook", 511));
}

int
main (void)
{
  measure ("by method", by_method);
  measure ("by interface", by_interface);
  puts (line);
  measure ("from a shelf", from_a_shelf);
  puts (line);
  return 0;
}
