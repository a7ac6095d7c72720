/* The same as cancel.c, with cleanup handlers that the unwinder finds.
   { dg-options "-Wall -pthread -fexceptions" }  */

#include "cancel.c"
