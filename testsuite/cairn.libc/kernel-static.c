/* kernel.c, linked statically.  */
/* { dg-options "-Wall -Wno-trampolines -static" } */
#include "kernel.c"
