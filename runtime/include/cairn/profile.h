/* profile.h: what the program allocates and where it spends its time.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The heap profile tells, by call stack, what collected objects were allocated
   and which of them live.  One in 512 KB that are allocated is seen, at random
   (CAIRN_DEBUG=memprofilerate=N: one in N bytes; 1: all; 0: none), and stands for
   as many as it is likely to stand for.  It is the profile as of the end of the
   last collection, as Go's: call cairn_gc first for what lives now.  What other
   code got from malloc is not in it.

   The form is that of pprof, with functions, lines and inlined functions in it:
   go tool pprof shows it without the program.  Names and lines come from the
   debugging information (-g) and symbol tables of the program and of its
   libraries, read by libcairn-prof.so, which is loaded when it is needed; without
   it there are names, but no lines.

   With the environment variable CAIRN_HEAPPROFILE=FILE any program writes its heap
   profile to FILE when it exits and when it gets SIGUSR2; see cairn(7).

   Nothing here may be called from a signal handler.  What writes a profile needs
   64 KB of the thread's system stack.  */

#ifndef CAIRN_PROFILE_H
#define CAIRN_PROFILE_H

#include <cairn.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C"
{
#endif

  /* Write the heap profile to OUT, compressed.  Returns 0; or -1 with errno: that
     of writing, or ENOMEM.  */
  extern int cairn_write_heap_profile (FILE *OUT) CAIRN_NOESCAPE ();

  /* The same as text, which people and google-pprof can read.  */
  extern int cairn_write_heap_profile_text (FILE *OUT) CAIRN_NOESCAPE ();

  /* -- Live.  */

  /* Serve profiles by HTTP at ADDRESS, "host:port", below /debug/pprof/: as with
     CAIRN_PPROF=ADDRESS in the environment, which needs no change to the program.
     "localhost:6060", ":6060" and "6060" can be reached from this machine only;
     "0.0.0.0:6060" from everywhere, by anybody: there is no password.  Returns the
     port, which is another than the one asked for if that was 0; or -1 with errno,
     and a line on standard error.  The server stays until the program ends; a child of
     fork has none.  */
  extern int cairn_pprof_serve (const char *ADDRESS) CAIRN_NOESCAPE ();

  /* -- What is allocated, told now and then.  */

  struct cairn_memory
  {
    uint64_t alloc_rate;   /* Bytes allocated per second since the last time.  */
    uint64_t total_alloc;  /* These are as in struct cairn_mem_stats.  */
    uint64_t heap_alloc;
    uint64_t heap_objects;
    uint64_t sys;
    uint64_t num_gc;
    uint64_t limit;        /* Of cairn_set_monitor_limit.  */
    int is_over;           /* Whether HEAP_ALLOC is more than that.  */
  };

  /* Measure every PERIOD nanoseconds, and call CALLBACK with what was found, unless
     it is NULL, in a thread of the runtime's own, where it may do what threads of the
     program may.  It should return soon: the next time has to wait.  There is one
     monitor; PERIOD 0 ends it, and so does fork in the child.  Each time stops the
     other threads for a moment.  Returns 0; or -1 with errno EAGAIN if the system
     refuses a thread.  CAIRN_DEBUG=memtrace=1 prints a line each second without a
     change to the program.  */
  extern int cairn_monitor (int64_t PERIOD,
                            void (*CALLBACK) (const struct cairn_memory *NOW));

  /* Have the monitor call HOOK in place of printing a warning when more than NBYTES,
     100 MB unless set, are in use on the heap that were not so the last time; it may
     call cairn_free_os_memory, for example.  With HOOK NULL it prints.  Returns the
     former NBYTES.  */
  extern size_t cairn_set_monitor_limit (
      size_t NBYTES, void (*HOOK) (const struct cairn_memory *NOW));

  /* -- Labels.  What a goroutine allocates and the time it spends can be told
     apart in profiles by labels that it has, and those that it begins have, too:
     go tool pprof -tagfocus, -tags.  */

  /* Have the calling goroutine, or thread, have the label KEY with VALUE, in place
     of one with the same KEY.  Returns the labels that it had, for
     cairn_set_labels.  The texts are copied; if all of them together are longer than
     512 bytes the new one is left out.  */
  struct cairn_labels;
  extern const struct cairn_labels *cairn_add_label (const char *KEY,
                                                     const char *VALUE)
      CAIRN_NOESCAPE ();

  /* Have the calling goroutine have LABELS; NULL: none.  */
  extern void cairn_set_labels (const struct cairn_labels *LABELS);

  /* Call FN (ARG) with the label.  */
  static inline void
  cairn_do_with_label (const char *KEY, const char *VALUE, void (*FN) (void *),
                       void *ARG)
  {
    const struct cairn_labels *labels = cairn_add_label (KEY, VALUE);
    FN (ARG);
    cairn_set_labels (labels);
  }

#ifdef __cplusplus
}
#endif

#endif /* CAIRN_PROFILE_H */
