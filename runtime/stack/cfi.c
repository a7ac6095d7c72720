/* cfi.c: call frame information.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   libgcc knows all tables and finds the entry of an address.  It is read here,
   since libgcc's own unwinder believes whatever an entry says: see unwind.c.  */

#include "stack/cfi.h"

#include <string.h>

/* How deep states are remembered; compilers do it once, for an epilogue.  */
#define NREMEMBERED 4

/* In libgcc, of which <unwind.h> says nothing.  */
struct dwarf_eh_bases
{
  void *tbase, *dbase;
  void *func; /* Where the entry begins.  */
};
extern const void *_Unwind_Find_FDE (void *pc, struct dwarf_eh_bases *bases);

/* The common part of entries, and what is read of it.  */
struct common
{
  const uint8_t *code, *code_end;
  uint64_t code_factor;
  int64_t data_factor;
  unsigned pc_register;
  uint8_t encoding;  /* Of the entries' addresses.  */
  bool is_augmented; /* Entries have a length of what may be skipped.  */
  bool is_signal;
};

uint64_t
cairni_cfi_fixed (const uint8_t **at, const uint8_t *end, unsigned nbytes)
{
  uint64_t value = 0;
  if ((size_t)(end - *at) < nbytes)
    *at = end;
  else
    {
      memcpy (&value, *at, nbytes);
      *at += nbytes;
    }
  return value;
}

uint64_t
cairni_cfi_uleb (const uint8_t **at, const uint8_t *end)
{
  uint64_t value = 0;
  for (unsigned shift = 0; *at < end; shift += 7)
    {
      uint8_t byte = *(*at)++;
      if (shift < 64)
        value |= (uint64_t)(byte & 0x7f) << shift;
      if (!(byte & 0x80))
        break;
    }
  return value;
}

int64_t
cairni_cfi_sleb (const uint8_t **at, const uint8_t *end)
{
  uint64_t value = 0;
  unsigned shift = 0;
  uint8_t byte = 0;
  while (*at < end)
    {
      byte = *(*at)++;
      if (shift < 64)
        value |= (uint64_t)(byte & 0x7f) << shift;
      shift += 7;
      if (!(byte & 0x80))
        break;
    }
  if (shift < 64 && byte & 0x40)
    value |= -((uint64_t)1 << shift);
  return value;
}

/* Bytes of an address with ENCODING (DW_EH_PE_...); 0: not known.  */
static unsigned
encoded_nbytes (uint8_t encoding)
{
  switch (encoding & 0x07)
    {
    case 0:
    case 4:
      return 8;
    case 2:
      return 2;
    case 3:
      return 4;
    default:
      return 0;
    }
}

/* Where the record at AT ends; *BODY is where it begins after its length.  NULL:
   it is of the long form, which nobody uses.  */
static const uint8_t *
record_end (const uint8_t *at, const uint8_t **body)
{
  uint32_t nbytes;
  memcpy (&nbytes, at, sizeof nbytes);
  *body = at + sizeof nbytes;
  return nbytes < 0xfffffff0 ? *body + nbytes : NULL;
}

static bool
read_common (const uint8_t *at, struct common *common)
{
  const uint8_t *end = record_end (at, &at);
  if (!end)
    return false;
  at += 4; /* What tells it from an entry.  */
  uint8_t version = cairni_cfi_fixed (&at, end, 1);
  const char *augmentation = (const char *)at;
  while (at < end && *at++)
    ;
  if (version == 4)
    at += 2;
  *common = (struct common){
    .code_factor = cairni_cfi_uleb (&at, end),
    .data_factor = cairni_cfi_sleb (&at, end),
    .code_end = end,
  };
  common->pc_register = version == 1 ? cairni_cfi_fixed (&at, end, 1)
                                     : cairni_cfi_uleb (&at, end);
  if (*augmentation == 'z')
    {
      common->is_augmented = true;
      augmentation++;
      uint64_t nbytes = cairni_cfi_uleb (&at, end);
      if (nbytes > (size_t)(end - at))
        return false;
      common->code = at + nbytes;
    }
  else
    common->code = at;
  for (; *augmentation; augmentation++)
    switch (*augmentation)
      {
      case 'R':
        common->encoding = cairni_cfi_fixed (&at, end, 1);
        break;
      case 'P':
        {
          unsigned nbytes
              = encoded_nbytes (cairni_cfi_fixed (&at, end, 1));
          if (nbytes == 0)
            return false;
          cairni_cfi_fixed (&at, end, nbytes);
          break;
        }
      case 'L':
        cairni_cfi_fixed (&at, end, 1);
        break;
      case 'S':
        common->is_signal = true;
        break;
      case 'B':
        break;
      default:
        return false;
      }
  return common->pc_register == 16;
}

