/* unwind.c: from a frame to its caller's.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A sample of the heap profile is taken wherever the program allocates, so a walk
   begins in frames of which nobody has ever asked the tables.  Not all tables are
   right: GCC's are not behind a label that nested functions jump to, and
   assembly often has none or wrong ones.  libgcc's unwinder reads what they
   lead to; so a program that works would crash.  Here memory is only read if it
   is there, which the kernel says for a page at a time, and an address counts
   only if there is a table for it.

   Nearly all functions have their stack pointer or frame pointer as the base of
   the CFA, and what they preserve at constant distances from it.  For these
   what the table says is kept, by address; whether the table is still the same is
   asked each time.  */

#include "stack/unwind.h"
#include "os/sys.h"

#include <string.h>

#define RBX 3
#define RBP 6
#define RSP 7
#define R12 12
#define R13 13
#define R14 14
#define R15 15
#define RIP 16

/* Words that an expression may need.  */
#define NWORDS 16

static const uint8_t preserved[] = { RBX, RBP, R12, R13, R14, R15, RIP };

void
cairni_unwind_begin (struct cairni_unwind *walk,
                     const struct cairni_arch_registers *from)
{
  memset (walk, 0, sizeof *walk);
  walk->registers[RBX] = from->rbx;
  walk->registers[RBP] = from->rbp;
  walk->registers[RSP] = from->rsp;
  walk->registers[R12] = from->r12;
  walk->registers[R13] = from->r13;
  walk->registers[R14] = from->r14;
  walk->registers[R15] = from->r15;
  walk->registers[RIP] = from->rip;
  walk->is_exact = true;
}

/* Whether the page of ADDR can be read.  */
static bool
is_readable (struct cairni_unwind *walk, uintptr_t addr)
{
  uintptr_t page = cairni_align_down (addr, CAIRNI_SYS_PAGE_NBYTES);
  if (addr >= walk->readable_lo && addr < walk->readable_hi)
    return true;
  if (!cairni_sys_can_read (page))
    return false;
  if (page == walk->readable_hi)
    walk->readable_hi += CAIRNI_SYS_PAGE_NBYTES;
  else
    {
      walk->readable_lo = page;
      walk->readable_hi = page + CAIRNI_SYS_PAGE_NBYTES;
    }
  return true;
}

/* The word at ADDR.  */
static bool
read_word (struct cairni_unwind *walk, uintptr_t addr, uintptr_t *word)
{
  if (!is_readable (walk, addr)
      || !is_readable (walk, addr + sizeof *word - 1))
    return false;
  memcpy (word, (const void *)addr, sizeof *word);
  return true;
}

/* The value of register REG, of which the caller may have one.  */
static bool
get_register (const struct cairni_unwind *walk, uint64_t reg, uintptr_t *value)
{
  bool is_known = reg == RSP;
  for (unsigned i = 0; i < sizeof preserved; i++)
    is_known |= reg == preserved[i];
  if (is_known)
    *value = walk->registers[reg];
  return is_known;
}

/* An expression's words, the last one on top.  */
struct words
{
  uintptr_t words[NWORDS];
  unsigned n;
};

static bool
push (struct words *words, uintptr_t word)
{
  if (words->n == NWORDS)
    return false;
  words->words[words->n++] = word;
  return true;
}

/* What operation OP, of two words, makes of A and B; false: it is none.  */
static bool
combine (uint8_t op, uintptr_t a, uintptr_t b, uintptr_t *result)
{
  intptr_t x = a, y = b;
  switch (op)
    {
    case 0x1a: /* DW_OP_and */
      *result = a & b;
      return true;
    case 0x1c: /* DW_OP_minus */
      *result = a - b;
      return true;
    case 0x1e: /* DW_OP_mul */
      *result = a * b;
      return true;
    case 0x21: /* DW_OP_or */
      *result = a | b;
      return true;
    case 0x22: /* DW_OP_plus */
      *result = a + b;
      return true;
    case 0x24: /* DW_OP_shl */
      *result = b < 64 ? a << b : 0;
      return true;
    case 0x25: /* DW_OP_shr */
      *result = b < 64 ? a >> b : 0;
      return true;
    case 0x26: /* DW_OP_shra */
      *result = x >> (b < 64 ? b : 63);
      return true;
    case 0x27: /* DW_OP_xor */
      *result = a ^ b;
      return true;
    case 0x29: /* DW_OP_eq */
      *result = x == y;
      return true;
    case 0x2a: /* DW_OP_ge */
      *result = x >= y;
      return true;
    case 0x2b: /* DW_OP_gt */
      *result = x > y;
      return true;
    case 0x2c: /* DW_OP_le */
      *result = x <= y;
      return true;
    case 0x2d: /* DW_OP_lt */
      *result = x < y;
      return true;
    case 0x2e: /* DW_OP_ne */
      *result = x != y;
      return true;
    default:
      return false;
    }
}

