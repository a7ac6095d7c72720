/* What va_arg reads as a pointer to characters is none to a structure, unless
   the program says so: by a conversion, a union, a list that is copied by hand,
   or -fno-strict-aliasing (varargs-untyped.c).  */
#include <stdarg.h>
#include "../lib/check.h"

struct s { int n; char text[12]; };
union u { struct s s; char text[16]; };

static void *kept[24];

static void keep (int i, ...)
{
  va_list ap;
  va_start (ap, i);
  kept[i] = va_arg (ap, char *);
  va_end (ap);
}
#ifndef UNTYPED
/* All of these mean characters, whatever it is that they point to.  */
static NOINLINE void converted (int n)
{
  struct s a = { n, "a" }, b = { n, "b" }, c = { n, "c" }, d = { n, "d" };
  union u e = { { n, "e" } };
  struct s f[2] = { { n, "f" }, { n, "f" } };
  keep (0, (char *) &a);
  keep (1, (void *) &b);
  keep (2, (const unsigned char *) &c);
  keep (3, n ? (char *) &d : NULL);
  keep (4, &e);
  keep (5, (char *) f);
  char *p = (char *) &f[1];
  keep (6, p);
}
#define KEEP(I, P) (keep (I, P), keep ((I) + 1, (char *) (P)))
static NOINLINE void in_macro (int n)
{
  struct s a = { n, "a" };
  char text[12] = "b";
  KEEP (7, &a);
  KEEP (9, text);
}
/* Read as what they are, or as a pointer to void.  */
static void keep_record (int i, ...)
{
  va_list ap;
  va_start (ap, i);
  kept[i] = va_arg (ap, struct s *);
  kept[i + 1] = va_arg (ap, void *);
  va_end (ap);
}
static NOINLINE void as_records (int n)
{
  struct s a = { n, "a" }, b = { n + 1, "b" };
  keep_record (11, &a, &b);
}
/* A list on its way: characters first, then the structure.  */
static char *next_text (va_list ap)
{
  return va_arg (ap, char *);
}
static struct s *next_record (va_list *ap)
{
  return va_arg (*ap, struct s *);
}
static char *next_text_of (va_list *ap)
{
  return va_arg (*ap, char *);
}
static void keep_list (int i, va_list ap)
{
  va_list copy;
  va_copy (copy, ap);
  kept[i] = next_text (copy);
  va_end (copy);
}
static void keep_all (int i, ...)
{
  va_list ap, again;
  va_start (ap, i);
  va_copy (again, ap);
  keep_list (i, again);
  va_end (again);
  kept[i + 1] = next_text_of (&ap);
  kept[i + 2] = next_record (&ap);
  va_end (ap);
}
static NOINLINE void by_list (int n)
{
  struct s a = { n, "a" }, b = { n + 1, "b" };
  keep_all (13, (char *) &a, &b);
}
/* Lists that are moved about as no list is.  */
struct box { va_list ap; };
static void fill (va_list *to, va_list from)
{
  va_copy (*to, from);
}
static void keep_boxed (int i, ...)
{
  struct box box;
  va_list ap, other;
  va_start (ap, i);
  va_copy (box.ap, ap);
  kept[i] = va_arg (box.ap, char *);
  memcpy (&other, &ap, sizeof ap);
  kept[i + 1] = va_arg (other, char *);
  fill (&other, ap);
  kept[i + 2] = va_arg (other, char *);
  va_end (ap);
}
static NOINLINE void by_box (int n)
{
  struct s a = { n, "a" };
  keep_boxed (16, (char *) &a);
}
/* By a pointer to a function, and handed on by an inline one.  */
static void (*volatile keep_pointer) (int, ...) = keep;
static NOINLINE void by_pointer (int n)
{
  struct s a = { n, "a" };
  keep_pointer (19, (char *) &a);
}
static inline __attribute__ ((always_inline)) void hand_on (int i, ...)
{
  keep (i, __builtin_va_arg_pack ());
}
static NOINLINE void by_pack (int n)
{
  struct s a = { n, "a" };
  hand_on (20, (char *) &a);
}
/* In a nested function.  */
static NOINLINE void by_nested (int i, ...)
{
  va_list ap;
  void take (void) { kept[i] = va_arg (ap, char *); }
  va_start (ap, i);
  take ();
  va_end (ap);
}
static NOINLINE void nested (int n)
{
  struct s a = { n, "a" };
  by_nested (21, (char *) &a);
}

int
main (void)
{
  converted (1);
  in_macro (2);
  as_records (3);
  by_list (5);
  by_box (7);
  by_pointer (8);
  by_pack (9);
  nested (10);
  clobber ();
  for (int i = 0; i < 7; i++)
    CHECK (((struct s *) kept[i])->n == 1
	   && ((struct s *) kept[i])->text[0] == "abcdeff"[i]);
  CHECK (((struct s *) kept[8])->n == 2);
  CHECK (strcmp (kept[9], "b") == 0 && kept[10] == kept[9]);
  CHECK (((struct s *) kept[11])->n == 3 && ((struct s *) kept[12])->n == 4);
  CHECK (((struct s *) kept[13])->n == 5 && kept[14] == kept[13]);
  CHECK (((struct s *) kept[15])->n == 6);
  CHECK (((struct s *) kept[16])->n == 7 && kept[17] == kept[16]
	 && kept[18] == kept[16]);
  CHECK (((struct s *) kept[19])->n == 8);
  CHECK (((struct s *) kept[20])->n == 9);
  CHECK (((struct s *) kept[21])->n == 10);
  return 0;
}
#endif
