/* defer.c: what is deferred happens at the end of its block, the last first, with
   what the argument was then, whichever way the block is left.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).  */

#include "../lib/check.h"
#include <cairn/chan.h>
#include <cairn/go.h>

static char text[100];
static int length;

static NOINLINE void
note (int c)
{
  text[length++] = c;
}

static NOINLINE int
note_string (const char *s)
{
  while (*s)
    text[length++] = *s++;
  return 1;
}

static void
is (const char *expected)
{
  CHECK (strlen (expected) == (size_t)length
         && memcmp (text, expected, length) == 0);
  length = 0;
}

static NOINLINE int
returns (int x)
{
  int result = x;
  cairn_defer (note, 'a' + x);
  cairn_defer (note_string, "second ");
  if (x == 0)
    return result;
  x = 9;
  cairn_defer (note, 'z');
  result = 5;
  note ('-');
  return result;
}

/* The value is that before what is deferred.  */
static NOINLINE int
add (int *p)
{
  return ++*p;
}

static NOINLINE int
returns_before (void)
{
  int n = 1;
  cairn_defer (add, &n);
  return n;
}

static NOINLINE void
loops (void)
{
  for (int i = 0; i < 5; i++)
    {
      cairn_defer (note, '0' + i);
      if (i == 1)
        continue;
      if (i == 3)
        break;
      note ('.');
    }
}

static NOINLINE void
jumps (void)
{
  int n = 0;
again:
  {
    cairn_defer (note, 'a' + n);
    if (++n < 3)
      goto again;
    note ('.');
  }
}

static NOINLINE void
in_goroutine (void *arg)
{
  cairn_chan (int) done = arg;
  cairn_defer (cairn_chan_close, cairn_chan_of (done));
  cairn_defer (note, 'g');
  cairn_yield ();
  note ('.');
}

/* What is deferred may wait, and use the stack.  */
static NOINLINE int
deep (int n)
{
  if (n == 0)
    return 0;
  int depth = deep (n - 1);
  __asm__ volatile ("" : "+r"(depth));
  return depth + 1;
}

static NOINLINE void
waits (int n)
{
  cairn_sleep (1000000);
  note ('0' + deep (n * 100) / 100);
}

static NOINLINE void
nested (void)
{
  cairn_defer (waits, 1);
  {
    cairn_defer (waits, 2);
    cairn_defer (waits, 3);
  }
  note ('|');
}

int
main (void)
{
  CHECK (returns (0) == 0);
  is ("second a");
  CHECK (returns (1) == 5);
  is ("-zsecond b");
  CHECK (returns_before () == 1);
  loops ();
  is (".01.23");
  jumps ();
  is ("ab.c");
  nested ();
  is ("32|1");
  cairn_chan (int) done = cairn_make_chan (int, 0);
  cairn_go (in_goroutine, done);
  cairn_receive (done);
  is (".g");
  return 0;
}
