/* The program, a shared library compiled with Cairn and one compiled without call
   each other: linked and loaded, by name and by pointer.
   { cairn-shared "own foreign" }
   { cairn-libraries "-ldl -rdynamic" }

   Catches: a thunk that binds to the wrong object; code of another object that is
   taken for foreign, or foreign code that is not.  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include "compiled.h"

struct big { long w[12]; };
typedef long call_fn (const char *way, long n);
typedef struct big big_fn (struct big b, long n);

/* Of the program, for both libraries.  */
extern long program_call (const char *way, long n);
extern call_fn *program_fns[3];
extern big_fn *program_bigs[3];

#if defined FOREIGN
#define NAME(word) foreign_##word
#define USE_STACK stand ()
#elif defined OWN
#define NAME(word) own_##word
#define USE_STACK grow (40)
#else
#define NAME(word) program_##word
#define USE_STACK grow_addressed (20, NULL)
#endif

/* A function that both libraries define, each for itself.  */
static NOINLINE long
inside (long n)
{
  USE_STACK;
  return n;
}

/* Go on as WAY says: p, o, f call the program, the library of Cairn, the foreign
   one, by pointer.  P calls the program by name.  */
NOINLINE long
NAME (call) (const char *way, long n)
{
  long mine = n;
  long *volatile address = &mine;
  USE_STACK;
  long result;
  switch (*way)
    {
    case 'p': result = program_fns[0] (way + 1, n + 1); break;
    case 'o': result = program_fns[1] (way + 1, n + 1); break;
    case 'f': result = program_fns[2] (way + 1, n + 1); break;
    case 'P': result = program_call (way + 1, n + 1); break;
    default: return inside (n);
    }
  USE_STACK;
  CHECK (*address == n);
  return result;
}

NOINLINE struct big
NAME (big) (struct big b, long n)
{
  USE_STACK;
  b.w[n % 12] += n;
  if (n > 0)
    b = program_bigs[n % 3] (b, n - 1);
  USE_STACK;
  return b;
}

#if !defined FOREIGN && !defined OWN

call_fn *program_fns[3];
big_fn *program_bigs[3];

static NOINLINE void *
load (const char *file)
{
  void *library = dlopen (file, RTLD_NOW);
  if (!library)
    puts (dlerror ());
  CHECK (library != NULL);
  return library;
}

int
main (void)
{
  void *own = load ("./libraries-own.so");
  void *foreign = load ("./libraries-foreign.so");
  for (int round = 0; round < 3; round++)
    {
      program_fns[0] = program_call;
      program_fns[1] = (call_fn *) dlsym (own, "own_call");
      program_fns[2] = (call_fn *) dlsym (foreign, "foreign_call");
      program_bigs[0] = program_big;
      program_bigs[1] = (big_fn *) dlsym (own, "own_big");
      program_bigs[2] = (big_fn *) dlsym (foreign, "foreign_big");
      CHECK (program_fns[0] == dlsym (RTLD_DEFAULT, "program_call"));

      static const char ways[][40]
	= { "p", "o", "f", "fo", "of", "ofo", "fof", "ofP", "foP", "ffoo",
	    "oofP", "fPofoPoffoPfofofofoffoofoPooPffP",
	    "ppoopPoooooooooooooooooooooooooofo" };
      for (unsigned i = 0; i < sizeof ways / sizeof *ways; i++)
	CHECK (program_call (ways[i], 0) == (long) strlen (ways[i]));
      struct big b = { { 0 } };
      b = program_big (b, 50);
      long sum = 0;
      for (int i = 0; i < 12; i++)
	sum += b.w[i];
      CHECK (sum == 50 * 51 / 2);

      /* Loaded anew, perhaps elsewhere.  */
      CHECK (dlclose (foreign) == 0 && dlclose (own) == 0);
      grow (100);
      own = load ("./libraries-own.so");
      foreign = load ("./libraries-foreign.so");
    }
  return 0;
}
#endif
