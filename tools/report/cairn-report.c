/* cairn-report.c: which of what the compiler has put on the heap costs how much.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A sample of the profile belongs to the innermost of its lines in a file that
   the compiler says something of, or else to the innermost line that is known: a
   call of a function of the library that allocates is told of at the call.

   The call that makes a variable's cell has no line of its own where the cell is
   made late: if nothing is said of the line itself, it is taken for one of the
   variables of the function that move.  */

#define _GNU_SOURCE
#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#if __has_include(<zlib.h>)
#include <zlib.h>
#define HAS_ZLIB 1
#else
#define HAS_ZLIB 0
#endif

void
fail (const char *format, ...)
{
  va_list args;
  fputs ("cairn-report: ", stderr);
  va_start (args, format);
  vfprintf (stderr, format, args);
  va_end (args);
  fputc ('\n', stderr);
  exit (1);
}

void *
xalloc (size_t nbytes)
{
  void *p = calloc (1, nbytes ? nbytes : 1);
  if (!p)
    fail ("out of memory");
  return p;
}

void *
xgrow (void *p, size_t n, size_t nbytes)
{
  /* At each power of two.  */
  if (n & (n - 1))
    return p;
  p = realloc (p, (n ? 2 * n : 1) * nbytes);
  if (!p)
    fail ("out of memory");
  return p;
}

char *
read_file (const char *path, size_t *nbytes)
{
  size_t n = 0, room = 1 << 16;
  char *text = xalloc (room);
  FILE *f = fopen (path, "rb");
  if (!f)
    fail ("cannot read %s: %s", path, strerror (errno));
#if HAS_ZLIB
  fclose (f);
  gzFile z = gzopen (path, "rb");
  if (!z)
    fail ("cannot read %s: %s", path, strerror (errno));
  for (int got; (got = gzread (z, text + n, room - n - 1)) != 0;)
#else
  for (size_t got; (got = fread (text + n, 1, room - n - 1, f)) != 0;)
#endif
    {
#if HAS_ZLIB
      int error;
      if (got < 0)
        fail ("cannot read %s: %s", path, gzerror (z, &error));
#endif
      n += got;
      if (n + 1 < room)
        continue;
      room *= 2;
      text = realloc (text, room);
      if (!text)
        fail ("out of memory");
    }
#if HAS_ZLIB
  int error;
  const char *why = gzerror (z, &error);
  if (error != Z_OK && error != Z_STREAM_END)
    fail ("cannot read %s: %s", path, why);
  gzclose (z);
#else
  if (ferror (f))
    fail ("cannot read %s: %s", path, strerror (errno));
  fclose (f);
  if (n > 2 && (unsigned char)text[0] == 0x1f && (unsigned char)text[1] == 0x8b)
    fail ("%s is compressed, and this cairn-report was built without zlib: "
          "gunzip it first",
          path);
#endif
  text[n] = 0;
  *nbytes = n;
  return text;
}

const char *
bytes_text (double bytes, char text[BYTES_NBYTES])
{
  static const char *const units[] = { "B", "KB", "MB", "GB", "TB" };
  int i = 0;
  while (bytes >= 1024 && i < 4)
    {
      bytes /= 1024;
      i++;
    }
  snprintf (text, BYTES_NBYTES, i && bytes < 100 ? "%.1f %s" : "%.0f %s", bytes,
            units[i]);
  return text;
}

double
percent (double value, double total)
{
  return total > 0 ? 100 * value / total : 0;
}

/* -- Sites.  */

/* The site of R with these words, made if need be.  */
static struct site *
find_site (struct report *r, const char *where, const char *what,
           const char *function)
{
  for (size_t i = 0; i < r->nsites; i++)
    if (strcmp (r->sites[i].where, where) == 0
        && strcmp (r->sites[i].what, what) == 0
        && strcmp (r->sites[i].function, function) == 0)
      return &r->sites[i];
  r->sites = xgrow (r->sites, r->nsites, sizeof *r->sites);
  struct site *site = &r->sites[r->nsites++];
  *site = (struct site){ .where = where, .what = what, .function = function };
  return site;
}

/* What FIRST says and others like it: of its line or, if VARIABLES, of its
   function's variables.  */
