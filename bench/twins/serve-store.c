/* serve-store.c: the store as C has it: texts are copied in, and out again, as
   somebody may free them meanwhile.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later (COPYING).
 */

#include "../json/json.h"
#include "serve.h"

#include <pthread.h>

enum
{
  NLISTS = 4096
};

struct item
{
  struct item *next;
  char *text;
  size_t nbytes;
  char key[];
};

static struct item *lists[NLISTS];
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static const char is_json[] = "Content-Type: application/json\r\n";

static struct item **
find (const char *key)
{
  unsigned hash = 5381;
  for (const char *c = key; *c; c++)
    hash = 33 * hash + (unsigned char)*c;
  struct item **item = &lists[hash % NLISTS];
  while (*item && strcmp ((*item)->key, key) != 0)
    item = &(*item)->next;
  return item;
}

static int
get (struct connection *c, const struct request *request, const char *key)
{
  struct cairn_string text = { NULL, 0 };
  pthread_rwlock_rdlock (&lock);
  struct item *item = *find (key);
  if (item)
    text = cairn_string_copy (item->text, item->nbytes);
  pthread_rwlock_unlock (&lock);
  if (!item)
    return respond_status (c, request, "404 Not Found", "");
  return respond (c, request, "200 OK", is_json, text);
}

static int
put (struct connection *c, const struct request *request, const char *key)
{
  struct json_error error;
  if (!json_parse (request->body, &error))
    return respond_status (c, request, "400 Bad Request", "");
  char *text = malloc (request->body.len);
  struct item *fresh = malloc (sizeof *fresh + strlen (key) + 1);
  if (!text || !fresh)
    abort ();
  memcpy (text, request->body.data, request->body.len);
  pthread_rwlock_wrlock (&lock);
  struct item **item = find (key);
  int is_new = !*item;
  if (is_new)
    {
      strcpy (fresh->key, key);
      fresh->next = NULL;
      *item = fresh;
    }
  else
    {
      free (fresh);
      free ((*item)->text);
    }
  (*item)->text = text;
  (*item)->nbytes = request->body.len;
  pthread_rwlock_unlock (&lock);
  return respond (c, request, is_new ? "201 Created" : "200 OK", "",
                  CAIRN_STRING (""));
}

int
answer_store (struct connection *c, const struct request *request,
              const char *key)
{
  int result;
  if (strcmp (request->method, "GET") == 0)
    result = get (c, request, key);
  else if (strcmp (request->method, "PUT") == 0)
    result = put (c, request, key);
  else
    result = respond_status (c, request, "405 Method Not Allowed", "");
  twin_free_all ();
  return result;
}
