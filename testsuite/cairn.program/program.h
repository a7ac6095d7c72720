#include <stdarg.h>

struct node { struct node *next; int value; };
struct list { struct node *first; };
typedef void visitor (int value, int *p);
struct slice { int *data; unsigned long length; };
typedef int function (int *p);
typedef unsigned long measure (struct slice s);

extern int *kept;
void push (struct list *l, int value);
void visit (struct list *l, visitor *v, int *p);
int apply (function *f, int *p);
void use (int *p);
void keep (int *p);
void fill_out (int *out, int value);
int twice (int *p);
void add (int value, int *sum);
void keep_text (int n, ...);
void keep_text_list (int n, va_list ap);
extern char *kept_text;
unsigned long length (struct slice s);
void keep_length (struct slice s, int n, ...);
unsigned long measured (measure *f, struct slice s);
extern unsigned long kept_length;
