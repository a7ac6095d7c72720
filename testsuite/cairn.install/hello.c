#include <stdio.h>
#include <string.h>
#include <cairn.h>

static __attribute__ ((noipa)) int *
seven (void)
{
  int x = 7;
  return &x;
}

int
main (void)
{
  int *p = seven ();
  printf ("%d %s\n", *p, cairn_version () ? "cairn" : "?");
  return 0;
}
