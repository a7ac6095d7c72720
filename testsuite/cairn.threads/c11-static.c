/* c11.c, linked statically.  */
/* { dg-options "-Wall -Wno-trampolines -pthread -static" } */
#include "c11.c"
