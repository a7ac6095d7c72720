/* serve.c: pages of profiles, by HTTP; and clients that ask for what there is not, say
   nothing, or too much, which do not harm the program.  */

/* { profile-not "static" } */
/* { profile-share "" "burn" 60 } */
/* { profile-go "-top" "Type: cpu" } */
/* { profile-go "-tags" "job: Total .*burning" } */

#include "../lib/check.h"
#include <arpa/inet.h>
#include <cairn/chan.h>
#include <cairn/go.h>
#include <cairn/profile.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

static int port;

static int
dial (void)
{
  struct sockaddr_in address
    = { .sin_family = AF_INET, .sin_port = htons (port),
        .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM, 0);
  CHECK (fd >= 0);
  if (connect (fd, (struct sockaddr *)&address, sizeof address) != 0)
    {
      close (fd);
      return -1;
    }
  return fd;
}

static char answer[4 << 20];
static size_t answer_nbytes;

/* Send TEXT and read all there is; the status.  */
static int
ask (const char *text)
{
  int fd = dial (), status = 0;
  ssize_t n;
  CHECK (fd >= 0);
  CHECK (write (fd, text, strlen (text)) == (ssize_t)strlen (text));
  answer_nbytes = 0;
  while ((n = read (fd, answer + answer_nbytes,
                    sizeof answer - 1 - answer_nbytes)) > 0)
    answer_nbytes += n;
  answer[answer_nbytes] = 0;
  close (fd);
  sscanf (answer, "HTTP/1.1 %d", &status);
  return status;
}

