/* source-lines.h: the source as the programmer wrote it.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   Lines are given twice: as they are, and with blanks in place of comments and
   of what stands in quotes, so that columns stay and words are words of the
   program.  */

#ifndef CAIRN_SOURCE_LINES_H
#define CAIRN_SOURCE_LINES_H

#include "gcc-compat.h"

#include <string>
#include <vector>

struct source_lines
{
  int first;                      /* Number of the first line.  */
  std::vector<std::string> text;
  std::vector<std::string> words; /* TEXT without comments and literals.  */
};

/* Read lines FIRST to LAST of FILE, where FIRST begins in no comment.  Stops
   before a line that is not there or is none of its own, by a backslash or an
   open quote, and before one of the preprocessor, which may make what follows
   mean anything.  Returns whether it got to the end.  */
bool source_lines_read (const char *file, int first, int last,
                        source_lines *lines);

/* The lines of LINES as one text with newlines, from place FROM to TO, of which
   COLUMN counts from 1.  */
struct source_position
{
  int line;
  int column;
};
std::string source_lines_words (const source_lines &lines,
                                source_position from, source_position to);

/* How often NAME stands in WORDS as a word.  */
int source_count_word (const std::string &words, const std::string &name);

/* Whether C may be a part of a word.  */
bool source_word_char_p (char c);

#endif /* CAIRN_SOURCE_LINES_H */
