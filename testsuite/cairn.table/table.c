/* The tables of the C library, row by row, against the prototypes of the
   system's headers (signatures.inc, which table.exp has the compiler write).

   CHECK in the environment names one of the checks below; the rows that fail
   it are printed.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later.  */

#include "headers.h"
#include "escape/libc.h"
#include "escape/spec.h"

#define NPARAMS 16

/* __builtin_classify_type's words for what matters here.  */
enum { INTEGER = 1, POINTER = 5, RECORD = 12, UNION = 13 };

struct type
{
  int class;
  unsigned size;
};

struct function
{
  const char *name;
  struct type result;
  bool variadic;
  struct type params[NPARAMS]; /* Ended by one of size 0.  */
};

static const struct function functions[] = {
#define V { 0, 0 },
#define P(...) { __builtin_classify_type (*(__typeof__ (__VA_ARGS__) *) 0),  \
                 sizeof (__VA_ARGS__) },
#define NO false
#define YES true
#define FUNCTION(name, result, variadic, params)                             \
  { name, result variadic, { params } },
#include "signatures.inc"
};
#define NFUNCTIONS (sizeof functions / sizeof functions[0])

static const struct esc_libc_function rows[] = {
#define LIBC(name, spec) { name, spec },
#include "escape/libc.def"
#undef LIBC
#define LIBM(name, spec) { name, spec },
#include "escape/libm.def"
#undef LIBM
};
#define NROWS (sizeof rows / sizeof rows[0])

/* Functions that only older headers or older standards declare.  */
static const char *const undeclared[] = {
  "__fxstat", "__fxstatat", "__lxstat", "__xmknod", "__xstat", "gets",
};
#define NUNDECLARED (sizeof undeclared / sizeof undeclared[0])

static int failures;

static void
complain (const char *name, const char *spec, const char *what)
{
  printf ("%s (\"%s\"): %s\n", name, spec ? spec : "", what);
  failures++;
}

static const struct function *
find (const char *name)
{
  for (size_t i = 0; i < NFUNCTIONS; i++)
    if (strcmp (functions[i].name, name) == 0)
      return &functions[i];
  return NULL;
}

static int
count_params (const struct function *f)
{
  int n = 0;

  while (n < NPARAMS && f->params[n].size)
    n++;
  return n;
}

/* Whether a value of type T is a pointer.  Unions are GNU's transparent ones:
   the addresses of sockets, a signal's value.  */
static bool
pointer_p (struct type t)
{
  return t.class == POINTER || t.class == UNION;
}

/* Whether a value of type T has room for a pointer.  */
static bool
room_p (struct type t)
{
  return t.class && t.size >= sizeof (void *)
         && (pointer_p (t) || t.class == INTEGER || t.class == RECORD);
}

/* Copy to WORD word number I of SPEC, 0 being the result's; the last stands
   for those that are missing.  Returns whether there is one.  */
static bool
get_word (const char *spec, int i, char word[64])
{
  const char *s = spec;
  bool found = true;

  for (; i > 0; i--)
    {
      const char *next = strchr (s, ' ');
      if (!next)
        {
          found = s != spec;
          break;
        }
      s = next + 1;
    }
  snprintf (word, 64, "%.*s", (int) strcspn (s, " "), s);
  if (!found)
    strcpy (word, ".");
  return found;
}

static int
count_words (const char *spec)
{
  int n = 0;

  for (; *spec; spec++)
    n += *spec == ' ';
  return n;
}

/* -- The checks.  */

/* The tables are sorted by name, without duplicates: binary search finds every
   row.  */
static void
check_sorted (void)
{
  for (size_t i = 0; i < NROWS; i++)
    if (esc_libc_lookup (rows[i].name) == NULL
        || strcmp (esc_libc_lookup (rows[i].name)->name, rows[i].name) != 0)
      complain (rows[i].name, rows[i].spec, "is not found");
  for (size_t i = 1, m = 0; i < NROWS; i++)
    if (strcmp (rows[i - 1].name, rows[i].name) >= 0
        && (m++ || strcmp (rows[i].name, "acos") != 0))
      complain (rows[i].name, rows[i].spec, "is not in its place");
  for (size_t i = 0; i < NROWS; i++)
    for (size_t k = 0; k < i; k++)
      if (strcmp (rows[i].name, rows[k].name) == 0)
        complain (rows[i].name, rows[i].spec, "stands there twice");
}

