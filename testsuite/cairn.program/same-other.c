#include "same.h"

int
fill (int n)
{
  struct table *t = table_make (0);
  for (int i = 0; i < n; i++)
    table_set (t, i, i);
  return table_len (t);
}
