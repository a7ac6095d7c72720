/* Maps: random operations on maps of all kinds of keys, beside a model.

   Catches: an entry that is lost or comes back when the table grows, is cleaned
   of what was deleted, or when a group is full; keys and values that are
   collected; iterators that bring an entry twice or not at all, or a deleted
   one, while the map grows, shrinks or is cleared.  */

#include "library.h"
#include <cairn/map.h>

struct pair
{
  int a, b;
  char *text;
};

static uint64_t
pair_hash (struct pair p, struct cairn_seed seed)
{
  return cairn_hash_number ((uint64_t)p.a << 32 | (unsigned)p.b, seed);
}

static int
pair_equal (struct pair x, struct pair y)
{
  return x.a == y.a && x.b == y.b;
}

/* All keys in one chain.  */
static uint64_t
no_hash (struct pair p, struct cairn_seed seed)
{
  (void)p;
  (void)seed;
  return 5;
}

CAIRN_MAP (by_int, int, char *);
CAIRN_MAP (by_char, unsigned char, short);
CAIRN_MAP (by_pointer, const long *, long);
CAIRN_MAP_NOSCAN (by_long, long, long);
CAIRN_MAP_STRING (by_string, char *);
CAIRN_MAP_HASHED (by_pair, struct pair, char *, pair_hash, pair_equal);
CAIRN_MAP_HASHED (by_chain, struct pair, char *, no_hash, pair_equal);

#define NKEYS 1200

/* The model: what stands under each key, 0 for nothing.  */
static long model[NKEYS];
static size_t model_len;

static void
model_set (unsigned key, long value)
{
  model_len += (model[key] == 0 && value) - (model[key] && value == 0);
  model[key] = value;
}

/* The keys of the other kinds that stand for KEY.  */
static const long numbers[NKEYS];

static const long *
pointer_of (unsigned key)
{
  return &numbers[key];
}

static unsigned
number_of (const long *key)
{
  return (unsigned)(key - numbers);
}

static struct cairn_string
string_of (unsigned key)
{
  return cairn_string_format ("key %u", key);
}

static struct pair
pair_of (unsigned key)
{
  struct pair p = { (int)key / 7, (int)key % 7, digits (key) };
  return p;
}

static unsigned
key_of_string (struct cairn_string s)
{
  return (unsigned)atoi (CAIRN_STRING_C (s) + 4);
}

static unsigned
key_of_pair (struct pair p)
{
  CHECK (atoi (p.text) == p.a * 7 + p.b);
  return (unsigned)(p.a * 7 + p.b);
}

#define SAME(x) (x)

/* A test of maps NAME: MAKE_KEY makes a key of a number below N, KEY_NUMBER the
   number of a key; MAKE makes a value of a number, NUMBER the number of a
   value.  */