static const char *
all_like (const struct verdicts *verdicts, const struct verdict *first,
          bool variables)
{
  const char *text = first->text;
  for (size_t i = 0; i < verdicts->n; i++)
    {
      const struct verdict *v = &verdicts->all[i];
      char *both;
      if (v == first || !v->is_on_heap || strcmp (v->file, first->file) != 0
          || (variables ? strcmp (v->function, first->function) != 0
                              || strncmp (v->text, "moved to heap: ", 15) != 0
                        : v->line != first->line))
        continue;
      if (asprintf (&both, "%s; %s", text, v->text) < 0)
        fail ("out of memory");
      text = both;
    }
  return text;
}

/* The site that S belongs to.  */
static struct site *
site_of (struct report *r, const struct verdicts *verdicts,
         const struct sample *s)
{
  const struct line *known = NULL;
  for (size_t i = 0; i < s->nlines; i++)
    {
      const struct line *line = &s->lines[i];
      const struct verdict *v = verdicts_find (verdicts, line);
      bool variables = !v && i == 0;
      if (variables)
        v = verdicts_find_variable (verdicts, line);
      if (v)
        {
          struct site *site
              = find_site (r, v->site, all_like (verdicts, v, variables),
                           line->function);
          site->verdict = v;
          return site;
        }
      if (!known && *line->file)
        known = line;
      /* What it was called for is another matter.  */
      if (verdicts_know_file (verdicts, line))
        break;
    }
  char *where;
  if (!known)
    return find_site (r, "?", "", s->nlines ? s->lines[0].function : "");
  if (asprintf (&where, "%s:%lld", known->file, (long long)known->number) < 0)
    fail ("out of memory");
  return find_site (r, where, "", known->function);
}

static enum value sort_value;

static int
compare_sites (const void *a, const void *b)
{
  const struct site *s = a, *t = b;
  double x = s->values[sort_value], y = t->values[sort_value];
  return x > y ? -1 : x < y ? 1 : strcmp (s->where, t->where);
}

static void
make_sites (struct report *r, const struct verdicts *verdicts)
{
  for (size_t i = 0; i < r->profile.nsamples; i++)
    {
      const struct sample *s = &r->profile.samples[i];
      struct site *site = site_of (r, verdicts, s);
      for (int k = 0; k < NVALUES; k++)
        site->values[k] += s->values[k];
    }
  sort_value = r->sort;
  if (r->nsites)
    qsort (r->sites, r->nsites, sizeof *r->sites, compare_sites);
}

/* -- Layouts.  */

static int
compare_layouts (const void *a, const void *b)
{
  const struct layout *s = a, *t = b;
  return s->nsaved > t->nsaved ? -1
         : s->nsaved < t->nsaved ? 1 : strcmp (s->type, t->type);
}

/* How many structures of NBYTES are in use at SITE: several in an object, if it is
   an array.  */
static double
structures_at (const struct site *site, double nbytes)
{
  return site->verdict->nbytes > 0
             ? site->values[INUSE_OBJECTS] * site->verdict->nbytes / nbytes
             : site->values[INUSE_SPACE] / nbytes;
}

/* What could be saved of what is in use.  */
static void
make_layouts (struct report *r, const struct verdicts *verdicts)
{
  for (size_t i = 0; i < verdicts->nlayouts; i++)
    {
      struct layout *l = &verdicts->layouts[i];
      for (size_t k = 0; k < r->nsites; k++)
        if (r->sites[k].verdict
            && strcmp (r->sites[k].verdict->type, l->type) == 0)
          l->nobjects += structures_at (&r->sites[k], l->nbytes);
      l->nsaved = l->nobjects * l->saved_nbytes;
    }
  if (verdicts->nlayouts)
    qsort (verdicts->layouts, verdicts->nlayouts, sizeof *verdicts->layouts,
           compare_layouts);
  r->layouts = verdicts->layouts;
  while (r->nlayouts < verdicts->nlayouts
         && verdicts->layouts[r->nlayouts].nsaved > 0)
    r->nlayouts++;
}

/* -- The table.  */

static void
print_layouts (const struct report *r)
{
  char text[BYTES_NBYTES];
  for (size_t i = 0; i < r->nlayouts && i < r->nshown; i++)
    {
      const struct layout *l = &r->layouts[i];
      printf ("%s %s: its members in another order would save %.0f of %.0f "
              "bytes, %s in %.0f in use\n",
              l->site, l->type, l->saved_nbytes, l->nbytes,
              bytes_text (l->nsaved, text), l->nobjects);
    }
}

