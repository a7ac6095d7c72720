/* verify.cc: proves that a function's frame may move.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Place: when instructions and registers are final, and the control flow graph
   is still there.

   A register is tainted if it may hold an address of the machine stack: what
   is computed from the stack pointer.  That is a forward problem over the
   graph, solved for all hard registers at once; a join is a union.  What is
   loaded from memory is clean, because

   .verify.store  a function that stores a tainted value is pinned, except for
                  the lists that va_start fills, which are read by the next call
                  only (relocate.cc).

   A function that makes moving calls is also pinned if, at such a call, a
   tainted register is an argument or is used afterwards; and if its stack
   pointer is anything but the entry's plus a constant that is the same on all
   ways: then its greatest depth is not known.  */

#include "stack.h"

/* The state for one function.  */
struct verification
{
  const char *why;  /* Why it is pinned; NULL: it is not.  */
  rtx_insn *where;
  bool moving;
  HOST_WIDE_INT depth; /* Greatest, in bytes below the entry's.  */
};

/* A block's.  */
struct block_state
{
  bool seen;
  HOST_WIDE_INT sp; /* At its begin, relative to the entry's.  */
  HARD_REG_SET tainted;
};

static struct stack_need verified;

struct stack_need
stack_verified_need (void)
{
  return verified;
}

static void
pin (verification *v, const char *why, rtx_insn *where)
{
  if (!v->why)
    {
      v->why = why;
      v->where = where;
    }
}

/* -- The stack pointer.  */

/* What X, an address in a memory reference of NBYTES, adds to the stack
   pointer; 0 if it changes nothing, or another register.  Sets *BAD if that is
   not a constant.  */
static HOST_WIDE_INT
autoinc_change (const_rtx x, HOST_WIDE_INT nbytes, bool *bad)
{
  if (GET_RTX_CLASS (GET_CODE (x)) != RTX_AUTOINC
      || XEXP (x, 0) != stack_pointer_rtx)
    return 0;
  switch (GET_CODE (x))
    {
    case PRE_DEC:
    case POST_DEC:
      return -nbytes;
    case PRE_INC:
    case POST_INC:
      return nbytes;
    default:
      {
        rtx sum = XEXP (x, 1);
        if (GET_CODE (sum) == PLUS && XEXP (sum, 0) == stack_pointer_rtx
            && CONST_INT_P (XEXP (sum, 1)))
          return INTVAL (XEXP (sum, 1));
        *bad = true;
        return 0;
      }
    }
}

/* What INSN adds to the stack pointer.  */
static HOST_WIDE_INT
sp_change (rtx_insn *insn, bool *bad)
{
  HOST_WIDE_INT change = 0;
  subrtx_iterator::array_type array;
  FOR_EACH_SUBRTX (iter, array, PATTERN (insn), NONCONST)
    {
      const_rtx x = *iter;
      if (MEM_P (x))
        {
          poly_int64 nbytes = GET_MODE_SIZE (GET_MODE (x));
          change += autoinc_change (XEXP (x, 0), nbytes.to_constant (), bad);
        }
      else if ((GET_CODE (x) == SET || GET_CODE (x) == CLOBBER)
               && REG_P (XEXP (x, 0))
               && REGNO (XEXP (x, 0)) == STACK_POINTER_REGNUM)
        {
          rtx src = GET_CODE (x) == SET ? SET_SRC (x) : NULL_RTX;
          if (src && GET_CODE (src) == PLUS
              && XEXP (src, 0) == stack_pointer_rtx
              && CONST_INT_P (XEXP (src, 1)))
            change += INTVAL (XEXP (src, 1));
          else if (src != stack_pointer_rtx)
            *bad = true;
        }
    }
  return change;
}

/* Whether INSN refers to memory below the stack pointer.  */
static bool
red_zone_p (rtx_insn *insn)
{
  subrtx_iterator::array_type array;
  FOR_EACH_SUBRTX (iter, array, PATTERN (insn), NONCONST)
    if (MEM_P (*iter))
      {
        rtx address = XEXP (*iter, 0);
        if (GET_CODE (address) == PLUS
            && XEXP (address, 0) == stack_pointer_rtx
            && CONST_INT_P (XEXP (address, 1)) && INTVAL (XEXP (address, 1)) < 0)
          return true;
      }
  return false;
}

/* -- Taint.  */

static bool
tainted_reg_p (const_rtx reg, const HARD_REG_SET &tainted)
{
  if (!HARD_REGISTER_P (reg))
    return false;
  for (unsigned r = REGNO (reg); r < END_REGNO (reg); r++)
    if (r == STACK_POINTER_REGNUM || TEST_HARD_REG_BIT (tainted, r))
      return true;
  return false;
}

