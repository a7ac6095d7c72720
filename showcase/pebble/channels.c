/* channels.c: functions of the language for goroutines and channels.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "pebble.h"

#include <cairn/chan.h>
#include <cairn/go.h>
#include <stdio.h>

typedef cairn_chan (struct value) values_channel;

static values_channel
channel_argument (const struct call_context *context,
                  const struct value *arguments, const char *name)
{
  return argument (context, arguments, 0, CHANNEL, name).channel;
}

/* channel (n): a channel with room for n values; without n: 0.  */
static struct value
channel (const struct call_context *context, const struct value *arguments,
         size_t n)
{
  double room = 0;
  if (n > 0)
    room = argument (context, arguments, 0, NUMBER, "channel").number;
  if (!(room >= 0 && room <= 1e6))
    fail (context->task, context->line,
          "a channel has room for 0 to 1000000 values, not %.14g", room);
  return (struct value){
    CHANNEL, { .channel = cairn_make_chan (struct value, (size_t)room) }
  };
}

/* send (channel, x)  */
static struct value
send_value (const struct call_context *context, const struct value *arguments,
            size_t n)
{
  values_channel to = channel_argument (context, arguments, "send");
  (void)n;
  cairn_send (to, arguments[1]);
  return nil_value ();
}

int
receive_value (struct value v, struct value *element)
{
  values_channel from = v.channel;
  int ok;
  *element = cairn_receive_ok (from, &ok);
  return ok;
}

/* receive (channel): nil if it is closed and empty.  */
static struct value
receive (const struct call_context *context, const struct value *arguments,
         size_t n)
{
  values_channel from = channel_argument (context, arguments, "receive");
  (void)n;
  return cairn_receive (from);
}

/* close (channel)  */
static struct value
close_channel (const struct call_context *context,
               const struct value *arguments, size_t n)
{
  (void)n;
  cairn_close (channel_argument (context, arguments, "close"));
  return nil_value ();
}

/* go (f, x, …): call f (x, …) in a new goroutine.  An error that it does not
   catch ends the program.  */
static struct value
go (const struct call_context *context, const struct value *arguments, size_t n)
{
  struct values all = { 0 };
  int line = context->line;
  for (size_t i = 0; i < n; i++)
    CAIRN_SLICE_APPEND (&all, arguments[i]);
  cairn_go_do (struct handler handler = { 0 };
               struct task task = { .handler = &handler };
               if (setjmp (handler.jump) == 0) call_value (
                   &task, line, all.data[0], all.data + 1, all.len - 1);
               else uncaught (&handler));
  return nil_value ();
}

void
define_channels (void)
{
  static const struct builtin builtins[] = {
    { "channel", 0, 1, channel }, { "send", 2, 2, send_value },
    { "receive", 1, 1, receive }, { "close", 1, 1, close_channel },
    { "go", 1, -1, go },
  };
  for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
    define (&builtins[i]);
}
