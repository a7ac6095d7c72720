int *f (int n) { int x = n; goto nowhere; return &x; { int v[n]; inside:; } }
int *g (int n) { goto inside; { int v[n]; inside: return v; } }
