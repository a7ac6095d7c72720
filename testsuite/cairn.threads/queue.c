/* Producers hand locals to consumers through a queue under a mutex.  */
#include <pthread.h>
#include "../lib/check.h"

struct message { int n; struct message *next; char body[24]; };
static struct
{
  pthread_mutex_t lock;
  pthread_cond_t filled;
  struct message *first, **last;
} queue = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, NULL,
            &queue.first };
static int each = 200;

static NOINLINE void put (int n)
{
  struct message m = { n, NULL, "" };
  snprintf (m.body, sizeof m.body, "message %d", n);
  pthread_mutex_lock (&queue.lock);
  *queue.last = &m;
  queue.last = &m.next;
  pthread_cond_signal (&queue.filled);
  pthread_mutex_unlock (&queue.lock);
}
static NOINLINE struct message *get (void)
{
  pthread_mutex_lock (&queue.lock);
  while (!queue.first)
    pthread_cond_wait (&queue.filled, &queue.lock);
  struct message *m = queue.first;
  queue.first = m->next;
  if (!queue.first)
    queue.last = &queue.first;
  pthread_mutex_unlock (&queue.lock);
  return m;
}
static void *produce (void *unused)
{
  for (int i = 0; i < each; i++)
    put (i);
  return unused;
}
static void *consume (void *unused)
{
  (void) unused;
  long total = 0;
  for (int i = 0; i < each; i++)
    {
      struct message *m = get ();
      char expected[24];
      snprintf (expected, sizeof expected, "message %d", m->n);
      CHECK (strcmp (m->body, expected) == 0);
      total += m->n;
    }
  return (void *) total;
}

int
main (void)
{
  const char *debug = getenv ("CAIRN_DEBUG");
  if (debug && strstr (debug, "gcstress"))
    each = 40;
  pthread_t p[3], c[3];
  for (int i = 0; i < 3; i++)
    {
      CHECK (pthread_create (&c[i], NULL, consume, NULL) == 0);
      CHECK (pthread_create (&p[i], NULL, produce, NULL) == 0);
    }
  long total = 0;
  for (int i = 0; i < 3; i++)
    {
      void *sum;
      pthread_join (p[i], NULL);
      pthread_join (c[i], &sum);
      total += (long) sum;
    }
  CHECK (total == 3l * each * (each - 1) / 2);
  return 0;
}
