/* sampling.c: which allocations the heap profile sees.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Logarithm and exponential are series of our own: the runtime is not linked
   with the mathematical library.  */

#include "heap/sampling.h"
#include "arch/x86_64/arch.h"
#include "base/options.h"

/* Points are chosen less often when noting a sample took more than one part in COSTLY
   of the time since the last, and more often again when it took less than one in
   CHEAP.  As distances are exponentially distributed the two are in balance where
   it takes half a percent.  */
#define COSTLY 80
#define CHEAP 240
#define MAX_SHIFT 10

/* Distances beyond this mean: never.  */
#define MAX_DISTANCE ((double)((size_t)1 << 62))

/* A number with 53 random bits, above 0 and up to 1 (xorshift64*).  */
static double
random_fraction (uint64_t *state)
{
  uint64_t x = *state;
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  *state = x;
  return ((x * 0x2545f4914f6cdd1d >> 11) + 1) * 0x1p-53;
}

/* -ln X, 0 < X <= 1, to ten digits: X = M / 2^E with 1 <= M < 2 and
   ln M = 2 artanh ((M - 1) / (M + 1)).  */
static double
minus_log (double x)
{
  int e = 0;
  for (; x < 1; x *= 2)
    e++;
  double t = (x - 1) / (x + 1), square = t * t, sum = 0;
  for (int k = 19; k > 0; k -= 2)
    sum = sum * square + 1.0 / k;
  return e * 0.69314718055994530942 - 2 * t * sum;
}

size_t
cairni_sampling_distance (struct cairni_thread *thread)
{
  size_t rate = cairni_debug.memprofilerate;
  thread->point_shift = thread->sample_shift;
  if (rate == 0)
    return SIZE_MAX;
  if (rate == 1)
    return 0;
  double distance = minus_log (random_fraction (&thread->random)) * rate
                    * (1 << thread->sample_shift);
  return distance < MAX_DISTANCE ? distance : SIZE_MAX;
}

void
cairni_sampling_begin (struct cairni_thread *thread)
{
  thread->random = cairni_arch_ticks () ^ (uint64_t)thread->tid << 32;
  /* Neither 0 nor like that of another thread that began just now.  */
  thread->random = thread->random * 0x9e3779b97f4a7c15 | 1;
  for (int i = 0; i < 8; i++)
    random_fraction (&thread->random);
  thread->sample_distance = cairni_sampling_distance (thread);
}

void
cairni_sampling_count (struct cairni_thread *thread, struct cairni_span *span)
{
  uint64_t slots = span->alloc_cache;
  size_t nbytes = (size_t)__builtin_popcountll (slots) * span->slot_nbytes;
  if (cairni_likely (nbytes <= thread->sample_distance))
    {
      thread->sample_distance -= nbytes;
      return;
    }
  for (size_t n = thread->sample_distance / span->slot_nbytes; n > 0; n--)
    slots &= slots - 1;
  span->held_cache = slots;
  span->held_shift = thread->point_shift;
  span->alloc_cache &= ~slots;
  thread->sample_distance = cairni_sampling_distance (thread);
}

int
cairni_sampling_count_one (struct cairni_thread *thread, size_t nbytes)
{
  if (nbytes <= thread->sample_distance)
    {
      thread->sample_distance -= nbytes;
      return CAIRNI_NO_SAMPLE;
    }
  int shift = thread->point_shift;
  thread->sample_distance = cairni_sampling_distance (thread);
  return shift;
}

void
cairni_sampling_noted (struct cairni_thread *thread, uint64_t start_ticks)
{
  uint64_t now = cairni_arch_ticks ();
  uint64_t cost = now - start_ticks,
           between = start_ticks - thread->sample_ticks;
  thread->sample_ticks = now;
  if (cairni_debug.memprofilerate != CAIRNI_DEFAULT_MEMPROFILERATE)
    return;
  if (cost > between / COSTLY && thread->sample_shift < MAX_SHIFT)
    thread->sample_shift++;
  else if (cost < between / CHEAP && thread->sample_shift > 0)
    thread->sample_shift--;
}

/* 1 - exp (-X), X > 0: a series where X is small, and for larger ones
   exp (-X) = exp (-X / 2)^2.  */
static double
probability (double x)
{
  if (x > 40)
    return 1;
  if (x > 0.5)
    {
      double half = 1 - probability (x / 2);
      return 1 - half * half;
    }
  double term = x, sum = 0;
  for (int k = 2; k < 16; k++)
    {
      sum += term;
      term *= -x / k;
    }
  return sum;
}

double
cairni_sampling_scale (double nbytes, unsigned shift)
{
  size_t rate = cairni_debug.memprofilerate;
  return rate <= 1 || nbytes <= 0
             ? 1
             : 1 / probability (nbytes / rate / (1 << shift));
}
