/* pages.c: what is answered at /debug/pprof/.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The names are those of Go's net/http/pprof.  A parameter whose value makes no sense
   is refused, not guessed at.  */

#define _GNU_SOURCE
#include "prof/pages.h"
#include "gc/collect.h"
#include "prof/buffer.h"
#include "prof/cpu.h"
#include "prof/goroutines.h"
#include "prof/heap-profile.h"
#include "prof/locations.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "/debug/pprof/"

#define TEXT "text/plain; charset=utf-8"
#define HTML "text/html; charset=utf-8"
#define BINARY "application/octet-stream"

#define MAX_SECONDS 3600

/* A page in the making.  */
struct page
{
  const struct cairni_request *request;
  struct cairni_reply *reply;
  struct cairni_buffer buffer;
};

static void
refuse (struct page *page, int status, const char *why)
{
  page->reply->status = status;
  page->reply->type = TEXT;
  page->buffer.nbytes = 0;
  cairni_buffer_format (&page->buffer, "%s\n", why);
}

/* The value of the parameter NAME, between LO and HI, or VALUE if there is none;
   -1: it has been refused.  */
static long
number_of (struct page *page, const char *name, long value, long lo, long hi)
{
  const char *text = page->request->argument (page->request->context, name);
  char *end, why[100];
  if (!text)
    return value;
  /* No sign, no spaces.  */
  if (*text >= '0' && *text <= '9')
    {
      value = strtol (text, &end, 10);
      if (*end == 0 && value >= lo && value <= hi)
        return value;
    }
  snprintf (why, sizeof why, "%s is a number from %ld to %ld", name, lo, hi);
  refuse (page, 400, why);
  return -1;
}

/* The page is done if it IS_GOOD; FILE is the name to save it as.  */
static void
finish (struct page *page, bool is_good, const char *type, const char *file)
{
  page->reply->type = type;
  page->reply->file = strcmp (type, BINARY) == 0 ? file : NULL;
  if (!is_good)
    refuse (page, 503, "there is not enough memory for the profile");
}

/* 1: as text; 0: as a file for pprof; -1: refused.  */
static int
form_of (struct page *page, long max)
{
  return number_of (page, "debug", 0, 0, max);
}

static void
answer_heap (struct page *page, const char *shown, const char *file)
{
  long form = form_of (page, 1);
  long gc = form < 0 ? -1 : number_of (page, "gc", 0, 0, 1);
  if (gc < 0)
    return;
  if (page->request->argument (page->request->context, "seconds"))
    {
      refuse (page, 400,
              "differences of heap profiles are made by "
              "go tool pprof -base");
      return;
    }
  if (gc)
    cairni_collect (CAIRNI_FORCED);
  if (form)
    finish (page, cairni_heap_profile_put_text (&page->buffer), TEXT, NULL);
  else
    finish (page, cairni_heap_profile_put (&page->buffer, shown), BINARY, file);
}

static void
heap (struct page *page)
{
  answer_heap (page, "inuse_space", "heap.pb.gz");
}

static void
allocs (struct page *page)
{
  answer_heap (page, "alloc_space", "allocs.pb.gz");
}

static void
goroutine (struct page *page)
{
  long form = form_of (page, 2);
  if (form < 0)
    return;
  bool good = form == 2 ? cairni_goroutines_put_dump (&page->buffer, false)
                        : cairni_goroutines_put (&page->buffer, form == 1);
  finish (page, good, form ? TEXT : BINARY, "goroutine.pb.gz");
}

static void
leaked (struct page *page)
{
  finish (page, cairni_goroutines_put_dump (&page->buffer, true), TEXT, NULL);
}

static void
threadcreate (struct page *page)
{
  long form = form_of (page, 1);
  if (form >= 0)
    finish (page, cairni_goroutines_put_threads (&page->buffer, form),
            form ? TEXT : BINARY, "threadcreate.pb.gz");
}

