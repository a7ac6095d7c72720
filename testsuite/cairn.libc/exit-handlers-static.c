/* exit-handlers.c, linked statically.  */
/* { dg-options "-Wall -Wno-trampolines -static" } */
#define STATIC
#include "exit-handlers.c"
