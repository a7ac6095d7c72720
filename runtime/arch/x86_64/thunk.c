/* thunk.c: the code of a thunk.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

     endbr64
     nopl  MARK (%rax)                     see stack-abi.def
     movq  CODE_HALF - 4 (%rip), %r10      the data's chain
     jmpq  *(CODE_HALF + 8 ...) (%rip)     the data's fn

   The mark says that the nested function may be called on a growable stack; if
   it may not, the displacement is 0.

   Both operands are relative to the next instruction, so all thunks of an
   area are the same bytes.  */

#include "arch/x86_64/arch.h"

#include <string.h>

#define CAIRN_STACK_ABI(name, value) ABI_##name = value,
enum
{
#include "stack-abi.def"
};
#undef CAIRN_STACK_ABI

/* Offsets within a thunk of the ends of the two instructions.  */
#define MARK_START 4
#define LOAD_END 18
#define JUMP_END 24

static void
put_displacement (unsigned char *end, size_t field_offset, size_t next_offset)
{
  int32_t displacement
      = CAIRNI_THUNK_HALF_NBYTES + (int32_t)field_offset - (int32_t)next_offset;
  memcpy (end - sizeof displacement, &displacement, sizeof displacement);
}

static void
put_mark (unsigned char *code)
{
  uint32_t opcode = ABI_MARK_OPCODE, displacement = ABI_MARK_DISPLACEMENT;
  memcpy (code, &opcode, 3);
  memcpy (code + 3, &displacement, sizeof displacement);
}

void
cairni_arch_write_thunks (unsigned char *code, bool is_marked)
{
  static const unsigned char pattern[JUMP_END] = {
    0xf3, 0x0f, 0x1e, 0xfa,          /* endbr64 */
    0x0f, 0x1f, 0x80, 0,    0, 0, 0, /* nopl disp32(%rax) */
    0x4c, 0x8b, 0x15, 0,    0, 0, 0, /* movq disp32(%rip), %r10 */
    0xff, 0x25, 0,    0,    0, 0,    /* jmpq *disp32(%rip) */
  };
  for (int i = 0; i < CAIRNI_THUNK_COUNT; i++, code += CAIRNI_THUNK_NBYTES)
    {
      memset (code, 0xcc, CAIRNI_THUNK_NBYTES);
      memcpy (code, pattern, JUMP_END);
      if (is_marked)
        put_mark (code + MARK_START);
      put_displacement (code + LOAD_END,
                        offsetof (struct cairni_thunk_data, chain), LOAD_END);
      put_displacement (code + JUMP_END,
                        offsetof (struct cairni_thunk_data, fn), JUMP_END);
    }
}

bool
cairni_arch_is_marked (uintptr_t address)
{
  static const unsigned char endbr64[4] = { 0xf3, 0x0f, 0x1e, 0xfa };
  const unsigned char *code = (const unsigned char *)address;
  uint32_t displacement = ABI_MARK_DISPLACEMENT, opcode = ABI_MARK_OPCODE;
  if (memcmp (code, endbr64, sizeof endbr64) == 0)
    code += sizeof endbr64;
  return memcmp (code, &opcode, 3) == 0
         && memcmp (code + 3, &displacement, sizeof displacement) == 0;
}
