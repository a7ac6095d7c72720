int *f (int n) { static int y; int x = n; int *p = &x; *p = 2; y = *p; return &y; }
