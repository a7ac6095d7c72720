/* context.c: the interface of cairn/context.h.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   After Go's context.go.  A context that can be cancelled is a canceller.  It
   is in the list of the nearest canceller above, its upper, until one of the
   two is cancelled.

     .inv.context.list  Whether a context is listed, and its links, are its
                        upper's lock's.  Who cancels the upper takes the whole
                        list: the links of what is on it are that thread's alone
                        then, which goes down the tree without recursion, however
                        deep that is.
     .inv.context.err   ERR is set once, with the lock, before DONE is closed.  A
                        timer or a child is only added with the lock while it is
                        not set.

   Never are two contexts' locks held at once.  Order: a context's, timers.  A
   cancelled context leads to those above it, for their values; nothing leads to
   it.  */

#include "cairn/context.h"
#include "heap/object.h"
#include "os/sys.h"
#include "sched/channel.h"
#include "sched/dump.h"

#include <errno.h>

#define NEVER INT64_MAX

struct cairn_context
{
  /* Constant.  */
  struct cairn_context *parent;    /* NULL: this is the background.  */
  struct cairn_context *canceller; /* The nearest, maybe itself; NULL: none.  */
  int64_t deadline_ns;             /* The earliest of all above.  */
  const void *key;
  void *value;
  /* Of a canceller.  */
  struct cairn_chan *done;     /* Constant.  */
  struct cairni_lock lock;     /* Guards what follows but for the links.  */
  int err;                     /* Read without the lock, too.  */
  const void *cause;           /* Constant once ERR is set.  */
  struct cairn_context *first; /* Of those below.  */
  struct cairni_timer timer;   /* For a deadline of its own.  */
  /* .inv.context.list.  */
  bool is_listed;
  struct cairn_context *next, *prev;
};

static struct cairn_context background = { .deadline_ns = NEVER };

static void
need (const struct cairn_context *context)
{
  if (!context)
    cairni_sched_fault ("use of nil context");
}

/* -- Cancelling, in a section.  */

static struct cairn_context *
upper_of (const struct cairn_context *canceller)
{
  return canceller->parent->canceller;
}

/* Take CONTEXT out of its upper's list, if it is in there.  */
static void
leave_list (struct cairn_context *context)
{
  struct cairn_context *upper = upper_of (context);
  if (!upper)
    return;
  cairni_lock_acquire (&upper->lock);
  if (context->is_listed)
    {
      context->is_listed = false;
      if (context->prev)
        context->prev->next = context->next;
      else
        upper->first = context->next;
      if (context->next)
        context->next->prev = context->prev;
      context->next = context->prev = NULL;
    }
  cairni_lock_release (&upper->lock);
}

/* Cancel CONTEXT alone; put its list before *TODO.  */
static void
cancel_one (struct cairni_m *m, struct cairn_context *context, int err,
            const void *cause, struct cairn_context **todo)
{
  struct cairn_context *last = NULL;
  cairni_lock_acquire (&context->lock);
  if (context->err)
    {
      cairni_lock_release (&context->lock);
      return;
    }
  context->cause = cause;
  __atomic_store_n (&context->err, err, __ATOMIC_RELEASE);
  for (struct cairn_context *c = context->first; c; c = c->next)
    {
      c->is_listed = false;
      last = c;
    }
  if (last)
    {
      last->next = *todo;
      *todo = context->first;
      context->first = NULL;
    }
  if (context->timer.fn)
    cairni_timers_remove (&context->timer);
  cairni_lock_release (&context->lock);
  cairni_channel_close (m, context->done);
}

static void
cancel (struct cairni_m *m, struct cairn_context *context, int err,
        const void *cause)
{
  struct cairn_context *todo = NULL, *next;
  cancel_one (m, context, err, cause, &todo);
  leave_list (context);
  while ((next = todo))
    {
      todo = next->next;
      /* It shall keep no others alive.  */
      next->next = next->prev = NULL;
      cancel_one (m, next, err, cause, &todo);
    }
}

static void
deadline_is_over (struct cairni_m *m, void *context, uint64_t unused)
{
  (void)unused;
  cancel (m, context, ETIMEDOUT, NULL);
}

/* -- Making.  */

static struct cairn_context *
new_child (struct cairn_context *parent)
{
  need (parent);
  struct cairn_context *context
      = cairni_object_alloc (sizeof *context, 0, NULL, 0);
  if (!context)
    cairni_fatal ("out of memory for a context");
  context->parent = parent;
  context->canceller = parent->canceller;
  context->deadline_ns = parent->deadline_ns;
  return context;
}