static void
print_table (const struct report *r)
{
  char text[BYTES_NBYTES];
  bool in_use = r->sort == INUSE_SPACE;
  printf ("%s %s in %.0f objects\n",
          bytes_text (r->profile.totals[r->sort], text),
          in_use ? "in use" : "allocated", r->profile.totals[r->sort - 1]);
  for (size_t i = 0; i < r->nsites && i < r->nshown; i++)
    {
      const struct site *s = &r->sites[i];
      printf ("%s%s%s, %.1f %% of all bytes%s, %s in %.0f objects%s%s\n",
              s->where, *s->what ? " " : "", *s->what ? s->what : "",
              percent (s->values[r->sort], r->profile.totals[r->sort]),
              in_use ? " in use" : "", bytes_text (s->values[r->sort], text),
              s->values[r->sort - 1], *s->function ? ", in " : "", s->function);
    }
  if (r->nsites > r->nshown)
    printf ("and %zu more places\n", r->nsites - r->nshown);
  print_layouts (r);
}

static void
write_html (const struct report *r, const char *path)
{
  FILE *f = fopen (path, "w");
  if (!f)
    fail ("cannot write %s: %s", path, strerror (errno));
  html_write (r, f);
  if (fflush (f) != 0 || ferror (f) || fclose (f) != 0)
    fail ("cannot write %s: %s", path, strerror (errno));
}

static void
usage (FILE *f)
{
  fputs (
      "Usage: cairn report [OPTION]... PROFILE [JSON]...\n"
      "Tell which of what is on the heap costs how much.  PROFILE is a heap\n"
      "profile; each JSON is what -fplugin-arg-cairn-json=FILE has written.\n"
      "\n"
      "  --inuse          go by bytes in use, not by bytes allocated\n"
      "  --top=N          show N places, 20 unless given; 0: all\n"
      "  --html=FILE      write a page with pictures, too\n"
      "  --gctrace=FILE   show the heap over time and the pauses on it:\n"
      "                   what CAIRN_DEBUG=gctrace=1 has printed\n"
      "  --help           this text\n"
      "  --version        the version\n",
      f);
}

int
main (int argc, char **argv)
{
  struct report r = { .sort = ALLOC_SPACE, .nshown = 20 };
  struct verdicts verdicts = { NULL, 0, NULL, 0 };
  const char *html = NULL;
  bool has_profile = false;
  for (int i = 1; i < argc; i++)
    {
      const char *arg = argv[i];
      char *end;
      if (strcmp (arg, "--help") == 0)
        {
          usage (stdout);
          return 0;
        }
      else if (strcmp (arg, "--version") == 0)
        {
          puts ("cairn-report " CAIRN_VERSION);
          return 0;
        }
      else if (strcmp (arg, "--inuse") == 0)
        r.sort = INUSE_SPACE;
      else if (strncmp (arg, "--top=", 6) == 0)
        {
          r.nshown = strtoul (arg + 6, &end, 10);
          if (end == arg + 6 || *end || arg[6] == '-')
            fail ("--top: '%s' is no number", arg + 6);
          r.nshown = r.nshown ? r.nshown : SIZE_MAX;
        }
      else if (strncmp (arg, "--html=", 7) == 0 && arg[7])
        html = arg + 7;
      else if (strncmp (arg, "--gctrace=", 10) == 0 && arg[10])
        trace_read (&r.trace, arg + 10);
      else if (arg[0] == '-')
        fail ("unknown option '%s'; --help lists what there is", arg);
      else if (!has_profile)
        {
          profile_read (&r.profile, arg);
          has_profile = true;
        }
      else
        verdicts_read (&verdicts, arg);
    }
  if (!has_profile)
    {
      usage (stderr);
      return 2;
    }
  make_sites (&r, &verdicts);
  make_layouts (&r, &verdicts);
  print_table (&r);
  if (html)
    write_html (&r, html);
  if (fflush (stdout) != 0 || ferror (stdout))
    fail ("cannot write: %s", strerror (errno));
  return 0;
}
