/* type-map.cc: pointer maps of C types.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A map says of each aligned 8-byte word of a type whether it may hold a
   pointer.  The layout is runtime/include/cairn-type.h's.

   .map.sound: a word is left out only if it cannot hold a pointer in sane C.
   It may hold one if it is, or overlaps,
     - a pointer, or an integer, enumeration or bit-field of at least 8 bytes
       (uintptr_t, __int128);
     - 8 or more bytes of an array or vector of 1-byte integers, which
       programs use as raw storage;
     - a vector or complex number of such integers;
     - a member of a union of which any of this is true.
   It may not if it is floating point, an integer or bit-field of at most 4
   bytes, an array of these, bool, or padding.

   A type that no map describes (of variable size, incomplete, or with over
   MAX_NWORDS words and a pointer among them) has none: the runtime then
   scans every word.  */

#include "gcc-compat.h"
#include "options.h"
#include "stages.h"

#include <string>

/* The largest map, in words: 32 KB of object, 512 bytes of map.  */
static const unsigned HOST_WIDE_INT MAX_NWORDS = 4096;

static const unsigned HOST_WIDE_INT WORD_NBYTES = 8;
static const unsigned HOST_WIDE_INT WORD_NBITS = 64;

/* The map of one type while it is made.  BITS has one bit per word; UNALIGNED
   is set if some pointer does not lie on a word; UNKNOWN if there is no map,
   because a pointer lies beyond MAX_NWORDS or the layout is not constant.  */
struct type_map
{
  auto_vec<unsigned HOST_WIDE_INT> bits;
  unsigned HOST_WIDE_INT nwords;
  bool unaligned;
  bool unknown;
};

/* The address made for each type so far, by TYPE_MAIN_VARIANT.  All of it is
   kept by plugin_keep_tree.  */
static hash_map<tree, tree> *map_addresses;

/* The type of the address of a map.  */
static tree
map_address_type (void)
{
  return const_ptr_type_node;
}

/* Let word INDEX of MAP be one that may hold a pointer.  */
static void
map_set_word (type_map *map, unsigned HOST_WIDE_INT index)
{
  if (index >= MAX_NWORDS)
    {
      map->unknown = true;
      return;
    }
  while (map->bits.length () <= index / WORD_NBITS)
    map->bits.safe_push (0);
  map->bits[index / WORD_NBITS] |= HOST_WIDE_INT_1U << index % WORD_NBITS;
  map->nwords = MAX (map->nwords, index + 1);
}

/* Let the pointer-like object of NBYTES at OFFSET, in bytes, be one.  */
static void
map_set_pointers (type_map *map, unsigned HOST_WIDE_INT offset,
                  unsigned HOST_WIDE_INT nbytes)
{
  if (offset % WORD_NBYTES != 0)
    map->unaligned = true;
  unsigned HOST_WIDE_INT last = (offset + nbytes - 1) / WORD_NBYTES;
  for (unsigned HOST_WIDE_INT i = offset / WORD_NBYTES;
       i <= last && !map->unknown; i++)
    map_set_word (map, i);
}

/* Let the raw storage of NBYTES at OFFSET be one: its whole words.  */
static void
map_set_storage (type_map *map, unsigned HOST_WIDE_INT offset,
                 unsigned HOST_WIDE_INT nbytes)
{
  unsigned HOST_WIDE_INT end = (offset + nbytes) / WORD_NBYTES;
  for (unsigned HOST_WIDE_INT i = CEIL (offset, WORD_NBYTES);
       i < end && !map->unknown; i++)
    map_set_word (map, i);
}

/* TYPE without its arrays: what the elements of the elements are.  */
static tree
innermost_element (tree type)
{
  while (TREE_CODE (type) == ARRAY_TYPE)
    type = TREE_TYPE (type);
  return type;
}

/* Whether TYPE is a 1-byte integer other than bool.  */
static bool
char_like_p (tree type)
{
  return (TREE_CODE (type) == INTEGER_TYPE && TYPE_SIZE_UNIT (type)
          && integer_onep (TYPE_SIZE_UNIT (type)));
}

/* The size of TYPE in bytes, or 0 with MAP->unknown set if that is not a
   constant.  */