static void
profile (struct page *page)
{
  long seconds = number_of (page, "seconds", 30, 1, MAX_SECONDS);
  if (seconds < 0)
    return;
  switch (cairni_cpu_profile (&page->buffer, seconds))
    {
    case CAIRNI_CPU_GOOD:
      finish (page, true, BINARY, "cpu.pb.gz");
      break;
    case CAIRNI_CPU_BUSY:
      refuse (page, 409, "another profile is being made: try again later");
      break;
    case CAIRNI_CPU_HANDLED:
      refuse (page, 409, "the program handles SIGPROF itself");
      break;
    case CAIRNI_CPU_FAILED:
      finish (page, false, TEXT, NULL);
    }
}

static void
command_line (struct page *page)
{
  cairni_pages_put_command_line (&page->buffer);
  finish (page, true, TEXT, NULL);
}

/* What google-pprof asks for: the names for addresses, "0x1+0x2".  */
static void
symbol (struct page *page)
{
  struct cairni_locations locations;
  const char *text = page->request->body;
  if (!cairni_locations_init (&locations))
    {
      finish (page, false, TEXT, NULL);
      return;
    }
  cairni_buffer_put_string (&page->buffer, "num_symbols: 1\n");
  if (!text)
    text = page->request->query;
  for (unsigned n = 0; n < 100000 && text && *text; n++)
    {
      char *end;
      unsigned long pc = strtoul (text, &end, 16);
      const struct cairni_location *location
          = end > text && pc ? cairni_locations_find (&locations, pc) : NULL;
      if (location && location->image)
        cairni_buffer_format (&page->buffer, "%#lx %s\n", pc,
                              location->lines[0].function);
      text = strchr (text, '+');
      text = text ? text + 1 : NULL;
    }
  cairni_locations_destroy (&locations);
  finish (page, true, TEXT, NULL);
}

static void
not_recorded (struct page *page)
{
  refuse (page, 404,
          "waiting for locks is not recorded; "
          "goroutine?debug=2 tells who waits now");
}

static void
index_page (struct page *page)
{
  cairni_pages_put_index (&page->buffer, page->request->host);
  finish (page, true, HTML, NULL);
}

static const struct route
{
  const char *name;
  void (*make) (struct page *page);
  bool takes_post;
} routes[] = {
  { "", index_page, false },          { "heap", heap, false },
  { "allocs", allocs, false },        { "goroutine", goroutine, false },
  { "goroutineleak", leaked, false }, { "threadcreate", threadcreate, false },
  { "profile", profile, false },      { "cmdline", command_line, false },
  { "symbol", symbol, true },         { "block", not_recorded, false },
  { "mutex", not_recorded, false },
};

static void
make (struct page *page)
{
  const struct cairni_request *request = page->request;
  bool is_post = strcmp (request->method, "POST") == 0;
  bool is_get = strcmp (request->method, "GET") == 0
                || strcmp (request->method, "HEAD") == 0;
  if (strcmp (request->path, "/") == 0
      || strcmp (request->path, "/debug/pprof") == 0)
    {
      refuse (page, 302, "see " PREFIX);
      page->reply->location = PREFIX;
      return;
    }
  if (strncmp (request->path, PREFIX, strlen (PREFIX)) == 0)
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
      if (strcmp (request->path + strlen (PREFIX), routes[i].name) == 0)
        {
          if (is_get || (is_post && routes[i].takes_post))
            routes[i].make (page);
          else
            refuse (page, 405, "this can only be read");
          return;
        }
  refuse (page, 404, "there is no such page; see " PREFIX);
}

void
cairni_pages_answer (const struct cairni_request *request,
                     struct cairni_reply *reply)
{
  struct page page = { .request = request, .reply = reply };
  reply->status = 200;
  make (&page);
  if (page.buffer.is_broken)
    reply->status = 503;
  reply->bytes = page.buffer.bytes;
  reply->nbytes = page.buffer.nbytes;
}