/* Push what the constant operation OP has at *AT; false: it is none.  */
static bool
push_constant (struct words *words, uint8_t op, const uint8_t **at,
               const uint8_t *end)
{
  if (op >= 0x30 && op <= 0x4f) /* DW_OP_lit0 to 31 */
    return push (words, op - 0x30);
  if (op == 0x03) /* DW_OP_addr */
    return push (words, cairni_cfi_fixed (at, end, 8));
  if (op == 0x10) /* DW_OP_constu */
    return push (words, cairni_cfi_uleb (at, end));
  if (op == 0x11) /* DW_OP_consts */
    return push (words, cairni_cfi_sleb (at, end));
  if (op < 0x08 || op > 0x0f) /* DW_OP_const1u, 1s to 8u, 8s */
    return false;
  unsigned nbytes = 1 << (op - 0x08) / 2, shift = 64 - 8 * nbytes;
  uint64_t value = cairni_cfi_fixed (at, end, nbytes);
  if (op & 1)
    value = (int64_t)(value << shift) >> shift;
  return push (words, value);
}

/* The value of the expression of RULE, which begins with the CFA, if that is
   known.  False: it has none, or is not understood.  */
static bool
evaluate (struct cairni_unwind *walk, const struct cairni_cfi_rule *rule,
          const uintptr_t *cfa, uintptr_t *value)
{
  struct words words = { .n = 0 };
  const uint8_t *at = rule->expr, *end = at + rule->expr_nbytes;
  if (cfa)
    push (&words, *cfa);
  while (at < end)
    {
      uint8_t op = *at++;
      uintptr_t *top = words.words + words.n - 1, word;
      if (op >= 0x70 && op <= 0x8f) /* DW_OP_breg0 to 31 */
        {
          if (!get_register (walk, op - 0x70, &word)
              || !push (&words, word + cairni_cfi_sleb (&at, end)))
            return false;
        }
      else if (push_constant (&words, op, &at, end))
        ;
      else if (words.n == 0)
        return false;
      else if (op == 0x06) /* DW_OP_deref */
        {
          if (!read_word (walk, *top, top))
            return false;
        }
      else if (op == 0x12) /* DW_OP_dup */
        {
          if (!push (&words, *top))
            return false;
        }
      else if (op == 0x13) /* DW_OP_drop */
        words.n--;
      else if (op == 0x1f) /* DW_OP_neg */
        *top = -*top;
      else if (op == 0x20) /* DW_OP_not */
        *top = ~*top;
      else if (op == 0x23) /* DW_OP_plus_uconst */
        *top += cairni_cfi_uleb (&at, end);
      else if (words.n >= 2 && combine (op, top[-1], *top, &top[-1]))
        words.n--;
      else if (op != 0x96) /* DW_OP_nop */
        return false;
    }
  if (words.n == 0)
    return false;
  *value = words.words[words.n - 1];
  return true;
}

/* What RULE says of register REG, given the CFA.  */
static bool
recover (struct cairni_unwind *walk, unsigned reg,
         const struct cairni_cfi_rule *rule, uintptr_t cfa, uintptr_t *value)
{
  uintptr_t at;
  switch (rule->kind)
    {
    case CAIRNI_CFI_SAME:
      return get_register (walk, reg, value);
    case CAIRNI_CFI_AT:
      return read_word (walk, cfa + rule->offset, value);
    case CAIRNI_CFI_IS:
      *value = cfa + rule->offset;
      return true;
    case CAIRNI_CFI_REGISTER:
      return get_register (walk, rule->offset, value);
    case CAIRNI_CFI_AT_EXPR:
      return evaluate (walk, rule, &cfa, &at) && read_word (walk, at, value);
    case CAIRNI_CFI_IS_EXPR:
      return evaluate (walk, rule, &cfa, value);
    default:
      return false;
    }
}

/* -- What is kept of tables.  */

#define NPRESERVED (sizeof preserved)

/* A row of the common form; 40 bytes.  */
union plain
{
  struct
  {
    uintptr_t pc;
    const void *entry;
    int32_t cfa_offset;
    uint8_t cfa_register;
    bool is_signal;
    int16_t at[NPRESERVED]; /* From the CFA on; SAME: in the register.  */
  };
  uint64_t words[5];
};

#define SAME INT16_MIN
#define NKEPT 512 /* A power of two.  */

_Static_assert(sizeof (union plain) == sizeof ((union plain){ 0 }.words),
               "words are all of it");

/* Written by whoever comes, read by all, without waiting: VERSION is odd while
   that is going on, and another afterwards.  */
static struct
{
  unsigned version;
  union plain plain;
} kept[NKEPT];

static unsigned
kept_index (uintptr_t pc)
{
  return pc * 0x9e3779b97f4a7c15 >> 32 & (NKEPT - 1);
}

