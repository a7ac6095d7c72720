/* What -D_FORTIFY_SOURCE makes of calls: wrappers, checking functions with
   further arguments, functions declared by another name, packs of variable
   arguments.  */
/* { dg-options "-O2 -D_FORTIFY_SOURCE=3 -w -fplugin-arg-cairn-m" } */
#define _GNU_SOURCE
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <syslog.h>
#include <unistd.h>
#include <wchar.h>

int
formats (int n)
{
  char text[100], word[10];
  wchar_t wide[20];
  int number = 0;
  snprintf (word, n, "%d", n);
  sprintf (text, "%s", word);
  swprintf (wide, n, L"%d", n);
  printf ("%s %ls", text, wide);
  fprintf (stderr, "%s", text);
  dprintf (2, "%s", text);
  syslog (LOG_INFO, "%s", text);
  sscanf (text, "%d", &number);
  return number;
}

int
formats_list (const char *format, /* { dg-escape "format does not escape" } */
              ...)
{
  char text[100];
  va_list list;
  va_start (list, format);
  vsnprintf (text, sizeof text, format, list);
  va_end (list);
  return text[0];
}

int
reads (int fd, int n, FILE *f) /* { dg-escape "f does not escape" } */
{
  char bytes[100], line[100];
  struct pollfd polled[10];
  struct sockaddr from;
  socklen_t size = sizeof from;
  poll (polled, n, n);
  fgets (line, n, f);
  fread (bytes, 1, n, f);
  pread (fd, bytes, n, 0);
  readlink (line, bytes, n);
  recvfrom (fd, bytes, n, 0, &from, &size);
  return read (fd, bytes, n) + bytes[0] + line[0];
}

void
copies (char *to,         /* { dg-escape "to does not escape" } */
        const char *from, /* { dg-escape "from does not escape" } */
        int n)
{
  char text[10];
  memcpy (text, from, n);
  strcpy (to, text);
  strncat (text, from, n);
  memset (text, 0, n);
}

char *
returns_line (FILE *f) /* { dg-escape "f does not escape" } */
{
  char line[100]; /* { dg-escape "moved to heap: line" } */
  return fgets (line, atoi ("3"), f);
}

void *
returns_copy (int n)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  int *p = &x;
  int **copy = malloc (sizeof p); /* { dg-escape "malloc(8) escapes to heap" } */
  return memcpy (copy, &p, n);
}

void keeps (int n, ...);

extern inline __attribute__ ((gnu_inline, always_inline)) void
hands_on (int n, ...)
{
  keeps (n, __builtin_va_arg_pack ());
}

void
pack (void)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  hands_on (1, &x);
}
