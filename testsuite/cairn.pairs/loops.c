/* What is declared in a loop is a new one each time around.  */

int *sink;
int **sink2;
void use (int);

struct node { struct node *next; int value; };

void
declared_outside (void)
{
  int *p = 0;
  int x = 0;
  for (int i = 0; i < 3; i++)
    p = &x;
  use (*p);
}

void
declared_inside (void)
{
  int *p = 0;
  for (int i = 0; i < 3; i++)
    {
      int x = i;
      p = &x;
    }
  use (*p);
}

void
both_inside (void)
{
  for (int i = 0; i < 3; i++)
    {
      int x = i;
      int *p = &x;
      use (*p);
    }
}

void
while_inside (int n)
{
  int *p = &n;
  while (*p > 0)
    {
      int x = *p - 1;
      p = &x;
    }
  use (*p);
}

void
inner_loop (void)
{
  for (int i = 0; i < 3; i++)
    {
      int *p = 0;
      for (int k = 0; k < 3; k++)
        {
          int x = k;
          p = &x;
        }
      use (*p);
    }
}

void
middle_of_two_loops (void)
{
  for (int i = 0; i < 3; i++)
    {
      int x = i;
      int *p = 0;
      for (int k = 0; k < 3; k++)
        p = &x;
      use (*p);
    }
}

void
loop_variable (void)
{
  int *p = 0;
  for (int i = 0; i < 3; i++)
    p = &i;
  use (*p);
}

void
loop_variable_stored (void)
{
  for (int i = 0; i < 3; i++)
    sink = &i;
}

int
loop_variable_inside (void)
{
  int s = 0;
  for (int i = 0; i < 3; i++)
    {
      int *p = &i;
      s += *p;
    }
  return s;
}

int *
returned_from_loop (void)
{
  for (int i = 0; i < 3; i++)
    {
      int x = i;
      if (x == 2)
        return &x;
    }
  return 0;
}

void
pointer_to_pointer_in_loop (void)
{
  int **pp = 0;
  for (int i = 0; i < 3; i++)
    {
      int x = i;
      int *p = &x;
      pp = &p;
    }
  use (**pp);
}

void
in_outer_array (void)
{
  int *a[3] = { 0 };
  for (int i = 0; i < 3; i++)
    {
      int x = i;
      a[i] = &x;
    }
  use (*a[1]);
}

void
new_in_loop (void)
{
  int *p = 0;
  for (int i = 0; i < 3; i++)
    {
      int *q = __builtin_malloc (sizeof *q);
      *q = i;
      p = q;
    }
  use (*p);
}

void
new_of_one_turn (void)
{
  for (int i = 0; i < 3; i++)
    {
      int *q = __builtin_malloc (sizeof *q);
      *q = i;
      use (*q);
    }
}

int
list_of_literals (void)
{
  struct node *list = 0;
  for (int i = 0; i < 3; i++)
    {
      struct node *n = &(struct node){ list, i };
      list = n;
    }
  return list->value;
}

int
list_of_locals (void)
{
  struct node *list = 0;
  for (int i = 0; i < 3; i++)
    {
      struct node n = { list, i };
      list = &n;
    }
  return list->value;
}

int *
walked (struct node *list)
{
  struct node *n = list;
  while (n->next)
    n = n->next;
  return &n->value;
}

int
counted (struct node *list)
{
  int k = 0;
  for (struct node *n = list; n; n = n->next)
    k++;
  return k;
}

void
do_while (void)
{
  int *p = 0;
  int n = 0;
  do
    {
      int x = n++;
      p = &x;
    }
  while (n < 3);
  use (*p);
}

void
leaves_by_break (void)
{
  int *p = 0;
  for (int i = 0;; i++)
    {
      int x = i;
      p = &x;
      if (i == 2)
        break;
    }
  use (*p);
}

void
content_of_one_turn (void)
{
  int y = 0;
  int *p = &y;
  for (int i = 0; i < 3; i++)
    {
      int *q = p;
      int **qq = &q;
      use (**qq);
    }
}

void
parameter_in_loop (int *p)
{
  int **pp = 0;
  for (int i = 0; i < 3; i++)
    {
      int *q = p;
      pp = &q;
    }
  use (**pp);
}