#define TEST(NAME, N, MAKE_KEY, KEY_NUMBER, MAKE, NUMBER)                      \
  /* Every entry comes once.  */                                               \
  static NOINLINE void NAME##_compare (const struct NAME *map)                 \
  {                                                                            \
    size_t n = 0;                                                              \
    CHECK (NAME##_len (map) == model_len);                                     \
    for (struct NAME##_iterator i = NAME##_begin (map); NAME##_next (&i); n++) \
      CHECK (NUMBER (*i.value) == model[KEY_NUMBER (i.key)]);                  \
    CHECK (n == model_len);                                                    \
    for (unsigned key = 0; key < N; key++)                                     \
      {                                                                        \
        __typeof__ (NAME##_find (map, MAKE_KEY (key))) value                   \
            = NAME##_find (map, MAKE_KEY (key));                               \
        CHECK (model[key] ? value &&NUMBER (*value) == model[key] : !value);   \
      }                                                                        \
  }                                                                            \
                                                                               \
  static NOINLINE void NAME##_set_one (struct NAME *map, unsigned key)         \
  {                                                                            \
    long value = 1 + roll (30000);                                             \
    if (roll (2))                                                              \
      NAME##_set (map, MAKE_KEY (key), MAKE (value));                          \
    else                                                                       \
      {                                                                        \
        __typeof__ (NAME##_find (map, MAKE_KEY (key))) at                      \
            = NAME##_at (map, MAKE_KEY (key));                                 \
        CHECK (model[key] ? NUMBER (*at) == model[key] : !*at);                \
        *at = MAKE (value);                                                    \
      }                                                                        \
    model_set (key, value);                                                    \
  }                                                                            \
                                                                               \
  static NOINLINE void NAME##_delete_one (struct NAME *map, unsigned key)      \
  {                                                                            \
    CHECK (NAME##_delete (map, MAKE_KEY (key)) == (model[key] != 0));          \
    model_set (key, 0);                                                        \
  }                                                                            \
                                                                               \
  /* Iterate while the map is changed.  */                                     \
  static NOINLINE void NAME##_change (struct NAME *map)                        \
  {                                                                            \
    /* 0: was not there; 1: has been all the time; 2: came; 3: was deleted     \
       or added meanwhile.  */                                                 \
    static char state[NKEYS];                                                  \
    unsigned grows = roll (3), n = 0;                                          \
    for (unsigned key = 0; key < N; key++)                                     \
      state[key] = model[key] != 0;                                            \
    for (struct NAME##_iterator i = NAME##_begin (map); NAME##_next (&i);)     \
      {                                                                        \
        unsigned key = KEY_NUMBER (i.key);                                     \
        CHECK (model[key] && NUMBER (*i.value) == model[key]);                 \
        CHECK (state[key] == 1 || state[key] == 3);                            \
        if (state[key] == 1)                                                   \
          state[key] = 2;                                                      \
        for (unsigned k = roll (4); k > 0 && n < 4 * N; k--, n++)              \
          {                                                                    \
            unsigned other = roll (N);                                         \
            if (roll (3) < grows)                                              \
              {                                                                \
                if (!model[other])                                             \
                  state[other] = 3;                                            \
                NAME##_set_one (map, other);                                   \
              }                                                                \
            else                                                               \
              {                                                                \
                NAME##_delete_one (map, other);                                \
                state[other] = 3;                                              \
              }                                                                \
          }                                                                    \
        if (roll (300) == 0)                                                   \
          {                                                                    \
            NAME##_clear (map);                                                \
            for (unsigned k = 0; k < N; k++)                                   \
              {                                                                \
                model_set (k, 0);                                              \
                state[k] = 3;                                                  \
              }                                                                \
          }                                                                    \
      }                                                                        \
    for (unsigned key = 0; key < N; key++)                                     \
      CHECK (state[key] != 1);                                                 \
  }                                                                            \
                                                                               \
  static void NAME##_fuzz (int n)                                              \
  {                                                                            \
    struct NAME *map = NAME##_make (roll (2) ? 0 : roll (2000));               \
    memset (model, 0, sizeof model);                                           \
    model_len = 0;                                                             \
    for (int round = 0; round < n; round++)                                    \
      {                                                                        \
        unsigned among = roll (2) ? N : 30, mode = roll (3);                   \
        if (roll (3) == 0)                                                     \
          {                                                                    \
            map = NAME##_make (0);                                             \
            memset (model, 0, sizeof model);                                   \
            model_len = 0;                                                     \
          }                                                                    \
        for (unsigned k = roll (roll (2) ? N : 20); k > 0; k--)                \
          if (roll (3) < mode)                                                 \
            NAME##_delete_one (map, roll (among));                             \
          else                                                                 \
            NAME##_set_one (map, roll (among));                                \
        NAME##_compare (map);                                                  \
        if (roll (2))                                                          \
          NAME##_change (map);                                                 \
        if (roll (20) == 0)                                                    \
          {                                                                    \
            NAME##_clear (map);                                                \
            memset (model, 0, sizeof model);                                   \
            model_len = 0;                                                     \
          }                                                                    \
        NAME##_compare (map);                                                  \
      }                                                                        \
  }                                                                            \
  struct NAME

TEST (by_int, NKEYS, (int)SAME, (unsigned)SAME, digits, atol);
TEST (by_char, 200, (unsigned char)SAME, (unsigned)SAME, (short)SAME, SAME);
TEST (by_pointer, NKEYS, pointer_of, number_of, SAME, SAME);
TEST (by_long, NKEYS, SAME, (unsigned)SAME, SAME, SAME);
TEST (by_string, NKEYS, string_of, key_of_string, digits, atol);
TEST (by_pair, NKEYS, pair_of, key_of_pair, digits, atol);
TEST (by_chain, 60, pair_of, key_of_pair, digits, atol);

/* What is looked up by a view is not kept.  */
static void
test_view (void)
{
  struct by_string *map = by_string_make (0);
  by_string_set (map, CAIRN_STRING ("abc"), digits (1));
  struct cairn_bytes bytes = cairn_string_to_bytes (CAIRN_STRING ("abc"));
  char **value = by_string_find_view (map, cairn_view_of_bytes (bytes));
  CHECK (value && atol (*value) == 1);
  CAIRN_SLICE_AT (bytes, 0) = 'x';
  CHECK (!by_string_find_view (map, cairn_view_of_bytes (bytes)));
}

/* NULL is an empty map.  */
static void
test_null (void)
{
  struct by_int *map = NULL;
  CHECK (by_int_len (map) == 0 && !by_int_find (map, 1));
  struct by_int_iterator i = by_int_begin (map);
  CHECK (!by_int_next (&i));
}

/* Two maps have different seeds, so their hashes, and orders, differ.  */
static void
test_seed (void)
{
  struct by_long *a = by_long_make (1000), *b = by_long_make (1000);
  int nsame = 0;
  for (long i = 0; i < 1000; i++)
    {
      by_long_set (a, i, i);
      by_long_set (b, i, i);
    }
  struct by_long_iterator x = by_long_begin (a), y = by_long_begin (b);
  while (by_long_next (&x) && by_long_next (&y))
    nsame += x.key == y.key;
  CHECK (nsame < 100);
}

static struct by_int *nothing;

static void
wrong_set (void)
{
  by_int_set (nothing, 1, NULL);
}

static void
wrong_delete (void)
{
  by_int_delete (nothing, 1);
}

static void
wrong_hint (void)
{
  nothing = by_int_make ((size_t)opaque_int (-3));
}

/* A hash function that changes its own map.  */
static uint64_t bad_hash (int key, struct cairn_seed seed);
static int
int_equal (int a, int b)
{
  return a == b;
}
CAIRN_MAP_HASHED (by_bad, int, int, bad_hash, int_equal);
static struct by_bad *bad;

static uint64_t
bad_hash (int key, struct cairn_seed seed)
{
  if (key == 3)
    by_bad_set (bad, 4, 4);
  return cairn_hash_number ((uint64_t)key, seed);
}

static void
wrong_hash (void)
{
  bad = by_bad_make (0);
  by_bad_set (bad, 1, 1);
  by_bad_set (bad, 3, 3);
}

static void
test_misuse (void)
{
  CHECK_ENDS (wrong_set, ": NULL is no map of this type that could be changed");
  CHECK_ENDS (wrong_delete,
              ": NULL is no map of this type that could be changed");
  CHECK_ENDS (wrong_hint, ": out of memory: a map of this type for -3 entries");
  CHECK_ENDS (wrong_hash, ": a map of this type is used while it is being "
                          "changed, by another thread or by its own hash or "
                          "equal function");
}

int
main (void)
{
  by_int_fuzz (rounds (150));
  by_char_fuzz (rounds (250));
  by_pointer_fuzz (rounds (250));
  by_long_fuzz (rounds (250));
  by_string_fuzz (rounds (75));
  by_pair_fuzz (rounds (75));
  by_chain_fuzz (rounds (75));
  test_view ();
  test_null ();
  test_seed ();
  test_misuse ();
  return 0;
}
