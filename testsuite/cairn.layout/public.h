/* A header that other programs see: kinds.c's test names it in option public.  */
struct api { char a; long l; char b; };
