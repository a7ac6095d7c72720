/* goroutine.c: goroutines come and go.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Records are in chunks that are never given back, so that all can be found.  A
   dead goroutine keeps its stack, if that is one of the small sizes that new
   ones are given.

   What size a function's goroutines begin with is learned: as much as the last
   that ended needed at most, up to the largest of these sizes; less again when
   many in a row needed less.  */

#include "sched/goroutine.h"
#include "os/signal-stack.h"
#include "os/sys.h"
#include "sched/scheduler.h"
#include "sched/words.h"
#include "stack/frame.h"
#include "stack/grow.h"
#include "stack/memory.h"

#include <string.h>

/* A thread takes so many numbers at once.  */
#define NIDS 64

/* So many are made at once.  */
#define NMADE 16

/* A thread keeps this many dead goroutines; half of them go to all when there
   are more.  */
#define DEAD_MAX 64

/* Start functions whose stack sizes are known: a table of the last ones.  */
#define NLEARNED 256

#define CHUNK_NBYTES CAIRNI_GOROUTINE_CHUNK_NBYTES
#define RECORD_NBYTES CAIRNI_GOROUTINE_RECORD_NBYTES
#define PER_CHUNK CAIRNI_GOROUTINE_PER_CHUNK
#define chunks cairni_goroutine_chunks
#define nused cairni_goroutine_nused

/* Guards what follows.  */
static struct cairni_lock lock;
struct cairni_goroutine_chunk *chunks;
unsigned nused = PER_CHUNK;
static struct cairni_goroutine *dead[CAIRNI_NSTACKS];
static struct cairni_goroutine *without_stack;

/* A static program has the table for debuggers, too.  */
__attribute__ ((used)) static const uint64_t *const for_debuggers
    = cairn_debug_goroutines;

static uint64_t last_id;
/* Of threads of the program's own; those for goroutines count for themselves.
   Threads' own do not count.  */
static int64_t nliving;

static struct
{
  void (*fn) (void *);
  uint8_t class;
  uint8_t nless; /* Goroutines in a row that needed less.  */
} learned[NLEARNED];

static unsigned
learned_index (void (*fn) (void *))
{
  return (uintptr_t)fn * 0x9e3779b97f4a7c15 >> 56;
}

/* The class of stack that goroutines of FN begin with.  Races do no harm: any
   class is right.  */
static unsigned
initial_class (void (*fn) (void *))
{
  unsigned i = learned_index (fn);
  return learned[i].fn == fn ? cairni_min (learned[i].class, CAIRNI_NSTACKS - 1)
                             : 0;
}

static unsigned
class_of (size_t nbytes)
{
  return __builtin_ctzll (cairni_stack_memory_size (nbytes)
                          / CAIRNI_STACK_MIN_NBYTES);
}

/* A goroutine of FN has ended, whose stack was never larger than of CLASS.  */
static void
learn (void (*fn) (void *), unsigned class)
{
  unsigned i = learned_index (fn);
  class = cairni_min (class, CAIRNI_NSTACKS - 1);
  if (learned[i].fn != fn)
    {
      if (class == 0)
        return;
      learned[i].fn = fn;
      learned[i].class = class;
      learned[i].nless = 0;
    }
  else if (class >= learned[i].class)
    {
      learned[i].class = class;
      learned[i].nless = 0;
    }
  else if (++learned[i].nless == UINT8_MAX)
    {
      learned[i].class --;
      learned[i].nless = 0;
    }
}

static struct cairni_goroutine *
new_record_locked (void)
{
  struct cairni_goroutine *g = without_stack;
  if (g)
    {
      without_stack = g->link;
      return g;
    }
  if (nused == PER_CHUNK)
    {
      struct cairni_goroutine_chunk *chunk = cairni_sys_map (CHUNK_NBYTES);
      if (!chunk)
        return NULL;
      chunk->next = chunks;
      chunks = chunk;
      nused = 0;
    }
  return (void *)((char *)(chunks + 1) + RECORD_NBYTES * nused++);
}

/* Make goroutines with stacks of CLASS: the result, and some that are dead for
   later.  Handlers may need such memory, too, so signals are blocked, once for
   all.  */
