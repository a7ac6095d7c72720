/* Variable arguments: what is read as characters is no structure.  */
#include <stdarg.h>
#include <stddef.h>

struct s { int n; char text[4]; };
union u { int n; char text[4]; };
struct sink { char *text; struct s *last; } *global;

static void
format_list (struct sink *to, const char *format, va_list ap)
/* { dg-escape "to does not escape" -1 } */
/* { dg-escape "format does not escape" -2 } */
/* { dg-escape "leaking param content: ap" -3 } */
{
  for (; *format; format++)
    if (*format == 's')
      to->text = va_arg (ap, char *);
    else
      va_arg (ap, struct s *)->n++;
}

static void
format (struct sink *to, const char *format, ...)
/* { dg-escape "to does not escape" -1 } */
/* { dg-escape "format does not escape" -2 } */
{
  va_list ap;
  va_start (ap, format);
  format_list (to, format, ap);
  va_end (ap);
}

void
caller (struct sink *to) /* { dg-escape "to does not escape" } */
{
  struct s a = { 1, "a" };
  struct s b = { 1, "b" }; /* { dg-escape "moved to heap: b" } */
  union u c = { 1 }; /* { dg-escape "moved to heap: c" } */
  struct s d = { 1, "d" }; /* { dg-escape "moved to heap: d" } */
  struct s e[2];
  struct s f[2]; /* { dg-escape "moved to heap: f" } */
  struct { struct s s; } g;
  struct s *h = &d;
  format (to, "r", &a);
  format (to, "s", (char *) &b);
  format (to, "s", &c);
  format (to, "sr", NULL, h);
  format (to, "r", e);
  format (to, "r", &f, (char *) f);
  format (to, "r", &g.s);
}

/* As it comes, and kept.  */
static void
keep (struct sink *to, ...) /* { dg-escape "to does not escape" } */
{
  va_list ap;
  va_start (ap, to);
  to->last = va_arg (ap, struct s *);
  va_end (ap);
}

void
keeper (struct sink *to) /* { dg-escape "to does not escape" } */
{
  struct s a = { 1, "a" }; /* { dg-escape "moved to heap: a" } */
  keep (to, &a);
}

static void
keep_void (struct sink *to, ...) /* { dg-escape "to does not escape" } */
{
  va_list ap;
  va_start (ap, to);
  to->last = va_arg (ap, void *);
  va_end (ap);
}

void
void_keeper (struct sink *to) /* { dg-escape "to does not escape" } */
{
  struct s a = { 1, "a" }; /* { dg-escape "moved to heap: a" } */
  keep_void (to, &a);
}
