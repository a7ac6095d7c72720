/* C library functions that keep a pointer they were given.  */
#define _GNU_SOURCE
#include <search.h>
#include "../lib/check.h"

static NOINLINE void environment (void)
{
  char text[] = "CAIRN_TEST_PUTENV=kept";
  putenv (text);
}
static NOINLINE void buffer (FILE *f)
{
  char bytes[4096];
  setvbuf (f, bytes, _IOFBF, sizeof bytes);
}
static NOINLINE void tokens (void)
{
  char text[] = "one two three";
  CHECK (strcmp (strtok (text, " "), "one") == 0);
}
static int compare (const void *a, const void *b)
{
  return *(const int *) a - *(const int *) b;
}
static void *tree;
static NOINLINE void grow (int n)
{
  int key = n;
  CHECK (*(int **) tsearch (&key, &tree, compare) == &key);
}
static NOINLINE void hash (int n)
{
  char key[16];
  int value = n;
  snprintf (key, sizeof key, "key %d", n);
  hsearch ((ENTRY){ key, &value }, ENTER);
}
static int visited;
static void visit (const void *node, VISIT which, int depth)
{
  (void) depth;
  if (which == postorder || which == leaf)
    CHECK (**(int *const *) node == visited++);
}
struct element { struct element *next, *previous; int n; };
static NOINLINE void queue (struct element *head, int n)
{
  struct element e = { NULL, NULL, n };
  insque (&e, head);
}

int
main (void)
{
  environment ();
  char *text = NULL;
  size_t nbytes;
  FILE *f = open_memstream (&text, &nbytes);
  FILE *g = tmpfile ();
  if (g)
    buffer (g);
  tokens ();
  CHECK (hcreate (200));
  for (int i = 99; i >= 0; i--)
    {
      grow (i);
      hash (i);
    }
  struct element head = { NULL, NULL, -1 };
  for (int i = 0; i < 20; i++)
    queue (&head, i);
  for (int i = 0; i < 100; i++)
    {
      fprintf (f, "%d\n", i);
      if (g)
        fprintf (g, "%d\n", i);
    }
  clobber ();
  CHECK (strcmp (getenv ("CAIRN_TEST_PUTENV"), "kept") == 0);
  CHECK (strcmp (strtok (NULL, " "), "two") == 0);
  CHECK (strcmp (strtok (NULL, " "), "three") == 0);
  twalk (tree, visit);
  CHECK (visited == 100);
  for (int i = 0; i < 100; i++)
    {
      char key[16];
      snprintf (key, sizeof key, "key %d", i);
      ENTRY *e = hsearch ((ENTRY){ key, NULL }, FIND);
      CHECK (e && *(int *) e->data == i);
    }
  int n = 19;
  for (struct element *e = head.next; e; e = e->next)
    CHECK (e->n == n--);
  fclose (f);
  CHECK (nbytes == 290 && memcmp (text, "0\n1\n2\n", 6) == 0);
  free (text);
  if (g)
    {
      rewind (g);
      int first = -1, second = -1;
      CHECK (fscanf (g, "%d %d", &first, &second) == 2);
      CHECK (first == 0 && second == 1);
      fclose (g);
    }
  return 0;
}
