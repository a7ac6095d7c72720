/* JSON into a structure from a pool, without an allocation: jsmn, a parser that
   writes into tokens of the caller's, is compiled with the program, so that the
   compiler sees what it does with them.

   Copyright (C) 2026 The Cairn developers.  GPL-3.0-or-later (COPYING).  */

#include "measure.h"
#include <cairn/pool.h>

#if __has_include(<jsmn.h>)
#define JSMN_STATIC
#include <jsmn.h>

struct request
{
  char user[32];
  long amount;
};

static void *
new_request (void)
{
  return cairn_new (struct request);
}

static struct cairn_pool requests = CAIRN_POOL_INIT (new_request, 0);

static const char text[] = "{\"user\": \"ada\", \"tags\": [1, 2], "
                           "\"amount\": 1250}";

/* Whether the token T of JSON is the string S.  */
static int
is (const char *json, const jsmntok_t *t, const char *s)
{
  size_t n = t->end - t->start;
  return t->type == JSMN_STRING && n == strlen (s)
         && memcmp (json + t->start, s, n) == 0;
}

/* Fill *R from JSON; return whether that was possible.  */
static int
parse (const char *json, struct request *r)
{
  jsmn_parser parser;
  jsmntok_t tokens[32];
  jsmn_init (&parser);
  int n = jsmn_parse (&parser, json, strlen (json), tokens, 32);
  for (int i = 1; i + 1 < n; i++)
    if (is (json, &tokens[i], "user"))
      snprintf (r->user, sizeof r->user, "%.*s",
                tokens[i + 1].end - tokens[i + 1].start,
                json + tokens[i + 1].start);
    else if (is (json, &tokens[i], "amount"))
      r->amount = strtol (json + tokens[i + 1].start, NULL, 10);
  return n > 0;
}

static long sum;

static void
serve (void)
{
  struct request *r = cairn_pool_get (&requests);
  memset (r, 0, sizeof *r);
  if (parse (text, r) && strcmp (r->user, "ada") == 0)
    sum += r->amount;
  CAIRN_POOL_PUT (&requests, r, sizeof *r);
}

int
main (void)
{
  serve ();
  measure ("serve", serve);
  printf ("%ld in all\n", sum);
  return 0;
}
#else
int
main (void)
{
  puts ("This step needs jsmn.h: apt-get install libjsmn-dev");
  return 77;
}
#endif
