/* A function found at run time is none of the program's, though one of the
   program's has its type.  */
extern void *dlsym (void *, const char *);

static void
known (long *p, short s)
{
  *p = s;
}

void (*volatile known_pointer) (long *, short) = known;

int
main (void)
{
  void (*fn) (long *, short);
  long found = 0;
  *(void **) &fn = dlsym (0, "nothing");
  if (fn)
    fn (&found, 1);
  return found;
}
