/* growable.h: hand-made functions for growable stacks.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   Functions of the compiler's without the plugin, given what the plugin would
   have added: the mark, the check, and calls of other code by foreign.  They
   must keep no address of their frames.  */

#ifndef GROWABLE_H
#define GROWABLE_H

#include <sys/wait.h>
#include "rt-check.h"

enum
{
#define CAIRN_STACK_ABI(name, value) name = value,
#include "../../runtime/stack-abi.def"
};

/* A word of the calling thread's control block.  */
#define WORD(offset)                                                         \
  (*(volatile uintptr_t *) ((char *) __builtin_thread_pointer () + (offset)))

/* NAME, declared elsewhere, is a marked function that makes sure of 400 bytes of stack, more than
   IMPLEMENTATION takes, and goes on with that.  */
#define MARKED(name, implementation)                                         \
  __asm__ (".text\n.type " #name ", @function\n" #name ":\n"                 \
           "nopl 0x6e726143(%rax)\n"                                         \
           "movl $400, %r11d\n"                                              \
           "call *cairn_rt_grow@GOTPCREL(%rip)\n"                                    \
           "jmp " #implementation "\n")

/* Call FN (A, B, C) on the system stack.  */
extern long foreign (const void *fn, long a, long b, long c);
__asm__ (".text\n.type foreign, @function\nforeign:\n"
         "movq %rdi, %r10\nmovq %rsi, %rdi\nmovq %rdx, %rsi\n"
         "movq %rcx, %rdx\nxorl %eax, %eax\n"
         "jmp *cairn_rt_call_system@GOTPCREL(%rip)\n");

/* If nothing is set, run the program again, with stacks that move and
   collections that are frequent.  */
static void
run_in_modes (char **argv)
{
  static const char *const modes[]
      = { "clobberfree=1,stackmove=1", "clobberfree=1,gcstress=5",
          "clobberfree=1,stackmove=1,gcstress=1" };
  for (int i = 0; i < 3 && !getenv ("CAIRN_DEBUG"); i++)
    {
      int status;
      pid_t child = fork ();
      if (child == 0)
        {
          setenv ("CAIRN_DEBUG", modes[i], 1);
          execv ("/proc/self/exe", argv);
          _exit (1);
        }
      CHECK (waitpid (child, &status, 0) == child);
      if (status != 0)
        printf ("with CAIRN_DEBUG=%s:\n", modes[i]);
      CHECK (status == 0);
    }
}

#endif /* GROWABLE_H */
