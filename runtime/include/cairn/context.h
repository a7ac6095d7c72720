/* context.h: tell goroutines to stop.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Contexts are Go's.  One is handed to all goroutines that work on something
   together; each of them looks now and then, or in its selects, whether it is
   still wanted:

     switch (cairn_select (CAIRN_SEND (results, &result),
                           CAIRN_RECEIVE (cairn_context_done (context), NULL,
                                          NULL)))
       {
       case 0: …
       case 1: return cairn_context_err (context);
       }

   Contexts form a tree, whose root is the background.  A context is cancelled
   by a call, by its deadline, or with its parent; only once, and the first
   reason counts.

   A context is collected like other memory.  Until it is cancelled its parent
   keeps it, and a deadline keeps it until then: so cancel each context that you
   made when what it was made for is done, in any case.  Cancelling it again
   does no harm.

   Everything may be called from several goroutines at once, and from threads
   that the program made itself; not from a signal handler.  A child made by
   fork has no deadlines.  A NULL for a context ends the program with a message;
   so does a want of memory.  */

#ifndef CAIRN_CONTEXT_H
#define CAIRN_CONTEXT_H

#include <cairn/chan.h>

struct cairn_context;

/* -- Making contexts.  PARENT may have been cancelled already; the new context
   is then, too.  */

/* The root: it is never cancelled and has no deadline.  */
extern struct cairn_context *cairn_context_background (void);

/* A child of PARENT that can be cancelled.  */
extern struct cairn_context *
cairn_context_with_cancel (struct cairn_context *PARENT);

/* The same; and it is cancelled at WHEN, on the clock of cairn_now, or at once
   if that is over.  */
extern struct cairn_context *
cairn_context_with_deadline (struct cairn_context *PARENT, int64_t WHEN);

/* The same, after NS nanoseconds.  */
extern struct cairn_context *
cairn_context_with_timeout (struct cairn_context *PARENT, int64_t NS);

/* A child of PARENT that carries VALUE under KEY, an address that means
   something to the program.  It is cancelled with its parent, and not by
   itself.  */
extern struct cairn_context *
cairn_context_with_value (struct cairn_context *PARENT, const void *KEY,
                          void *VALUE);

/* -- Cancelling.  */

/* Cancel CONTEXT, and all contexts below it, with the error ECANCELED.  When
   this returns, they are cancelled, unless another goroutine is just about it.
   A context that cannot be cancelled, such as the background, ends the program
   with a message.  */
extern void cairn_context_cancel (struct cairn_context *CONTEXT);

/* The same, with a CAUSE that cairn_context_cause returns.  */
extern void cairn_context_cancel_cause (struct cairn_context *CONTEXT,
                                        const void *CAUSE);

/* -- Asking.  */

/* A channel that is closed when CONTEXT is cancelled; NULL, from which one
   receives never, if it cannot be.  The channel is not to be closed or sent
   on.  */
extern cairn_chan (char)
    cairn_context_done (const struct cairn_context *CONTEXT);

/* 0 while CONTEXT is not cancelled; then ECANCELED, or ETIMEDOUT if a deadline,
   its own or that of one above, was why.  Not 0 if the channel is closed.  */
extern int cairn_context_err (const struct cairn_context *CONTEXT)
    CAIRN_NOESCAPE ();

/* What was given as the cause when CONTEXT, or the one above with which it was
   cancelled, was; NULL: nothing.  */
extern const void *cairn_context_cause (const struct cairn_context *CONTEXT);

/* Whether CONTEXT has a deadline, its own or that of one above: returns 1, and
   the earliest of them in *WHEN, which may be NULL; or 0.  */
extern int cairn_context_deadline (const struct cairn_context *CONTEXT,
                                   int64_t *WHEN) CAIRN_NOESCAPE ();

/* The value that CONTEXT, or the nearest context above, carries under KEY;
   NULL: none.  */
extern void *cairn_context_value (const struct cairn_context *CONTEXT,
                                  const void *KEY);

#endif /* CAIRN_CONTEXT_H */
