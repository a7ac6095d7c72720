/* { dg-options "-static" } */
/* Names of functions, public and static (linked statically to reach a hidden
 * function).  */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "rt-check.h"

extern bool cairni_symbol_find (uintptr_t pc, char *name, size_t nbytes,
                                uintptr_t *start);

static __attribute__ ((noinline)) int
a_static_function (int n)
{
  return n * 17 + 1;
}

__attribute__ ((noinline)) int
a_public_function (int n)
{
  return n * 19 + 1;
}
extern int a_public_function_$x (int n)
    __attribute__ ((alias ("a_public_function")));

static void
test (int (*fn) (int), const char *expected)
{
  char name[64], cut[5];
  uintptr_t start = 0;
  CHECK (cairni_symbol_find ((uintptr_t)fn + 1, name, sizeof name, &start));
  CHECK (strcmp (name, expected) == 0);
  CHECK (start == (uintptr_t)fn);
  CHECK (cairni_symbol_find ((uintptr_t)fn, cut, sizeof cut, &start));
  CHECK (strlen (cut) == 4 && strncmp (cut, expected, 4) == 0);
}

int
main (void)
{
  char name[64];
  uintptr_t start;
  test (a_static_function, "a_static_function");
  test (a_public_function, "a_public_function");
  test (a_public_function_$x, "a_public_function");
  CHECK (!cairni_symbol_find ((uintptr_t)name, name, sizeof name, &start));
  CHECK (!cairni_symbol_find (16, name, sizeof name, &start));
  return 0;
}
