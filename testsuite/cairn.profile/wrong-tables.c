/* wrong-tables.c: what a function's table for unwinding says may lead anywhere.
   A sample that is taken there is short, and does no harm.  */

/* { profile-env "CAIRN_DEBUG=memprofilerate=1" } */

#include "../lib/check.h"
#include <cairn/profile.h>

/* NAME (n) is malloc (n) to us, with a stack pointer that is 24 lower, and TABLE.  */
#define WRONG(name, table)                                                    \
  extern void *name (size_t n);                                               \
  __asm__ (".pushsection .text\n\t.globl " #name "\n" #name                 \
           ":\n\t.cfi_startproc\n\t"                                           \
           "subq $24, %rsp\n\t" table "\n\txorl %esi, %esi\n\t"           \
           "call cairn_rt_malloc@PLT\n\taddq $24, %rsp\n\tret\n\t"            \
           ".cfi_endproc\n\t.type " #name                                    \
           ", @function\n\t.popsection");

/* The address that is returned to is anything on the stack, */
WRONG (off_by_some, ".cfi_def_cfa %rsp, 16")
/* or is no stack at all;  */
WRONG (far_away, ".cfi_def_cfa %rsp, 0x3fffffff")
WRONG (by_zero, ".cfi_escape 0x0f, 2, 0x30, 0x06")
WRONG (kernel, ".cfi_escape 0x0f, 10, 0x0e, 0, 0, 0, 0, 0, 0x80, 0xff, 0xff, 6")
/* there is no such operation, or nothing to operate on; */
WRONG (unknown, ".cfi_escape 0x0f, 1, 0xe8")
WRONG (too_few, ".cfi_escape 0x0f, 2, 0x30, 0x22")
WRONG (restores, ".cfi_escape 0x0b")
/* the stack pointer is a register that nobody preserves, */
WRONG (scratch, ".cfi_def_cfa %r10, 8")
/* or stays as it is, and so does the address.  */
WRONG (loop, ".cfi_def_cfa %rsp, 0\n\t.cfi_escape 0x16, 16, 2, 0x80, 0")
WRONG (no_return, ".cfi_adjust_cfa_offset 24\n\t.cfi_undefined %rip")
WRONG (right, ".cfi_adjust_cfa_offset 24")

static void *(*const all[]) (size_t)
    = { off_by_some, far_away, by_zero,  kernel,    unknown, too_few,
        restores, scratch, loop, no_return, right };

NOINLINE void
call_all (void)
{
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    {
      unsigned char *p = all[i] (10);
      CHECK (p);
      p[9] = 1;
    }
}

int
main (void)
{
  char *text = NULL;
  size_t nbytes;
  for (int i = 0; i < 1000; i++)
    call_all ();
  cairn_gc ();
  FILE *out = open_memstream (&text, &nbytes);
  CHECK (cairn_write_heap_profile_text (out) == 0);
  fclose (out);
  CHECK (strstr (text, "off_by_some") && strstr (text, "kernel")
         && strstr (text, "no_return"));
  char *right = strstr (text, "\tright");
  CHECK (right && strstr (right, "call_all") && strstr (right, "main"));
  return 0;
}
