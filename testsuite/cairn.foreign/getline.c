/* getline's buffer is foreign memory: grown by it, freed by us, a root.  */
#define _GNU_SOURCE
#include "../lib/check.h"

static NOINLINE int *hidden_in (char *line, int n)
{
  int x = n;
  int *p = &x;
  memcpy (line, &p, sizeof p);
  return NULL;
}

int
main (void)
{
  char text[4000];
  memset (text, 'x', sizeof text);
  for (int i = 99; i < 4000; i += 100)
    text[i] = '\n';
  text[3999] = 0;
  FILE *f = fmemopen (text, 3999, "r");
  CHECK (f != NULL);
  char *line = NULL;
  size_t nbytes = 0;
  int count = 0;
  ssize_t got;
  while ((got = getline (&line, &nbytes, f)) > 0)
    {
      CHECK (line[0] == 'x' && got >= 99);
      clobber ();
      CHECK (line[1] == 'x');
      count++;
    }
  CHECK (count == 40);
  hidden_in (line, 31);
  clobber ();
  int *p;
  memcpy (&p, line, sizeof p);
  CHECK (*p == 31);
  free (line);
  /* A buffer of ours, grown by getline.  */
  rewind (f);
  line = malloc (2);
  nbytes = 2;
  CHECK (getline (&line, &nbytes, f) == 100 && nbytes >= 100);
  clobber ();
  CHECK (line[98] == 'x');
  free (line);
  fclose (f);
  return 0;
}
