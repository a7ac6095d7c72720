/* A string: bytes that do not change, and how many.  */

struct string { const char *p; long len; };
struct named { struct string name; int n; };

struct string sink;
const char *sink_byte;

struct string
same (struct string s)
{
  return s;
}

struct string
tail (struct string s)
{
  return (struct string){ s.p + 1, s.len - 1 };
}

struct string
longer (struct string a, struct string b)
{
  if (a.len > b.len)
    return a;
  return b;
}

void
kept (struct string s)
{
  sink = s;
}

int
byte_ (struct string s, int i)
{
  return s.p[i];
}

int
equal_to_global (struct string s)
{
  if (s.len != sink.len)
    return 0;
  for (long i = 0; i < s.len; i++)
    if (s.p[i] != sink.p[i])
      return 0;
  return 1;
}

struct string
constant (void)
{
  return (struct string){ "constant", 8 };
}

void
constant_kept (void)
{
  sink = (struct string){ "constant", 8 };
}

struct string *
address (struct string s)
{
  return &s;
}

struct string
name (struct named *n)
{
  return n->name;
}

void
name_kept (struct named *n)
{
  sink = n->name;
}

void
renamed (struct named *n, struct string s)
{
  n->name = s;
}

struct named *
named (struct string s)
{
  struct named *n = __builtin_malloc (sizeof *n);
  n->name = s;
  return n;
}

int
first_of_tail (struct string s)
{
  return byte_ (tail (s), 0);
}

int
named_with_constant (void)
{
  struct named n = { { "x", 1 }, 0 };
  struct named *p = &n;
  return p->n;
}

/* C differs: the call is known to store S in N, which stays.  C says:
   "s does not escape".  */
int
renamed_local (struct string s)
{
  struct named n = { 0 };
  renamed (&n, s);
  return byte_ (n.name, 0);
}