static unsigned HOST_WIDE_INT
map_type_nbytes (type_map *map, tree type)
{
  tree size = TYPE_SIZE_UNIT (type);
  if (size && tree_fits_uhwi_p (size))
    return tree_to_uhwi (size);
  map->unknown = true;
  return 0;
}

static void map_add_type (type_map *map, tree type,
                          unsigned HOST_WIDE_INT offset);

/* Add FIELD of a struct or union at OFFSET to MAP.  */
static void
map_add_field (type_map *map, tree field, unsigned HOST_WIDE_INT offset)
{
  tree type = TREE_TYPE (field);
  if (type == error_mark_node)
    {
      map->unknown = true;
      return;
    }

  if (DECL_BIT_FIELD_TYPE (field))
    {
      if (map_type_nbytes (map, DECL_BIT_FIELD_TYPE (field)) < WORD_NBYTES)
        return;
      unsigned HOST_WIDE_INT nbits = tree_to_uhwi (DECL_SIZE (field));
      unsigned HOST_WIDE_INT first = offset * 8 + int_bit_position (field);
      if (nbits > 0)
        for (unsigned HOST_WIDE_INT i = first / WORD_NBITS;
             i <= (first + nbits - 1) / WORD_NBITS && !map->unknown; i++)
          map_set_word (map, i);
      return;
    }

  /* A flexible array member has no size: what an object has of it is beyond
     sizeof.  */
  if (TREE_CODE (type) == ARRAY_TYPE && !TYPE_SIZE_UNIT (type))
    return;

  tree position = byte_position (field);
  if (!tree_fits_uhwi_p (position))
    map->unknown = true;
  else
    map_add_type (map, type, offset + tree_to_uhwi (position));
}

/* Add an object of array type TYPE at OFFSET to MAP.  */
static void
map_add_array (type_map *map, tree type, unsigned HOST_WIDE_INT offset)
{
  tree element = innermost_element (type);
  unsigned HOST_WIDE_INT nbytes = map_type_nbytes (map, type);
  if (nbytes == 0)
    return;
  if (char_like_p (element))
    {
      map_set_storage (map, offset, nbytes);
      return;
    }

  unsigned HOST_WIDE_INT stride = map_type_nbytes (map, element);
  if (stride == 0 || !type_map_pointers_p (element))
    return;
  for (unsigned HOST_WIDE_INT i = 0; i + stride <= nbytes && !map->unknown;
       i += stride)
    map_add_type (map, element, offset + i);
}

/* Add an object of type TYPE at OFFSET, in bytes, to MAP.  */
static void
map_add_type (type_map *map, tree type, unsigned HOST_WIDE_INT offset)
{
  if (map->unknown)
    return;

  switch (TREE_CODE (type))
    {
    case RECORD_TYPE:
    case UNION_TYPE:
    case QUAL_UNION_TYPE:
      map_type_nbytes (map, type);
      for (tree field = TYPE_FIELDS (type); field; field = DECL_CHAIN (field))
        if (TREE_CODE (field) == FIELD_DECL && !map->unknown)
          map_add_field (map, field, offset);
      return;

    case ARRAY_TYPE:
      map_add_array (map, type, offset);
      return;

    case VECTOR_TYPE:
      if (char_like_p (TREE_TYPE (type)))
        {
          map_set_storage (map, offset, map_type_nbytes (map, type));
          return;
        }
      /* FALLTHROUGH */
    case COMPLEX_TYPE:
      {
        tree part = TREE_TYPE (type);
        if ((INTEGRAL_TYPE_P (part) || POINTER_TYPE_P (part))
            && map_type_nbytes (map, part) >= WORD_NBYTES)
          map_set_pointers (map, offset, map_type_nbytes (map, type));
        return;
      }

    case REAL_TYPE:
    case FIXED_POINT_TYPE:
    case BOOLEAN_TYPE:
      return;

    case INTEGER_TYPE:
    case ENUMERAL_TYPE:
    case POINTER_TYPE:
    case REFERENCE_TYPE:
    case OFFSET_TYPE:
      {
        unsigned HOST_WIDE_INT nbytes = map_type_nbytes (map, type);
        if (nbytes >= WORD_NBYTES)
          map_set_pointers (map, offset, nbytes);
        return;
      }

    default:
      map->unknown = true;
      return;
    }
}

