/* labels.c: samples have the labels of the goroutine that allocates, which begins
   with those of the one that began it, and keeps them wherever it goes on.  */

/* { profile-env "CAIRN_DEBUG=memprofilerate=1 CAIRN_HEAPPROFILE=profile.pb.gz" } */
/* { profile-go "-tags" "job: Total .*tea.*" } */
/* { profile-go "-tags" "job: Total .*coffee.*" } */
/* { profile-go "-tags" "cup: Total .*large.*" } */
/* { profile-go "-top -sample_index=alloc_objects -tagfocus=job=tea" "brew" } */
/* { profile-go "-top -sample_index=inuse_objects -tagfocus=cup=large -focus=begin_one" "brew" } */

#include "../lib/check.h"
#include <cairn/chan.h>
#include <cairn/go.h>
#include <cairn/profile.h>

void *kept[8][100];
static int nkept;

NOINLINE void
brew (void)
{
  int mine = __atomic_fetch_add (&nkept, 1, __ATOMIC_RELAXED);
  for (int i = 0; i < 100; i++)
    {
      kept[mine][i] = malloc (100);
      cairn_yield ();
    }
}

static cairn_chan (int) done;

static void
brew_one (void *unused)
{
  brew ();
  cairn_send (done, 1);
}

NOINLINE void
begin_one (void *unused)
{
  cairn_go (brew_one, NULL);
  brew ();
  cairn_receive (done);
}

static void
large (void *fn)
{
  cairn_do_with_label ("cup", "large", begin_one, NULL);
}

static void
count (const char *label, int expected)
{
  char *text = NULL;
  size_t nbytes;
  int n = 0;
  unsigned long objects = 0, ignored;
  FILE *out = open_memstream (&text, &nbytes);
  cairn_gc ();
  CHECK (cairn_write_heap_profile_text (out) == 0);
  fclose (out);
  for (char *line = strtok (text, "\n"); line; line = strtok (NULL, "\n"))
    {
      sscanf (line, "%lu: %lu [%*u", &objects, &ignored);
      if (strcmp (line, label) == 0)
        {
          n += objects;
          objects = 0;
        }
    }
  /* The runtime's own objects are among them: labels, for example.  */
  if (n < expected || n > expected + 20)
    {
      printf ("%d objects with %s, not %d\n", n, label, expected);
      exit (1);
    }
}

int
main (void)
{
  char text[600];
  done = cairn_make_chan (int, 0);
  cairn_do_with_label ("job", "tea", large, NULL);
  brew ();
  cairn_do_with_label ("job", "coffee", begin_one, NULL);
  /* Another value of the same key; and one that is too long.  */
  const struct cairn_labels *none = cairn_add_label ("job", "milk");
  CHECK (none == NULL);
  cairn_add_label ("job", "juice");
  memset (text, 'x', sizeof text - 1);
  text[sizeof text - 1] = 0;
  cairn_add_label ("note", text);
  brew ();
  cairn_set_labels (none);
  count ("#\tjob: tea", 200);
  count ("#\tcup: large", 200);
  count ("#\tjob: coffee", 200);
  count ("#\tjob: juice", 100);
  count ("#\tjob: milk", 0);
  return 0;
}