/* Whether PLAIN has what is kept for PC, in ENTRY.  */
static bool
find_kept (uintptr_t pc, const void *entry, union plain *plain)
{
  unsigned i = kept_index (pc);
  unsigned version = __atomic_load_n (&kept[i].version, __ATOMIC_ACQUIRE);
  for (unsigned w = 0; w < 5; w++)
    plain->words[w] = cairni_peek (kept[i].plain.words[w]);
  __atomic_thread_fence (__ATOMIC_ACQUIRE);
  return version % 2 == 0 && cairni_peek (kept[i].version) == version
         && plain->pc == pc && plain->entry == entry;
}

static void
keep (const union plain *plain)
{
  unsigned i = kept_index (plain->pc), version = cairni_peek (kept[i].version);
  if (version % 2 == 1
      || !__atomic_compare_exchange_n (&kept[i].version, &version, version + 1,
                                       false, __ATOMIC_ACQUIRE,
                                       __ATOMIC_RELAXED))
    return;
  __atomic_thread_fence (__ATOMIC_RELEASE);
  for (unsigned w = 0; w < 5; w++)
    cairni_poke (kept[i].plain.words[w], plain->words[w]);
  __atomic_store_n (&kept[i].version, version + 2, __ATOMIC_RELEASE);
}

/* Whether ROW is of the common form: then PLAIN is, but for PC and ENTRY.  */
static bool
make_plain (const struct cairni_cfi_row *row, union plain *plain)
{
  if (row->cfa.kind != CAIRNI_CFI_IS
      || (row->cfa_register != RSP && row->cfa_register != RBP)
      || row->cfa.offset != (int32_t)row->cfa.offset
      || row->registers[RSP].kind != CAIRNI_CFI_SAME)
    return false;
  plain->cfa_register = row->cfa_register;
  plain->cfa_offset = row->cfa.offset;
  plain->is_signal = row->is_signal;
  for (unsigned i = 0; i < NPRESERVED; i++)
    {
      const struct cairni_cfi_rule *rule = &row->registers[preserved[i]];
      if (rule->kind == CAIRNI_CFI_AT && rule->offset > SAME
          && rule->offset <= INT16_MAX)
        plain->at[i] = rule->offset;
      else if (rule->kind == CAIRNI_CFI_SAME && preserved[i] != RIP)
        plain->at[i] = SAME;
      else
        return false;
    }
  return true;
}

/* -- Going up.  */

/* By PLAIN: what the caller has, to REGISTERS.  */
static bool
go_plainly (struct cairni_unwind *walk, const union plain *plain,
            uintptr_t *registers)
{
  uintptr_t cfa = walk->registers[plain->cfa_register] + plain->cfa_offset;
  for (unsigned i = 0; i < NPRESERVED; i++)
    {
      unsigned reg = preserved[i];
      if (plain->at[i] == SAME)
        registers[reg] = walk->registers[reg];
      else if (!read_word (walk, cfa + plain->at[i], &registers[reg]))
        return false;
    }
  registers[RSP] = cfa;
  return true;
}

/* The same by ROW.  */
static bool
go_by_row (struct cairni_unwind *walk, const struct cairni_cfi_row *row,
           uintptr_t *registers)
{
  uintptr_t cfa;
  if (row->cfa.kind == CAIRNI_CFI_IS_EXPR)
    {
      if (!evaluate (walk, &row->cfa, NULL, &cfa))
        return false;
    }
  else if (get_register (walk, row->cfa_register, &cfa))
    cfa += row->cfa.offset;
  else
    return false;
  for (unsigned i = 0; i < NPRESERVED; i++)
    {
      unsigned reg = preserved[i];
      /* Nobody may need another's.  */
      if (!recover (walk, reg, &row->registers[reg], cfa, &registers[reg])
          && reg == RIP)
        return false;
    }
  registers[RSP] = cfa;
  return row->registers[RSP].kind == CAIRNI_CFI_SAME
         || recover (walk, RSP, &row->registers[RSP], cfa, &registers[RSP]);
}

bool
cairni_unwind_up (struct cairni_unwind *walk)
{
  union plain plain;
  uintptr_t start, registers[CAIRNI_CFI_NREGISTERS] = { 0 };
  uintptr_t pc = CAIRNI_UNWIND_AT (walk);
  const void *entry = cairni_cfi_find (pc, &start);
  bool is_exact;
  if (!entry)
    return false;
  if (find_kept (pc, entry, &plain))
    {
      if (!go_plainly (walk, &plain, registers))
        return false;
      is_exact = plain.is_signal;
    }
  else
    {
      struct cairni_cfi_row row;
      if (!cairni_cfi_read (entry, start, pc, &row)
          || !go_by_row (walk, &row, registers))
        return false;
      is_exact = row.is_signal;
      plain = (union plain){ .pc = pc, .entry = entry };
      if (make_plain (&row, &plain))
        keep (&plain);
    }
  if (registers[RIP] == 0
      || (registers[RIP] == walk->registers[RIP]
          && registers[RSP] == walk->registers[RSP]))
    return false;
  memcpy (walk->registers, registers, sizeof registers);
  walk->is_exact = is_exact;
  return true;
}
