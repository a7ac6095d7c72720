/* trace.c: backtraces.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The runtime's code is in two sections: what is compiled, and the assembly,
   which calls foreign functions for the program and so has frames in between.
   Frames in either are not shown, nor are those above the first of the runtime,
   if that is known to have called them: a system call's, say.  */

#include "stack/trace.h"
#include "os/symbol.h"
#include "os/sys.h"
#include "stack/unwind.h"

#include <string.h>

#define SHOWN 100

/* Frames that the runtime's functions call and the runtime's own, at most.  */
#define HIDDEN 60

/* What the innermost function may use below its stack pointer.  */
#define RED_ZONE_NBYTES 128

/* Frames to look for an address in.  */
#define OWNERS 100000

/* The linker's names for the bounds of sections.  */
#define SECTION_BOUND(name) extern const char name[] __attribute__ ((visibility ("hidden")))
SECTION_BOUND (__start_cairn_text);
SECTION_BOUND (__stop_cairn_text);
SECTION_BOUND (__start_cairn_asm);
SECTION_BOUND (__stop_cairn_asm);

struct walk
{
  unsigned nframes;
  uintptr_t pcs[SHOWN + HIDDEN]; /* Of an instruction in each.  */
  bool is_exact[SHOWN + HIDDEN]; /* It is where it goes on, not the one before
                                    that, which may be in another function.  */
};

static bool
is_runtime (uintptr_t pc)
{
  return pc - (uintptr_t)__start_cairn_text
         < (uintptr_t)__stop_cairn_text - (uintptr_t)__start_cairn_text;
}

static bool
is_assembly (uintptr_t pc)
{
  return pc - (uintptr_t)__start_cairn_asm
         < (uintptr_t)__stop_cairn_asm - (uintptr_t)__start_cairn_asm;
}

/* Whether NAME is that of a thunk of compiled code (foo$any, cairn_rt_call$cairn):
   make it that of the function.  */
static bool
is_thunk_name (char *name)
{
  static const char *const suffixes[] = { "$any", "$any$args", "$cairn" };
  char *suffix = strchr (name, '$');
  for (unsigned i = 0; suffix && i < sizeof suffixes / sizeof *suffixes; i++)
    if (strcmp (suffix, suffixes[i]) == 0)
      {
        *suffix = 0;
        return true;
      }
  return false;
}

/* Whether PC is in a thunk, which looks at the function before it goes there.  */
static bool
is_thunk (uintptr_t pc)
{
  char name[CAIRNI_TRACE_NAME_NBYTES];
  uintptr_t start;
  return cairni_symbol_find (pc, name, sizeof name, &start)
         && is_thunk_name (name);
}

static void
print_frame (uintptr_t pc, bool is_exact)
{
  char name[CAIRNI_TRACE_NAME_NBYTES];
  uintptr_t start;
  uintptr_t next_pc = is_exact ? pc : pc + 1;
  if (cairni_symbol_find (pc, name, sizeof name, &start))
    cairni_print ("  %s + %z", name, (size_t)(next_pc - start));
  else
    cairni_print ("  %p", (void *)next_pc);
}

void
cairni_trace_frame (uintptr_t pc)
{
  /* A call may be its function's last instruction.  */
  print_frame (pc - 1, false);
}

void
cairni_trace_name (uintptr_t pc, char *text, size_t nbytes)
{
  uintptr_t start;
  if (!cairni_symbol_find (pc, text, nbytes, &start))
    {
      const char *unknown = "an unknown function";
      size_t n = cairni_min (nbytes - 1, strlen (unknown));
      memcpy (text, unknown, n);
      text[n] = 0;
    }
  is_thunk_name (text);
}

static bool
is_known (uintptr_t pc)
{
  char name[2];
  uintptr_t start;
  return cairni_symbol_find (pc, name, sizeof name, &start);
}

/* Whether the function of PC is where a program's frames begin.  */
static bool
is_first (uintptr_t pc)
{
  char name[CAIRNI_TRACE_NAME_NBYTES];
  uintptr_t start;
  return cairni_symbol_find (pc, name, sizeof name, &start)
         && strcmp (name, "main") == 0;
}

/* Note the frames from FROM on.  */
static void
walk_from (struct walk *walk, const struct cairni_arch_registers *from)
{
  struct cairni_unwind unwind;
  cairni_unwind_begin (&unwind, from);
  walk->nframes = 0;
  do
    {
      walk->pcs[walk->nframes] = CAIRNI_UNWIND_AT (&unwind);
      walk->is_exact[walk->nframes] = unwind.is_exact;
      walk->nframes++;
    }
  while (walk->nframes < SHOWN + HIDDEN && cairni_unwind_up (&unwind));
}

