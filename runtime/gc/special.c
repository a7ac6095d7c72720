/* special.c: objects whose end somebody wants to know.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#include "gc/special.h"
#include "base/hooks.h"
#include "gc/mark.h"
#include "heap/meta.h"
#include "heap/object.h"
#include "heap/thread.h"
#include "os/helper.h"
#include "os/sys.h"

/* A cleanup, or, if FN is NULL, a weak pointer.  */
struct special
{
  struct special *next;
  uintptr_t object;        /* An address in it.  */
  struct cairn_weak *weak; /* Keeps nothing alive.  */
  void (*fn) (void *arg);
  void *arg;
};

/* Guarded by LOCK, which is taken in sections, as is the pool.  */
static struct cairni_lock lock;
static struct special *registered, *due;

/* 1: some may be due.  A futex.  */
static int work;

/* 0: nobody calls cleanups, 1: a thread does, or is being started.  */
static int state;

static struct cairni_meta_pool special_pool
    = CAIRNI_META_POOL (sizeof (struct special));

/* Whether the object that P points to, which exists, is marked.  */
static bool
is_marked (uintptr_t p)
{
  const struct cairni_span *span = cairni_arena_span (p);
  unsigned slot = cairni_span_slot (span, p);
  return span->mark_bits[slot / 64] >> slot % 64 & 1;
}

/* Enter a record like VALUE.  In a section.  */
static bool
add (struct special value)
{
  cairni_lock_acquire (&lock);
  cairni_arena_span (value.object)->has_specials = true;
  struct special *special = cairni_meta_alloc (&special_pool);
  if (special)
    {
      *special = value;
      special->next = registered;
      registered = special;
    }
  cairni_lock_release (&lock);
  return special != NULL;
}

bool
cairni_special_add_cleanup (const void *p, void (*fn) (void *arg), void *arg)
{
  struct cairni_thread *thread = cairni_thread_get ();
  cairni_thread_enter (thread);
  bool good
      = add ((struct special){ .object = (uintptr_t)p, .fn = fn, .arg = arg });
  cairni_thread_leave (thread);
  return good;
}

struct cairn_weak *
cairni_special_make_weak (const void *p)
{
  static const struct cairn_type noscan = { .nbytes = 1 };
  struct cairn_weak *weak = cairni_object_alloc (sizeof *weak, 0, &noscan, 0);
  if (!weak)
    return NULL;
  struct cairni_thread *thread = cairni_thread_get ();
  cairni_thread_enter (thread);
  weak->hidden = ~(uintptr_t)p;
  bool good = add ((struct special){ .object = (uintptr_t)p, .weak = weak });
  cairni_thread_leave (thread);
  return good ? weak : NULL;
}

void *
cairni_special_get (const struct cairn_weak *weak)
{
  /* No collection comes between reading what is hidden and showing it.  */
  struct cairni_thread *thread = cairni_thread_get ();
  cairni_thread_enter (thread);
  uintptr_t hidden = weak->hidden;
  void *p = hidden ? (void *)~hidden : NULL;
  cairni_thread_leave (thread);
  return p;
}

static void
visit (const struct special *s, void (*fn) (uintptr_t lo, uintptr_t hi))
{
  fn ((uintptr_t)&s->fn, (uintptr_t)(&s->fn + 1));
  fn ((uintptr_t)&s->arg, (uintptr_t)(&s->arg + 1));
}

void
cairni_special_visit (void (*fn) (uintptr_t lo, uintptr_t hi))
{
  for (const struct special *s = registered; s; s = s->next)
    visit (s, fn);
  for (const struct special *s = due; s; s = s->next)
    visit (s, fn);
}

void
cairni_special_sweep (void)
{
  struct special **link = &registered, **last = &due;
  while (*last)
    last = &(*last)->next;
  for (struct special *s; (s = *link);)
    {
      bool lives = is_marked (s->object);
      if (lives && (s->fn || is_marked ((uintptr_t)s->weak)))
        {
          link = &s->next;
          continue;
        }
      *link = s->next;
      s->next = NULL;
      if (s->fn)
        {
          *last = s;
          last = &s->next;
          work = 1;
        }
      else
        {
          if (is_marked ((uintptr_t)s->weak))
            s->weak->hidden = 0;
          cairni_meta_free (&special_pool, s);
        }
    }
}

/* The next cleanup that is due: its record, and what it calls.  */
static bool
take (struct special *taken)
{
  struct cairni_thread *thread = cairni_thread_get ();
  cairni_thread_enter (thread);
  cairni_lock_acquire (&lock);
  struct special *special = due;
  if (special)
    {
      *taken = *special;
      due = special->next;
      cairni_meta_free (&special_pool, special);
    }
  cairni_lock_release (&lock);
  cairni_thread_leave (thread);
  return special != NULL;
}

static void *
call_cleanups (void *unused)
{
  struct special special;
  union
  {
    void (*cleanup) (void *);
    /* As the runtime calls it.  */
    uintptr_t (*any) (uintptr_t, uintptr_t, uintptr_t);
  } fn;
  cairni_thread_serve ();
  for (;;)
    {
      while (!__atomic_exchange_n (&work, 0, __ATOMIC_ACQUIRE))
        cairni_sys_futex_wait (&work, 0, 0);
      while (take (&special))
        {
          fn.cleanup = special.fn;
          cairni_hooks.run (fn.any, (uintptr_t)special.arg, 0, 0);
        }
    }
  return unused;
}

void
cairni_special_start (void)
{
  int expected = 0;
  if (!__atomic_load_n (&work, __ATOMIC_ACQUIRE))
    return;
  if (__atomic_compare_exchange_n (&state, &expected, 1, false,
                                   __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
    {
      if (!cairni_helper_start_attached (call_cleanups, NULL))
        __atomic_store_n (&state, 0, __ATOMIC_RELEASE);
    }
  else
    cairni_sys_futex_wake (&work, 1);
}

void
cairni_special_lock (void)
{
  cairni_lock_acquire (&lock);
}

void
cairni_special_unlock (void)
{
  cairni_lock_release (&lock);
}

void
cairni_special_after_fork (void)
{
  state = 0;
  work = due != NULL;
}
