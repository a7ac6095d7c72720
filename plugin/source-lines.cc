/* source-lines.cc: the source as the programmer wrote it.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.  */

#include "source-lines.h"

bool
source_word_char_p (char c)
{
  return ISALNUM (c) || c == '_' || c == '$';
}

/* Blank what is no word in LINE.  COMMENT says whether a comment goes on
   there, and is set to whether it goes on behind.  Returns false if the line
   goes on in the next one, by a backslash or an open quote.  */
static bool
blank_line (std::string *line, bool *comment)
{
  char quote = 0;

  for (size_t i = 0; i < line->size (); i++)
    {
      char c = (*line)[i];
      char next = i + 1 < line->size () ? (*line)[i + 1] : 0;
      if (*comment)
        {
          if (c == '*' && next == '/')
            {
              *comment = false;
              (*line)[++i] = ' ';
              (*line)[i - 1] = ' ';
            }
          else
            (*line)[i] = ' ';
        }
      else if (quote)
        {
          if (c == '\\' && next)
            (*line)[i++] = ' ';
          else if (c == quote)
            {
              quote = 0;
              continue;
            }
          (*line)[i] = ' ';
        }
      else if (c == '"' || c == '\'')
        quote = c;
      else if (c == '/' && next == '/')
        line->replace (i, std::string::npos, line->size () - i, ' ');
      else if (c == '/' && next == '*')
        {
          *comment = true;
          (*line)[i] = ' ';
          (*line)[++i] = ' ';
        }
      else if (c == '\\')
        return false;
    }
  return !quote;
}

bool
source_lines_read (const char *file, int first, int last, source_lines *lines)
{
  bool comment = false;

  lines->first = first;
  lines->text.clear ();
  lines->words.clear ();
  for (int n = first; n <= last; n++)
    {
      char_span span = location_get_source_line (file, n);
      if (!span)
        return false;
      std::string text (span.get_buffer (), span.length ());
      std::string words = text;
      if (!blank_line (&words, &comment))
        return false;
      size_t at = words.find_first_not_of (" \t\f\v\r");
      if (at != std::string::npos && (words[at] == '#' || words[at] == '%'))
        return false;
      lines->text.push_back (text);
      lines->words.push_back (words);
    }
  return true;
}

std::string
source_lines_words (const source_lines &lines, source_position from,
                    source_position to)
{
  std::string s;

  for (int n = from.line; n <= to.line; n++)
    {
      size_t i = n - lines.first;
      if (i >= lines.words.size ())
        break;
      std::string line = lines.words[i];
      if (n == to.line)
        line = line.substr (0, MIN (line.size (), (size_t) to.column - 1));
      if (n == from.line)
        line = line.substr (MIN (line.size (), (size_t) from.column - 1));
      s += line + "\n";
    }
  return s;
}

int
source_count_word (const std::string &words, const std::string &name)
{
  int n = 0;

  for (size_t at = 0; (at = words.find (name, at)) != std::string::npos;
       at += name.size ())
    {
      size_t end = at + name.size ();
      n += (at == 0 || !source_word_char_p (words[at - 1]))
           && (end == words.size () || !source_word_char_p (words[end]));
    }
  return n;
}
