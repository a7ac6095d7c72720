/* Many goroutines wait for one descriptor: each byte is got by one of them, and
   those that wait to write do not disturb them.  */

#include "net.h"

enum
{
  NREADERS = 100,
  NBYTES = 2000
};

static int ends[2], other[2];
static int nread, sum;
static struct cairn_waitgroup readers, writers;

static void
read_bytes (void *arg)
{
  unsigned char c;
  int mine = 0;
  for (ssize_t n; (n = cairn_read (ends[0], &c, 1)) != 0; mine++)
    {
      CHECK (n == 1);
      __atomic_add_fetch (&sum, c, __ATOMIC_RELAXED);
    }
  __atomic_add_fetch (&nread, mine, __ATOMIC_RELAXED);
  cairn_waitgroup_done (&readers);
}

static char block[8192];

static void
write_blocks (void *arg)
{
  for (int i = 0; i < 20; i++)
    CHECK (cairn_write (other[0], block, sizeof block) == sizeof block);
  cairn_waitgroup_done (&writers);
}

static void
read_marks (void *arg)
{
  char c;
  CHECK (cairn_read (other[0], &c, 1) == 1);
  cairn_waitgroup_done (&writers);
}

int
main (void)
{
  int expected = 0;
  CHECK (pipe (ends) == 0);
  cairn_waitgroup_add (&readers, NREADERS);
  for (int i = 0; i < NREADERS; i++)
    GO (read_bytes, i);
  for (int i = 0; i < NBYTES; i++)
    {
      unsigned char c = i;
      expected += c;
      CHECK (cairn_write (ends[1], &c, 1) == 1);
      if (i % 10 == 0)
        cairn_yield ();
    }
  CHECK (cairn_close_fd (ends[1]) == 0);
  cairn_waitgroup_wait (&readers);
  CHECK (nread == NBYTES && sum == expected);

  /* Both directions of one socket at once.  */
  CHECK (socketpair (AF_UNIX, SOCK_STREAM, 0, other) == 0);
  cairn_waitgroup_add (&writers, 20);
  for (int i = 0; i < 10; i++)
    {
      GO (write_blocks, i);
      GO (read_marks, i);
    }
  size_t total = 0;
  char buffer[5000];
  while (total < 10 * 20 * sizeof block)
    {
      ssize_t n = cairn_read (other[1], buffer, sizeof buffer);
      CHECK (n > 0);
      if (total / 100000 != (total + n) / 100000 && total < 1000000)
        CHECK (cairn_write (other[1], "m", 1) == 1);
      total += n;
    }
  cairn_waitgroup_wait (&writers);
  return 0;
}