static struct cairni_goroutine *
make_some (unsigned class)
{
  struct cairni_goroutine *first = NULL;
  size_t nbytes = CAIRNI_STACK_MIN_NBYTES << class;
  uint64_t set = cairni_signals_block ();
  cairni_lock_acquire (&lock);
  for (unsigned i = 0; i < NMADE; i++)
    {
      uintptr_t lo = cairni_stack_memory_alloc (nbytes);
      struct cairni_goroutine *g = lo ? new_record_locked () : NULL;
      if (!g)
        {
          if (lo)
            cairni_stack_memory_free (lo, nbytes);
          break;
        }
      g->stack_lo = lo;
      g->stack_nbytes = nbytes;
      g->link = first;
      first = g;
    }
  if (first)
    for (struct cairni_goroutine *g; (g = first->link);)
      {
        first->link = g->link;
        g->link = dead[class];
        cairni_poke (dead[class], g);
      }
  cairni_lock_release (&lock);
  cairni_signals_restore (set);
  return first;
}

/* The next number for a goroutine that M makes.  */
static uint64_t
next_id (struct cairni_m *m)
{
  if (m->next_id == m->last_id)
    {
      m->last_id = __atomic_add_fetch (&last_id, NIDS, __ATOMIC_RELAXED);
      m->next_id = m->last_id - NIDS;
    }
  return ++m->next_id;
}

/* A dead goroutine of CLASS, and some more for M; NULL: there is none.  */
static struct cairni_goroutine *
take_from_all (struct cairni_m *m, unsigned class)
{
  struct cairni_goroutine *g, *other;
  if (!cairni_peek (dead[class]))
    return NULL;
  cairni_lock_acquire (&lock);
  if ((g = dead[class]))
    cairni_poke (dead[class], g->link);
  for (unsigned i = 0;
       !m->is_user && i < DEAD_MAX / 4 && (other = dead[class]); i++)
    {
      cairni_poke (dead[class], other->link);
      other->link = m->dead[class];
      m->dead[class] = other;
      m->ndead++;
    }
  cairni_lock_release (&lock);
  return g;
}

/* A dead goroutine with a stack of CLASS, and a number; NULL: out of memory. */
static struct cairni_goroutine *
take_dead (struct cairni_m *m, unsigned class)
{
  struct cairni_goroutine *g = NULL;
  uint64_t id;
  if (!m->is_user)
    {
      if ((g = m->dead[class]))
        {
          m->dead[class] = g->link;
          m->ndead--;
        }
      id = next_id (m);
      cairni_poke (m->nliving, m->nliving + 1);
    }
  else
    {
      id = __atomic_add_fetch (&last_id, 1, __ATOMIC_RELAXED);
      __atomic_fetch_add (&nliving, 1, __ATOMIC_RELAXED);
    }
  if (!g && !(g = take_from_all (m, class)) && !(g = make_some (class)))
    return NULL;
  g->id = id;
  return g;
}

/* G's record begins: it counts from now on.  */
static void
begin (struct cairni_goroutine *g)
{
  g->link = NULL;
  g->reason = CAIRNI_WAIT_NONE;
  g->is_system = g->on_thread = false;
  g->nbound = 0;
  g->is_leaked = g->shall_shrink = false;
  g->m = NULL;
  g->after = NULL;
  g->result = g->result2 = 0;
  g->frame_ptr = g->frame_limit = g->frame_start = 0;
  g->frame_chunk = NULL;
  g->saved_errno = 0;
  g->saved_nbytes = 0;
  g->waiter.g = g;
  g->created_at = 0;
  g->created_by = 0;
  g->labels = cairni_labels_self;
}

struct cairni_goroutine *
cairni_goroutine_create (struct cairni_m *m, void (*fn) (void *), void *arg)
{
  unsigned class = initial_class (fn);
  struct cairni_goroutine *g = take_dead (m, class);
  if (!g)
    return NULL;
  begin (g);
  g->is_thread = false;
  g->fn = fn;
  g->high_water_nbytes = g->stack_nbytes;
  cairni_arch_get_float (&g->float_settings);
  uintptr_t *words = (uintptr_t *)(g->stack_lo + g->stack_nbytes
                                   - CAIRNI_STACK_RECORD_NBYTES);
  memset (words, 0, CAIRNI_STACK_RECORD_NBYTES);
  words -= CAIRNI_ARCH_PARKED_NWORDS;
  words[0] = words[1] = words[2] = words[3] = 0;
  words[4] = (uintptr_t)arg;
  words[5] = (uintptr_t)fn;
  words[6] = (uintptr_t)cairni_arch_begin;
  g->stack_sp = (uintptr_t)words;
  g->is_off = true;
  __atomic_store_n (&g->state, CAIRNI_RUNNABLE, __ATOMIC_RELEASE);
  return g;
}

