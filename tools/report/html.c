/* html.c: the report as a page by itself.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Pictures are SVG within the page; nothing is loaded from elsewhere.  */

#define _GNU_SOURCE
#include "report.h"

#include <string.h>

#define WIDTH 860
#define HEIGHT 200
#define LEFT 60
#define BOTTOM 24

/* Print TEXT with what HTML would take for its own replaced.  */
static void
put_text (FILE *f, const char *text)
{
  for (; *text; text++)
    switch (*text)
      {
      case '<':
        fputs ("&lt;", f);
        break;
      case '>':
        fputs ("&gt;", f);
        break;
      case '&':
        fputs ("&amp;", f);
        break;
      case '"':
        fputs ("&quot;", f);
        break;
      case '\'':
        fputs ("&#39;", f);
        break;
      default:
        fputc (*text, f);
      }
}

/* Begin a diagram whose values go up to TOP of UNIT and whose times to
   SECONDS.  */
static void
begin_diagram (FILE *f, const char *id, const char *title, double top,
               const char *unit, double seconds)
{
  fprintf (f, "<h2>%s</h2>\n<svg id='%s' width='%d' height='%d'>\n", title, id,
           LEFT + WIDTH + 20, HEIGHT + BOTTOM + 10);
  for (int i = 0; i <= 4; i++)
    {
      double y = 5 + HEIGHT - HEIGHT * i / 4.0;
      fprintf (f,
               "<line x1='%d' x2='%d' y1='%.1f' y2='%.1f' class='g'/>"
               "<text x='%d' y='%.1f' text-anchor='end'>%.3g %s</text>\n",
               LEFT, LEFT + WIDTH, y, y, LEFT - 6, y + 4, top * i / 4, unit);
      fprintf (f, "<text x='%d' y='%d' text-anchor='middle'>%.3g s</text>\n",
               LEFT + WIDTH * i / 4, HEIGHT + BOTTOM, seconds * i / 4);
    }
}

static double
position (double value, double top, double length)
{
  return top > 0 ? value / top * length : 0;
}

/* The value of CYCLE that a line of the diagram shows.  */
enum curve
{
  BEFORE,
  LIVE,
  GOAL
};

static double
curve_value (const struct cycle *c, enum curve curve)
{
  return curve == BEFORE ? c->before_mb
         : curve == LIVE ? c->live_mb
                         : c->goal_mb;
}

static void
write_trace (FILE *f, const struct trace *t)
{
  static const char *const colors[] = { "#2b6cb0", "#38a169", "#cbd5e0" };
  static const char *const names[]
      = { "before a collection", "live after it", "goal" };
  double top = 0, longest = 0, seconds = t->cycles[t->n - 1].seconds;
  for (size_t i = 0; i < t->n; i++)
    {
      for (int k = BEFORE; k <= GOAL; k++)
        if (curve_value (&t->cycles[i], k) > top)
          top = curve_value (&t->cycles[i], k);
      if (t->cycles[i].pause_ms > longest)
        longest = t->cycles[i].pause_ms;
    }
  begin_diagram (f, "heap", "Heap over time", top, "MB", seconds);
  for (int k = GOAL; k >= BEFORE; k--)
    {
      fprintf (f,
               "<polyline fill='none' stroke='%s' stroke-width='2' "
               "points='",
               colors[k]);
      for (size_t i = 0; i < t->n; i++)
        fprintf (f, "%.1f,%.1f ",
                 LEFT + position (t->cycles[i].seconds, seconds, WIDTH),
                 5 + HEIGHT
                     - position (curve_value (&t->cycles[i], k), top, HEIGHT));
      fputs ("'/>\n", f);
    }
  fputs ("</svg>\n<p class='k'>", f);
  for (int k = BEFORE; k <= GOAL; k++)
    fprintf (f, "<span style='color:%s'>&#9632;</span> %s &nbsp; ", colors[k],
             names[k]);
  fputs ("</p>\n", f);
  begin_diagram (f, "pauses", "Pauses", longest, "ms", seconds);
  for (size_t i = 0; i < t->n; i++)
    {
      double h = position (t->cycles[i].pause_ms, longest, HEIGHT);
      fprintf (f,
               "<rect x='%.1f' y='%.1f' width='3' height='%.1f' "
               "fill='#dd6b20'><title>%.3f ms at %.3f s</title></rect>\n",
               LEFT + position (t->cycles[i].seconds, seconds, WIDTH) - 1.5,
               5 + HEIGHT - h, h, t->cycles[i].pause_ms, t->cycles[i].seconds);
    }
  fputs ("</svg>\n", f);
}

/* A row of a diagram of bars.  */
static void
write_bar (FILE *f, const char *label, double value, double most)
{
  char text[BYTES_NBYTES];
  fputs ("<tr><td class='l'>", f);
  put_text (f, label);
  fprintf (f,
           "</td><td><svg width='420' height='14'><rect width='%.1f' "
           "height='14' fill='#2b6cb0'/></svg></td><td class='n'>%s</td>"
           "</tr>\n",
           position (value, most, 420), bytes_text (value, text));
}

#define NCLASSES 40

