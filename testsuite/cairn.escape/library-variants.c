/* Names under which the C library's functions come: GCC's own, those of large
   files, of streams without locks, of C99's formats.  None keeps anything.  */
#define _GNU_SOURCE
#include <complex.h>
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <wchar.h>

int
large_files (int fd, FILE *f) /* { dg-escape "f does not escape" } */
{
  struct stat64 st;
  struct statvfs64 vfs;
  struct rlimit64 limit;
  fpos64_t position;
  off64_t offset = 0;
  char bytes[10], name[] = "/tmp/XXXXXX";
  stat64 (name, &st);
  fstatat64 (fd, name, &st, 0);
  statvfs64 (name, &vfs);
  getrlimit64 (RLIMIT_CORE, &limit);
  fgetpos64 (f, &position);
  sendfile64 (fd, fd, &offset, 1);
  pread64 (fd, bytes, 10, 0);
  close (mkstemp64 (name));
  return open64 (name, O_RDONLY) + truncate64 (name, 0) + st.st_mode;
}

int
without_locks (FILE *f) /* { dg-escape "f does not escape" } */
{
  char line[10];
  wchar_t wide[10];
  fgets_unlocked (line, 10, f);
  fgetws_unlocked (wide, 10, f);
  fputs_unlocked (line, f);
  return fread_unlocked (line, 1, 10, f) + fgetc_unlocked (f)
         + getc_unlocked (f) + line[0] + wide[0];
}

int
builtins (const char *s, /* { dg-escape "s does not escape" } */
          size_t n, size_t size)
{
  char text[20];
  double whole;
  float fraction;
  long double sine, cosine;
  int exponent, quotient;
  __builtin_strcpy (text, s);
  __builtin___memcpy_chk (text, s, n, size);
  __builtin___snprintf_chk (text, n, 1, size, "%s%s", s, s);
  __builtin___strncat_chk (text, s, n, size);
  fraction = frexpf (1.5f, &exponent) + modf (2.5, &whole);
  sincosl (1.0L, &sine, &cosine);
  fraction += lgammaf_r (1.0f, &exponent) + remquol (5.0L, 3.0L, &quotient);
  return __builtin_printf ("%s", text) + (int) (fraction + whole + sine);
}

/* In a list of variable arguments, the arguments receive.  */
int
scans (const char *s, ...) /* { dg-escape "s does not escape" } */
{
  int n = 0;
  long m = 0;
  va_list list;
  sscanf (s, "%d%ld", &n, &m);
  va_start (list, s);
  vsscanf (s, "%d", list);
  va_end (list);
  return n + m;
}

int *
scans_pointer (const char *s) /* { dg-escape "s does not escape" } */
{
  int **where = 0;
  int x = 1; /* { dg-escape "moved to heap: x" } */
  sscanf (s, "%p", (void **) &where);
  *where = &x;
  return 0;
}

static int
scan_list (const char *s, /* { dg-escape "s does not escape" } */
           ...)
{
  va_list list;
  va_start (list, s);
  int n = vsscanf (s, "%p", list);
  va_end (list);
  return n;
}

/* What was read through the list is no local's address, so what is stored
   there leaks.  */
void
scans_pointer_by_list (const char *s) /* { dg-escape "s does not escape" } */
{
  int **where = 0;
  int x = 1; /* { dg-escape "moved to heap: x" } */
  scan_list (s, &where);
  *where = &x;
}
