/* What is reported of strings and builders: nothing of them moves to the heap but
   what they allocate themselves.  */

#include <cairn/string.h>

size_t
sum_of_lengths (struct cairn_string a, struct cairn_string b) /* { dg-escape "a does not escape" } */
/* { dg-escape "b does not escape" -1 } */
{
  struct cairn_builder builder = { 0 };
  cairn_builder_add (&builder, a);
  cairn_builder_format (&builder, "%zu", b.len);
  struct cairn_string all = CAIRN_STRING_CONCAT (a, b, CAIRN_STRING ("."));
  return cairn_builder_string (&builder).len + all.len
         + (cairn_string_find (a, b) > 0);
}

struct cairn_string
part (struct cairn_string a) /* { dg-escape "leaking param: a to result level=0" } */
{
  return CAIRN_STRING_SUB (a, 1, 2);
}

struct cairn_string
copied (struct cairn_string a) /* { dg-escape "a does not escape" } */
{
  return cairn_string_copy (a.data, a.len);
}

/* Nothing is said of functions that a macro of the library makes.  */

#include <cairn/map.h>

CAIRN_MAP (numbers, int, int);

int
of_map (struct numbers *map) /* { dg-escape "leaking param content: map" } */
{
  numbers_set (map, 1, 2);
  return *numbers_find (map, 1);
}
