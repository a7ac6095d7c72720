/* thunk.c: the code of a thunk.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

     endbr64
     movq  CODE_HALF - 4 (%rip), %r10      the data's chain
     jmpq  *(CODE_HALF + 8 ...) (%rip)     the data's fn

   Both operands are relative to the next instruction, so all thunks of an
   area are the same bytes.  */

#include "arch/x86_64/arch.h"

#include <string.h>

/* Offsets within a thunk of the ends of the two instructions.  */
#define LOAD_END 11
#define JUMP_END 17

static void
put_displacement (unsigned char *end, size_t field_offset, size_t next_offset)
{
  int32_t displacement
      = CAIRNI_THUNK_HALF_NBYTES + (int32_t)field_offset - (int32_t)next_offset;
  memcpy (end - sizeof displacement, &displacement, sizeof displacement);
}

void
cairni_arch_write_thunks (unsigned char *code)
{
  static const unsigned char pattern[JUMP_END] = {
    0xf3, 0x0f, 0x1e, 0xfa,          /* endbr64 */
    0x4c, 0x8b, 0x15, 0,    0, 0, 0, /* movq disp32(%rip), %r10 */
    0xff, 0x25, 0,    0,    0, 0,    /* jmpq *disp32(%rip) */
  };
  for (int i = 0; i < CAIRNI_THUNK_COUNT; i++, code += CAIRNI_THUNK_NBYTES)
    {
      memset (code, 0xcc, CAIRNI_THUNK_NBYTES);
      memcpy (code, pattern, JUMP_END);
      put_displacement (code + LOAD_END,
                        offsetof (struct cairni_thunk_data, chain), LOAD_END);
      put_displacement (code + JUMP_END,
                        offsetof (struct cairni_thunk_data, fn), JUMP_END);
    }
}