/* Whether the value of X may be an address of the stack, or have one in it.  */
static bool
tainted_value_p (const_rtx x, const HARD_REG_SET &tainted)
{
  switch (GET_CODE (x))
    {
    case REG:
      return tainted_reg_p (x, tainted);
    case MEM:
    case CALL:
      return false;
    default:
      break;
    }
  if (COMPARISON_P (x) || GET_CODE (x) == COMPARE || CONSTANT_P (x))
    return false;
  if (GET_MODE (x) != VOIDmode && GET_MODE (x) != BLKmode
      && known_lt (GET_MODE_SIZE (GET_MODE (x)), UNITS_PER_WORD))
    return false;
  const char *format = GET_RTX_FORMAT (GET_CODE (x));
  for (int i = 0; i < GET_RTX_LENGTH (GET_CODE (x)); i++)
    if (format[i] == 'e')
      {
        if (XEXP (x, i) && tainted_value_p (XEXP (x, i), tainted))
          return true;
      }
    else if (format[i] == 'E')
      for (int j = 0; j < XVECLEN (x, i); j++)
        if (tainted_value_p (XVECEXP (x, i, j), tainted))
          return true;
  return false;
}

/* Whether MEM is a list that va_start fills.  */
static bool
va_list_p (const_rtx mem)
{
  tree expr = MEM_EXPR (mem);
  tree base = expr ? get_base_address (expr) : NULL_TREE;
  return base && stack_frame_current ()->va_lists.contains (base);
}

/* The effect of the SET or CLOBBER X of INSN: OLD is the state before INSN,
   TAINTED becomes that after it.  */
static void
taint_set (verification *v, rtx_insn *insn, const_rtx x,
           const HARD_REG_SET &old, HARD_REG_SET &tainted)
{
  rtx dest = XEXP (x, 0);
  bool taint = GET_CODE (x) == SET && tainted_value_p (SET_SRC (x), old);
  while (GET_CODE (dest) == SUBREG || GET_CODE (dest) == STRICT_LOW_PART
         || GET_CODE (dest) == ZERO_EXTRACT)
    {
      /* The rest of the register stays.  */
      taint |= tainted_value_p (dest, old);
      dest = XEXP (dest, 0);
    }
  if (MEM_P (dest))
    {
      if (taint && !va_list_p (dest))
        pin (v, "stores an address of its frame", insn);
    }
  else if (REG_P (dest) && REGNO (dest) != STACK_POINTER_REGNUM)
    {
      for (unsigned r = REGNO (dest); r < END_REGNO (dest); r++)
        if (taint)
          SET_HARD_REG_BIT (tainted, r);
        else
          CLEAR_HARD_REG_BIT (tainted, r);
    }
}

/* The effect of the call INSN.  LIVE are the registers that are used after it,
   NULL if that is not of interest.  */
static void
taint_call (verification *v, rtx_insn *insn, HARD_REG_SET &tainted,
            bitmap live)
{
  bool argument = false;
  bool moving = stack_moving_p (stack_insn_kind (insn));
  for (rtx link = CALL_INSN_FUNCTION_USAGE (insn); link; link = XEXP (link, 1))
    {
      rtx x = XEXP (link, 0);
      if (GET_CODE (x) == USE && REG_P (XEXP (x, 0))
          && REGNO (XEXP (x, 0)) != STACK_POINTER_REGNUM
          && tainted_reg_p (XEXP (x, 0), tainted))
        argument = true;
    }
  HARD_REG_SET clobbers = insn_callee_abi (insn).full_and_partial_reg_clobbers ();
  if (moving && argument)
    pin (v, "passes an address of its frame to a call", insn);
  if (moving && live)
    for (unsigned r = 0; r < FIRST_PSEUDO_REGISTER; r++)
      if (TEST_HARD_REG_BIT (tainted, r) && !TEST_HARD_REG_BIT (clobbers, r)
          && bitmap_bit_p (live, r))
        pin (v, "keeps an address of its frame in a register during a call",
             insn);
  tainted &= ~clobbers;
  /* memcpy returns what it is given.  */
  if (argument && !moving)
    {
      SET_HARD_REG_BIT (tainted, AX_REG);
      SET_HARD_REG_BIT (tainted, DX_REG);
    }
}

/* The effect of INSN on TAINTED.  */
static void
taint_insn (verification *v, rtx_insn *insn, HARD_REG_SET &tainted,
            bitmap live)
{
  HARD_REG_SET old = tainted;
  if (CALL_P (insn) && get_call_rtx_from (insn))
    {
      taint_call (v, insn, tainted, live);
      return;
    }
  rtx pattern = PATTERN (insn);
  if (GET_CODE (pattern) == SET || GET_CODE (pattern) == CLOBBER)
    taint_set (v, insn, pattern, old, tainted);
  else if (GET_CODE (pattern) == PARALLEL)
    for (int i = 0; i < XVECLEN (pattern, 0); i++)
      {
        rtx x = XVECEXP (pattern, 0, i);
        if (GET_CODE (x) == SET || GET_CODE (x) == CLOBBER)
          taint_set (v, insn, x, old, tainted);
      }
}

/* -- The function.  */

