#include <stdlib.h>
char *f (unsigned long n) { return malloc (n); }
