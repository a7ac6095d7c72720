/* benchmark-main.c: which benchmarks are run, by the command line.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   The options are those of `go test', with one or two hyphens, and with the
   value behind `=' or as the next argument.  What they match are POSIX extended
   regular expressions.  */

#define _GNU_SOURCE
#include "lib/benchmark.h"

#include <errno.h>
#include <limits.h>
#include <regex.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct cairni_bench_options cairni_bench_options
    = { .benchtime_ns = CAIRN_SECOND, .count = 1 };
bool cairni_bench_failed;

/* All benchmarks, in order.  */
static struct cairn_benchmark *first, **last = &first;

/* What the elements of names are to match.  */
static regex_t *patterns;
static size_t npatterns;

static int64_t start_ns;

CAIRNI_PUBLIC void
cairni_b_add (struct cairn_benchmark *entry)
{
  *last = entry;
  last = &entry->next;
}

/* -- Names.  */

/* A name that was given: the next of the same gets number N.  */
struct given
{
  struct given *next;
  unsigned n;
  char name[];
};

static struct given *all_given;

/* The record of NAME, made if need be.  */
static struct given *
find_given (const char *name)
{
  struct given *g = all_given;
  while (g && strcmp (g->name, name) != 0)
    g = g->next;
  if (g)
    return g;
  g = malloc (sizeof *g + strlen (name) + 1);
  if (!g)
    cairni_bench_no_memory ();
  g->n = 0;
  strcpy (g->name, name);
  g->next = all_given;
  all_given = g;
  return g;
}

char *
cairni_bench_name (const struct cairni_b_state *parent, const char *name)
{
  char *full, *numbered;
  if (asprintf (&full, "%s%s%s", parent ? parent->name : "Benchmark",
                parent ? "/" : "", name)
      < 0)
    cairni_bench_no_memory ();
  for (char *c = full; *c; c++)
    if ((unsigned char)*c <= ' ' || *c == 127)
      *c = '_';
  struct given *g = find_given (full);
  if (g->n++ == 0)
    return full;
  if (asprintf (&numbered, "%s#%02u", full, g->n - 1) < 0)
    cairni_bench_no_memory ();
  free (full);
  return numbered;
}

bool
cairni_bench_matches (const char *name, bool *partial)
{
  char *copy = strdup (name);
  char *rest = copy;
  size_t i = 0;
  bool matches = true;
  if (!copy)
    cairni_bench_no_memory ();
  for (char *element;
       matches && i < npatterns && (element = strsep (&rest, "/")); i++)
    matches = regexec (&patterns[i], element, 0, NULL, 0) == 0;
  free (copy);
  *partial = i < npatterns;
  return matches;
}

/* -- The command line.  */

static void
usage (const char *program)
{
  printf (
      "Usage: %s [OPTION]...\n"
      "Run benchmarks and print what they take, as Go's benchstat reads it.\n"
      "\n"
      "  -bench REGEX      those whose names match, by default all; a slash\n"
      "                    divides it, as names are divided\n"
      "  -benchtime T      take T for each: 1s (the default), 100ms, or 100x\n"
      "                    for 100 repetitions\n"
      "  -benchmem         tell B/op and allocs/op of all\n"
      "  -count N          run each N times\n"
      "  -list             print the names of those that are chosen\n"
      "  -help             this text\n"
      "\n"
      "The environment variable CAIRN_MAXPROCS says on how many processors.\n",
      program);
}

static void __attribute__ ((noreturn, format (printf, 1, 2)))
fail (const char *format, ...)
{
  va_list args;
  fflush (stdout);
  fprintf (stderr, "%s: ", program_invocation_short_name);
  va_start (args, format);
  vfprintf (stderr, format, args);
  va_end (args);
  fputs ("; -help lists the options\n", stderr);
  exit (2);
}

/* Take TEXT, with slashes that are not in brackets, for the patterns.  */
static void
set_patterns (const char *text)
{
  char *copy = strdup (text);
  char *element = copy;
  int nbrackets = 0;
  npatterns = 0;
  for (char *c = copy; copy; c++)
    {
      char was = *c;
      if (was == '\\' && c[1])
        {
          c++;
          continue;
        }
      nbrackets += (was == '[') - (was == ']');
      if (was && (was != '/' || nbrackets > 0))
        continue;
      *c = 0;
      regex_t *more = realloc (patterns, (npatterns + 1) * sizeof *more);
      if (!more)
        cairni_bench_no_memory ();
      patterns = more;
      int wrong
          = regcomp (&patterns[npatterns], element, REG_EXTENDED | REG_NOSUB);
      if (wrong)
        {
          char why[100];
          regerror (wrong, &patterns[npatterns], why, sizeof why);
          fail ("-bench: '%s' is no regular expression: %s", element, why);
        }
      npatterns++;
      element = c + 1;
      if (!was)
        break;
    }
  if (!copy)
    cairni_bench_no_memory ();
  free (copy);
}

