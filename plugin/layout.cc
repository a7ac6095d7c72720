/* layout.cc: what structures look like in memory, and how they could.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

     t.c:3:8: struct s: 24 bytes, alignment 8, 1 hole of 7 bytes, 7 at the end
     t.c:3:8:   offset 0, 1 byte: a
     t.c:3:8:   offset 1, 7 bytes: (hole)
     t.c:3:8:   offset 8, 8 bytes: p
     t.c:3:8:   offset 16, 1 byte: b
     t.c:3:8:   offset 17, 7 bytes: (padding)
     t.c:3:8: warning: struct s has 16 bytes instead of 24 if members change places
     t.c:3:8: note: move b behind a
     t.c:3:8: note: the order is then: a, b, p

   There is a warning only where the structure gets smaller.  It is not given
   for structures whose order others rely on: those of system headers, those of
   headers that option public names, those with the attribute cairn_abi.  Unions
   have no order.  An array at the end that has no length, or the length 0 or 1,
   may be longer in fact and stays there; one without a length in the middle
   marks a place.  Structures within structures are members like others.

   What is printed is what the compiler has laid out.  The order is looked for by
   layout-order.cc, whose idea of the order as it is must agree with that, member
   by member, or nothing is proposed: attributes and options that this file
   knows nothing of change nothing silently.  */

#include "gcc-compat.h"
#include "layout.h"
#include "layout-order.h"
#include "options.h"
#include "report-file.h"
#include "report-record.h"
#include "stages.h"

#include <fnmatch.h>

#include <algorithm>

/* A stretch of bits that belong to no member.  */
struct layout_gap
{
  long long offset;
  long long size;
};

struct layout_record
{
  location_t loc;
  report_place place;
  std::string name;
  bool is_union;
  long long size;  /* In bits, as all numbers here.  */
  long long align;
  std::vector<layout_member> members;
  std::vector<layout_gap> holes;
  long long padding; /* Behind the last member.  */
  const char *fixed; /* Why its order is not to be changed; NULL: it may be.  */
  bool quiet;        /* Nobody wants to read of it: a system header's.  */
  layout_proposal better;
};

/* The structures and unions that the file has mentioned, each once.  */
static auto_vec<tree> mentioned;
static hash_set<int_hash<unsigned, 0, UINT_MAX>> *seen;

/* -- Taking note.  */

/* PLUGIN_FINISH_TYPE: a type was mentioned in a declaration.  It may be
   incomplete yet, and get its name later.  */
static void
type_finished (void *event_data, void *)
{
  tree type = (tree) event_data;

  if (!type || type == error_mark_node || !RECORD_OR_UNION_TYPE_P (type))
    return;
  type = TYPE_MAIN_VARIANT (type);
  if (seen->add (TYPE_UID (type)))
    return;
  plugin_keep_tree (type);
  mentioned.safe_push (type);
}

/* The attribute cairn_abi.  */
static tree
handle_abi (tree *node, tree name, tree, int flags, bool *no_add)
{
  if (!RECORD_OR_UNION_TYPE_P (*node))
    warning (OPT_Wattributes, "%qE attribute is for structures only", name);
  else if (!(flags & ATTR_FLAG_TYPE_IN_PLACE))
    warning (OPT_Wattributes,
             "%qE attribute must stand behind the structure%'s %<struct%> or "
             "closing brace", name);
  else
    return NULL_TREE;
  *no_add = true;
  return NULL_TREE;
}

static const struct attribute_spec abi_attribute
    = { "cairn_abi", 0, 0, false, true, false, false, handle_abi, NULL };

static void
register_attributes (void *, void *)
{
  register_attribute (&abi_attribute);
}

void
layout_init (const char *plugin_name)
{
  register_callback (plugin_name, PLUGIN_ATTRIBUTES, register_attributes,
                     NULL);
  if (!cairn_options.layout)
    return;
  seen = new hash_set<int_hash<unsigned, 0, UINT_MAX>>;
  register_callback (plugin_name, PLUGIN_FINISH_TYPE, type_finished, NULL);
}

/* -- Reading the compiler's layout.  */

static const char *
keyword (tree type)
{
  return TREE_CODE (type) == RECORD_TYPE ? "struct" : "union";
}

