/* malloc without free: memory stays bounded, what is reachable stays whole.  */
#include <sys/resource.h>
#include "../lib/check.h"

struct list { struct list *next; int n; char text[40]; };

static NOINLINE struct list *make (int n)
{
  struct list *head = NULL;
  for (int i = 0; i < n; i++)
    {
      struct list *l = malloc (sizeof *l);
      l->n = i;
      l->next = head;
      snprintf (l->text, sizeof l->text, "%d", i);
      head = l;
    }
  return head;
}

int
main (void)
{
  /* Under gcstress each allocation collects: fewer rounds say as much.  */
  const char *debug = getenv ("CAIRN_DEBUG");
  int rounds = debug && strstr (debug, "gcstress") ? 5 : 3000;
  struct list *kept = make (100);
  for (int i = 0; i < rounds; i++)
    {
      /* 3000 rounds of 64 KB: 190 MB in all.  */
      struct list *l = make (rounds == 5 ? 100 : 1000);
      CHECK (l->n == (rounds == 5 ? 99 : 999));
      char *text = malloc (100);
      text = strcpy (text, "dropped");
    }
  struct list *l = kept;
  for (int i = 99; i >= 0; i--, l = l->next)
    CHECK (l->n == i && atoi (l->text) == i);
  CHECK (l == NULL);
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  CHECK (usage.ru_maxrss < 64 * 1024);
  return 0;
}
