/* A leak, in a program with a collector?  What is still reachable lives.  Here
   every request is remembered for ever; two profiles and their difference tell
   by whom.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "pprof.h"
#include <cairn/slice.h>

struct request
{
  char body[10000];
};
CAIRN_SLICE (requests, struct request *);

struct requests history;
char *answer;

__attribute__ ((noinline)) static struct request *
read_request (void)
{
  struct request *r = cairn_new (struct request);
  CAIRN_SLICE_APPEND (&history, r);
  return r;
}

__attribute__ ((noinline)) static void
serve (const struct request *r)
{
  answer = malloc (20000);
  answer[0] = r->body[0];
}

int
main (void)
{
  for (int i = 0; i < 1000; i++)
    serve (read_request ());
  write_profile ("before.pb.gz");
  for (int i = 0; i < 4000; i++)
    serve (read_request ());
  write_profile ("after.pb.gz");

  pprof ("-top -nodecount=1 -base before.pb.gz after.pb.gz");
  remove ("before.pb.gz");
  remove ("after.pb.gz");
  return 0;
}
