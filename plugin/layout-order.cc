/* layout-order.cc: the order of a structure's members that wastes least.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Where every member's size is a multiple of its alignment, the largest
   alignments first leave no hole.  Members that are aligned more than that,
   bit-fields, and a first or last member that stays make other orders worth
   trying: one that takes what fits best next, and of few members all.  These
   orders are laid out, and the smallest wins.

   Nobody likes to rewrite a structure of fifty members.  So the size that was
   found is aimed at again by moving one member at a time, always the one that
   helps most, and if that comes there, it is what is proposed.  */

#include "layout-order.h"

#include <algorithm>
#include <climits>

typedef std::vector<layout_member> members;
typedef std::vector<int> order;

/* Members of which all orders are tried.  */
static const size_t max_permuted = 7;

/* Moves that a person would still make.  */
static const size_t max_moves = 6;

/* Members of which all moves are tried.  */
static const size_t max_tried = 200;

static long long
round_up (long long n, long long align)
{
  return (n + align - 1) / align * align;
}

/* Where M goes if what stands before it ends at AT.  */
static long long
place (const layout_member &m, long long at)
{
  if (!m.bit_field)
    return round_up (at, m.align);
  if (m.unit_align
      && (at % m.unit_align + m.size + m.unit_align - 1) / m.unit_align
             > m.unit_size / m.unit_align)
    return round_up (at, m.unit_align);
  return at;
}

long long
layout_places (const members &all, const order &o, long long align,
               std::vector<long long> *places)
{
  long long at = 0;

  if (places)
    places->resize (all.size ());
  for (int i : o)
    {
      long long begin = place (all[i], at);
      if (places)
        (*places)[i] = begin;
      at = begin + all[i].size;
    }
  return round_up (at, align);
}

/* -- Orders worth trying.  */

/* What is ordered: single members, or bit-fields that stay together.  */
typedef std::vector<order> groups;

static groups
make_groups (const members &all, bool together)
{
  groups result;

  for (size_t i = 0; i < all.size (); i++)
    if (together && i > 0 && all[i].bit_field && all[i - 1].bit_field)
      result.back ().push_back (i);
    else
      result.push_back ({ (int) i });
  return result;
}

/* Put the groups of G behind each other.  */
static order
flatten (const groups &g)
{
  order o;

  for (const order &group : g)
    o.insert (o.end (), group.begin (), group.end ());
  return o;
}

/* How the group G likes to be aligned: bit-fields that stay together, as their
   largest unit.  */
static long long
group_align (const members &all, const order &g)
{
  long long align = 1;

  for (int i : g)
    align = std::max (align, !all[i].bit_field ? all[i].align
                             : g.size () > 1   ? all[i].unit_align
                                               : 1);
  return align;
}

/* Sort G[FIRST] to before G[LAST], the largest alignments first.  */
static groups
by_alignment (const members &all, groups g, size_t first, size_t last)
{
  std::stable_sort (g.begin () + first, g.begin () + last,
                    [&all] (const order &a, const order &b) {
                      return group_align (all, a) > group_align (all, b);
                    });
  return g;
}

/* Order G[FIRST] to before G[LAST] so that always the one comes next before
   which the smallest hole is left; of these, the most aligned.  */
static groups
by_fit (const members &all, groups g, size_t first, size_t last)
{
  long long at = 0;

  for (size_t i = 0; i < last; i++)
    {
      size_t best = i;
      long long best_hole = LLONG_MAX;
      for (size_t k = i; i >= first && k < last; k++)
        {
          long long hole = place (all[g[k][0]], at) - at;
          if (hole < best_hole
              || (hole == best_hole
                  && group_align (all, g[k]) > group_align (all, g[best])))
            {
              best = k;
              best_hole = hole;
            }
        }
      std::rotate (g.begin () + i, g.begin () + best, g.begin () + best + 1);
      for (int m : g[i])
        at = place (all[m], at) + all[m].size;
    }
  return g;
}

