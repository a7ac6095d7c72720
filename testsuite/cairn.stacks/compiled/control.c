/* Computed goto, attribute cleanup, statement expressions and asm, in functions
   that grow in between.

   Catches: a register or an operand of an asm that keeps an address of a frame
   which has moved; a cleanup that is given such an address.  */

#include "compiled.h"

/* A small machine, whose state has an address.  */
enum { PUSH, ADD, MUL, GROW, SWAP, END };

static LOOKS void
swap (int *a, int *b)
{
  int t = *a;
  grow (10);
  *a = *b;
  *b = t;
}

static LOOKS int
machine (const int *code)
{
  static void *const labels[] = { &&push, &&add, &&mul, &&more, &&swap, &&end };
  int stack[20], *top = stack;
#define NEXT goto *labels[*code++]
  NEXT;
push:
  *top++ = *code++;
  NEXT;
add:
  top--;
  top[-1] += *top;
  NEXT;
mul:
  top--;
  top[-1] *= *top;
  NEXT;
more:
  grow (*code++);
  NEXT;
swap:
  swap (&top[-1], &top[-2]);
  NEXT;
end:
  return top[-1];
}

static int ncleaned;
static long cleaned;

static LOOKS void
clean (int *p)
{
  grow (10);
  ncleaned++;
  cleaned += *p;
}

#define CLEAN __attribute__ ((cleanup (clean)))

static NOINLINE int
cleanups (int n)
{
  CLEAN int first = 1;
  for (int i = 0; i < n; i++)
    {
      CLEAN int second = i;
      grow (i);
      if (i % 3 == 0)
	continue;
      {
	CLEAN int third = 100;
	if (i == n - 1)
	  return first + second + third;
	if (i % 5 == 0)
	  goto out;
	grow_addressed (5, &(int){ 6 });
      }
    out:;
    }
  return 0;
}

static NOINLINE int
statement_expression (int n)
{
  int total = ({ int a = n, *p = &a; grow (20); *p += 1; a; });
  return total + ({ int b[4] = { n }; grow (20); b[0] + b[n & 3]; });
}

static NOINLINE long
operands (long n)
{
  long in = n, out, both = 1, array[4] = { 1, 2, 3, 4 };
  struct { long a, b; } s = { 5, 6 };
  grow (20);
  __asm__ ("movq %1, %0\n\taddq %2, %0\n\taddq %3, %0"
	   : "=&r"(out) : "m"(in), "m"(array[n & 3]), "m"(s.b));
  grow (20);
  __asm__ volatile ("addq $1, %0" : "+m"(both));
  __asm__ volatile ("leaq %1, %0" : "=r"(in) : "m"(s));
  grow (20);
  long *address = (long *) HIDE ((void *) in);
  CHECK (*address == 5);
  *address = 50;
  __asm__ volatile ("" ::: "memory");
  return out + both + s.a;
}

/* An asm that uses the stack.  */
static NOINLINE long
push_pop (long n)
{
  long result;
  __asm__ volatile ("pushq %1\n\tcall 1f\n\tjmp 2f\n1:\taddq $1, 8(%%rsp)\n\t"
		    "ret\n2:\tpopq %0"
		    : "=r"(result) : "r"(n) : "memory", "cc", "r11", "r10");
  return result + grow (10);
}

static NOINLINE int
asm_goto (int n)
{
  int mine = n, *volatile p = &mine;
  grow (20);
  __asm__ goto ("testl %0, %0\n\tjne %l1" :: "r"(n) : "cc" : set);
  return *p;
set:
  grow (200);
  return *p + 1000;
}

int
main (void)
{
  static const int code[]
    = { PUSH, 3, GROW, 100, PUSH, 4, ADD, GROW, 300, PUSH, 10, SWAP, PUSH, -6,
	ADD, GROW, 5, MUL, END };
  CHECK (machine (code) == 10);
  CHECK (cleanups (30) == 1 + 29 + 100);
  CHECK (ncleaned == 1 + 30 + 20 && cleaned == 1 + 435 + 2000);
  CHECK (statement_expression (4) == 5 + 8);
  CHECK (operands (2) == 2 + 3 + 6 + 2 + 50);
  CHECK (push_pop (6) == 17);
  CHECK (asm_goto (0) == 0 && asm_goto (3) == 1003);
  return 0;
}
