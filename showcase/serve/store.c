/* store.c: JSON texts under keys, for all connections.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).

   Texts never change.  Who reads one needs the lock only to find it.  */

#include "../json/json.h"
#include "serve.h"

#include <cairn/map.h>
#include <cairn/sync.h>

CAIRN_MAP_STRING (texts, struct cairn_string);

static struct texts *texts;
static struct cairn_rwmutex lock;

static const char is_json[] = "Content-Type: application/json\r\n";

static int
get (struct connection *c, const struct request *request,
     struct cairn_string key)
{
  cairn_rwmutex_read_lock (&lock);
  struct cairn_string *found = texts_find (texts, key);
  struct cairn_string text = found ? *found : CAIRN_STRING ("");
  cairn_rwmutex_read_unlock (&lock);
  if (!found)
    return respond_status (c, request, "404 Not Found", "");
  return respond (c, request, "200 OK", is_json, text);
}

/* The body must be JSON, however deep.  */
static int
put (struct connection *c, const struct request *request,
     struct cairn_string key)
{
  struct json_error error;
  if (!json_parse (request->body, &error))
    return respond (c, request, "400 Bad Request", "",
                    cairn_string_format ("%zu:%zu: %s\n", error.line,
                                         error.column, error.what));
  key = cairn_string_copy (key.data, key.len);
  cairn_rwmutex_lock (&lock);
  if (!texts)
    texts = texts_make (0);
  int is_new = !texts_find (texts, key);
  texts_set (texts, key, request->body);
  cairn_rwmutex_unlock (&lock);
  return respond (c, request, is_new ? "201 Created" : "200 OK", "",
                  CAIRN_STRING (""));
}

static int delete (struct connection *c, const struct request *request,
                   struct cairn_string key)
{
  cairn_rwmutex_lock (&lock);
  int was_there = texts_len (texts) > 0 && texts_delete (texts, key);
  cairn_rwmutex_unlock (&lock);
  return was_there ? respond (c, request, "200 OK", "", CAIRN_STRING (""))
                   : respond_status (c, request, "404 Not Found", "");
}

/* How many keys there are.  */
static int
count (struct connection *c, const struct request *request)
{
  cairn_rwmutex_read_lock (&lock);
  size_t n = texts_len (texts);
  cairn_rwmutex_read_unlock (&lock);
  return respond (c, request, "200 OK", is_json,
                  cairn_string_format ("{\"keys\":%zu}\n", n));
}

int
answer_store (struct connection *c, const struct request *request,
              const char *name)
{
  struct cairn_string key = { name, strlen (name) };
  int is_get = strcmp (request->method, "GET") == 0
               || strcmp (request->method, "HEAD") == 0;
  if (is_get)
    return key.len ? get (c, request, key) : count (c, request);
  if (key.len && strcmp (request->method, "PUT") == 0)
    return put (c, request, key);
  if (key.len && strcmp (request->method, "DELETE") == 0)
    return delete (c, request, key);
  return respond_status (c, request, "405 Method Not Allowed",
                         key.len ? "Allow: GET, HEAD, PUT, DELETE\r\n"
                                 : "Allow: GET, HEAD\r\n");
}
