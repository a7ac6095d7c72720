/* rt-header-gen.c: print cairn-rt.h, the declarations of the entry points.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Built and run by make from entry-points.def, so that the runtime, the Boehm
   baseline and their tests are all compiled against that table.  */

#include <stdio.h>
#include <string.h>

static const char *
type_of (char letter)
{
  switch (letter)
    {
    case 'v':
      return "void";
    case 'p':
      return "void *";
    case 's':
      return "const char *";
    case 'z':
      return "size_t";
    case 'i':
      return "int";
    case 'q':
      return "void **";
    case 't':
      return "const struct cairn_type *";
    default:
      return "unknown";
    }
}

static void
print_entry (const char *symbol, const char *signature, const char *flags)
{
  printf ("extern %s %s (", type_of (signature[0]), symbol);
  for (int i = 1; signature[i]; i++)
    printf ("%s%s", i > 1 ? ", " : "", type_of (signature[i]));
  printf (")%s;\n",
          strstr (flags, "MALLOC") ? "\n  __attribute__ ((malloc))" : "");
}

int
main (void)
{
  printf ("/* cairn-rt.h: made by rt-header-gen.c from entry-points.def.  Do "
          "not edit.  */\n\n#ifndef CAIRN_RT_H\n#define CAIRN_RT_H\n\n"
          "#include \"cairn-type.h\"\n\n#pragma GCC visibility push "
          "(default)\n\n");
#define CAIRN_ENTRY(id, symbol, signature, flags, replaces)                    \
  print_entry (#symbol, signature, #flags);
#include "entry-points.def"
  printf ("\n#pragma GCC visibility pop\n\n#endif /* CAIRN_RT_H */\n");
  return 0;
}