/* A reader of instructions.  */
struct program
{
  const struct common *common;
  const uint8_t *at, *end;
  uintptr_t pc;     /* Of the row that is being made, */
  uintptr_t target; /* and of what is asked for.  */
  struct cairni_cfi_row *row;
  struct cairni_cfi_row initial; /* After the common part.  */
  struct cairni_cfi_row remembered[NREMEMBERED];
  unsigned nremembered;
};

static uint64_t
uleb (struct program *p)
{
  return cairni_cfi_uleb (&p->at, p->end);
}

static int64_t
sleb (struct program *p)
{
  return cairni_cfi_sleb (&p->at, p->end);
}

static void
set_rule (struct program *p, uint64_t reg, enum cairni_cfi_kind kind,
          int64_t offset)
{
  if (reg < CAIRNI_CFI_NREGISTERS)
    p->row->registers[reg]
        = (struct cairni_cfi_rule){ .kind = kind, .offset = offset };
}

/* The expression that comes next.  */
static struct cairni_cfi_rule
expression (struct program *p, enum cairni_cfi_kind kind)
{
  uint64_t nbytes = uleb (p);
  if (nbytes > (size_t)(p->end - p->at))
    nbytes = p->end - p->at;
  p->at += nbytes;
  return (struct cairni_cfi_rule){ .kind = kind,
                                   .expr_nbytes = nbytes,
                                   .expr = p->at - nbytes };
}

static void
set_cfa (struct program *p, uint64_t reg, int64_t offset)
{
  p->row->cfa_register = reg;
  p->row->cfa
      = (struct cairni_cfi_rule){ .kind = CAIRNI_CFI_IS, .offset = offset };
}

/* The row is that of PC on; false: the one before was it.  */
static bool
advance (struct program *p, uint64_t delta)
{
  uintptr_t pc = p->pc + delta * p->common->code_factor;
  if (pc > p->target)
    return false;
  p->pc = pc;
  return true;
}

/* Run the instructions up to the row of TARGET.  False: there is one that is not
   understood.  */
