/* A function has one address, whoever takes it, and whatever it is compared with.
   { cairn-foreign }
   { cairn-libraries "-ldl" }

   Catches: the address of a thunk where a function's is meant; a pointer that is
   called the wrong way because of where it came from.  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include "compiled.h"

typedef int binary (int, int);

struct operation
{
  const char *name;
  binary *fn;
};

extern binary here_add, here_sub, away_add, away_sub;
extern struct operation here_table[4], away_table[4];
extern binary *away_pointer (int i);
extern int away_same (binary *fn, int i), away_call (binary *fn, int a, int b);

#ifdef FOREIGN
#define TABLE away_table
#define USE_STACK stand ()
NOINLINE int away_add (int a, int b) { stand (); return a + b; }
NOINLINE int away_sub (int a, int b) { stand (); return a - b; }
NOINLINE binary *away_pointer (int i) { return away_table[i].fn; }
NOINLINE int away_same (binary *fn, int i) { return fn == away_table[i].fn; }
NOINLINE int away_call (binary *fn, int a, int b) { return fn (a, b); }
#else
#define TABLE here_table
NOINLINE int here_add (int a, int b) { grow (30); return a + b; }
NOINLINE int here_sub (int a, int b) { grow (30); return a - b; }
#endif

struct operation TABLE[4] = { { "add", here_add },
			      { "sub", here_sub },
			      { "add", away_add },
			      { "sub", away_sub } };

#ifndef FOREIGN

static int local_mul (int a, int b) { grow (30); return a * b; }
static int shortest (int a, int b) { (void) b; return a; }

static NOINLINE binary *
choose (int which)
{
  switch (which)
    {
    case 0: return here_add;
    case 1: return here_sub;
    case 2: return away_add;
    case 3: return away_sub;
    case 4: return local_mul;
    default: return shortest;
    }
}

struct holder { binary *const *fns; union { binary *fn; void *p; } u; };

int
main (void)
{
  static binary *const statics[] = { here_add, here_sub, away_add, away_sub };
  for (int i = 0; i < 4; i++)
    {
      binary *fn = choose (i);
      int sign = i & 1 ? -1 : 1;
      CHECK (fn == here_table[i].fn && fn == away_table[i].fn);
      CHECK (fn == away_pointer (i) && away_same (fn, i));
      CHECK (fn == statics[i]);
      CHECK (fn (20, 3) == 20 + sign * 3);
      CHECK (away_call (fn, 20, 3) == 20 + sign * 3);
      CHECK (here_table[i].fn (9, 8) == 9 + sign * 8);
      CHECK (away_table[i].fn (9, 8) == 9 + sign * 8);
      struct holder h = { statics, { .fn = fn } };
      void *p = h.u.p;
      memcpy (&fn, &p, sizeof fn);
      CHECK (fn (1, 1) == 1 + sign);
      CHECK (h.fns[i] (2, 1) == 2 + sign);
      CHECK ((i < 2 ? here_table : away_table)[i].fn (2, 2) == 2 + sign * 2);
    }
  CHECK (choose (4) (6, 7) == 42 && away_call (choose (4), 6, 7) == 42);
  CHECK (choose (5) (6, 7) == 6 && away_call (choose (5), 6, 7) == 6);
  CHECK (choose (4) == local_mul && choose (4) != choose (5));

  /* The C library's.  */
  size_t (*volatile length) (const char *) = strlen;
  int (*volatile absolute) (int) = abs;
  CHECK (length ("four") == 4 && absolute (-3) == 3);
  CHECK ((void *) length == dlsym (RTLD_DEFAULT, "strlen"));
  CHECK ((void *) absolute == dlsym (RTLD_DEFAULT, "abs"));
  int (*volatile print) (char *, const char *, ...) = sprintf;
  char buffer[100];
  CHECK (print (buffer, "%d%d%d%d%d%d%d", 1, 2, 3, 4, 5, 6, 7) == 7);
  CHECK (strcmp (buffer, "1234567") == 0);
  int (*main_again) (void) = main;
  CHECK ((void *) main_again != NULL);
  return 0;
}
#endif
