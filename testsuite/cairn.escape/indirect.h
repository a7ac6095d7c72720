/* indirect.h: a structure that other files know, too.  */
struct in_header
{
  void (*fn) (struct in_header *, short *, char);
};