/* "struct s", "T", "struct {a, b, ...}".  */
std::string
layout_type_text (tree type)
{
  tree name = TYPE_NAME (type);

  /* A structure without a tag has the name of the first typedef.  Later variants
     come first.  */
  if (!name)
    for (tree v = TYPE_NEXT_VARIANT (type); v; v = TYPE_NEXT_VARIANT (v))
      if (TYPE_NAME (v) && TREE_CODE (TYPE_NAME (v)) == TYPE_DECL)
        name = TYPE_NAME (v);
  if (name && TREE_CODE (name) == TYPE_DECL)
    return IDENTIFIER_POINTER (DECL_NAME (name));
  if (name)
    return std::string (keyword (type)) + " " + IDENTIFIER_POINTER (name);
  std::string s = std::string (keyword (type)) + " {";
  int n = 0;
  for (tree f = TYPE_FIELDS (type); f; f = DECL_CHAIN (f))
    if (TREE_CODE (f) == FIELD_DECL && n++ < 3)
      s += (n == 1 ? "" : ", ")
           + (n == 3 ? std::string ("...")
              : DECL_NAME (f)
                  ? std::string (IDENTIFIER_POINTER (DECL_NAME (f)))
              : RECORD_OR_UNION_TYPE_P (TREE_TYPE (f))
                  ? layout_type_text (TYPE_MAIN_VARIANT (TREE_TYPE (f)))
                  : std::string (":"));
  return s + "}";
}

/* The type of the member F as C spells it.  */
static std::string
member_type_text (tree f)
{
  tree type = DECL_BIT_FIELD_TYPE (f) ? DECL_BIT_FIELD_TYPE (f)
                                      : TREE_TYPE (f);
  pretty_printer pp;

  if (RECORD_OR_UNION_TYPE_P (type))
    return layout_type_text (TYPE_MAIN_VARIANT (type));
  dump_generic_node (&pp, type, 0, TDF_SLIM, false);
  return pp_formatted_text (&pp);
}

/* Read the members of TYPE into R.  Returns false if something about them is
   not constant.  */
static bool
read_members (tree type, layout_record *r)
{
  for (tree f = TYPE_FIELDS (type); f; f = DECL_CHAIN (f))
    {
      layout_member m;
      if (TREE_CODE (f) != FIELD_DECL)
        continue;
      tree ftype = TREE_TYPE (f);
      tree size = DECL_SIZE (f);
      if (error_operand_p (f) || error_operand_p (ftype)
          || !tree_fits_uhwi_p (DECL_FIELD_OFFSET (f))
          || (size && !tree_fits_uhwi_p (size)))
        return false;
      m.name = DECL_NAME (f) ? IDENTIFIER_POINTER (DECL_NAME (f)) : "";
      m.type = member_type_text (f);
      m.offset = int_bit_position (f);
      m.size = size ? tree_to_uhwi (size) : 0;
      m.align = DECL_ALIGN (f);
      if (DECL_C_BIT_FIELD (f))
        {
          tree unit = DECL_BIT_FIELD_TYPE (f);
          m.bit_field = true;
          if (!DECL_PACKED (f) && unit)
            {
              m.unit_size = tree_to_uhwi (TYPE_SIZE (unit));
              m.unit_align = TYPE_ALIGN (unit);
            }
          if (!unit && !r->fixed)
            r->fixed = "bit-fields that are not understood";
          if (DECL_USER_ALIGN (f) && !r->fixed)
            r->fixed = "aligned bit-fields";
        }
      else if (TREE_CODE (ftype) == ARRAY_TYPE)
        {
          tree domain = TYPE_DOMAIN (ftype);
          bool open = !size || m.size == 0 || !domain
                      || !TYPE_MAX_VALUE (domain);
          m.stays_last
              = !DECL_CHAIN (f)
                && (open || integer_zerop (TYPE_MAX_VALUE (domain)));
          if (open && DECL_CHAIN (f) && !r->fixed)
            r->fixed = "an array that marks a place";
        }
      r->members.push_back (m);
    }
  return true;
}

/* Find R's holes and padding.  */
static void
find_holes (layout_record *r)
{
  long long end = 0;

  for (const layout_member &m : r->members)
    {
      if (m.offset > end)
        r->holes.push_back ({ end, m.offset - end });
      end = std::max (end, m.offset + m.size);
    }
  r->padding = r->size - end;
}

/* Whether the places that layout-order.cc finds for R's order as it is are the
   compiler's.  */
static bool
understood_p (const layout_record &r)
{
  std::vector<int> o;
  std::vector<long long> places;

  for (size_t i = 0; i < r.members.size (); i++)
    o.push_back (i);
  if (layout_places (r.members, o, r.align, &places) != r.size)
    return false;
  for (size_t i = 0; i < r.members.size (); i++)
    if (places[i] != r.members[i].offset)
      return false;
  return true;
}