uintptr_t
cairni_goroutine_caller (struct cairni_m *m)
{
  /* A call from a growable stack left it there.  */
  uintptr_t sp = cairni_stack_words (m->tcb)->stack_sp;
  return cairni_stack_has (m->tcb, sp) ? *(uintptr_t *)sp : 0;
}

struct cairni_goroutine *
cairni_goroutine_for_thread (struct cairni_m *m)
{
  cairni_lock_acquire (&lock);
  struct cairni_goroutine *g = new_record_locked ();
  cairni_lock_release (&lock);
  if (!g)
    return NULL;
  begin (g);
  g->id = __atomic_add_fetch (&last_id, 1, __ATOMIC_RELAXED);
  g->fn = NULL;
  g->is_thread = true;
  g->stack_lo = g->stack_nbytes = g->high_water_nbytes = 0;
  g->stack_sp = 0;
  g->is_off = false;
  g->m = m;
  __atomic_store_n (&g->state, CAIRNI_RUNNING, __ATOMIC_RELEASE);
  return g;
}

/* Give M's dead goroutines but for KEEP to all.  */
static void
give (struct cairni_m *m, unsigned keep)
{
  cairni_lock_acquire (&lock);
  for (unsigned c = 0; c < CAIRNI_NSTACKS; c++)
    while (m->ndead > keep && m->dead[c])
      {
        struct cairni_goroutine *g = m->dead[c];
        m->dead[c] = g->link;
        m->ndead--;
        g->link = dead[c];
        cairni_poke (dead[c], g);
      }
  cairni_lock_release (&lock);
}

void
cairni_goroutine_give_dead (struct cairni_m *m)
{
  if (m->ndead)
    give (m, 0);
}

/* Free what G has besides a stack of one of the small sizes.  True: it has such
   a stack.  */
static bool
free_stacks (struct cairni_goroutine *g)
{
  size_t block_nbytes = cairni_stack_memory_size (g->stack_nbytes);
  uintptr_t hi = g->stack_lo + g->stack_nbytes;
  bool keeps
      = g->stack_nbytes && class_of (g->stack_nbytes) < CAIRNI_NSTACKS
        && class_of (g->stack_nbytes) == (g->fn ? initial_class (g->fn) : 0);
  if (g->frame_chunk || g->saved || (g->stack_nbytes && !keeps))
    {
      uint64_t set = cairni_signals_block ();
      cairni_frame_free (g->frame_chunk);
      if (g->saved)
        cairni_stack_memory_free ((uintptr_t)g->saved, CAIRNI_SAVED_NBYTES);
      if (g->stack_nbytes && !keeps)
        cairni_stack_memory_free (hi - block_nbytes, block_nbytes);
      cairni_signals_restore (set);
    }
  g->frame_chunk = NULL;
  g->saved = NULL;
  if (!keeps)
    g->stack_lo = g->stack_nbytes = 0;
  return keeps;
}

/* What ends with G; returns whether it has a stack to be kept, of CLASS.  */
static bool
end (struct cairni_goroutine *g, unsigned *class)
{
  if (g->high_water_nbytes)
    learn (g->fn, class_of (g->high_water_nbytes));
  bool has_stack = free_stacks (g);
  *class = has_stack ? class_of (g->stack_nbytes) : 0;
  g->m = NULL;
  g->is_off = false;
  __atomic_store_n (&g->state, CAIRNI_DEAD, __ATOMIC_RELEASE);
  return has_stack;
}

void
cairni_goroutine_recycle (struct cairni_m *m, struct cairni_goroutine *g)
{
  unsigned class;
  bool has_stack = end (g, &class);
  if (has_stack && !m->is_user)
    {
      cairni_poke (m->nliving, m->nliving - 1);
      g->link = m->dead[class];
      m->dead[class] = g;
      if (++m->ndead > DEAD_MAX)
        give (m, DEAD_MAX / 2);
      return;
    }
  if (!g->is_thread)
    __atomic_fetch_sub (&nliving, 1, __ATOMIC_RELAXED);
  cairni_lock_acquire (&lock);
  struct cairni_goroutine **list = has_stack ? &dead[class] : &without_stack;
  g->link = *list;
  cairni_poke (*list, g);
  cairni_lock_release (&lock);
}

