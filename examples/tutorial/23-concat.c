/* Four ways to make one string of a thousand.  Each + copies all that was there
   before; a builder grows by doubling, or once if it is told how much comes;
   join counts first.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "measure.h"
#include <cairn/string.h>

enum
{
  N = 1000
};

static const struct cairn_string word = CAIRN_STRING_INIT ("stone ");
static struct cairn_string words[N];
struct cairn_string result;

static void
plus (void)
{
  result = CAIRN_STRING ("");
  for (int i = 0; i < N; i++)
    result = CAIRN_STRING_CONCAT (result, words[i]);
}

static void
builder (void)
{
  struct cairn_builder b = { 0 };
  for (int i = 0; i < N; i++)
    cairn_builder_add (&b, words[i]);
  result = cairn_builder_string (&b);
}

static void
builder_grow (void)
{
  struct cairn_builder b = { 0 };
  cairn_builder_grow (&b, N * word.len);
  for (int i = 0; i < N; i++)
    cairn_builder_add (&b, words[i]);
  result = cairn_builder_string (&b);
}

static void
join (void)
{
  result = cairn_string_join_n (words, N, CAIRN_STRING (""));
}

int
main (void)
{
  for (int i = 0; i < N; i++)
    words[i] = word;
  measure ("+", plus);
  measure ("builder", builder);
  measure ("builder and grow", builder_grow);
  measure ("join", join);
  printf ("%zu bytes\n", result.len);
  return 0;
}