/* Every row is about a function that the headers declare.  */
static void
check_declared (void)
{
  for (size_t i = 0; i < NROWS; i++)
    {
      bool listed = false;
      for (size_t k = 0; k < NUNDECLARED; k++)
        listed |= strcmp (undeclared[k], rows[i].name) == 0;
      if (listed == (find (rows[i].name) != NULL))
        complain (rows[i].name, rows[i].spec,
                  listed ? "is declared" : "is not declared");
    }
}

/* No row speaks of more parameters than there are.  */
static void
check_length (void)
{
  for (size_t i = 0; i < NROWS; i++)
    {
      const struct function *f = find (rows[i].name);
      if (!f)
        continue;
      int nwords = count_words (rows[i].spec);
      int nparams = count_params (f);
      if (nwords > nparams + f->variadic)
        complain (rows[i].name, rows[i].spec, "has too many words");
      if (nwords == 0 && (nparams || f->variadic))
        complain (rows[i].name, rows[i].spec, "says nothing of parameters");
    }
}

static void
check_results (void)
{
  char word[64];

  for (size_t i = 0; i < NROWS; i++)
    {
      const struct function *f = find (rows[i].name);
      if (!f)
        continue;
      get_word (rows[i].spec, 0, word);
      bool none = strcmp (word, "-") == 0;
      if (none && pointer_p (f->result))
        complain (rows[i].name, rows[i].spec, "returns a pointer");
      if (!none && !room_p (f->result))
        complain (rows[i].name, rows[i].spec, "returns no pointer");
      if (!none && word[strspn (word, "0123456789*?,new")])
        complain (rows[i].name, rows[i].spec, "result is not well formed");
    }
}

/* Whether WORD is well formed: effects joined by +.  */
static bool
well_formed (const char *word)
{
  char copy[64];
  char *rest = NULL;

  snprintf (copy, sizeof copy, "%s", word);
  if (!*copy || copy[strlen (copy) - 1] == '+' || *copy == '+')
    return false;
  for (char *s = strtok_r (copy, "+", &rest); s;
       s = strtok_r (NULL, "+", &rest))
    {
      if (strcmp (s, ".") == 0 || strcmp (s, "w") == 0)
        continue;
      if (*s == 'f')
        {
          if (s[1 + strspn (s + 1, "0123456789*?,:-")])
            return false;
          continue;
        }
      s += strspn (s, "*");
      if (strcmp (s, "h") == 0 || strcmp (s, "~") == 0)
        continue;
      if (*s != '=' || !s[1] || s[1 + strspn (s + 1, "0123456789*?,")])
        return false;
    }
  return true;
}

/* What has an effect can hold a pointer.  */
static void
check_parameters (void)
{
  char word[64];

  for (size_t i = 0; i < NROWS; i++)
    {
      const struct function *f = find (rows[i].name);
      if (!f)
        continue;
      int nparams = count_params (f);
      int nwords = count_words (rows[i].spec);
      for (int w = 1; w <= nwords; w++)
        {
          get_word (rows[i].spec, w, word);
          if (!well_formed (word))
            complain (rows[i].name, rows[i].spec, "is not well formed");
          if (strcmp (word, ".") == 0)
            continue;
          /* The last word needs one parameter that can.  */
          bool room = w == nwords && f->variadic;
          for (int p = w; p == w || (w == nwords && p <= nparams); p++)
            if (p <= nparams)
              room |= *word == 'h' ? room_p (f->params[p - 1])
                                   : pointer_p (f->params[p - 1])
                                         || f->params[p - 1].class == RECORD;
          if (!room)
            complain (rows[i].name, rows[i].spec, "an integer has an effect");
        }
    }
}

