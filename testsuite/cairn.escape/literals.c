/* Compound literals.  */

struct pair { int a, b; };
struct pair *keep;

struct pair *
returned (int n)
{
  return &(struct pair){ n, n }; /* { dg-escape "(struct pair){...} escapes to heap" } */
}

int
stays (int n)
{
  struct pair *p = &(struct pair){ n, n };
  return p->a;
}

int *
array (int n)
{
  return (int[]){ n, n }; /* { dg-escape "(array){...} escapes to heap" } */
}