/* The status for PATH.  */
static int
get (const char *path)
{
  char text[4000];
  snprintf (text, sizeof text,
            "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            path);
  return ask (text);
}

static char *
body (void)
{
  char *end = strstr (answer, "\r\n\r\n");
  CHECK (end);
  return end + 4;
}

static int
has (const char *text)
{
  return strstr (answer, text) != NULL;
}

static volatile long sum;
static volatile int is_over;

NOINLINE void
burn (void)
{
  for (long i = 0; i < 1000000; i++)
    sum += i;
}

static void
burn_on (void *unused)
{
  while (!is_over)
    burn ();
}

static void
burn_with_label (void *unused)
{
  cairn_do_with_label ("job", "burning", burn_on, NULL);
}

static cairn_chan (int) never;

NOINLINE void
wait_for_ever (void *chan)
{
  cairn_receive (never);
}

NOINLINE void
wait_for_nobody (void *unused)
{
  cairn_chan (int) lost = cairn_make_chan (int, 0);
  cairn_receive (lost);
}

void *kept[1000];

NOINLINE void
keep (void)
{
  for (int i = 0; i < 1000; i++)
    kept[i] = malloc (10000);
}

static void
pages (void)
{
  CHECK (get ("/debug/pprof/") == 200);
  CHECK (has ("text/html") && has ("</html>") && has ("goroutineleak"));
  CHECK (get ("/") == 302 && has ("Location: /debug/pprof/"));
  CHECK (get ("/debug/pprof") == 302);
  CHECK (get ("/debug/pprof/heap?gc=1") == 200);
  CHECK (body ()[0] == '\x1f' && body ()[1] == '\x8b');
  CHECK (get ("/debug/pprof/heap?debug=1") == 200 && has ("heap profile: "));
  CHECK (has ("\tkeep") || has ("+0x"));
  CHECK (get ("/debug/pprof/allocs") == 200);
  CHECK (get ("/debug/pprof/goroutine") == 200);
  CHECK (get ("/debug/pprof/goroutine?debug=1") == 200);
  CHECK (has ("goroutine profile: total "));
  CHECK (has ("\n3 @ "));
  CHECK (get ("/debug/pprof/goroutine?debug=2") == 200);
  CHECK (has ("[chan receive]:") && has ("goroutine 1 ["));
  CHECK (get ("/debug/pprof/goroutineleak") == 200);
  CHECK (has ("wait for ever: 1\n") && has ("(leaked)"));
  CHECK (get ("/debug/pprof/threadcreate") == 200);
  CHECK (get ("/debug/pprof/threadcreate?debug=1") == 200);
  CHECK (has ("threadcreate profile: total "));
  CHECK (get ("/debug/pprof/cmdline") == 200);
  CHECK (strstr (body (), "serve.exe"));
}

static void
refusals (void)
{
  CHECK (get ("/debug/pprof/nothing") == 404);
  CHECK (get ("/debug/pprof/block") == 404);
  CHECK (get ("/debug/pprof/mutex") == 404);
  CHECK (get ("/debug/pprof/heap/") == 404);
  CHECK (get ("/debug/pprof/../../etc/passwd") == 404);
  CHECK (get ("/debug/pprof/heap?debug=2") == 400);
  CHECK (get ("/debug/pprof/heap?debug=-1") == 400);
  CHECK (get ("/debug/pprof/heap?debug=x") == 400);
  CHECK (get ("/debug/pprof/heap?gc=2") == 400);
  CHECK (get ("/debug/pprof/goroutine?debug=3") == 400);
  CHECK (get ("/debug/pprof/profile?seconds=0") == 400);
  CHECK (get ("/debug/pprof/profile?seconds=99999999999999999999") == 400);
  CHECK (get ("/debug/pprof/profile?seconds=1e3") == 400);
  CHECK (ask ("DELETE /debug/pprof/heap HTTP/1.1\r\nHost: localhost\r\n"
              "Connection: close\r\n\r\n")
         == 405);
  CHECK (ask ("GET /debug/pprof/ HTTP/1.1\r\nHost: example.org\r\n"
              "Connection: close\r\n\r\n")
         == 403);
  CHECK (ask ("POST /debug/pprof/symbol HTTP/1.1\r\nHost: localhost\r\n"
              "Content-Length: 3\r\nConnection: close\r\n\r\n0x1")
         == 200);
  int status = ask ("\x01\x02\x03 nonsense\r\n\r\n");
  CHECK (status == 0 || (status >= 400 && status < 500));
  static char large[100000];
  memset (large, 'x', sizeof large - 1);
  memcpy (large, "GET /", 5);
  int fd = dial ();
  signal (SIGPIPE, SIG_IGN);
  write (fd, large, sizeof large - 1);
  close (fd);
}

/* Many that say little, or nothing.  */
static void
crowd (void)
{
  int fds[64];
  for (int i = 0; i < 64; i++)
    {
      fds[i] = dial ();
      if (fds[i] >= 0 && i % 2)
        write (fds[i], "GET /debug", 10);
    }
  /* The program goes on.  */
  for (int i = 0; i < 10; i++)
    cairn_gc ();
  for (int i = 0; i < 64; i++)
    if (fds[i] >= 0)
      close (fds[i]);
  /* And so does the server, as soon as it sees that they are gone.  */
  for (int i = 0; i < 500 && get ("/debug/pprof/") != 200; i++)
    usleep (10000);
  CHECK (get ("/debug/pprof/") == 200);
}

static void *
ask_for_profile (void *unused)
{
  CHECK (get ("/debug/pprof/profile?seconds=1") == 200);
  FILE *out = fopen ("profile.pb.gz", "w");
  fwrite (body (), 1, answer + answer_nbytes - body (), out);
  fclose (out);
  return unused;
}

int
main (void)
{
  CHECK (freopen ("/dev/null", "w", stderr));
  CHECK (cairn_pprof_serve ("nonsense") == -1 && errno == EINVAL);
  CHECK (cairn_pprof_serve ("localhost:70000") == -1 && errno == EINVAL);
  never = cairn_make_chan (int, 0);
  port = cairn_pprof_serve ("localhost:0");
  CHECK (port > 0);
  char text[40];
  snprintf (text, sizeof text, ":%d", port);
  CHECK (cairn_pprof_serve (text) == -1 && errno == EADDRINUSE);
  keep ();
  for (int i = 0; i < 3; i++)
    cairn_go (wait_for_ever, NULL);
  cairn_go (wait_for_nobody, NULL);
  cairn_yield ();
  pages ();
  refusals ();
  crowd ();
  cairn_go (burn_with_label, NULL);
  ask_for_profile (NULL);
  is_over = 1;
  /* A child does not hold the socket.  */
  pid_t pid = fork ();
  if (pid == 0)
    {
      sleep (1);
      _exit (0);
    }
  CHECK (get ("/debug/pprof/cmdline") == 200);
  waitpid (pid, NULL, 0);
  return 0;
}
