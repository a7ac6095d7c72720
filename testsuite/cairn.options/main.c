#include <stdio.h>
int *small (int);
int main (void) { printf ("%d\n", *small (5)); return 0; }