/* Objects by their size, to the next power of two.  */
static void
write_sizes (FILE *f, const struct report *r)
{
  double sums[NCLASSES] = { 0 }, most = 0;
  char text[BYTES_NBYTES];
  enum value objects = r->sort == INUSE_SPACE ? INUSE_OBJECTS : ALLOC_OBJECTS;
  for (size_t i = 0; i < r->profile.nsamples; i++)
    {
      const struct sample *s = &r->profile.samples[i];
      if (s->values[objects] <= 0)
        continue;
      double each = s->values[objects + 1] / s->values[objects];
      int k = 3;
      while (k < NCLASSES - 1 && (double)((uint64_t)1 << k) < each)
        k++;
      sums[k] += s->values[objects + 1];
    }
  for (int k = 0; k < NCLASSES; k++)
    most = sums[k] > most ? sums[k] : most;
  fputs ("<h2>Sizes of objects</h2>\n<table id='sizes'>\n", f);
  for (int k = 0; k < NCLASSES; k++)
    if (sums[k] > 0)
      {
        char label[BYTES_NBYTES + 10];
        snprintf (label, sizeof label, "up to %s",
                  bytes_text ((double)((uint64_t)1 << k), text));
        write_bar (f, label, sums[k], most);
      }
  fputs ("</table>\n", f);
}

static void
write_sites (FILE *f, const struct report *r)
{
  char text[BYTES_NBYTES];
  const double *totals = r->profile.totals;
  fprintf (f,
           "<h2>Where it is allocated, by %s</h2>\n<table id='sites'>"
           "<tr><th colspan='2'>%%</th><th>allocated</th><th>objects</th>"
           "<th>in use</th><th>objects</th><th>where</th><th>what</th>"
           "<th>function</th></tr>\n",
           r->sort == INUSE_SPACE ? "bytes in use" : "bytes allocated");
  for (size_t i = 0; i < r->nsites && i < r->nshown; i++)
    {
      const struct site *s = &r->sites[i];
      double part = percent (s->values[r->sort], totals[r->sort]);
      fprintf (f,
               "<tr><td class='n'>%.1f</td><td><svg width='100' "
               "height='12'><rect width='%.1f' height='12' "
               "fill='#2b6cb0'/></svg></td>",
               part, part);
      fprintf (f, "<td class='n'>%s</td><td class='n'>%.0f</td>",
               bytes_text (s->values[ALLOC_SPACE], text),
               s->values[ALLOC_OBJECTS]);
      fprintf (f, "<td class='n'>%s</td><td class='n'>%.0f</td><td>",
               bytes_text (s->values[INUSE_SPACE], text),
               s->values[INUSE_OBJECTS]);
      put_text (f, s->where);
      fputs ("</td><td>", f);
      put_text (f, s->what);
      fputs ("</td><td>", f);
      put_text (f, s->function);
      fputs ("</td></tr>\n", f);
    }
  fputs ("</table>\n", f);
}

static void
write_layouts (FILE *f, const struct report *r)
{
  char text[BYTES_NBYTES];
  fputs ("<h2>Structures whose members in another order would need less</h2>\n"
         "<table id='layouts'><tr><th>would save</th><th>in use</th>"
         "<th>bytes each</th><th>less</th><th>structure</th><th>where</th>"
         "</tr>\n",
         f);
  for (size_t i = 0; i < r->nlayouts && i < r->nshown; i++)
    {
      const struct layout *l = &r->layouts[i];
      fprintf (f,
               "<tr><td class='n'>%s</td><td class='n'>%.0f</td>"
               "<td class='n'>%.0f</td><td class='n'>%.0f</td><td>",
               bytes_text (l->nsaved, text), l->nobjects, l->nbytes,
               l->saved_nbytes);
      put_text (f, l->type);
      fputs ("</td><td>", f);
      put_text (f, l->site);
      fputs ("</td></tr>\n", f);
    }
  fputs ("</table>\n", f);
}

void
html_write (const struct report *r, FILE *f)
{
  char allocated[BYTES_NBYTES], used[BYTES_NBYTES];
  fputs ("<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
         "<title>Heap report</title>\n<style>\n"
         "body { font: 14px sans-serif; color: #1a202c; margin: 24px; }\n"
         "h1 { font-size: 22px; } h2 { font-size: 17px; margin-top: 28px; }\n"
         "table { border-collapse: collapse; }\n"
         "td, th { padding: 3px 9px; text-align: left; white-space: nowrap; }\n"
         "th { border-bottom: 1px solid #a0aec0; font-weight: 600; }\n"
         "tr:nth-child(even) { background: #f7fafc; }\n"
         ".n { text-align: right; font-variant-numeric: tabular-nums; }\n"
         "svg text { font-size: 11px; fill: #4a5568; }\n"
         ".g { stroke: #e2e8f0; } .k { margin-left: 60px; }\n"
         "</style></head><body>\n<h1>Heap report</h1>\n",
         f);
  fprintf (f,
           "<p>%s in %.0f objects were allocated, %s in %.0f are in use. "
           "Sampled values are estimates.</p>\n",
           bytes_text (r->profile.totals[ALLOC_SPACE], allocated),
           r->profile.totals[ALLOC_OBJECTS],
           bytes_text (r->profile.totals[INUSE_SPACE], used),
           r->profile.totals[INUSE_OBJECTS]);
  write_sites (f, r);
  write_sizes (f, r);
  if (r->nlayouts)
    write_layouts (f, r);
  if (r->trace.n)
    write_trace (f, &r->trace);
  fputs ("</body></html>\n", f);
}