static bool
run (struct program *p)
{
  const int64_t factor = p->common->data_factor;
  while (p->at < p->end)
    {
      uint8_t op = *p->at++, low = op & 0x3f;
      uint64_t reg;
      switch (op >> 6)
        {
        case 1: /* DW_CFA_advance_loc */
          if (!advance (p, low))
            return true;
          continue;
        case 2: /* DW_CFA_offset */
          set_rule (p, low, CAIRNI_CFI_AT, uleb (p) * factor);
          continue;
        case 3: /* DW_CFA_restore */
          if (low < CAIRNI_CFI_NREGISTERS)
            p->row->registers[low] = p->initial.registers[low];
          continue;
        }
      switch (op)
        {
        case 0x00: /* DW_CFA_nop */
          break;
        case 0x02: /* DW_CFA_advance_loc1, 2, 4 */
        case 0x03:
        case 0x04:
          if (!advance (p, cairni_cfi_fixed (&p->at, p->end, 1 << (op - 2))))
            return true;
          break;
        case 0x05: /* DW_CFA_offset_extended */
          reg = uleb (p);
          set_rule (p, reg, CAIRNI_CFI_AT, uleb (p) * factor);
          break;
        case 0x06: /* DW_CFA_restore_extended */
          reg = uleb (p);
          if (reg < CAIRNI_CFI_NREGISTERS)
            p->row->registers[reg] = p->initial.registers[reg];
          break;
        case 0x07: /* DW_CFA_undefined */
          set_rule (p, uleb (p), CAIRNI_CFI_UNDEFINED, 0);
          break;
        case 0x08: /* DW_CFA_same_value */
          set_rule (p, uleb (p), CAIRNI_CFI_SAME, 0);
          break;
        case 0x09: /* DW_CFA_register */
          reg = uleb (p);
          set_rule (p, reg, CAIRNI_CFI_REGISTER, uleb (p));
          break;
        case 0x0a: /* DW_CFA_remember_state */
          if (p->nremembered == NREMEMBERED)
            return false;
          p->remembered[p->nremembered++] = *p->row;
          break;
        case 0x0b: /* DW_CFA_restore_state */
          if (p->nremembered == 0)
            return false;
          *p->row = p->remembered[--p->nremembered];
          break;
        case 0x0c: /* DW_CFA_def_cfa */
          reg = uleb (p);
          set_cfa (p, reg, uleb (p));
          break;
        case 0x0d: /* DW_CFA_def_cfa_register */
          set_cfa (p, uleb (p), p->row->cfa.offset);
          break;
        case 0x0e: /* DW_CFA_def_cfa_offset */
          set_cfa (p, p->row->cfa_register, uleb (p));
          break;
        case 0x0f: /* DW_CFA_def_cfa_expression */
          p->row->cfa = expression (p, CAIRNI_CFI_IS_EXPR);
          break;
        case 0x10: /* DW_CFA_expression */
        case 0x16: /* DW_CFA_val_expression */
          {
            reg = uleb (p);
            struct cairni_cfi_rule rule
                = expression (p, op == 0x10 ? CAIRNI_CFI_AT_EXPR
                                            : CAIRNI_CFI_IS_EXPR);
            if (reg < CAIRNI_CFI_NREGISTERS)
              p->row->registers[reg] = rule;
            break;
          }
        case 0x11: /* DW_CFA_offset_extended_sf */
          reg = uleb (p);
          set_rule (p, reg, CAIRNI_CFI_AT, sleb (p) * factor);
          break;
        case 0x12: /* DW_CFA_def_cfa_sf */
          reg = uleb (p);
          set_cfa (p, reg, sleb (p) * factor);
          break;
        case 0x13: /* DW_CFA_def_cfa_offset_sf */
          set_cfa (p, p->row->cfa_register, sleb (p) * factor);
          break;
        case 0x14: /* DW_CFA_val_offset */
          reg = uleb (p);
          set_rule (p, reg, CAIRNI_CFI_IS, uleb (p) * factor);
          break;
        case 0x15: /* DW_CFA_val_offset_sf */
          reg = uleb (p);
          set_rule (p, reg, CAIRNI_CFI_IS, sleb (p) * factor);
          break;
        case 0x2e: /* DW_CFA_GNU_args_size */
          uleb (p);
          break;
        case 0x2f: /* DW_CFA_GNU_negative_offset_extended */
          reg = uleb (p);
          set_rule (p, reg, CAIRNI_CFI_AT, -(int64_t)uleb (p) * factor);
          break;
        default:
          return false;
        }
    }
  return true;
}

const void *
cairni_cfi_find (uintptr_t pc, uintptr_t *start)
{
  struct dwarf_eh_bases bases;
  const void *entry = _Unwind_Find_FDE ((void *)pc, &bases);
  if (entry)
    *start = (uintptr_t)bases.func;
  return entry;
}

bool
cairni_cfi_read (const void *entry, uintptr_t start, uintptr_t pc,
                 struct cairni_cfi_row *row)
{
  struct common common;
  const uint8_t *at = entry;
  const uint8_t *end = record_end (at, &at);
  int32_t back;
  memcpy (&back, at, sizeof back);
  if (!end || !read_common (at - back, &common))
    return false;
  at += sizeof back;
  unsigned nbytes = encoded_nbytes (common.encoding);
  if (nbytes == 0)
    return false;
  cairni_cfi_fixed (&at, end, nbytes);
  cairni_cfi_fixed (&at, end, nbytes);
  if (common.is_augmented)
    {
      uint64_t skipped = cairni_cfi_uleb (&at, end);
      if (skipped > (size_t)(end - at))
        return false;
      at += skipped;
    }
  memset (row, 0, sizeof *row);
  struct program program;
  program.common = &common;
  program.at = common.code;
  program.end = common.code_end;
  program.pc = start;
  program.target = pc;
  program.row = row;
  program.nremembered = 0;
  if (!run (&program))
    return false;
  program.initial = *row;
  program.at = at;
  program.end = end;
  row->is_signal = common.is_signal;
  return run (&program);
}
