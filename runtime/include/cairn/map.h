/* cairn/map.h: maps, hash tables that grow.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   A map holds values under keys.  A program declares a type of maps by what the
   keys are, at file scope:

     CAIRN_MAP (squares, int, long);            keys: integers, pointers
     CAIRN_MAP_STRING (ages, int);              keys: struct cairn_string
     CAIRN_MAP_HASHED (routes, struct pair, double, pair_hash, pair_equal);

   The first declares `struct squares' and these functions, of which the map is
   the first argument:

     struct squares *squares_make (size_t HINT)
         A new map with room for HINT entries; 0: no idea.
     long *squares_find (const struct squares *, int KEY)
         Where the value under KEY is; NULL: there is none.
     long *squares_at (struct squares *, int KEY)
         The same; if there was none there is one now, all zero.
     void squares_set (struct squares *, int KEY, long VALUE)
     int squares_delete (struct squares *, int KEY)
         Whether there was one.
     void squares_clear (struct squares *)
     size_t squares_len (const struct squares *)
     struct squares_iterator squares_begin (const struct squares *)
     int squares_next (struct squares_iterator *)

   CAIRN_MAP_STRING adds ages_find_view, which looks a view up without making a
   string of it.  NULL is an empty map that cannot be added to: what is more
   than reading ends the program.  Where a value is, it stays until the next one
   is added.

   Iteration:

     for (struct squares_iterator i = squares_begin (m); squares_next (&i);)
       printf ("%d: %ld\n", i.key, *i.value);

   The order is none that could be relied on.  The map may be changed meanwhile,
   as in Go: each entry that is there from beginning to end comes exactly once;
   one that is deleted before its turn does not come; one that is added comes or
   not, and one that is deleted and added again may come twice.

   One thread may change a map while no other uses it.  Where another is found
   to, also when a hash or equal function changes the map it is called for, the
   program ends; it is not always found.

   Hashes depend on a random seed (<cairn/hash.h>), so whoever chooses the keys
   cannot make a map slow.

   How it is done: a Swiss table.  Slots stand in groups of 16; for each slot a
   byte says whether it is empty (0), was deleted (1), or has an entry, and then
   7 bits of its hash (128 and more).  The rest of the hash says in which group
   a search begins; one instruction compares the 16 bytes; it ends at a group
   with an empty slot.  At most 7 of 8 slots are in use or deleted; then all
   entries move to a new table, and the old one stays as it is for whoever
   iterates over it.  */

#ifndef CAIRN_MAP_H
#define CAIRN_MAP_H

#include <cairn/common.h>
#include <cairn/hash.h>
#include <cairn/string.h>

#include <emmintrin.h>

/* Maps NAME of VALUE by KEY, which is a type of integers or pointers, by what
   they are.  */
#define CAIRN_MAP(NAME, KEY, VALUE)                                            \
  CAIRNI_MAP_NUMBER (NAME, KEY, VALUE,                                         \
                     CAIRNI_NO_POINTERS (KEY) && CAIRNI_NO_POINTERS (VALUE))

/* The same for keys and values that will hold no pointers although they look as
   if they could: the collector does not look into the map.  */
#define CAIRN_MAP_NOSCAN(NAME, KEY, VALUE)                                     \
  CAIRNI_MAP_NUMBER (NAME, KEY, VALUE, 1)

/* Maps NAME of VALUE by strings.  */
#define CAIRN_MAP_STRING(NAME, VALUE)                                          \
  CAIRNI_MAP (NAME, struct cairn_string, VALUE, cairn_string_hash,             \
              cairn_string_equal, 0)                                           \
  static inline __attribute__ ((unused))                                       \
  VALUE *NAME##_find_view (const struct NAME *map, struct cairn_view key)      \
  {                                                                            \
    struct cairn_string string = { (const char *)key.data, key.len };          \
    return NAME##_find (map, string);                                          \
  }                                                                            \
  struct NAME

/* Maps NAME of VALUE by KEY.  Keys A and B are the same if EQUAL (A, B), and
   then HASH (A, SEED), a uint64_t, must be HASH (B, SEED): made by the
   functions of <cairn/hash.h>, from what makes A equal to B.  */