/* Go through BB from STATE on, which becomes the state at its end.  */
static void
verify_block (verification *v, basic_block bb, block_state *state)
{
  rtx_insn *insn;
  FOR_BB_INSNS (bb, insn)
    if (NONDEBUG_INSN_P (insn))
      {
        bool bad = false;
        HOST_WIDE_INT change = sp_change (insn, &bad);
        if (bad)
          pin (v, "its stack pointer is not known", insn);
        if (change < 0)
          state->sp += change;
        v->depth = MAX (v->depth, -state->sp);
        if (CALL_P (insn) && get_call_rtx_from (insn))
          {
            HOST_WIDE_INT below = UNITS_PER_WORD;
            /* The dynamic linker allocates a thread's variables.  */
            if (stack_insn_kind (insn) == CALL_IN_PLACE
                && strstr (XSTR (XEXP (XEXP (get_call_rtx_from (insn), 0), 0),
                                 0),
                           "__tls_get_addr"))
              below = 8192;
            v->depth = MAX (v->depth, below - state->sp);
            v->moving |= stack_moving_p (stack_insn_kind (insn));
          }
        else if (red_zone_p (insn))
          v->depth = MAX (v->depth, 128 - state->sp);
        if (change > 0)
          state->sp += change;
        taint_insn (v, insn, state->tainted, NULL);
      }
}

/* Look at the moving calls of BB, whose state at the begin is STATE, again, now
   with what is live after them.  */
static void
verify_calls (verification *v, basic_block bb, const block_state *state)
{
  auto_vec<rtx_insn *> calls;
  auto_vec<bitmap> lives;
  rtx_insn *insn;
  auto_bitmap live;

  bitmap_copy (live, df_get_live_out (bb));
  df_simulate_initialize_backwards (bb, live);
  FOR_BB_INSNS_REVERSE (bb, insn)
    {
      if (!INSN_P (insn))
        continue;
      if (CALL_P (insn) && get_call_rtx_from (insn)
          && stack_moving_p (stack_insn_kind (insn)))
        {
          bitmap copy = BITMAP_ALLOC (NULL);
          bitmap_copy (copy, live);
          calls.safe_push (insn);
          lives.safe_push (copy);
        }
      df_simulate_one_insn_backwards (bb, insn, live);
    }

  HARD_REG_SET tainted = state->tainted;
  FOR_BB_INSNS (bb, insn)
    if (NONDEBUG_INSN_P (insn))
      {
        bool here = !calls.is_empty () && calls.last () == insn;
        taint_insn (v, insn, tainted, here ? lives.last () : NULL);
        if (here)
          {
            calls.pop ();
            BITMAP_FREE (lives.last ());
            lives.pop ();
          }
      }
}

static void
verify_function (verification *v)
{
  auto_vec<block_state> states;
  auto_vec<basic_block> work;
  states.safe_grow_cleared (last_basic_block_for_fn (cfun), true);

  basic_block first = single_succ (ENTRY_BLOCK_PTR_FOR_FN (cfun));
  states[first->index].seen = true;
  work.safe_push (first);
  while (!work.is_empty ())
    {
      basic_block bb = work.pop ();
      block_state state = states[bb->index];
      verify_block (v, bb, &state);
      edge e;
      edge_iterator ei;
      FOR_EACH_EDGE (e, ei, bb->succs)
        {
          if (e->dest == EXIT_BLOCK_PTR_FOR_FN (cfun))
            continue;
          block_state *to = &states[e->dest->index];
          HARD_REG_SET joined = to->tainted | state.tainted;
          if (to->seen && to->sp != state.sp && !(e->flags & EDGE_ABNORMAL))
            pin (v, "its stack pointer is not known", BB_END (bb));
          if (to->seen && joined == to->tainted)
            continue;
          if (!to->seen)
            to->sp = state.sp;
          to->seen = true;
          to->tainted = joined;
          work.safe_push (e->dest);
        }
    }
  if (v->why || !v->moving)
    return;

  df_analyze ();
  basic_block bb;
  FOR_EACH_BB_FN (bb, cfun)
    if (states[bb->index].seen)
      verify_calls (v, bb, &states[bb->index]);
}

namespace
{

const pass_data pass_data_cairn_verify
  = { RTL_PASS, "cairn_verify", OPTGROUP_NONE, TV_PLUGIN_RUN, 0, 0, 0, 0, 0 };

class pass_cairn_verify : public rtl_opt_pass
{
public:
  pass_cairn_verify (gcc::context *ctxt)
      : rtl_opt_pass (pass_data_cairn_verify, ctxt)
  {
  }

  bool
  gate (function *fn) final override
  {
    return stack_function_p (fn);
  }

  unsigned int
  execute (function *) final override
  {
    struct stack_frame *frame = stack_frame_current ();
    verification v = { NULL, NULL, false, 0 };
    verify_function (&v);
    verified.nbytes = v.depth;
    verified.moving = v.moving;
    /* What never sees its frame move may do as it likes; but how much it needs
       must be known.  */
    if (v.why && !frame->pin
        && (v.moving || strcmp (v.why, "its stack pointer is not known") == 0))
      frame->pin = v.why;
    if (frame->pin)
      stack_report_pin (frame->pin, v.why == frame->pin ? v.where : NULL);
    return 0;
  }
};

} // anonymous namespace

opt_pass *
make_pass_cairn_verify (gcc::context *ctxt)
{
  return new pass_cairn_verify (ctxt);
}
