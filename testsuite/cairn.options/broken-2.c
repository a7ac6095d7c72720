struct incomplete;
int *f (void) { struct incomplete x; int a[] = { &x }; return &x, a
