/* malloc and its kin.  */

#include <stdlib.h>
#include <string.h>

char *
returned (void)
{
  return malloc (24); /* { dg-escape "malloc(24) escapes to heap" } */
}

int
stays (void)
{
  char *p = malloc (24); /* { dg-escape "malloc(24) does not escape" } */
  p[0] = 1;
  p[1] = p[0];
  return p[1];
}

int
freed (void)
{
  char *p = malloc (16); /* { dg-escape "malloc(16) does not escape" } */
  p[3] = 2;
  int r = p[3];
  free (p);
  return r;
}

char *
literal_copy (void)
{
  char text[] = "abc"; /* { dg-escape "moved to heap: text" } */
  return text;
}

char *
library (const char *s) /* { dg-escape "s does not escape" } */
{
  char buffer[32];
  strcpy (buffer, s);
  return strchr (buffer, 'x') ? "yes" : "no";
}

char *
library_returns (void)
{
  char buffer[32]; /* { dg-escape "moved to heap: buffer" } */
  return strcpy (buffer, "text");
}

size_t
length (const char *s) /* { dg-escape "s does not escape" } */
{
  return strlen (s);
}