/* -- The fewest changes.  */

/* The bits in no member of ALL in order O, those at the end excepted.  */
static long long
holes (const members &all, const order &o)
{
  long long at = 0, sum = 0;

  for (int i : o)
    {
      long long begin = place (all[i], at);
      sum += begin - at;
      at = begin + all[i].size;
    }
  return sum;
}

static order
moved (order o, size_t from, size_t to)
{
  if (from < to)
    std::rotate (o.begin () + from, o.begin () + from + 1,
                 o.begin () + to + 1);
  else
    std::rotate (o.begin () + to, o.begin () + from, o.begin () + from + 1);
  return o;
}

/* Come from the order of ALL to the size of P by moving members from position
   FIRST to before LAST.  If a few moves suffice, P is what they make.  */
static void
make_moves (const members &all, long long align, size_t first, size_t last,
            layout_proposal *p)
{
  std::vector<layout_move> moves;
  order o = flatten (make_groups (all, false));

  if (all.size () > max_tried)
    return;
  while (layout_places (all, o, align, NULL) > p->size)
    {
      order best;
      layout_move best_move = { -1, -1 };
      std::pair<long long, long long> least
          = { layout_places (all, o, align, NULL), holes (all, o) };
      for (size_t from = first; from < last; from++)
        for (size_t to = first; to < last; to++)
          {
            order next = moved (o, from, to);
            std::pair<long long, long long> cost
                = { layout_places (all, next, align, NULL),
                    holes (all, next) };
            if (from != to && cost < least)
              {
                least = cost;
                best_move = { o[from], to ? next[to - 1] : -1 };
                best = next;
              }
          }
      if (best.empty () || moves.size () == max_moves)
        return;
      moves.push_back (best_move);
      o = best;
    }
  p->order = o;
  p->size = layout_places (all, o, align, NULL);
  p->moves = moves;
}

/* Let P be the order of G if that is smaller.  */
static void
try_order (const members &all, long long align, const groups &g,
           layout_proposal *p)
{
  order o = flatten (g);
  long long size = layout_places (all, o, align, NULL);

  if (size < p->size)
    {
      p->order = o;
      p->size = size;
    }
}

/* Whether P has no bit to spare, or less than it would take to be smaller.  */
static bool
all_full_p (const members &all, long long align, const layout_proposal &p)
{
  long long sum = 0;

  for (const layout_member &m : all)
    sum += m.size;
  return p.size - sum < align;
}

/* Let P be an order that leaves the first members, to before position FIRST,
   where they are, and is smaller, if there is one.  */
static void
improve (const members &all, long long align, size_t first,
         layout_proposal *p)
{
  size_t nlast = !all.empty () && all.back ().stays_last;
  long long before = p->size;
  bool loose = true;

  /* Bit-fields without a name stand for places that somebody has counted.  */
  for (const layout_member &m : all)
    if (m.bit_field && m.name.empty ())
      loose = false;
  for (int together = 1; together >= !loose; together--)
    {
      groups g = make_groups (all, together);
      size_t last = g.size () - nlast;
      if (first >= last)
        continue;
      try_order (all, align, by_alignment (all, g, first, last), p);
      try_order (all, align, by_fit (all, g, first, last), p);
      if (last - first <= max_permuted && !all_full_p (all, align, *p))
        do
          try_order (all, align, g, p);
        while (std::next_permutation (g.begin () + first, g.begin () + last));
    }
  if (p->size < before && loose)
    make_moves (all, align, first, all.size () - nlast, p);
}

layout_proposal
layout_best_order (const members &all, long long align)
{
  layout_proposal p, free;

  p.order = flatten (make_groups (all, false));
  p.size = layout_places (all, p.order, align, NULL);
  free = p;
  improve (all, align, 1, &p);
  improve (all, align, 0, &free);
  return free.size < p.size ? free : p;
}
