/* A program whose files have functions of the same names from one header.  */
#include "same.h"

extern int fill (int n);

int
main (void)
{
  struct table *t = table_make (0);
  for (int i = 0; i < 10; i++)
    table_set (t, i, i);
  return table_len (t) != 10 || fill (20) != 20;
}
