int *f (void) { int x; return &y; }
