/* Strings and builders: random operations beside a model.

   Catches: a string that changes after it was made, by a builder, a copy of a
   builder or the bytes it was made of; one that is collected while a part of it
   is in use; wrong lengths at the borders of what is copied by hand and by
   memcpy.  */

#include "library.h"
#include <cairn/string.h>

#define NSTRINGS 12
#define NBUILDERS 4
#define MAX_LEN 2000

struct model
{
  size_t len;
  char bytes[MAX_LEN];
};

static struct cairn_string strings[NSTRINGS];
static struct model string_models[NSTRINGS];
static struct cairn_builder builders[NBUILDERS];
static struct model builder_models[NBUILDERS];

/* Bytes for a new string; any, but often letters, lengths that are often
   short.  */
static void
make_model (struct model *m)
{
  static const unsigned most[] = { 1, 5, 9, 18, 40, 300 };
  m->len = roll (most[roll (6)]);
  for (size_t i = 0; i < m->len; i++)
    m->bytes[i] = (char)(roll (8) ? 'a' + roll (3) : roll (256));
}

static NOINLINE void
compare (void)
{
  for (int i = 0; i < NSTRINGS; i++)
    {
      CHECK (strings[i].len == string_models[i].len);
      CHECK (memcmp (strings[i].data, string_models[i].bytes, strings[i].len)
             == 0);
    }
  for (int i = 0; i < NBUILDERS; i++)
    {
      struct cairn_string s = cairn_builder_string (&builders[i]);
      CHECK (s.len == builder_models[i].len);
      CHECK (memcmp (s.data, builder_models[i].bytes, s.len) == 0);
    }
}

/* The bytes that the string was made of are overwritten.  */
static NOINLINE void
make (int i)
{
  char frame[MAX_LEN];
  make_model (&string_models[i]);
  size_t n = string_models[i].len;
  memcpy (frame, string_models[i].bytes, n);
  strings[i] = cairn_string_copy (frame, n);
  memset (frame, '#', sizeof frame);
}

static NOINLINE void
make_of_bytes (int i, int from)
{
  struct cairn_bytes bytes = cairn_string_to_bytes (strings[from]);
  CAIRN_SLICE_APPEND (&bytes, '!');
  string_models[i] = string_models[from];
  strings[i] = roll (2) ? cairn_string_from_bytes (bytes)
                        : cairn_view_copy (cairn_view_of_bytes (bytes));
  string_models[i].bytes[string_models[i].len++] = '!';
  memset (bytes.data, '#', bytes.len);
}

static NOINLINE void
sub (int i, int from)
{
  size_t hi = roll ((unsigned)strings[from].len + 1);
  size_t lo = roll ((unsigned)hi + 1);
  struct model m = string_models[from];
  strings[i] = CAIRN_STRING_SUB (strings[from], lo, hi);
  string_models[i].len = hi - lo;
  memmove (string_models[i].bytes, m.bytes + lo, hi - lo);
}

static void
model_add (struct model *m, const void *data, size_t n)
{
  memmove (m->bytes + m->len, data, n);
  m->len += n;
}

static NOINLINE void
join (int i)
{
  static struct model m;
  struct cairn_strings parts = { 0 };
  int n = (int)roll (5), separator = (int)roll (NSTRINGS);
  size_t total = 0;
  m.len = 0;
  for (int k = 0; k < n; k++)
    {
      int part = (int)roll (NSTRINGS);
      total += strings[part].len + strings[separator].len;
      if (total > MAX_LEN / 2)
        break;
      if (k > 0)
        model_add (&m, strings[separator].data, strings[separator].len);
      model_add (&m, strings[part].data, strings[part].len);
      CAIRN_SLICE_APPEND (&parts, strings[part]);
    }
  strings[i] = cairn_string_join (parts, strings[separator]);
  string_models[i] = m;
}

static NOINLINE void
concat (int i)
{
  static struct model m;
  struct cairn_string a = strings[roll (NSTRINGS)],
                      b = strings[roll (NSTRINGS)];
  if (a.len + b.len > MAX_LEN - 10)
    return;
  m.len = 0;
  model_add (&m, a.data, a.len);
  model_add (&m, "<->", 3);
  model_add (&m, b.data, b.len);
  strings[i] = CAIRN_STRING_CONCAT (a, CAIRN_STRING ("<->"), b);
  string_models[i] = m;
}

static NOINLINE void
format (int i)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
  static char text[MAX_LEN];
  int width = (int)roll (1500), value = (int)roll (1000000);
  int n = snprintf (text, sizeof text, "%*d %s", width, value, letters);
  strings[i] = cairn_string_format ("%*d %s", width, value, letters);
  string_models[i].len = (size_t)n;
  memcpy (string_models[i].bytes, text, (size_t)n);
}

static NOINLINE void
build (int b)
{
  struct model *m = &builder_models[b];
  int i = (int)roll (NSTRINGS);
  if (m->len > MAX_LEN / 2)
    {
      cairn_builder_reset (&builders[b]);
      m->len = 0;
    }
  switch (roll (8))
    {
    case 0:
      cairn_builder_add_byte (&builders[b], 'x');
      model_add (m, "x", 1);
      break;
    case 1:
      cairn_builder_format (&builders[b], "%d|%*d", b, i * 70, i);
      char text[1000];
      model_add (m, text,
                 (size_t)snprintf (text, sizeof text, "%d|%*d", b, i * 70, i));
      break;
    case 2:
      cairn_builder_grow (&builders[b], roll (200));
      break;
    case 3:
      cairn_builder_add_c (&builders[b], "literal");
      model_add (m, "literal", 7);
      break;
    case 4:
      /* Its own bytes.  */
      if (m->len < MAX_LEN / 4)
        {
          cairn_builder_add (&builders[b], cairn_builder_string (&builders[b]));
          model_add (m, m->bytes, m->len);
        }
      break;
    default:
      if (m->len + strings[i].len < MAX_LEN - 10)
        {
          cairn_builder_add (&builders[b], strings[i]);
          model_add (m, strings[i].data, strings[i].len);
        }
    }
}