/* Whether one of the patterns of option public, with colons between them, is
   FILE's name or path.  */
static bool
public_header_p (const char *file)
{
  std::string patterns
      = cairn_options.public_headers ? cairn_options.public_headers : "";

  for (size_t i = 0; file && i < patterns.size ();)
    {
      size_t end = std::min (patterns.find (':', i), patterns.size ());
      std::string pattern = patterns.substr (i, end - i);
      if (fnmatch (pattern.c_str (), file, 0) == 0
          || fnmatch (pattern.c_str (), lbasename (file), 0) == 0)
        return true;
      i = end + 1;
    }
  return false;
}

/* Fill in R for TYPE.  Returns false if there is nothing to say of it.  */
static bool
make_record (tree type, layout_record *r)
{
  if (!COMPLETE_TYPE_P (type) || !TYPE_STUB_DECL (type)
      || !tree_fits_uhwi_p (TYPE_SIZE (type)))
    return false;
  r->loc = DECL_SOURCE_LOCATION (TYPE_STUB_DECL (type));
  if (r->loc <= BUILTINS_LOCATION)
    return false;
  r->place = report_place_of (r->loc);
  r->name = layout_type_text (type);
  r->is_union = TREE_CODE (type) == UNION_TYPE;
  r->size = tree_to_uhwi (TYPE_SIZE (type));
  r->align = TYPE_ALIGN (type);
  r->padding = 0;
  r->quiet = in_system_header_at (r->loc);
  r->fixed = r->is_union ? "a union"
             : r->quiet  ? "defined in a system header"
             : lookup_attribute ("cairn_abi", TYPE_ATTRIBUTES (type))
                 ? "declared cairn_abi"
             : public_header_p (r->place.file.c_str ())
                 ? "defined in a public header"
                 : NULL;
  if (!read_members (type, r))
    return false;
  if (r->is_union)
    return true;
  find_holes (r);
  if (!r->fixed && !understood_p (*r))
    r->fixed = "an unusual layout";
  if (!r->fixed && (r->padding || !r->holes.empty ()))
    r->better = layout_best_order (r->members, r->align);
  return true;
}

/* -- Telling.  */

static std::string
bytes_text (long long nbytes)
{
  return std::to_string (nbytes) + (nbytes == 1 ? " byte" : " bytes");
}

/* "7 bytes", "1 byte and 3 bits", "3 bits".  */
static std::string
size_text (long long nbits)
{
  std::string bits = std::to_string (nbits % 8)
                     + (nbits % 8 == 1 ? " bit" : " bits");

  return nbits % 8 == 0 ? bytes_text (nbits / 8)
         : nbits < 8    ? bits
                        : bytes_text (nbits / 8) + " and " + bits;
}

/* A member as one refers to it.  */
static std::string
member_text (const layout_member &m)
{
  return m.name.empty () ? "(" + m.type + ")" : m.name;
}

/* "struct s: 24 bytes, alignment 8, 1 hole of 7 bytes, 7 bytes at the end".  */
static std::string
headline (const layout_record &r)
{
  std::string s = r.name + ": " + bytes_text (r.size / 8) + ", alignment "
                  + std::to_string (r.align / 8);
  long long sum = 0;

  for (const layout_gap &hole : r.holes)
    sum += hole.size;
  if (sum)
    s += ", " + std::to_string (r.holes.size ())
         + (r.holes.size () == 1 ? " hole of " : " holes with ")
         + size_text (sum);
  if (r.padding)
    s += ", " + size_text (r.padding) + " at the end";
  return s;
}

static void
print_line (const layout_record &r, long long offset, long long size,
            const std::string &what)
{
  fprintf (stderr, "%s:   offset %lld", report_place_text (r.place).c_str (),
           offset / 8);
  if (offset % 8)
    fprintf (stderr, ":%lld", offset % 8);
  fprintf (stderr, ", %s: %s\n", size_text (size).c_str (), what.c_str ());
}

/* Print all about R, but that it could be better.  */
static void
print_text (const layout_record &r)
{
  auto hole = r.holes.begin ();

  fprintf (stderr, "%s: %s\n", report_place_text (r.place).c_str (),
           headline (r).c_str ());
  for (const layout_member &m : r.members)
    {
      while (hole != r.holes.end () && hole->offset < m.offset)
        {
          print_line (r, hole->offset, hole->size, "(hole)");
          ++hole;
        }
      print_line (r, m.offset, m.size, member_text (m));
    }
  if (r.padding)
    print_line (r, r.size - r.padding, r.padding, "(padding)");
}