/* Whether frame I is that of a handler's return to what it interrupted.  */
static bool
is_trampoline (const struct walk *walk, unsigned i)
{
  return i + 1 < walk->nframes && walk->is_exact[i + 1];
}

/* The first frame from I on that is of interest.  */
static unsigned
skip_runtime (const struct walk *walk, unsigned i, bool in_runtime)
{
  unsigned inner = i;
  /* Up to what the runtime called; if it is not known to have called anything,
     one function of the C library.  */
  while (inner < walk->nframes && (in_runtime || inner == i)
         && !is_runtime (walk->pcs[inner]) && !is_assembly (walk->pcs[inner]))
    inner++;
  if (inner == walk->nframes || !is_runtime (walk->pcs[inner]))
    return i;
  unsigned outer = inner;
  while (outer < walk->nframes && is_runtime (walk->pcs[outer]))
    outer++;
  /* The runtime calls the first function of a thread, too.  */
  if (inner > i && !in_runtime
      && (outer == walk->nframes || !is_assembly (walk->pcs[outer])))
    return i;
  return outer;
}

unsigned
cairni_trace_print (const struct cairni_arch_registers *from, bool in_runtime)
{
  struct walk walk = { .nframes = 0 };
  unsigned i = 0, nlines = 0;
  struct cairni_arch_registers here;
  if (from)
    {
      walk_from (&walk, from);
      /* A call of what is no function: its caller's address is still where the
         call has put it.  */
      if (walk.nframes <= 1 && !is_known (from->rip)
          && from->rsp % sizeof (uintptr_t) == 0
          && cairni_sys_can_read (from->rsp))
        {
          struct cairni_arch_registers caller = *from;
          print_frame (from->rip, true);
          nlines++;
          caller.rip = *(const uintptr_t *)from->rsp;
          caller.rsp += sizeof (uintptr_t);
          walk_from (&walk, &caller);
        }
      while (i < walk.nframes
             && (is_assembly (walk.pcs[i]) || is_thunk (walk.pcs[i])))
        i++;
    }
  else
    {
      cairni_arch_get_registers (&here);
      walk_from (&walk, &here);
    }
  for (i = skip_runtime (&walk, i, in_runtime); i < walk.nframes; i++)
    {
      if (is_runtime (walk.pcs[i]) || is_assembly (walk.pcs[i])
          || is_trampoline (&walk, i))
        continue;
      if (nlines == SHOWN)
        {
          cairni_print ("  ...");
          break;
        }
      print_frame (walk.pcs[i], walk.is_exact[i]);
      nlines++;
      if (is_first (walk.pcs[i]))
        break;
    }
  return nlines;
}

/* The calling thread walks: a handler has interrupted that.  */
static __thread bool is_walking;

unsigned
cairni_trace_collect (const struct cairni_arch_registers *from, uintptr_t *pcs,
                      unsigned max, bool with_runtime)
{
  struct cairni_unwind walk;
  unsigned n = 0;
  /* The tables of a static program have a lock.  */
  if (is_walking)
    return 0;
  is_walking = true;
  if (from)
    cairni_unwind_begin (&walk, from);
  else
    cairni_unwind_here (&walk);
  /* This function itself is none.  */
  if (from || cairni_unwind_up (&walk))
    do
      {
        uintptr_t pc = CAIRNI_UNWIND_AT (&walk);
        if (!is_assembly (pc) && (with_runtime || !is_runtime (pc)))
          pcs[n++] = pc;
      }
    while (n < max && cairni_unwind_up (&walk));
  is_walking = false;
  return n;
}

uintptr_t
cairni_trace_owner (const struct cairni_arch_registers *from, uintptr_t addr)
{
  struct cairni_unwind walk;
  uintptr_t owner = 0, pc, lo;
  size_t nbytes = SIZE_MAX;
  cairni_unwind_begin (&walk, from);
  for (unsigned i = 0; i < OWNERS; i++)
    {
      pc = CAIRNI_UNWIND_AT (&walk);
      lo = CAIRNI_UNWIND_SP (&walk);
      if (!cairni_unwind_up (&walk))
        break;
      /* Where a frame is on another stack than its caller's, others may lie
         between them.  */
      if (i == 0)
        lo -= RED_ZONE_NBYTES;
      size_t n = CAIRNI_UNWIND_SP (&walk) - lo;
      if (CAIRNI_UNWIND_SP (&walk) > lo && addr - lo < n && n < nbytes)
        {
          owner = is_runtime (pc) || is_assembly (pc) ? 0 : pc;
          nbytes = n;
        }
    }
  return owner;
}
