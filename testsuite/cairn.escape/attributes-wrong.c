/* Attributes that cannot be right: one clear warning, and they do nothing.  */

int f (int *p, int n) __attribute__ ((cairn_noescape (3))); /* { dg-message "exceeds the number of parameters" } */
int g (int *p, double d) __attribute__ ((cairn_noescape (2))); /* { dg-message "refers to a parameter of type .+double.+, which holds no pointer" } */
int *h (int *p) __attribute__ ((cairn_returns (0))); /* { dg-message "is not the number of a parameter" } */
double i (int *p) __attribute__ ((cairn_returns (1))); /* { dg-message "on a function that returns no pointer" } */
int j (int *p) __attribute__ ((cairn_noescape (1.5))); /* { dg-message "is not an integer constant" } */
int k (int *p) __attribute__ ((cairn_noescape ("1"))); /* { dg-message "is not an integer constant" } */
int l __attribute__ ((cairn_noescape)); /* { dg-message "only applies to function types" } */
int o () __attribute__ ((cairn_noescape (4000000000))); /* { dg-message "exceeds the number of parameters" } */
int m () __attribute__ ((cairn_noescape (2)));
int n (int *p) __attribute__ ((cairn_escapes (-1))); /* { dg-message "is not the number of a parameter" } */

int
ignored (void)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  return f (&x, 1);
}

int
without_prototype (void)
{
  int x = 1; /* { dg-escape "moved to heap: x" } */
  int y = 2;
  return m (&x, &y);
}
