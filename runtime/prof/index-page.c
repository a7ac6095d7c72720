/* index-page.c: the page that leads to the profiles.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   All of it is in one file: it loads nothing, and runs no script.  */

#include "base/options.h"
#include "cairn.h"
#include "gc/collect.h"
#include "heap/thread.h"
#include "os/sys.h"
#include "prof/buffer.h"
#include "prof/pages.h"
#include "sched/goroutine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char head[]
    = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n"
      "<title>/debug/pprof/</title>\n<style>\n"
      ":root { color-scheme: light dark; --ink: #1d2733; --faint: #5b6878;"
      " --paper: #f6f7f9; --card: #fff; --line: #dfe4ea; --mark: #0b6e99; }\n"
      "@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ef;"
      " --faint: #9aa7b5; --paper: #14191f; --card: #1c232b; --line: #303a45;"
      " --mark: #6cc3ea; } }\n"
      "* { box-sizing: border-box; }\n"
      "body { margin: 0; background: var(--paper); color: var(--ink);"
      " font: 16px/1.5 system-ui, sans-serif; }\n"
      "main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem; }\n"
      "h1 { font-size: 1.6rem; margin: 0 0 .25rem; }\n"
      "h2 { font-size: 1.1rem; margin: 2rem 0 .75rem; }\n"
      "a { color: var(--mark); text-decoration: none; }\n"
      "a:hover { text-decoration: underline; }\n"
      "p { margin: .25rem 0; color: var(--faint); overflow-wrap: anywhere; }\n"
      "code, pre { font: .9rem/1.5 ui-monospace, monospace; }\n"
      ".cards { display: grid; gap: .75rem;"
      " grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); }\n"
      ".card { background: var(--card); border: 1px solid var(--line);"
      " border-radius: .5rem; padding: .75rem 1rem; }\n"
      ".card b { display: block; font-size: 1.35rem; font-weight: 600; }\n"
      ".card span { color: var(--faint); font-size: .85rem; }\n"
      "table { width: 100%; border-collapse: collapse; background: var(--card);"
      " border: 1px solid var(--line); }\n"
      "td { padding: .6rem 1rem; border-top: 1px solid var(--line);"
      " vertical-align: top; }\n"
      "td:first-child { white-space: nowrap; font-weight: 600; }\n"
      "td:last-child { white-space: nowrap; text-align: right; }\n"
      "pre { background: var(--card); border: 1px solid var(--line);"
      " border-radius: .5rem; padding: .75rem 1rem; overflow-x: auto; }\n"
      "</style>\n</head>\n<body>\n<main>\n";

static const struct profile
{
  const char *name, *what, *link, *other, *other_link;
} profiles[] = {
  { "heap", "What lives, as of the last collection, by who allocated it",
    "heap?debug=1", "collect first", "heap?gc=1&amp;debug=1" },
  { "allocs", "What was ever allocated, by who did", "allocs?debug=1", NULL,
    NULL },
  { "goroutine", "Where goroutines and threads are now", "goroutine?debug=1",
    "one by one", "goroutine?debug=2" },
  { "goroutineleak",
    "Goroutines that wait for what nobody can send or release; "
    "collects",
    "goroutineleak", NULL, NULL },
  { "profile",
    "Where processors spend their time, for 30 seconds or "
    "<code>?seconds=</code>",
    NULL, "5 seconds", "profile?seconds=5" },
  { "threadcreate", "Who made threads", "threadcreate?debug=1", NULL, NULL },
  { "cmdline", "The program's arguments", "cmdline", NULL, NULL },
};

static void
put_escaped (struct cairni_buffer *buffer, const char *text, size_t nbytes)
{
  for (size_t i = 0; i < nbytes; i++)
    switch (text[i])
      {
      case '<':
        cairni_buffer_put_string (buffer, "&lt;");
        break;
      case '>':
        cairni_buffer_put_string (buffer, "&gt;");
        break;
      case '&':
        cairni_buffer_put_string (buffer, "&amp;");
        break;
      case 0:
        cairni_buffer_put_string (buffer, " ");
        break;
      default:
        cairni_buffer_put (buffer, &text[i], 1);
      }
}

void
cairni_pages_put_command_line (struct cairni_buffer *buffer)
{
  char part[4096];
  size_t n;
  FILE *file = fopen ("/proc/self/cmdline", "re");
  while (file && (n = fread (part, 1, sizeof part, file)) > 0)
    cairni_buffer_put (buffer, part, n);
  if (file)
    fclose (file);
}

static void
put_card (struct cairni_buffer *buffer, const char *value, const char *what)
{
  cairni_buffer_format (buffer,
                        "<div class=\"card\"><b>%s</b><span>%s</span></div>\n",
                        value, what);
}

