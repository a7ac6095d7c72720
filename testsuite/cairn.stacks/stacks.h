/* stacks.h: what the programs of this area share.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   code.S has main and other functions as the compiler makes them.  A program is
   a table of steps, which main does on a growable stack: calls of such functions
   or of ordinary C functions, which are foreign code then.  */

#ifndef CAIRN_STACKS_H
#define CAIRN_STACKS_H

#include <cairn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* What the assembly does, too: main reads the first five words and writes the
   sixth.  */
struct step
{
  void *fn;
  long args[4];
  long result;
  long wanted;
};

/* Which the program defines; its last FN is NULL.  */
extern struct step steps[];

extern long recurse (long), recurse48 (long), plain48 (long), with_frame (long);
extern long deep_call (long n, void *fn, long arg);
extern long push_pop (long n, size_t nbytes);
extern long enter_frame (size_t nbytes, void *fn, long a, long b);
extern long call_many (long n, void *fn), call_direct (long n, void *fn);
extern long call_args (void *fn, void *entry), call_pinned (void);
extern long call_vectors (void *fn, size_t nbytes, const char *in, char *out);
extern long force_growth (void), call_x87 (void *fn);
extern long call_list (void *fn);
extern long hold (long n);
extern long jump_test (void *env, long n, void *fn, long arg);
extern void cairn_rt_call (void), cairn_rt_call_args (void),
    cairn_rt_call_system (void), cairn_rt_call_system_args (void);

#define CHECK(condition)                                                     \
  ((condition) ? (void) 0                                                    \
	       : (printf ("%s:%d: not so: %s\n", __FILE__, __LINE__,         \
			  #condition),                                       \
		  fflush (stdout), _exit (1)))

/* Called by main.  */
struct step *
next_step (void)
{
  static struct step *step = steps;
  if (step > steps && step[-1].result != step[-1].wanted)
    {
      printf ("step %d: result %ld (%#lx), not %ld\n", (int) (step - steps),
	      step[-1].result, step[-1].result, step[-1].wanted);
      fflush (stdout);
      _exit (1);
    }
  return step->fn ? step++ : NULL;
}

#endif