static void
set_benchtime (const char *text)
{
  static const struct
  {
    const char *name;
    double ns;
  } units[] = { { "ns", 1 },  { "us", 1e3 }, { "ms", 1e6 },
                { "s", 1e9 }, { "m", 60e9 }, { "h", 3600e9 } };
  struct cairni_bench_options *o = &cairni_bench_options;
  char *end;
  double value = strtod (text, &end);
  bool is_number = end != text && value > 0 && value <= 1e9;
  if (is_number && strcmp (end, "x") == 0 && value == (int64_t)value)
    {
      o->benchtime_n = value;
      return;
    }
  for (size_t i = 0; is_number && i < sizeof units / sizeof units[0]; i++)
    if (strcmp (end, units[i].name) == 0 && value * units[i].ns < 1e18)
      {
        o->benchtime_ns = value * units[i].ns;
        o->benchtime_n = 0;
        return;
      }
  fail ("-benchtime: '%s' is no time such as 1s or 100ms, nor a number such "
        "as 100x",
        text);
}

static void
set_count (const char *text)
{
  char *end;
  unsigned long value = strtoul (text, &end, 10);
  if (end == text || *end || value == 0 || value > UINT_MAX || *text == '-')
    fail ("-count: '%s' is no number from 1 on", text);
  cairni_bench_options.count = value;
}

/* Print what all outcomes of a run have in common.  */
static void
print_head (void)
{
  char line[256];
  FILE *f = fopen ("/proc/cpuinfo", "re");
  printf ("goos: linux\ngoarch: amd64\npkg: %s\n",
          program_invocation_short_name);
  while (f && fgets (line, sizeof line, f))
    if (strncmp (line, "model name", 10) == 0 && strchr (line, ':'))
      {
        printf ("cpu:%s", strchr (line, ':') + 1);
        break;
      }
  if (f)
    fclose (f);
  fflush (stdout);
}

/* The option that ARGV[*I] is, without hyphens, and its value in *VALUE, which
   is NULL if it is one without.  */
static const char *
take_option (int argc, char **argv, int *i, const char **value)
{
  static const char *const with_value[] = { "bench", "benchtime", "count" };
  static char name[16];
  const char *arg = argv[*i];
  const char *text = arg + strspn (arg, "-");
  size_t nbytes = strcspn (text, "=");
  if (text == arg || text - arg > 2 || nbytes == 0 || nbytes >= sizeof name)
    fail ("unknown argument '%s'", arg);
  memcpy (name, text, nbytes);
  name[nbytes] = 0;
  *value = text[nbytes] ? text + nbytes + 1 : NULL;
  for (size_t k = 0; k < sizeof with_value / sizeof with_value[0]; k++)
    if (strcmp (name, with_value[k]) == 0 && !*value)
      {
        if (*i + 1 == argc)
          fail ("-%s needs a value", name);
        *value = argv[++*i];
      }
  return name;
}

CAIRNI_PUBLIC void
cairni_bench_start (int argc, char **argv)
{
  struct cairni_bench_options *o = &cairni_bench_options;
  set_patterns (".");
  for (int i = 1; i < argc; i++)
    {
      const char *arg = argv[i];
      const char *value;
      const char *name = take_option (argc, argv, &i, &value);
      if (strcmp (name, "bench") == 0)
        set_patterns (value);
      else if (strcmp (name, "benchtime") == 0)
        set_benchtime (value);
      else if (strcmp (name, "count") == 0)
        set_count (value);
      else if (value)
        fail ("unknown argument '%s'", arg);
      else if (strcmp (name, "benchmem") == 0)
        o->benchmem = true;
      else if (strcmp (name, "list") == 0)
        o->list_only = true;
      else if (strcmp (name, "help") == 0 || strcmp (name, "h") == 0)
        {
          usage (argv[0]);
          exit (0);
        }
      else
        fail ("unknown argument '%s'", arg);
    }
  if (!o->list_only)
    print_head ();
  start_ns = cairn_now ();
}

/* The benchmark after LAST, or the first if that is NULL; NULL: there is none.
 */
CAIRNI_PUBLIC struct cairn_benchmark *
cairni_bench_next (struct cairn_benchmark *entry)
{
  bool partial;
  entry = entry ? entry->next : first;
  if (!cairni_bench_options.list_only)
    return entry;
  for (; entry; entry = entry->next)
    {
      char *name = cairni_bench_name (NULL, entry->name);
      if (cairni_bench_matches (name, &partial))
        puts (name);
      free (name);
    }
  return NULL;
}

/* Print how it went.  Returns the exit status.  */
CAIRNI_PUBLIC int
cairni_bench_end (void)
{
  double seconds = (cairn_now () - start_ns) / 1e9;
  int status = cairni_bench_failed ? 1 : 0;
  if (cairni_bench_options.list_only)
    return 0;
  if (status)
    printf ("FAIL\nFAIL\t%s\t%.3fs\n", program_invocation_short_name, seconds);
  else
    printf ("PASS\nok  \t%s\t%.3fs\n", program_invocation_short_name, seconds);
  if (fflush (stdout) != 0)
    fail ("cannot write: %s", strerror (errno));
  return status;
}