/* Fill MAP, empty so far, with TYPE.  */
static void
map_make (type_map *map, tree type)
{
  map->nwords = 0;
  map->unaligned = map->unknown = false;
  map_add_type (map, type, 0);

  /* In an array of a packed type, later elements are not aligned.  */
  if (map->nwords > 0 && map_type_nbytes (map, type) % WORD_NBYTES != 0)
    map->unaligned = true;

  /* A word that lies half beyond the end is not one of the map's.  */
  if (map->unaligned && !map->unknown)
    map->nwords = MIN (map->nwords, map_type_nbytes (map, type) / WORD_NBYTES);
}

bool
type_map_pointers_p (tree type)
{
  type_map map;
  map_make (&map, type);
  return map.unknown || map.nwords > 0;
}

/* Write the name of TYPE, as C spells it more or less, to PP.  */
static void
print_type_name (pretty_printer *pp, tree type)
{
  tree name = TYPE_NAME (type);
  if (name && TREE_CODE (name) == TYPE_DECL)
    name = DECL_NAME (name);

  if (name && TREE_CODE (name) == IDENTIFIER_NODE)
    {
      bool tag = (TYPE_NAME (type)
                  && TREE_CODE (TYPE_NAME (type)) == IDENTIFIER_NODE);
      if (tag && TREE_CODE (type) == RECORD_TYPE)
        pp_string (pp, "struct ");
      else if (tag && TREE_CODE (type) == UNION_TYPE)
        pp_string (pp, "union ");
      else if (tag && TREE_CODE (type) == ENUMERAL_TYPE)
        pp_string (pp, "enum ");
      pp_string (pp, IDENTIFIER_POINTER (name));
    }
  else if (POINTER_TYPE_P (type))
    {
      print_type_name (pp, TREE_TYPE (type));
      pp_string (pp, " *");
    }
  else
    pp_string (pp, RECORD_OR_UNION_TYPE_P (type) ? "{...}" : "?");
}

/* Put a new field of type TYPE before *FIELDS, which finish_builtin_struct
   reverses.  */
static void
chain_field (tree *fields, tree type)
{
  tree field = build_decl (UNKNOWN_LOCATION, FIELD_DECL, NULL_TREE, type);
  DECL_CHAIN (field) = *fields;
  *fields = field;
}

/* The type `struct cairn_type' with NBITMAP elements in its bitmap.  */
static tree
map_record_type (unsigned nbitmap)
{
  static hash_map<int_hash<unsigned, UINT_MAX, UINT_MAX - 1>, tree> *types;
  if (!types)
    types = new hash_map<int_hash<unsigned, UINT_MAX, UINT_MAX - 1>, tree>;
  tree &type = types->get_or_insert (nbitmap);
  if (type)
    return type;

  tree fields = NULL_TREE;
  chain_field (&fields, size_type_node);
  chain_field (&fields, size_type_node);
  chain_field (&fields, const_ptr_type_node);
  chain_field (&fields, uint32_type_node);
  chain_field (&fields, uint32_type_node);
  if (nbitmap > 0)
    chain_field (&fields, build_array_type_nelts (uint64_type_node, nbitmap));
  tree record = make_node (RECORD_TYPE);
  finish_builtin_struct (record, "cairn_type", fields, NULL_TREE);
  type = record;
  plugin_keep_tree (record);
  return record;
}