void
cairni_words_keep_frames (struct cairni_m *m, struct cairni_frame_chunk *chunk)
{
  m->frames = cairni_frame_first (chunk);
}

void
cairni_words_use_own_frames (struct cairni_m *m,
                             struct cairni_stack_words *words)
{
  struct cairni_stack_words own;
  cairni_frame_empty (m->frames, &own);
  cairni_frame_set (words, own.frame_ptr, own.frame_limit, own.frame_start,
                    own.frame_chunk);
}

struct cairni_arch_registers
cairni_goroutine_registers (const struct cairni_goroutine *g)
{
  return g->saved_nbytes ? cairni_arch_in_check (g->saved, g->saved_base)
                         : cairni_arch_waiting (g->stack_sp);
}

void
cairni_goroutine_each (void (*fn) (struct cairni_goroutine *g, void *arg),
                       void *arg)
{
  unsigned n = nused;
  for (struct cairni_goroutine_chunk *chunk = chunks; chunk; chunk = chunk->next)
    {
      for (unsigned i = 0; i < n; i++)
        {
          struct cairni_goroutine *g
              = (void *)((char *)(chunk + 1) + RECORD_NBYTES * i);
          if (__atomic_load_n (&g->state, __ATOMIC_ACQUIRE) != CAIRNI_DEAD)
            fn (g, arg);
        }
      n = PER_CHUNK;
    }
}

void
cairni_goroutine_lock_all (void)
{
  cairni_lock_acquire (&lock);
}

void
cairni_goroutine_unlock_all (void)
{
  cairni_lock_release (&lock);
}

size_t
cairni_goroutine_count (void)
{
  int64_t n = __atomic_load_n (&nliving, __ATOMIC_RELAXED);
  for (const struct cairni_m *m
       = __atomic_load_n (&cairni_scheduler.all_ms, __ATOMIC_ACQUIRE);
       m; m = m->next_m)
    n += cairni_peek (m->nliving);
  return n < 0 ? 0 : n;
}

/* What is left of G, whose thread, or whoever changed a list that it was in, is
   gone.  */
static void
bury (struct cairni_goroutine *g)
{
  /* The stacks of those that ran in other threads were in words that are
     gone.  */
  bool has_stack = g->is_off || g->state == CAIRNI_DEAD;
  size_t block_nbytes
      = has_stack ? cairni_stack_memory_size (g->stack_nbytes) : 0;
  uint64_t set = cairni_signals_block ();
  if (g->is_off)
    cairni_frame_free (g->frame_chunk);
  if (has_stack && g->stack_lo)
    cairni_stack_memory_free (g->stack_lo + g->stack_nbytes - block_nbytes,
                              block_nbytes);
  cairni_signals_restore (set);
  g->stack_lo = g->stack_nbytes = 0;
  g->frame_chunk = NULL;
  g->saved = NULL;
  g->is_off = false;
  g->timer.place = 0;
  g->state = CAIRNI_DEAD;
  g->link = without_stack;
  without_stack = g;
}

void
cairni_goroutine_after_fork (struct cairni_m *self)
{
  struct cairni_goroutine *own = self ? self->g : NULL;
  lock.word = 0;
  without_stack = NULL;
  for (unsigned c = 0; c < CAIRNI_NSTACKS; c++)
    dead[c] = NULL;
  /* See cairn_num_goroutine: the one that is left stands for main.  */
  nliving = 0;
  if (self)
    {
      memset (self->dead, 0, sizeof self->dead);
      self->ndead = 0;
      self->nliving = 0;
    }
  unsigned n = nused;
  for (struct cairni_goroutine_chunk *chunk = chunks; chunk; chunk = chunk->next)
    {
      for (unsigned i = 0; i < n; i++)
        {
          struct cairni_goroutine *g
              = (void *)((char *)(chunk + 1) + RECORD_NBYTES * i);
          if (g != own)
            bury (g);
        }
      n = PER_CHUNK;
    }
}