/* Enter CONTEXT into its upper's list, or cancel it if the upper is.  */
static void
enter_list (struct cairni_m *m, struct cairn_context *context)
{
  struct cairn_context *upper = upper_of (context);
  if (!upper)
    return;
  cairni_lock_acquire (&upper->lock);
  int err = upper->err;
  const void *cause = upper->cause;
  if (!err)
    {
      context->is_listed = true;
      context->next = upper->first;
      if (upper->first)
        upper->first->prev = context;
      upper->first = context;
    }
  cairni_lock_release (&upper->lock);
  if (err)
    cancel (m, context, err, cause);
}

/* Have CONTEXT be cancelled at its deadline.  */
static void
start_timer (struct cairni_m *m, struct cairn_context *context)
{
  bool is_over = context->deadline_ns <= (int64_t)cairni_sys_now_ns ();
  cairni_lock_acquire (&context->lock);
  if (!context->err && !is_over)
    {
      context->timer = (struct cairni_timer){
        .when_ns = context->deadline_ns,
        .fn = deadline_is_over,
        .arg = context,
      };
      cairni_timers_add (&context->timer);
    }
  cairni_lock_release (&context->lock);
  if (is_over)
    cancel (m, context, ETIMEDOUT, NULL);
}

CAIRNI_PUBLIC struct cairn_context *
cairn_context_background (void)
{
  return &background;
}

CAIRNI_PUBLIC struct cairn_context *
cairn_context_with_deadline (struct cairn_context *parent, int64_t when_ns)
{
  struct cairn_context *context = new_child (parent);
  context->done = cairn_chan_new (sizeof (char), 0);
  context->canceller = context;
  bool is_earlier = when_ns < context->deadline_ns;
  if (is_earlier)
    context->deadline_ns = when_ns;
  struct cairni_m *m = cairni_sched_enter ();
  enter_list (m, context);
  if (is_earlier)
    start_timer (m, context);
  cairni_sched_leave ();
  return context;
}

CAIRNI_PUBLIC struct cairn_context *
cairn_context_with_cancel (struct cairn_context *parent)
{
  return cairn_context_with_deadline (parent, NEVER);
}

CAIRNI_PUBLIC struct cairn_context *
cairn_context_with_timeout (struct cairn_context *parent, int64_t ns)
{
  int64_t when_ns;
  if (__builtin_add_overflow ((int64_t)cairni_sys_now_ns (), ns, &when_ns))
    when_ns = NEVER;
  return cairn_context_with_deadline (parent, when_ns);
}

CAIRNI_PUBLIC struct cairn_context *
cairn_context_with_value (struct cairn_context *parent, const void *key,
                          void *value)
{
  struct cairn_context *context = new_child (parent);
  context->key = key;
  context->value = value;
  return context;
}

CAIRNI_PUBLIC void
cairn_context_cancel_cause (struct cairn_context *context, const void *cause)
{
  need (context);
  if (context->canceller != context)
    cairni_sched_fault ("cancel of a context that cannot be cancelled");
  cancel (cairni_sched_enter (), context, ECANCELED, cause);
  cairni_sched_leave ();
}

CAIRNI_PUBLIC void
cairn_context_cancel (struct cairn_context *context)
{
  cairn_context_cancel_cause (context, NULL);
}

/* -- Asking.  */

CAIRNI_PUBLIC
cairn_chan (char) cairn_context_done (const struct cairn_context *context)
{
  need (context);
  return context->canceller ? (void *)context->canceller->done : NULL;
}

CAIRNI_PUBLIC int
cairn_context_err (const struct cairn_context *context)
{
  need (context);
  return context->canceller
             ? __atomic_load_n (&context->canceller->err, __ATOMIC_ACQUIRE)
             : 0;
}

CAIRNI_PUBLIC const void *
cairn_context_cause (const struct cairn_context *context)
{
  return cairn_context_err (context) ? context->canceller->cause : NULL;
}

CAIRNI_PUBLIC int
cairn_context_deadline (const struct cairn_context *context, int64_t *when_ns)
{
  need (context);
  if (context->deadline_ns == NEVER)
    return 0;
  if (when_ns)
    *when_ns = context->deadline_ns;
  return 1;
}

CAIRNI_PUBLIC void *
cairn_context_value (const struct cairn_context *context, const void *key)
{
  need (context);
  for (; context->parent; context = context->parent)
    if (context->key == key && key)
      return context->value;
  return NULL;
}
