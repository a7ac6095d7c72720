struct node { struct node *next; int value; };
struct list { struct node *first; };
typedef void visitor (int value, int *p);
typedef int function (int *p);

extern int *kept;
void push (struct list *l, int value);
void visit (struct list *l, visitor *v, int *p);
int apply (function *f, int *p);
void use (int *p);
void keep (int *p);
void fill_out (int *out, int value);
int twice (int *p);
void add (int value, int *sum);
