/* shards.c: what is divided among processors: shards.h.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).
 */

#include "sched/shards.h"
#include "sched/goroutine.h"

#include <string.h>

/* Others do without.  */
#define MAX 4096

__thread struct cairn_shard cairn_shard CAIRNI_PUBLIC
    __attribute__ ((tls_model ("initial-exec")));

static struct cairni_lock lock;
static uint64_t used[MAX / 64] = { 1 }; /* Lock.  */
static uint64_t pinned[MAX / 64];       /* As they were found.  */

static bool
has (const uint64_t *numbers, unsigned number)
{
  return numbers[number / 64] >> number % 64 & 1;
}

static void
add (uint64_t *numbers, unsigned number)
{
  numbers[number / 64] |= (uint64_t)1 << number % 64;
}

unsigned
cairni_shard_create (void)
{
  unsigned number = 0;
  cairni_lock_acquire (&lock);
  for (unsigned i = 0; i < MAX / 64 && !number; i++)
    if (~used[i])
      {
        number = i * 64 + __builtin_ctzll (~used[i]);
        add (used, number);
      }
  cairni_lock_release (&lock);
  return number;
}

void
cairni_shard_free (unsigned number)
{
  if (number == 0)
    return;
  cairni_lock_acquire (&lock);
  used[number / 64] &= ~((uint64_t)1 << number % 64);
  cairni_lock_release (&lock);
}

unsigned
cairni_shard_take (void)
{
  unsigned number = cairni_peek (cairn_shard.number);
  const struct cairni_m *m = cairni_m_self;
  if (number || (m && !m->is_user) || cairni_thread_has_ended)
    return number;
  /* Its end, which leaves the shard to others, is seen if it is known.  */
  struct cairni_thread *thread = cairni_thread_get ();
  cairni_thread_enter (thread);
  number = cairni_shard_create ();
  cairni_poke (cairn_shard.number, number);
  cairni_thread_leave (thread);
  return number;
}

unsigned
cairni_shard_give_up (void)
{
  unsigned number = cairni_peek (cairn_shard.number);
  cairni_poke (cairn_shard.number, 0);
  return number;
}

void
cairni_shards_find_pinned (void)
{
  uintptr_t offset = cairni_arch_thread_pointer () - (uintptr_t)&cairn_shard;
  memset (pinned, 0, sizeof pinned);
  for (const struct cairni_thread *t = cairni_thread_list; t; t = t->next)
    {
      const struct cairn_shard *shard = (void *)(t->tcb - offset);
      if (cairni_peek (shard->is_pinned))
        add (pinned, cairni_peek (shard->number));
    }
}

bool
cairni_shard_was_pinned (unsigned number)
{
  return has (pinned, number);
}

void
cairni_shards_after_fork (void)
{
  const struct cairni_m *m = cairni_m_self;
  lock.word = 0;
  memset (used, 0, sizeof used);
  add (used, 0);
  if (m && !m->is_user)
    cairni_poke (cairn_shard.number, 0);
  add (used, cairni_peek (cairn_shard.number));
}