#define CAIRN_MAP_HASHED(NAME, KEY, VALUE, HASH, EQUAL)                        \
  CAIRNI_MAP (NAME, KEY, VALUE, HASH, EQUAL, 0)                                \
  struct NAME

/* -- What the functions share.  */

#define CAIRNI_MAP_GROUP 16

/* The byte of an entry with HASH; the rest of HASH.  */
#define CAIRNI_MAP_TAG(HASH) ((unsigned char)((HASH) | 0x80))
#define CAIRNI_MAP_START(HASH) ((size_t)((HASH) >> 7))
#define CAIRNI_MAP_DELETED 1

#ifdef __cplusplus
extern "C"
{
#endif

  /* The bytes of a map without slots.  */
  extern const unsigned char cairn_map_no_entries[CAIRNI_MAP_GROUP];

  struct cairn_map_memory
  {
    unsigned char *tags; /* All zero.  */
    void *slots;         /* All zero if they hold pointers.  */
  };

  /* A table of NGROUPS groups of slots of EACH bytes, which hold no pointers if
     NOSCAN.  The end of the program if there is no memory.  */
  extern struct cairn_map_memory
  cairn_map_allocate (size_t ngroups, size_t each, int noscan,
                      const struct cairn_place *where);

  /* The groups that HINT entries need.  */
  extern size_t cairn_map_groups (size_t hint, const struct cairn_place *where);

  /* The ends of programs that are wrong.  */
  extern void cairn_map_shared (const struct cairn_place *where) CAIRNI_ENDS;
  extern void cairn_map_null (const struct cairn_place *where) CAIRNI_ENDS;
  extern void cairn_map_no_memory (size_t nentries,
                                   const struct cairn_place *where) CAIRNI_ENDS;

#ifdef __cplusplus
}
#endif

/* The bits of those of the 16 TAGS that are TAG; that have an entry.  */
CAIRNI_FAST unsigned
cairni_map_match (const unsigned char *tags, unsigned char tag)
{
  __m128i group = _mm_load_si128 ((const __m128i *)tags);
  return (unsigned)_mm_movemask_epi8 (
      _mm_cmpeq_epi8 (group, _mm_set1_epi8 ((char)tag)));
}

CAIRNI_FAST unsigned
cairni_map_full (const unsigned char *tags)
{
  return (unsigned)_mm_movemask_epi8 (_mm_load_si128 ((const __m128i *)tags));
}

/* How many entries a table of NGROUPS takes.  */
CAIRNI_FAST size_t
cairni_map_room (size_t ngroups)
{
  return ngroups * (CAIRNI_MAP_GROUP / 8 * 7);
}