static void
fuzz (int n)
{
  for (int round = 0; round < n; round++)
    {
      int i = (int)roll (NSTRINGS), j = (int)roll (NSTRINGS);
      int b = (int)roll (NBUILDERS), c = (int)roll (NBUILDERS);
      switch (roll (12))
        {
        case 0:
          make (i);
          break;
        case 1:
          if (strings[j].len < MAX_LEN - 1)
            make_of_bytes (i, j);
          break;
        case 2:
          sub (i, j);
          break;
        case 3:
          join (i);
          break;
        case 4:
          concat (i);
          break;
        case 5:
          format (i);
          break;
        case 6:
          builders[b] = builders[c];
          builder_models[b] = builder_models[c];
          break;
        case 7:
          strings[i] = cairn_builder_string (&builders[b]);
          string_models[i] = builder_models[b];
          break;
        default:
          build (b);
        }
      compare ();
    }
}

static int
sign (int n)
{
  return (n > 0) - (n < 0);
}

/* Reading, beside what C's functions say of the same bytes.  */
static void
test_reading (void)
{
  static const char *texts[] = { "",
                                 "a",
                                 "ab",
                                 "abc",
                                 "b",
                                 "cairn",
                                 "cairns",
                                 "airn",
                                 "zzzzzzzzzzzzz",
                                 "a longer one, of more than sixteen bytes",
                                 "a longer one, of more than sixteen byteS" };
  int n = sizeof texts / sizeof *texts;
  struct cairn_seed seed = cairn_hash_seed ();
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++)
      {
        struct cairn_string a = cairn_string_from (texts[i]);
        struct cairn_string b = cairn_string_from (texts[j]);
        const char *at = strstr (texts[i], texts[j]);
        CHECK (sign (cairn_string_compare (a, b))
               == sign (strcmp (texts[i], texts[j])));
        CHECK (cairn_string_equal (a, b) == (i == j));
        CHECK (cairn_view_equal (cairn_view_of_string (a),
                                 cairn_view_of_string (b))
               == (i == j));
        CHECK (cairn_string_find (a, b) == (at ? at - texts[i] : -1));
        CHECK (cairn_string_has_prefix (a, b) == (at == texts[i]));
        CHECK (cairn_string_has_suffix (a, b)
               == (a.len >= b.len
                   && strcmp (texts[i] + a.len - b.len, texts[j]) == 0));
        CHECK ((cairn_string_hash (a, seed) == cairn_string_hash (b, seed))
               == (i == j));
        CHECK (strcmp (CAIRN_STRING_C (a), texts[i]) == 0);
        for (size_t k = 0; k < a.len; k++)
          CHECK (CAIRN_STRING_AT (a, k) == texts[i][k]
                 && CAIRN_SLICE_AT (cairn_view_of_string (a), k)
                        == (unsigned char)texts[i][k]);
      }
}

/* Each byte of a string counts, at every length, and so does the seed.  */
static void
test_hash (void)
{
  struct cairn_seed seed = cairn_hash_seed (), other = cairn_hash_seed ();
  char bytes[70] = { 0 };
  for (size_t n = 1; n < sizeof bytes; n++)
    {
      uint64_t hash = cairn_hash_bytes (bytes, n, seed);
      CHECK (hash != cairn_hash_bytes (bytes, n - 1, seed));
      CHECK (hash != cairn_hash_bytes (bytes, n, other));
      for (size_t i = 0; i < n; i++)
        {
          bytes[i] = 1;
          CHECK (hash != cairn_hash_bytes (bytes, n, seed));
          bytes[i] = 0;
        }
    }
}

static struct cairn_string constant = CAIRN_STRING_INIT ("constant");

static void
wrong_at (void)
{
  if (CAIRN_STRING_AT (constant, 8))
    puts ("read");
}

static void
wrong_sub (void)
{
  constant = CAIRN_STRING_SUB (constant, 2, 9);
}

static void
wrong_sub_negative (void)
{
  constant = CAIRN_STRING_SUB (constant, opaque_int (-2), 3);
}

static void
wrong_c (void)
{
  if (CAIRN_STRING_C (CAIRN_STRING ("a\0b")))
    puts ("made");
}

static void
wrong_view (void)
{
  if (CAIRN_SLICE_AT (cairn_view_of_string (constant), opaque_int (-1)))
    puts ("read");
}

static void
test_misuse (void)
{
  CHECK_ENDS (wrong_at, ": index out of range [8] with length 8");
  CHECK_ENDS (wrong_view, ": index out of range [-1] with length 8");
  CHECK_ENDS (wrong_sub, ": string bounds out of range [2:9] with length 8");
  CHECK_ENDS (wrong_sub_negative,
              ": string bounds out of range [-2:3] with length 8");
  CHECK_ENDS (wrong_c, ": a string with a zero byte in it is none of C's");
}

int
main (void)
{
  fuzz (rounds (20000));
  test_reading ();
  test_hash ();
  test_misuse ();
  return 0;
}
