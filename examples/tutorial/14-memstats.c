/* The runtime's own numbers: work on the stack does not change them, work on
   the heap does, and a collection takes the objects back.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include <cairn.h>
#include <stdio.h>
#include <stdlib.h>

static void
print (const char *when)
{
  static struct cairn_mem_stats m;
  cairn_mem_stats (&m);
  printf ("%-16s %8.1f MB %8.1f MB %8lu %8s\n", when, m.heap_alloc / 1e6,
          m.total_alloc / 1e6, m.mallocs, m.frees > 900 ? "over 900" : "0");
}

char *buffers[1000];

static long
on_stack (void)
{
  long sum = 0;
  for (int i = 0; i < 1000; i++)
    {
      char buffer[1000];
      sum += snprintf (buffer, sizeof buffer, "%d", i);
    }
  return sum;
}

static void
on_heap (void)
{
  for (int i = 0; i < 1000; i++)
    buffers[i] = malloc (1000);
}

static void
forget (void)
{
  for (int i = 0; i < 1000; i++)
    buffers[i] = NULL;
}

int
main (void)
{
  printf ("%28s %11s %8s %8s\n", "HeapAlloc", "TotalAlloc", "Mallocs", "Frees");
  print ("start");
  on_stack ();
  print ("after stack work");
  on_heap ();
  print ("after heap work");
  forget ();
  cairn_gc ();
  print ("after GC");
  return 0;
}