static bool
saves_p (const layout_record &r)
{
  return r.better.size && r.better.size < r.size;
}

static std::string
order_text (const layout_record &r)
{
  std::string s;

  for (int i : r.better.order)
    s += (s.empty () ? "" : ", ") + member_text (r.members[i]);
  return s;
}

static void
warn (const layout_record &r)
{
  if (!warning_at (r.loc, 0,
                   "%s has %wd bytes instead of %wd if its members change "
                   "places", r.name.c_str (),
                   (HOST_WIDE_INT) (r.better.size / 8),
                   (HOST_WIDE_INT) (r.size / 8)))
    return;
  for (const layout_move &m : r.better.moves)
    if (m.after < 0)
      inform (r.loc, "move %qs to the beginning",
              member_text (r.members[m.member]).c_str ());
    else
      inform (r.loc, "move %qs behind %qs",
              member_text (r.members[m.member]).c_str (),
              member_text (r.members[m.after]).c_str ());
  inform (r.loc, "the order is then: %s", order_text (r).c_str ());
}

/* "NAME":N, in bytes if that is a whole number, else "NAME_bits":N.  */
static std::string
json_size (const char *name, long long nbits)
{
  std::string s = std::string (",\"") + name;

  return nbits % 8 ? s + "_bits\":" + std::to_string (nbits)
                   : s + "\":" + std::to_string (nbits / 8);
}

static std::string
json_line (const layout_record &r)
{
  std::string at = "{\"line\":" + std::to_string (r.place.line)
                   + ",\"character\":" + std::to_string (r.place.column) + "}";
  std::string says
      = saves_p (r) ? r.name + " has " + bytes_text (r.better.size / 8)
                          + " instead of " + std::to_string (r.size / 8)
                          + " if its members change places"
                    : headline (r);
  std::string s
      = "{\"range\":{\"start\":" + at + ",\"end\":" + at + "},\"severity\":"
        + (saves_p (r) ? "2" : "4") + ",\"code\":\"layout\",\"source\":\"cairn\""
        + ",\"message\":" + json_quote (says) + ",\"verdict\":"
        + json_quote (headline (r)) + ",\"function\":\"\",\"name\":"
        + json_quote (r.name) + ",\"site\":"
        + json_quote (report_place_text (r.place)) + ",\"bytes\":"
        + std::to_string (r.size / 8) + ",\"alignment\":"
        + std::to_string (r.align / 8);

  if (r.fixed)
    s += ",\"fixed\":" + json_quote (r.fixed);
  s += ",\"members\":[";
  for (const layout_member &m : r.members)
    s += std::string (&m == &r.members[0] ? "" : ",") + "{\"name\":"
         + json_quote (m.name) + ",\"type\":" + json_quote (m.type)
         + json_size ("offset", m.offset) + json_size ("size", m.size)
         + (m.bit_field ? ",\"bit_field\":true}" : "}");
  s += "],\"holes\":[";
  for (const layout_gap &h : r.holes)
    {
      std::string hole = json_size ("offset", h.offset)
                         + json_size ("size", h.size);
      s += (&h == &r.holes[0] ? "{" : ",{") + hole.substr (1) + "}";
    }
  s += "]" + json_size ("padding", r.padding);
  if (saves_p (r))
    {
      s += ",\"saves\":" + std::to_string ((r.size - r.better.size) / 8)
           + ",\"order\":[";
      for (size_t i = 0; i < r.better.order.size (); i++)
        s += (i ? "," : "")
             + json_quote (member_text (r.members[r.better.order[i]]));
      s += "]";
    }
  return s + "}\n";
}

static bool
record_before (const layout_record &a, const layout_record &b)
{
  if (a.place.file != b.place.file)
    return a.place.file < b.place.file;
  if (a.place.line != b.place.line)
    return a.place.line < b.place.line;
  return a.place.column < b.place.column;
}

std::string
layout_print (void)
{
  std::vector<layout_record> records;
  std::string json;

  for (tree type : mentioned)
    {
      layout_record r;
      if (make_record (type, &r))
        records.push_back (r);
    }
  std::stable_sort (records.begin (), records.end (), record_before);
  for (const layout_record &r : records)
    {
      if (!r.quiet)
        print_text (r);
      if (saves_p (r))
        warn (r);
      json += json_line (r);
    }
  mentioned.release ();
  return json;
}