/* A call to FN for each argument that SPEC names as a source.  */
static void
for_sources (const char *spec, const struct function *f,
             const struct function *base, const char *name,
             void (*fn) (const char *name, const char *spec,
                         const struct function *f,
                         const struct function *base, int source))
{
  for (const char *s = spec; *s;)
    if (*s >= '0' && *s <= '9')
      fn (name, spec, f, base, strtol (s, (char **) &s, 10));
    else
      s++;
}

static void
source_is_pointer (const char *name, const char *spec,
                   const struct function *f, const struct function *base,
                   int source)
{
  (void) base;
  if (source > count_params (f) ? !f->variadic
                                : !pointer_p (f->params[source - 1]))
    complain (name, spec, "names an argument that is no pointer");
}

static void
check_sources (void)
{
  for (size_t i = 0; i < NROWS; i++)
    if (find (rows[i].name))
      for_sources (rows[i].spec, find (rows[i].name), NULL, rows[i].name,
                   source_is_pointer);
}

/* Which parameter of F, from 0, is the pointer number K, from 0; -1: none.  */
static int
nth_pointer (const struct function *f, int k)
{
  for (int p = 0; p < count_params (f); p++)
    if (pointer_p (f->params[p]) && k-- == 0)
      return p;
  return -1;
}

/* Source number SOURCE is the same parameter of F and BASE.  */
static void
source_stays (const char *name, const char *spec, const struct function *f,
              const struct function *base, int source)
{
  for (int k = 0; nth_pointer (base, k) >= 0; k++)
    if (nth_pointer (base, k) == source - 1
        && nth_pointer (f, k) != source - 1)
      complain (name, spec, "a source has another number");
}

/* A variant differs from the function in the table only by integers, and each
   pointer has the same word in both.  */
static void
check_variants (void)
{
  int nvariants = 0;

  for (size_t i = 0; i < NFUNCTIONS; i++)
    {
      const struct function *f = &functions[i];
      const struct esc_libc_function *row = esc_libc_lookup (f->name);
      if (!row || strcmp (row->name, f->name) == 0)
        continue;
      const struct function *base = find (row->name);
      char word[64], base_word[64];
      nvariants++;
      if (!base)
        {
          complain (f->name, row->spec, "is a variant of what?");
          continue;
        }
      int p = 0, q = 0;
      for (int k = 0; p >= 0 || q >= 0; k++)
        {
          p = nth_pointer (f, k);
          q = nth_pointer (base, k);
          if ((p < 0) != (q < 0))
            complain (f->name, row->spec, "has other pointers than its base");
          if (p < 0 || q < 0)
            continue;
          get_word (row->spec, p + 1, word);
          get_word (row->spec, q + 1, base_word);
          if (strcmp (word, base_word) != 0)
            complain (f->name, row->spec, "a pointer has another word");
        }
      for_sources (row->spec, f, base, f->name, source_stays);
      get_word (row->spec, count_params (f) + 1, word);
      get_word (row->spec, count_params (base) + 1, base_word);
      if (f->variadic && base->variadic && strcmp (word, base_word) != 0)
        complain (f->name, row->spec, "the rest has another word");
      if (f->variadic && !base->variadic)
        complain (f->name, row->spec, "has more arguments");
      if (pointer_p (f->result) != pointer_p (base->result)
          && pointer_p (f->result))
        complain (f->name, row->spec, "returns a pointer");
    }
  if (nvariants < 200)
    complain ("all", NULL, "there are suspiciously few variants");
}

int
main (void)
{
  static const struct
  {
    const char *name;
    void (*run) (void);
  } checks[] = {
    { "sorted", check_sorted },         { "declared", check_declared },
    { "length", check_length },         { "results", check_results },
    { "parameters", check_parameters }, { "sources", check_sources },
    { "variants", check_variants },
  };

  const char *check = getenv ("CHECK");
  for (size_t i = 0; i < sizeof checks / sizeof checks[0]; i++)
    if (!check || strcmp (check, checks[i].name) == 0)
      checks[i].run ();
  return failures != 0;
}
