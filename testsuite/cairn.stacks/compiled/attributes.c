/* Functions with attributes: other options, other ways of being called, other
   names.

   Catches: a function whose options make GCC keep a frame pointer, or no stack
   check; code without a prologue that is given one; an alias, a weak function or
   an indirect one that is called as if it were foreign, or the reverse.  */

#include "compiled.h"

#define TEST(n)                                                              \
  int mine = n, *volatile p = &mine;                                         \
  int depth = grow (n * 10);                                                 \
  CHECK (*p == n);                                                           \
  return depth

static NOINLINE __attribute__ ((optimize ("no-omit-frame-pointer"))) int
frame_pointer (int n) { TEST (n); }
static NOINLINE __attribute__ ((optimize ("O0"))) int
unoptimized (int n) { TEST (n); }
static NOINLINE __attribute__ ((optimize ("O3"))) int
optimized (int n) { TEST (n); }
static NOINLINE __attribute__ ((optimize ("Os"), cold)) int
small (int n) { TEST (n); }
static NOINLINE __attribute__ ((hot)) int
hot (int n) { TEST (n); }
static NOINLINE __attribute__ ((target ("sse4.2"))) int
sse (int n) { TEST (n); }
static NOINLINE __attribute__ ((target ("general-regs-only"))) int
no_vectors (int n) { TEST (n); }
static NOINLINE __attribute__ ((optimize ("stack-protector-all"))) int
protected_ (int n) { TEST (n); }
static NOINLINE __attribute__ ((force_align_arg_pointer)) int
realigned (int n) { TEST (n); }
static NOINLINE __attribute__ ((regparm (3), section (".text.other"))) int
elsewhere (int n) { TEST (n); }
static NOINLINE __attribute__ ((noplt, nothrow, pure)) int
pure_ (int n) { return grow (n * 10); }
static NOINLINE __attribute__ ((no_split_stack)) int
no_check (int n) { return n * 10; }
struct four { long w[4]; };
static NOINLINE __attribute__ ((ms_abi)) int
microsoft (int a, double b, int n, long d, long e, struct four f)
{
  CHECK (a == 1 && b == 2 && d == 4 && e == 5 && f.w[3] == 8);
  return grow (n * 10);
}
static NOINLINE int
call_microsoft (int n)
{
  struct four f = { { 5, 6, 7, 8 } };
  int (*volatile pointer) (int, double, int, long, long, struct four)
    __attribute__ ((ms_abi)) = (void *) microsoft;
  grow (5);
  int result = pointer (1, 2, n, 4, 5, f);
  grow (5);
  return result;
}

static __attribute__ ((used)) int
behind_naked (int n) { TEST (n); }
static NOINLINE __attribute__ ((naked)) int
naked (int n __attribute__ ((unused)))
{
  __asm__ ("imull $10, %edi, %eax\n\tret");
}

extern int weak_here (int n), weak_absent (int n), alias (int n), indirect (int n);
NOINLINE __attribute__ ((weak)) int
weak_here (int n) { TEST (n); }
extern __attribute__ ((weak)) int weak_absent (int n);
NOINLINE int
original (int n) { TEST (n); }
extern __attribute__ ((alias ("original"))) int alias (int n);
extern __attribute__ ((weak, alias ("original"))) int weak_alias (int n);
static __attribute__ ((weakref ("original"))) int reference (int n);
static __attribute__ ((weakref ("abs"))) int absolute (int n);
extern int renamed (int n) __asm__ ("other$name");
NOINLINE int
renamed (int n) { TEST (n); }

static int
variant_a (int n) { TEST (n); }
static int
variant_b (int n) { return n; }
/* Called before anything else is.  */
static int choice = 1;
static NOINLINE int
chosen (int n)
{
  volatile char bytes[500];
  bytes[n] = choice;
  return bytes[n];
}
static int (*resolve (void)) (int)
{
  return chosen (0) ? variant_a : variant_b;
}
extern __attribute__ ((ifunc ("resolve"))) int indirect (int n);

static __attribute__ ((noinline, target_clones ("default", "avx2"))) int
clones (int n) { TEST (n); }

static NOINLINE __attribute__ ((noreturn)) void
not_returning (void *buffer)
{
  int mine = grow (30);
  if (HIDE (&mine))
    __builtin_longjmp (buffer, 1);
  abort ();
}
static NOINLINE int
call_not_returning (int n)
{
  static void *buffer[5];
  if (__builtin_setjmp (buffer) == 0)
    not_returning (buffer);
  return grow (n * 10);
}

int
main (void)
{
  static int (*const volatile functions[]) (int)
    = { frame_pointer, unoptimized, optimized, small, hot, sse, no_vectors,
	protected_, realigned, elsewhere, pure_, no_check, call_microsoft, naked,
	behind_naked, weak_here, original, alias, weak_alias, renamed, indirect,
	clones, call_not_returning };
  for (int n = 0; n < 100; n = n * 2 + 1)
    {
      for (unsigned i = 0; i < sizeof functions / sizeof *functions; i++)
	CHECK (functions[i] (n) == n * 10);
#define DIRECT(name) CHECK (name (n) == n * 10)
      DIRECT (frame_pointer);
      DIRECT (unoptimized);
      DIRECT (optimized);
      DIRECT (small);
      DIRECT (hot);
      DIRECT (sse);
      DIRECT (no_vectors);
      DIRECT (protected_);
      DIRECT (realigned);
      DIRECT (elsewhere);
      DIRECT (pure_);
      DIRECT (no_check);
      DIRECT (call_microsoft);
      DIRECT (naked);
      DIRECT (weak_here);
      DIRECT (alias);
      DIRECT (weak_alias);
      DIRECT (reference);
      DIRECT (renamed);
      DIRECT (indirect);
      DIRECT (clones);
      CHECK (absolute (-n) == n);
      CHECK (alias == original && weak_absent == NULL);
    }
  return 0;
}
