/* Every kind of structure.  A comment on the line of each says what is warned:
   saves N, or nothing.  The text that is printed of them is in layout.exp.  */

#include <stddef.h>
#include "public.h"
#include "private.h"

struct plain { char a; void *p; char b; };		/* saves 8 */
struct good { void *p; char a, b; };
struct padded { long l; char c; };
struct tight { char a[3]; char b; int i; };

/* Bit-fields change places, too, and may be put together.  */
struct bits { unsigned a : 3; void *p; unsigned b : 5; char c; }; /* saves 8 */
struct counted { unsigned a : 3, : 5, b : 9; long l; char c; }; /* saves 8 */
struct crossing { unsigned a : 20, b : 20, c : 12, d : 12; }; /* saves 4 */

/* Nothing to gain, whatever the holes.  */
struct packed { char a; int b; char c; } __attribute__ ((packed));
struct packed_field { char a; int b __attribute__ ((packed)); char c; };
struct even { char a; long l; int b; char c[3]; } __attribute__ ((aligned (32)));

/* More than natural alignment.  */
struct over { char a; _Alignas (32) int i; char b; };	/* saves 32 */

/* What may be longer than it says stays last.  */
struct flexible { char a; int i; char b; int v[]; };	/* saves 4 */
struct zero { char a; int i; char b; int v[0]; };	/* saves 4 */
struct hack { char a; int i; char b; int v[1]; };	/* saves 4 */
struct small_tail { int a; char b; int v[1]; };
struct marks { char a; char here[0]; int i; char b; };

/* Members that are structures, with a name and without.  */
struct outer { char a; struct { long l; char c; } in; char b; }; /* saves 8 */
struct anonymous { char a; union { long l; char *s; }; char b; }; /* saves 8 */
typedef struct { char a; long l; char b; } named_later;	/* saves 8 */
union mixed { struct { char a; long l; char b; } s; char c; }; /* saves 8 */

/* The order is others' business.  */
struct abi { char a; long l; char b; } __attribute__ ((cairn_abi));
struct __attribute__ ((cairn_abi)) abi_first { char a; long l; char b; };

struct incomplete;
struct empty {};
struct self { char a; struct self *next; char b; };	/* saves 8 */

int
f (int n)
{
  struct local { char a; long l; char b; } x = { 0 };	/* saves 8 */
  struct variable { char a; int v[n]; } *y = NULL;
  return x.a + (y != NULL);
}

/* The first member stays the first where that costs nothing.  */
struct base { long kind; };
struct derived { struct base base; char a; long l; char b; }; /* saves 8 */
