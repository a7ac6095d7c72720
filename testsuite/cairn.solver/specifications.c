/* The language of specifications, word by word: each is applied to a call with
   the addresses of locals, and the solver says which of them escape.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later.  */

#include "escape/libc.h"
#include "escape/solve.h"
#include "escape/spec.h"

#include <stdio.h>
#include <string.h>

static int failures;
static struct esc_graph g;
static const struct esc_note note = { "assign", NULL };

/* The locals of the calling function: x points to y, y to z; u points to v;
   the arguments of the call are &x and &u; r receives its result.  */
static struct esc_location *x, *y, *z, *u, *v, *r;

/* What a callback got; whether it is known and so leaks nothing.  */
static struct esc_location *got[ESC_SPEC_CALLBACK_ARGS];
static int ngot, got_function;
static bool known;

static bool
callback (void *closure, int function, struct esc_location *const *args, int n)
{
  (void) closure;
  got_function = function;
  ngot = n;
  memcpy (got, args, n * sizeof *args);
  return known;
}

static struct esc_location *
var (void)
{
  return esc_location_create (&g, ESC_VAR, 0, 0, NULL);
}

static struct esc_location *
address (struct esc_location *of)
{
  struct esc_location *t = esc_location_create (&g, ESC_TEMP, 0, 100, NULL);
  esc_flow (&g, t, of, -1, note);
  return t;
}

/* Call a function that SPEC describes.  */
static void
begin (const char *spec)
{
  esc_graph_init (&g, 1, false);
  x = var (), y = var (), z = var (), u = var (), v = var (), r = var ();
  esc_flow (&g, x, address (y), 0, note);
  esc_flow (&g, y, address (z), 0, note);
  esc_flow (&g, u, address (v), 0, note);
  struct esc_location *args[] = { address (x), address (u) };
  struct esc_spec_call call
      = { args, NULL, 2, 0, r, NULL, note, callback, NULL };
  if (esc_spec_makes_object (spec))
    call.object = esc_location_create (&g, ESC_OBJECT, 0, 0, NULL);
  ngot = 0;
  esc_spec_apply (&g, spec, &call);
}

/* LEAKED's value leaves the function, too; then those of X, Y, Z, U, V escape
   that WANTED has a letter of.  */
static void
end (const char *spec, struct esc_location *leaked, int derefs,
     const char *wanted)
{
  char escaping[8];
  char *p = escaping;

  if (leaked)
    esc_flow (&g, &g.heap, leaked, derefs, note);
  esc_solve (&g);
  struct esc_location *all[] = { x, y, z, u, v };
  for (int i = 0; i < 5; i++)
    if (all[i]->escapes)
      *p++ = "xyzuv"[i];
  *p = '\0';
  if (strcmp (escaping, wanted) != 0)
    {
      printf ("\"%s\": %s escape, not %s\n", spec, escaping, wanted);
      failures++;
    }
  esc_graph_finish (&g);
}

static void
plain (const char *spec, const char *wanted)
{
  begin (spec);
  end (spec, NULL, 0, wanted);
}

/* The same when the result leaks, dereferenced DEREFS times.  */
static void
with_result (const char *spec, int derefs, const char *wanted)
{
  begin (spec);
  end (spec, r, derefs, wanted);
}

/* The same when U's content leaks afterwards.  */
static void
with_content (const char *spec, int derefs, const char *wanted)
{
  begin (spec);
  end (spec, u, derefs, wanted);
}

/* The same when X's address is then stored where V points to.  */
static void
with_store (const char *spec, const char *wanted)
{
  begin (spec);
  esc_store (&g, v, 0, address (x), 0, note);
  end (spec, NULL, 0, wanted);
}

static void
check (bool ok, const char *what)
{
  if (!ok)
    {
      printf ("%s\n", what);
      failures++;
    }
}

static void
callbacks (void)
{
  for (int k = 0; k < 2; k++)
    {
      known = k;
      begin ("- . f1,?:-:*1:2");
      check (got_function == 1 && ngot == 4, "a callback has four arguments");
      check (got[0] && !got[1] && got[2] && got[3],
             "all but one can hold pointers");
      end ("- . f1,?:-:*1:2", NULL, 0, known ? "" : "xyzuv");
      begin ("- f*2 .");
      check (got_function == 0 && ngot == 1, "a callback has one argument");
      end ("- f*2 .", NULL, 0, known ? "" : "v");
      begin ("- f? .");
      end ("- f? .", NULL, 0, "");
    }
}

static void
lookups (void)
{
  static const struct
  {
    const char *name;
    const char *base; /* NULL: is not known.  */
  } names[] = {
    { "memcpy", "memcpy" },           { "__builtin_memcpy", "memcpy" },
    { "__memcpy_chk", "memcpy" },     { "__builtin___memcpy_chk", "memcpy" },
    { "__isoc99_sscanf", "sscanf" },  { "__isoc23_strtol", "strtol" },
    { "fopen64", "fopen" },           { "__open64_2", "open" },
    { "fgets_unlocked", "fgets" },    { "__fgets_unlocked_chk", "fgets" },
    { "sincosf", "sincos" },          { "__builtin_frexpl", "frexp" },
    { "putsf", NULL },                { "mem", NULL },
    { "memcpyx", NULL },              { "", NULL },
    { "_chk", NULL },                 { "64", NULL },
    { "__", NULL },                   { "zzz", NULL },
    { "__xstat64", "__xstat" },       { "strtol_l", "strtol_l" },
  };

  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
    {
      const struct esc_libc_function *f = esc_libc_lookup (names[i].name);
      check ((f != NULL) == (names[i].base != NULL)
                 && (!f || strcmp (f->name, names[i].base) == 0),
             names[i].name);
    }
}

int
main (void)
{
  plain ("- .", "");
  plain ("- h .", "xyz");
  plain ("- . h", "uv");
  plain ("- h", "xyzuv");
  plain ("- *h .", "yz");
  plain ("- **h .", "z");
  plain ("- .+h .", "xyz");
  plain ("-", "");

  with_result ("- .", 0, "");
  with_result ("1 .", 0, "xyz");
  with_result ("1 .", 1, "yz");
  with_result ("*1 .", 0, "yz");
  with_result ("**1,2 .", 0, "zuv");
  with_result ("? .", 0, "");
  with_result ("new .", 0, "");
  with_result ("new,1 .", 0, "xyz");
  with_result ("new,2 .", 1, "v");

  with_content ("- .", 0, "v");
  with_content ("- . =1", 0, "xyzv");
  with_content ("- . =*1", 0, "yzv");
  with_content ("- . =?", 0, "v");
  with_content ("- . =*1,**1", 0, "yzv");
  with_content ("- . *=1", 1, "xyz");
  with_content ("- . *=1", 0, "xyzv");
  with_content ("- . w+=1", 0, "xyzv");
  /* What is not known of memory: what is stored through it leaks.  */
  plain ("- . =?+*=1", "xyz");
  plain ("- . w+*=1", "xyz");
  plain ("- . .+*=1", "");
  with_store ("- . =?", "");
  with_store ("- . *=?", "xyz");
  with_store ("- . w", "xyz");
  callbacks ();
  lookups ();
  return failures != 0;
}
