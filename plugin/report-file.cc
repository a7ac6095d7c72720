/* report-file.cc: report files that many compilations share.

   Copyright (C) 2026 The Cairn developers.

   This file is part of Cairn.  Cairn is free software: you can redistribute
   it and/or modify it under the terms of the GNU General Public License as
   published by the Free Software Foundation, either version 3 of the License,
   or (at your option) any later version.  See the file COPYING.

   A new version is written beside the file and renamed, so that nobody ever
   reads half of one, and a full disk costs nothing but the news.  Writers
   lock the file itself and, as it may be another by the time they have the
   lock, look whether it still has its name.  Symbolic links stay.  What is no
   regular file, or has its name in /dev (which may be a link to the file that
   standard output goes to), receives the section alone.  */

#include "gcc-compat.h"
#include "report-file.h"

#include <map>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* -- Text.  */

/* The length of the UTF-8 sequence at S[I]; 0 if there is none.  */
static size_t
utf8_length (const std::string &s, size_t i)
{
  unsigned char c = s[i];
  size_t n = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2
             : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;

  if (!n || i + n > s.size ())
    return 0;
  for (size_t k = 1; k < n; k++)
    if (((unsigned char) s[i + k] & 0xc0) != 0x80)
      return 0;
  return n;
}

std::string
json_quote (const std::string &s)
{
  std::string out = "\"";
  char hex[8];

  for (size_t i = 0; i < s.size ();)
    {
      unsigned char c = s[i];
      size_t n = utf8_length (s, i);
      if (!n)
        {
          out += "\\ufffd";
          n = 1;
        }
      else if (c == '"' || c == '\\')
        out += std::string ("\\") + (char) c;
      else if (c < 0x20)
        {
          snprintf (hex, sizeof hex, "\\u%04x", c);
          out += hex;
        }
      else
        out += s.substr (i, n);
      i += n;
    }
  return out + "\"";
}

std::string
absolute_path (const std::string &file)
{
  const char *pwd = getpwd ();

  if (file[0] == '/' || !pwd)
    return file;
  return std::string (pwd) + "/"
         + (startswith (file.c_str (), "./") ? file.substr (2) : file);
}

std::string
uri_escape (const std::string &path)
{
  std::string out;
  char hex[4];

  for (unsigned char c : path)
    if (ISALNUM (c) || strchr ("/-._~", c))
      out += c;
    else
      {
        snprintf (hex, sizeof hex, "%%%02X", c);
        out += hex;
      }
  return out;
}

/* -- Files.  */

/* Whether FILE, with the status ST, has sections to be kept.  */
static bool
replaceable_p (const char *file, const struct stat &st)
{
  return S_ISREG (st.st_mode) && !startswith (file, "/dev/")
         && !startswith (file, "/proc/");
}

