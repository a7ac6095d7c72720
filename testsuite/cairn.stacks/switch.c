/* switch.c: arguments and results through switches of stacks.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

#include "stacks.h"
#include <cpuid.h>
#include <immintrin.h>

static char in[8 * 64], out[64];

static long
nine (long a, long b, long c, long d, long e, long f, long g, long h, long i)
{
  char on_stack;
  CHECK ((uintptr_t) &on_stack >> 40 > 0x10);
  CHECK ((uintptr_t) __builtin_frame_address (0) % 16 == 0);
  return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i;
}

static long
system_stack (long a)
{
  char on_stack;
  return a == 5 && (uintptr_t) &on_stack >> 40 > 0x10;
}

typedef char v16 __attribute__ ((vector_size (16)));
typedef char v32 __attribute__ ((vector_size (32)));
typedef char v64 __attribute__ ((vector_size (64)));

#define ADD_VECTORS(name, type, target_name)                                 \
  static __attribute__ ((target (target_name))) type name (                  \
      type a, type b, type c, type d, type e, type f, type g, type h)        \
  {                                                                          \
    return a + b + c + d + e + f + g + h;                                    \
  }
ADD_VECTORS (add16, v16, "sse2")
ADD_VECTORS (add32, v32, "avx2")
ADD_VECTORS (add64, v64, "avx512bw")

/* Fill IN, unless the processor has no vectors of NBYTES.  */
static long
vectors (void *fn, size_t nbytes)
{
  int has = nbytes == 16 || (nbytes == 32 && __builtin_cpu_supports ("avx2"))
	    || (nbytes == 64 && __builtin_cpu_supports ("avx512bw"));
  if (!has)
    return 0;
  for (unsigned i = 0; i < sizeof in; i++)
    in[i] = i * 7 + i / nbytes;
  memset (out, 0, sizeof out);
  return 1;
}

static long
vectors_are_right (size_t nbytes)
{
  for (size_t i = 0; i < nbytes; i++)
    {
      char sum = 0;
      for (int k = 0; k < 8; k++)
	sum += in[k * nbytes + i];
      CHECK (out[i] == sum);
    }
  return 0;
}

static long double
x87 (void)
{
  return 40.0L;
}

/* What the processor lacks is not asked of it.  */
static long
prepare (void)
{
  for (struct step *step = steps; step->fn; step++)
    if (step->fn == (void *) call_vectors
	&& !vectors (step->fn, step->args[1]))
      {
	step[-1].fn = step->fn = step[1].fn = (void *) abs;
	memset (step->args, 0, sizeof step->args);
	step[-1].wanted = 0;
      }
  return 0;
}

#define SUM9 (1 + 4 + 9 + 16 + 25 + 36 + 49 + 64 + 81)
#define VECTORS(nbytes, fn)                                                  \
  { vectors, { 0, nbytes }, .wanted = 1 },                                   \
  { call_vectors, { (long) fn, nbytes, (long) in, (long) out } },            \
  { vectors_are_right, { nbytes } }

struct step steps[] = {
  { system_stack, { 5 }, .wanted = 1 },
  { deep_call, { 1000, (long) system_stack, 5 }, .wanted = 1 },
  { call_args, { (long) nine, (long) cairn_rt_call_args }, .wanted = SUM9 },
  { call_args, { (long) nine, (long) cairn_rt_call_system_args },
    .wanted = SUM9 },
  { call_pinned, .wanted = 45 },
  { call_x87, { (long) x87 }, .wanted = 41 },
  { prepare },
  VECTORS (16, add16),
  VECTORS (32, add32),
  VECTORS (64, add64),
  { call_pinned, .wanted = 45 },
  { 0 }
};