static void
put_bytes_card (struct cairni_buffer *buffer, uint64_t nbytes, const char *what)
{
  static const char *const units[] = { "bytes", "KB", "MB", "GB", "TB" };
  char text[40];
  double value = nbytes;
  unsigned unit = 0;
  for (; value >= 1000 && unit + 1 < sizeof units / sizeof *units; unit++)
    value /= 1024;
  snprintf (text, sizeof text, unit && value < 10 ? "%.2f %s" : "%.0f %s",
            value, units[unit]);
  put_card (buffer, text, what);
}

static void
put_number_card (struct cairni_buffer *buffer, uint64_t value, const char *what)
{
  char text[40];
  snprintf (text, sizeof text, "%lu", (unsigned long)value);
  put_card (buffer, text, what);
}

static void
put_cards (struct cairni_buffer *buffer)
{
  struct cairn_mem_stats *stats = malloc (sizeof *stats);
  char text[60];
  if (!stats)
    {
      buffer->is_broken = true;
      return;
    }
  cairn_mem_stats (stats);
  cairni_buffer_put_string (buffer, "<h2>Now</h2>\n<div class=\"cards\">\n");
  put_bytes_card (buffer, stats->heap_alloc, "in use on the heap");
  put_number_card (buffer, stats->heap_objects, "objects");
  put_bytes_card (buffer, stats->total_alloc, "allocated so far");
  put_bytes_card (buffer, stats->sys, "had from the system");
  put_bytes_card (buffer, stats->stack_inuse, "stacks");
  put_bytes_card (buffer, stats->manual_inuse, "manual, of malloc");
  put_number_card (buffer, stats->num_gc, "collections");
  if (stats->num_gc)
    {
      snprintf (text, sizeof text, "%.2f ms",
                stats->pause_ns[(stats->num_gc - 1) % CAIRN_MEM_STATS_NPAUSES]
                    / 1e6);
      put_card (buffer, text, "the last pause");
    }
  snprintf (text, sizeof text, "%.2f %%", 100 * stats->gc_cpu_fraction);
  put_card (buffer, text, "of the time collecting");
  put_number_card (buffer, cairni_goroutine_count (),
                   "goroutines besides main");
  put_number_card (buffer, cairni_thread_count, "threads of the program");
  snprintf (text, sizeof text, "%.0f s",
            (cairni_sys_now_ns () - cairni_collect_stats.first_ns) / 1e9);
  put_card (buffer, text, "since the start");
  cairni_buffer_put_string (buffer, "</div>\n");
  free (stats);
}

static void
put_profiles (struct cairni_buffer *buffer)
{
  cairni_buffer_put_string (buffer, "<h2>Profiles</h2>\n<table>\n");
  for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++)
    {
      const struct profile *p = &profiles[i];
      cairni_buffer_format (buffer,
                            "<tr><td><a href=\"%s\">%s</a></td><td>%s</td><td>",
                            p->link ? p->link : p->name, p->name, p->what);
      if (p->other)
        cairni_buffer_format (buffer, "<a href=\"%s\">%s</a>", p->other_link,
                              p->other);
      cairni_buffer_put_string (buffer, "</td></tr>\n");
    }
  cairni_buffer_put_string (buffer, "</table>\n");
}

static void
put_commands (struct cairni_buffer *buffer, const char *host)
{
  static const char *const commands[][2]
      = { { "go tool pprof -top http://", "/debug/pprof/heap\n" },
          { "go tool pprof -http=: http://", "/debug/pprof/profile\n" },
          { "curl -s 'http://", "/debug/pprof/goroutine?debug=2'" } };
  cairni_buffer_put_string (buffer, "<h2>From a terminal</h2>\n<pre>");
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
    {
      cairni_buffer_put_string (buffer, commands[i][0]);
      put_escaped (buffer, host, strlen (host));
      cairni_buffer_put_string (buffer, commands[i][1]);
    }
  cairni_buffer_put_string (buffer, "</pre>\n");
  cairni_buffer_format (buffer,
                        "<p>The heap profile sees one in %zu bytes. "
                        "cairn-profile(3) describes all of this.</p>\n",
                        cairni_debug.memprofilerate);
}

void
cairni_pages_put_index (struct cairni_buffer *buffer, const char *host)
{
  struct cairni_buffer command = { 0 };
  cairni_pages_put_command_line (&command);
  cairni_buffer_put_string (buffer, head);
  cairni_buffer_put_string (buffer, "<h1>/debug/pprof/</h1>\n<p><code>");
  put_escaped (buffer, command.bytes, cairni_min (command.nbytes, 500));
  cairni_buffer_format (
      buffer, "</code></p>\n<p>process %d, Cairn " CAIRN_VERSION "</p>\n",
      cairni_sys_pid ());
  put_cards (buffer);
  put_profiles (buffer);
  put_commands (buffer, host ? host : "localhost:6060");
  cairni_buffer_put_string (buffer, "</main>\n</body>\n</html>\n");
  buffer->is_broken |= command.is_broken;
  cairni_buffer_destroy (&command);
}