/* Open FILE and lock it.  Returns -1, with errno, if that cannot be done.  */
static int
open_locked (const char *file, struct stat *st)
{
  for (;;)
    {
      struct stat named;
      int fd = startswith (file, "/dev/")
                   ? open (file, O_WRONLY | O_APPEND | O_CLOEXEC)
                   : open (file, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
      if (fd < 0)
        return -1;
      if (fstat (fd, st) != 0)
        {
          close (fd);
          return -1;
        }
      if (!replaceable_p (file, *st))
        return fd;
      /* Where locks do not work, one does without.  */
      flock (fd, LOCK_EX);
      if (stat (file, &named) == 0 && named.st_dev == st->st_dev
          && named.st_ino == st->st_ino)
        return fd;
      close (fd);
    }
}

static bool
write_all (int fd, const std::string &text)
{
  for (size_t done = 0; done < text.size ();)
    {
      ssize_t n = write (fd, text.data () + done, text.size () - done);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return false;
      done += n;
    }
  return true;
}

static bool
read_all (int fd, std::string *text)
{
  char buffer[1 << 16];
  ssize_t n;

  while ((n = read (fd, buffer, sizeof buffer)) != 0)
    if (n > 0)
      text->append (buffer, n);
    else if (errno != EINTR)
      return false;
  return true;
}

/* Write TEXT to a file beside FILE, with the access rights MODE, and give it
   FILE's name.  */
static bool
replace_file (const char *file, mode_t mode, const std::string &text)
{
  char *target = realpath (file, NULL);
  if (!target)
    return false;
  std::string name = std::string (target) + ".XXXXXX";
  std::string to = target;
  free (target);
  int fd = mkstemp (&name[0]);

  if (fd < 0)
    return false;
  bool ok = write_all (fd, text) && fchmod (fd, mode & 0777) == 0;
  if (close (fd) != 0)
    ok = false;
  if (ok && rename (name.c_str (), to.c_str ()) == 0)
    return true;
  int why = errno;
  unlink (name.c_str ());
  errno = why;
  return false;
}

/* Read the sections of TEXT, by their first lines' beginnings up to the end
   of the key.  Returns false if TEXT is not of FORM.  */
static bool
read_sections (const std::string &text, const report_file_form &form,
               std::map<std::string, std::string> *sections)
{
  size_t head = strlen (form.head);
  size_t tail = strlen (form.tail);
  std::string *section = NULL;

  if (text.empty ())
    return true;
  if (text.size () < head + tail || text.compare (0, head, form.head) != 0
      || text.compare (text.size () - tail, tail, form.tail) != 0)
    return false;
  for (size_t i = head, end = text.size () - tail; i < end;)
    {
      size_t eol = std::min (text.find ('\n', i), end - 1);
      std::string line = text.substr (i, eol + 1 - i);
      i = eol + 1;
      if (startswith (line.c_str (), form.marker))
        {
          /* The key is a string of JSON.  */
          size_t quote = strlen (form.marker) + 1;
          while (quote < line.size () && line[quote] != '"')
            quote += line[quote] == '\\' ? 2 : 1;
          section = &(*sections)[line.substr (0, quote + 1)];
          section->clear ();
        }
      if (!section)
        return false;
      size_t separator = strlen (form.separator);
      if (separator && line.size () > separator
          && line.compare (line.size () - 1 - separator, separator,
                           form.separator) == 0)
        line.erase (line.size () - 1 - separator, separator);
      *section += line;
    }
  return true;
}

bool
report_file_section (const char *file, const report_file_form &form,
                     const std::string &key, std::string *section)
{
  std::map<std::string, std::string> sections;
  std::string text;
  int fd = open (file, O_RDONLY | O_CLOEXEC);

  section->clear ();
  if (fd < 0 && errno == ENOENT)
    return true;
  const char *why = fd < 0 || !read_all (fd, &text) ? xstrerror (errno)
                    : read_sections (text, form, &sections)
                        ? NULL : "it is no such report";
  if (fd >= 0)
    close (fd);
  if (why)
    error_at (UNKNOWN_LOCATION, "cairn: cannot read the report %qs: %s", file,
              why);
  auto it = sections.find (form.marker + key);
  if (it != sections.end ())
    *section = it->second;
  return !why;
}

/* Write SECTION to the open and locked FD, which is FILE.  Returns an error
   for people, or NULL.  */
static const char *
update_open (int fd, const struct stat &st, const char *file,
             const report_file_form &form, const std::string &key,
             const std::string &section)
{
  std::map<std::string, std::string> sections;
  std::string text;
  bool regular = replaceable_p (file, st);

  if (regular && !read_all (fd, &text))
    return xstrerror (errno);
  if (!read_sections (text, form, &sections))
    return "it exists and is no such report";
  sections[form.marker + key] = section;
  text = form.head;
  size_t left = sections.size ();
  for (const auto &s : sections)
    {
      text += s.second;
      if (--left)
        text.insert (text.size () - 1, form.separator);
    }
  text += form.tail;
  if (regular ? replace_file (file, st.st_mode, text) : write_all (fd, text))
    return NULL;
  return xstrerror (errno);
}

void
report_file_update (const char *file, const report_file_form &form,
                    const std::string &key, const std::string &section)
{
  struct stat st;
  int fd = open_locked (file, &st);
  const char *why = fd < 0 ? xstrerror (errno)
                           : update_open (fd, st, file, form, key, section);

  if (why)
    error_at (UNKNOWN_LOCATION, "cairn: cannot write the report %qs: %s",
              file, why);
  if (fd >= 0)
    close (fd);
}
