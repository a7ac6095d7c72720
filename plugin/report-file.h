/* report-file.h: report files that many compilations share.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A program is many source files, compiled in any order, at the same time and
   again and again: they all write to one report file.  It consists of
   sections, one for each source, which a compilation of that source replaces.
   They are sorted, so that the same sources give the same file.  */

#ifndef CAIRN_REPORT_FILE_H
#define CAIRN_REPORT_FILE_H

#include <string>

/* What a kind of report file looks like.  */
struct report_file_form
{
  const char *head;      /* Lines before the first section.  */
  const char *marker;    /* How a section's first line begins.  */
  const char *separator; /* Ends each section but the last.  */
  const char *tail;      /* Lines after the last section.  */
};

/* Write SECTION, lines of which the first begins with FORM's marker and then
   KEY, to FILE, in place of the section with the same beginning, if there is
   one.  A FILE that is neither empty nor of FORM is left alone.  What goes
   wrong is reported as an error.  */
void report_file_update (const char *file, const report_file_form &form,
                         const std::string &key, const std::string &section);

/* Set *SECTION to the section of FILE that begins with FORM's marker and KEY;
   to "" if there is none, or no FILE.  Returns false, having reported an
   error, if FILE cannot be read or is not of FORM.  */
bool report_file_section (const char *file, const report_file_form &form,
                          const std::string &key, std::string *section);

/* S as a string of JSON, in quotes.  Bytes that are no UTF-8 are replaced.  */
std::string json_quote (const std::string &s);

/* The path FILE as an absolute file name, and a file name as an URI.  */
std::string absolute_path (const std::string &file);
std::string uri_escape (const std::string &path);

#endif /* CAIRN_REPORT_FILE_H */
