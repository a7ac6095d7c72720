/* leak.c: a function that leaks is found, with its lines and what is inlined into
   it, also if it is called on another stack; garbage does not count as in use.  */

/* { profile-env "CAIRN_HEAPPROFILE=profile.pb.gz CAIRN_DEBUG=memprofilerate=16384" } */
/* { profile-share "-sample_index=inuse_space" "leak" 95 } */
/* { profile-share "-sample_index=inuse_objects" "leak" 95 } */
/* { profile-share "-sample_index=alloc_space" "waste" 40 } */
/* { profile-go "-top" "Type: inuse_space" } */
/* { profile-go "-raw" "alloc_objects/count alloc_space/bytes inuse_objects/count inuse_space/bytes" } */
/* { profile-go "-raw" "PeriodType: space bytes\nPeriod: 16384\n" } */
/* { profile-lines "-lines -top -sample_index=inuse_space" "leak .*leak.c:30" } */
/* { profile-google "--text" "leak" } */

#include "../lib/check.h"
#include <cairn/profile.h>

struct node
{
  struct node *next;
  char text[40];
};

struct node *kept;

NOINLINE void
leak (int n)
{
  for (int i = 0; i < n; i++)
    {
      struct node *node = malloc (sizeof *node);
      node->next = kept;
      kept = node;
    }
}

NOINLINE void
waste (int n)
{
  for (int i = 0; i < n; i++)
    {
      struct node *node = malloc (sizeof *node);
      node->next = kept;
      opaque (node);
    }
}

int
main (void)
{
  waste (200000);
  leak (400000);
  waste (200000);
  FILE *text = fopen ("profile.txt", "w");
  cairn_gc ();
  CHECK (cairn_write_heap_profile_text (text) == 0);
  fclose (text);
}
