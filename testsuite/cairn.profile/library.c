/* library.c: functions of a shared object are named, also if it is stripped, and what
   they call back in the program.  */

/* { profile-env "CAIRN_HEAPPROFILE=profile.pb.gz CAIRN_DEBUG=memprofilerate=1024" } */
/* { profile-library "yes" } */
/* { profile-not "static" } */
/* { profile-share "-sample_index=inuse_space" "library_leak" 99 } */
/* { profile-go "-peek=library_leak -sample_index=inuse_space" "library_leak" } */
/* { profile-lines "-lines -top -sample_index=inuse_space" "make_node .*library.c:31" } */
/* { profile-go "-raw" "library.so" } */

#ifdef LIBRARY

__attribute__ ((noipa)) void
library_leak (void *(*make) (void), void **where, int n)
{
  for (int i = 0; i < n; i++)
    where[i] = make ();
}

#else

#include "../lib/check.h"

void library_leak (void *(*make) (void), void **where, int n);
void *kept[10000];

NOINLINE void *
make_node (void)
{
  void *p = malloc (100);
  memset (p, 1, 100);
  return p;
}

int
main (void)
{
  library_leak (make_node, kept, 10000);
  return 0;
}

#endif