/* The read-only variable that holds MAP, TYPE's map.  */
static tree
map_variable (const type_map *map, tree type)
{
  unsigned nbitmap = CEIL (map->nwords, WORD_NBITS);
  tree record = map_record_type (nbitmap);
  tree field = TYPE_FIELDS (record);
  vec<constructor_elt, va_gc> *elts = NULL;

  unsigned HOST_WIDE_INT nbytes = tree_to_uhwi (TYPE_SIZE_UNIT (type));
  CONSTRUCTOR_APPEND_ELT (elts, field,
                          build_int_cst (size_type_node, MAX (nbytes, 1)));
  field = DECL_CHAIN (field);
  CONSTRUCTOR_APPEND_ELT (
    elts, field, build_int_cst (size_type_node, map->nwords * WORD_NBYTES));
  field = DECL_CHAIN (field);

  pretty_printer pp;
  print_type_name (&pp, type);
  const char *name = pp_formatted_text (&pp);
  CONSTRUCTOR_APPEND_ELT (
    elts, field,
    fold_convert (const_ptr_type_node,
                  build_string_literal (strlen (name) + 1, name)));
  field = DECL_CHAIN (field);

  CONSTRUCTOR_APPEND_ELT (elts, field,
                          build_int_cst (uint32_type_node, map->unaligned));
  field = DECL_CHAIN (field);
  CONSTRUCTOR_APPEND_ELT (elts, field,
                          build_int_cst (uint32_type_node, map->nwords));
  field = DECL_CHAIN (field);

  if (nbitmap > 0)
    {
      vec<constructor_elt, va_gc> *words = NULL;
      for (unsigned i = 0; i < nbitmap; i++)
        CONSTRUCTOR_APPEND_ELT (
          words, size_int (i),
          build_int_cstu (uint64_type_node, map->bits[i]));
      CONSTRUCTOR_APPEND_ELT (elts, field,
                              build_constructor (TREE_TYPE (field), words));
    }

  tree var = build_decl (UNKNOWN_LOCATION, VAR_DECL,
                         create_tmp_var_name ("cairn_type"), record);
  TREE_STATIC (var) = 1;
  TREE_READONLY (var) = 1;
  TREE_CONSTANT (var) = 1;
  TREE_ADDRESSABLE (var) = 1;
  TREE_USED (var) = 1;
  DECL_ARTIFICIAL (var) = 1;
  DECL_IGNORED_P (var) = 1;
  DECL_INITIAL (var) = build_constructor (record, elts);
  TREE_CONSTANT (DECL_INITIAL (var)) = 1;
  TREE_STATIC (DECL_INITIAL (var)) = 1;
  varpool_node::finalize_decl (var);
  return var;
}

/* The type whose map, repeated, is that of TYPE; NULL_TREE if there is none.  */
static tree
mapped_type (tree type)
{
  /* An array of chars has no element to repeat a map of.  */
  tree element = innermost_element (type);
  if (char_like_p (element) && element != type)
    {
      tree size = TYPE_SIZE_UNIT (type);
      if (!size || !tree_fits_uhwi_p (size)
          || tree_to_uhwi (size) >= WORD_NBYTES)
        return NULL_TREE;
    }
  type = TYPE_MAIN_VARIANT (element);
  return type != error_mark_node && COMPLETE_TYPE_P (type)
             && TREE_CODE (TYPE_SIZE_UNIT (type)) == INTEGER_CST
           ? type : NULL_TREE;
}

std::string
type_map_text (tree type)
{
  type = type ? mapped_type (type) : NULL_TREE;
  type_map map;
  if (type)
    map_make (&map, type);
  if (!type || map.unknown)
    return "none, every word may be a pointer";

  pretty_printer pp;
  print_type_name (&pp, type);
  std::string text = pp_formatted_text (&pp);
  if (map.nwords == 0)
    return text + ", no pointers";
  if (map.unaligned)
    return text + ", pointers at any byte";
  unsigned npointers = 0;
  for (unsigned HOST_WIDE_INT bits : map.bits)
    npointers += popcount_hwi (bits);
  unsigned HOST_WIDE_INT nwords
    = CEIL (tree_to_uhwi (TYPE_SIZE_UNIT (type)), WORD_NBYTES);
  return text + ", " + std::to_string (npointers) + " of "
         + std::to_string (nwords)
         + (nwords == 1 ? " word may be a pointer"
            : npointers == 1 ? " words may be a pointer"
                             : " words may be pointers");
}

tree
type_map_address (tree type)
{
  if (!map_addresses)
    map_addresses = new hash_map<tree, tree>;

  type = mapped_type (type);
  if (!type)
    return null_pointer_node;

  tree *known = map_addresses->get (type);
  if (known)
    return *known;

  tree address = null_pointer_node;
  type_map map;
  map_make (&map, type);
  if (!map.unknown)
    {
      tree var = map_variable (&map, type);
      address = build1 (ADDR_EXPR, map_address_type (), var);
      TREE_CONSTANT (address) = 1;
      plugin_keep_tree (address);
    }
  plugin_keep_tree (type);
  map_addresses->put (type, address);
  return address;
}
