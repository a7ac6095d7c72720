/* Regular files, pipes, and what goes wrong.  */

#include "net.h"

static char much[300000], got[300000];
static struct cairn_waitgroup group;

static void
write_much (void *arg)
{
  int fd = NUMBER_OF (arg);
  CHECK (cairn_write (fd, much, sizeof much) == sizeof much);
  CHECK (cairn_close_fd (fd) == 0);
  cairn_waitgroup_done (&group);
}

int
main (void)
{
  int ends[2];
  char name[] = "net-files-XXXXXX", c;
  for (size_t i = 0; i < sizeof much; i++)
    much[i] = i * 7 + i / 251;

  int file = mkstemp (name);
  CHECK (file >= 0 && unlink (name) == 0);
  CHECK (cairn_write (file, much, sizeof much) == sizeof much);
  CHECK (lseek (file, 0, SEEK_SET) == 0);
  CHECK (read_all (file, got, sizeof got));
  CHECK (memcmp (much, got, sizeof got) == 0);
  CHECK (cairn_read (file, &c, 1) == 0);
  CHECK (cairn_poll (file, POLLIN | POLLOUT, -1) == (POLLIN | POLLOUT));
  CHECK (cairn_poll_wait (file, POLLIN, -1) == POLLIN);
  CHECK (cairn_close_fd (file) == 0);

  CHECK (pipe (ends) == 0);
  cairn_waitgroup_add (&group, 1);
  GO (write_much, ends[1]);
  memset (got, 0, sizeof got);
  CHECK (read_all (ends[0], got, sizeof got));
  CHECK (memcmp (much, got, sizeof got) == 0);
  CHECK (cairn_read (ends[0], &c, 1) == 0);
  cairn_waitgroup_wait (&group);
  CHECK (cairn_close_fd (ends[0]) == 0);

  CHECK (socketpair (AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  cairn_waitgroup_add (&group, 1);
  GO (write_much, ends[1]);
  memset (got, 0, sizeof got);
  CHECK (read_all (ends[0], got, sizeof got));
  CHECK (memcmp (much, got, sizeof got) == 0);
  cairn_waitgroup_wait (&group);
  /* The socket is as it was, and no signal comes.  */
  CHECK (!(fcntl (ends[0], F_GETFL) & O_NONBLOCK));
  CHECK (cairn_write (ends[0], "x", 1) == -1 && errno == EPIPE);
  CHECK (cairn_write (ends[0], "", 0) == 0 || errno == EPIPE);
  CHECK (cairn_close_fd (ends[0]) == 0);

  int null = open ("/dev/null", O_RDWR);
  CHECK (cairn_write (null, much, sizeof much) == sizeof much);
  CHECK (cairn_read (null, got, 10) == 0);
  CHECK (cairn_read (null, got, 0) == 0);
  CHECK (cairn_accept (null, NULL, NULL) == -1 && errno == ENOTSOCK);
  CHECK (cairn_close_fd (null) == 0);
  int directory = open (".", O_RDONLY);
  CHECK (cairn_read (directory, got, 10) == -1 && errno == EISDIR);
  CHECK (cairn_close_fd (directory) == 0);
  return 0;
}