#define CAIRNI_MAP_NUMBER(NAME, KEY, VALUE, NOSCAN)                            \
  CAIRNI_ASSERT (__builtin_classify_type (*(KEY *)0) < 6 && sizeof (KEY) <= 8, \
                 "CAIRN_MAP is for keys that are integers or pointers");       \
  static inline __attribute__ ((unused))                                       \
  uint64_t NAME##_hash_ (KEY key, struct cairn_seed seed)                      \
  {                                                                            \
    return cairn_hash_number ((uint64_t)key, seed);                            \
  }                                                                            \
  static inline __attribute__ ((unused)) int NAME##_equal_ (KEY a, KEY b)      \
  {                                                                            \
    return a == b;                                                             \
  }                                                                            \
  CAIRNI_MAP (NAME, KEY, VALUE, NAME##_hash_, NAME##_equal_, NOSCAN)           \
  struct NAME

#define CAIRNI_MAP(NAME, KEY, VALUE, HASH, EQUAL, NOSCAN)                      \
  struct NAME##_slot                                                           \
  {                                                                            \
    KEY key;                                                                   \
    VALUE value;                                                               \
  };                                                                           \
  struct NAME                                                                  \
  {                                                                            \
    unsigned char *tags;       /* A byte for each slot.  */                    \
    struct NAME##_slot *slots; /* NULL: none yet.  */                          \
    size_t mask;               /* Groups less one; they are a power of 2.  */  \
    size_t len;                /* Entries.  */                                 \
    size_t left;               /* Empty slots that may still be used.  */      \
    struct cairn_seed seed;                                                    \
    volatile int is_changing;                                                  \
  };                                                                           \
  struct NAME##_iterator                                                       \
  {                                                                            \
    KEY key;      /* The entry's.  */                                          \
    VALUE *value; /* Where its value is.  */                                   \
    /* The rest is not for use.  The table is the map's at the beginning.  */  \
    const struct NAME *map;                                                    \
    unsigned char *tags;                                                       \
    struct NAME##_slot *slots;                                                 \
    size_t ngroups, group; /* In it, and the next to look at.  */              \
    unsigned full;         /* Slots of the group before that, yet to come.  */ \
  };                                                                           \
  static const struct cairn_place NAME##_place_ = { __FILE__, __LINE__ };      \
                                                                               \
  static __attribute__ ((unused)) void NAME##_use_table_ (struct NAME *map,    \
                                                          size_t ngroups)      \
  {                                                                            \
    struct cairn_map_memory memory = cairn_map_allocate (                      \
        ngroups, sizeof (struct NAME##_slot), NOSCAN, &NAME##_place_);         \
    map->tags = memory.tags;                                                   \
    map->slots = (struct NAME##_slot *)memory.slots;                           \
    map->mask = ngroups - 1;                                                   \
    map->left = cairni_map_room (ngroups);                                     \
  }                                                                            \
                                                                               \
  static __attribute__ ((unused)) struct NAME *NAME##_make (size_t hint)       \
  {                                                                            \
    struct NAME *map = (struct NAME *)cairn_malloc (sizeof *map);              \
    size_t ngroups = cairn_map_groups (hint, &NAME##_place_);                  \
    if (CAIRNI_UNLIKELY (!map))                                                \
      cairn_map_no_memory (hint, &NAME##_place_);                              \
    map->seed = cairn_hash_seed ();                                            \
    map->tags = (unsigned char *)cairn_map_no_entries;                         \
    if (ngroups > 0)                                                           \
      NAME##_use_table_ (map, ngroups);                                        \
    return map;                                                                \
  }                                                                            \
                                                                               \
  /* The number of an empty slot for HASH, in a table that has one and in      \
     which nothing was deleted.  */                                                      \
  CAIRNI_FAST size_t NAME##_empty_ (const struct NAME *map, uint64_t hash)     \
  {                                                                            \
    size_t group = CAIRNI_MAP_START (hash) & map->mask;                        \
    for (size_t step = 1;; group = (group + step++) & map->mask)               \
      {                                                                        \
        unsigned bits                                                          \
            = cairni_map_match (map->tags + group * CAIRNI_MAP_GROUP, 0);      \
        if (bits)                                                              \
          return group * CAIRNI_MAP_GROUP + (size_t)__builtin_ctz (bits);      \
      }                                                                        \
  }                                                                            \
                                                                               \
  /* Move to a new table: a larger one, unless enough was deleted.  */         \
  static __attribute__ ((noinline, cold, unused)) void NAME##_grow_ (          \
      struct NAME *map)                                                        \
  {                                                                            \
    struct NAME old = *map;                                                    \
    size_t ngroups = old.slots ? old.mask + 1 : 0;                             \
    size_t fresh = ngroups;                                                    \
    if (old.len >= cairni_map_room (ngroups) / 4 * 3)                          \
      fresh = ngroups ? 2 * ngroups : 1;                                       \
    NAME##_use_table_ (map, fresh);                                            \
    map->left -= map->len;                                                     \
    for (size_t group = 0; group < ngroups; group++)                           \
      for (unsigned bits                                                       \
           = cairni_map_full (old.tags + group * CAIRNI_MAP_GROUP);            \
           bits; bits &= bits - 1)                                             \
        {                                                                      \
          size_t from                                                          \
              = group * CAIRNI_MAP_GROUP + (size_t)__builtin_ctz (bits);       \
          size_t to                                                            \
              = NAME##_empty_ (map, HASH (old.slots[from].key, map->seed));    \
          map->tags[to] = old.tags[from];                                      \
          map->slots[to] = old.slots[from];                                    \
        }                                                                      \
  }                                                                            \
                                                                               \
  /* Find the slot of KEY with HASH, or NULL.  */                              \
  CAIRNI_FAST struct NAME##_slot *NAME##_search_ (const struct NAME *map,      \
                                                  KEY key, uint64_t hash)      \
  {                                                                            \
    size_t group = CAIRNI_MAP_START (hash) & map->mask;                        \
    for (size_t step = 1;; group = (group + step++) & map->mask)               \
      {                                                                        \
        const unsigned char *tags = map->tags + group * CAIRNI_MAP_GROUP;      \
        for (unsigned bits = cairni_map_match (tags, CAIRNI_MAP_TAG (hash));   \
             bits; bits &= bits - 1)                                           \
          {                                                                    \
            struct NAME##_slot *slot                                           \
                = &map->slots[group * CAIRNI_MAP_GROUP                         \
                              + (size_t)__builtin_ctz (bits)];                 \
            if (CAIRNI_LIKELY (EQUAL (slot->key, key)))                        \
              return slot;                                                     \
          }                                                                    \
        if (CAIRNI_LIKELY (cairni_map_match (tags, 0)))                        \
          return NULL;                                                         \
      }                                                                        \
  }                                                                            \
                                                                               \
  CAIRNI_FAST void NAME##_change_ (struct NAME *map)                           \
  {                                                                            \
    if (CAIRNI_UNLIKELY (!map))                                                \
      cairn_map_null (&NAME##_place_);                                         \
    if (CAIRNI_UNLIKELY (map->is_changing))                                    \
      cairn_map_shared (&NAME##_place_);                                       \
    map->is_changing = 1;                                                      \
  }                                                                            \
                                                                               \
  static inline __attribute__ ((unused))                                       \
  VALUE *NAME##_find (const struct NAME *map, KEY key)                         \
  {                                                                            \
    if (!map)                                                                  \
      return NULL;                                                             \
    if (CAIRNI_UNLIKELY (map->is_changing))                                    \
      cairn_map_shared (&NAME##_place_);                                       \
    struct NAME##_slot *slot                                                   \
        = NAME##_search_ (map, key, HASH (key, map->seed));                    \
    return slot ? &slot->value : NULL;                                         \
  }                                                                            \
                                                                               \
  /* A slot for KEY with HASH, which has none.  The first deleted one on the   \
     way would do, too; they are taken back together when the table is full.           \
   */                                                                          \
  static inline __attribute__ ((unused)) struct NAME##_slot *NAME##_add_ (     \
      struct NAME *map, KEY key, uint64_t hash)                                \
  {                                                                            \
    if (CAIRNI_UNLIKELY (map->left == 0))                                      \
      NAME##_grow_ (map);                                                      \
    size_t i = NAME##_empty_ (map, hash);                                      \
    map->left--;                                                               \
    map->len++;                                                                \
    map->tags[i] = CAIRNI_MAP_TAG (hash);                                      \
    map->slots[i].key = key;                                                   \
    return &map->slots[i];                                                     \
  }                                                                            \
                                                                               \
  static inline __attribute__ ((unused))                                       \
  VALUE *NAME##_at (struct NAME *map, KEY key)                                 \
  {                                                                            \
    NAME##_change_ (map);                                                      \
    uint64_t hash = HASH (key, map->seed);                                     \
    struct NAME##_slot *slot = NAME##_search_ (map, key, hash);                \
    if (!slot)                                                                 \
      {                                                                        \
        slot = NAME##_add_ (map, key, hash);                                   \
        memset (&slot->value, 0, sizeof slot->value);                          \
      }                                                                        \
    map->is_changing = 0;                                                      \
    return &slot->value;                                                       \
  }                                                                            \
                                                                               \
  static inline __attribute__ ((unused)) void NAME##_set (                     \
      struct NAME *map, KEY key, VALUE value)                                  \
  {                                                                            \
    NAME##_change_ (map);                                                      \
    uint64_t hash = HASH (key, map->seed);                                     \
    struct NAME##_slot *slot = NAME##_search_ (map, key, hash);                \
    if (!slot)                                                                 \
      slot = NAME##_add_ (map, key, hash);                                     \
    slot->value = value;                                                       \
    map->is_changing = 0;                                                      \
  }                                                                            \
                                                                               \
  static inline                                                                \
      __attribute__ ((unused)) int NAME##_delete (struct NAME *map, KEY key)   \
  {                                                                            \
    NAME##_change_ (map);                                                      \
    struct NAME##_slot *slot                                                   \
        = NAME##_search_ (map, key, HASH (key, map->seed));                    \
    if (slot)                                                                  \
      {                                                                        \
        /* A search goes on behind a group only if it has been full.  */       \
        size_t i = (size_t)(slot - map->slots);                                \
        int was_full = !cairni_map_match (                                     \
            map->tags + i / CAIRNI_MAP_GROUP * CAIRNI_MAP_GROUP, 0);           \
        map->tags[i] = was_full ? CAIRNI_MAP_DELETED : 0;                      \
        map->left += !was_full;                                                \
        map->len--;                                                            \
        memset ((void *)slot, 0, sizeof *slot);                                \
      }                                                                        \
    map->is_changing = 0;                                                      \
    return slot != NULL;                                                       \
  }                                                                            \
                                                                               \
  static inline __attribute__ ((unused))                                       \
  size_t NAME##_len (const struct NAME *map)                                   \
  {                                                                            \
    return map ? map->len : 0;                                                 \
  }                                                                            \
                                                                               \
  static inline __attribute__ ((unused)) void NAME##_clear (struct NAME *map)  \
  {                                                                            \
    NAME##_change_ (map);                                                      \
    if (map->slots)                                                            \
      {                                                                        \
        size_t ngroups = map->mask + 1;                                        \
        memset (map->tags, 0, ngroups *CAIRNI_MAP_GROUP);                      \
        memset ((void *)map->slots, 0,                                         \
                ngroups *CAIRNI_MAP_GROUP * sizeof *map->slots);               \
        map->left = cairni_map_room (ngroups);                                 \
      }                                                                        \
    map->len = 0;                                                              \
    map->is_changing = 0;                                                      \
  }                                                                            \
                                                                               \
  static inline __attribute__ ((unused)) struct NAME##_iterator NAME##_begin ( \
      const struct NAME *map)                                                  \
  {                                                                            \
    struct NAME##_iterator i;                                                  \
    memset ((void *)&i, 0, sizeof i);                                          \
    i.map = map;                                                               \
    if (map && map->slots)                                                     \
      {                                                                        \
        i.tags = map->tags;                                                    \
        i.slots = map->slots;                                                  \
        i.ngroups = map->mask + 1;                                             \
      }                                                                        \
    return i;                                                                  \
  }                                                                            \
                                                                               \
  static inline                                                                \
      __attribute__ ((unused)) int NAME##_next (struct NAME##_iterator *i)     \
  {                                                                            \
    for (;;)                                                                   \
      {                                                                        \
        while (!i->full)                                                       \
          {                                                                    \
            if (i->group == i->ngroups)                                        \
              return 0;                                                        \
            i->full                                                            \
                = cairni_map_full (i->tags + i->group++ * CAIRNI_MAP_GROUP);   \
          }                                                                    \
        if (CAIRNI_UNLIKELY (i->map->is_changing))                             \
          cairn_map_shared (&NAME##_place_);                                   \
        size_t at = (i->group - 1) * CAIRNI_MAP_GROUP                          \
                    + (size_t)__builtin_ctz (i->full);                         \
        struct NAME##_slot *slot = &i->slots[at];                              \
        i->full &= i->full - 1;                                                \
        if (CAIRNI_UNLIKELY (!(i->tags[at] & 0x80)))                           \
          continue;                                                            \
        if (CAIRNI_UNLIKELY (i->tags != i->map->tags))                         \
          /* The entries of then, as they are now.  */                         \
          slot = NAME##_search_ (i->map, slot->key,                            \
                                 HASH (slot->key, i->map->seed));              \
        if (slot)                                                              \
          {                                                                    \
            i->key = slot->key;                                                \
            i->value = &slot->value;                                           \
            return 1;                                                          \
          }                                                                    \
      }                                                                        \
  }

#endif /* CAIRN_MAP_H */
