/* layout-order.h: the order of a structure's members that wastes least.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Knows nothing of GCC: members are sizes and alignments, all in bits, and
   places are found by the rules of the System V ABI for x86-64.  Who asks
   compares the places of the order as it is with the compiler's, and does not
   believe in others where these differ.  */

#ifndef CAIRN_LAYOUT_ORDER_H
#define CAIRN_LAYOUT_ORDER_H

#include <string>
#include <vector>

/* A member of a structure.  Sizes and places are in bits.  */
struct layout_member
{
  std::string name; /* "" if it has none.  */
  std::string type;
  long long offset = 0; /* Where the compiler has put it.  */
  long long size = 0;
  long long align = 8;
  bool bit_field = false; /* It does not cross a multiple of UNIT_ALIGN ...  */
  long long unit_size = 0; /* ... so that it needs more than UNIT_SIZE.  */
  long long unit_align = 0;
  bool stays_last = false; /* An array that may be longer than it says.  */
};

/* "Take the member from where it is and put it behind the member AFTER", by
   their numbers; AFTER is -1: in front of all.  */
struct layout_move
{
  int member;
  int after;
};

struct layout_proposal
{
  std::vector<int> order;         /* Numbers of the members.  */
  std::vector<layout_move> moves; /* How to come there, one after the other;
                                     empty if there are too many.  */
  long long size = 0;             /* In bits.  */
};

/* The size of a structure of MEMBERS in ORDER, which is aligned to ALIGN.  Sets
   *PLACES, unless it is NULL, to the members' offsets by their numbers.  */
long long layout_places (const std::vector<layout_member> &members,
                         const std::vector<int> &order, long long align,
                         std::vector<long long> *places);

/* The order of MEMBERS, of a structure aligned to ALIGN, that makes it smallest,
   with as few changes as possible: the first member stays where it is unless
   that costs something, bit-fields stay together likewise, and a member that
   has to stay last does.  Where nothing is gained the order is that of
   MEMBERS.  */
layout_proposal layout_best_order (const std::vector<layout_member> &members,
                                   long long align);

#endif /* CAIRN_LAYOUT_ORDER_H */
