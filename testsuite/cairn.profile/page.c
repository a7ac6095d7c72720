/* page.c: a browser shows the page that leads to the profiles, of a program that does
   not know of it.  */

/* { profile-not "static" } */
/* { profile-not "moveall" } */
/* { profile-not "O0" } */
/* { profile-not "stripped" } */
/* { profile-env "CAIRN_PPROF=localhost:16061" } */

#include "../lib/check.h"
#include <cairn.h>
#include <fcntl.h>

#define SAYS "/debug/pprof/.*collections.*goroutineleak.*From a terminal"

void *kept[5000];

int
main (void)
{
  if (system ("command -v chromium > /dev/null") != 0)
    {
      puts ("no chromium");
      return 77;
    }
  for (int i = 0; i < 5000; i++)
    kept[i] = malloc (4000);
  cairn_gc ();
  /* The browser is not to tell what it does, nor this program where it serves.  */
  int out = dup (1), null = open ("/dev/null", O_WRONLY);
  dup2 (null, 1);
  dup2 (null, 2);
  int status = system (
    "timeout 100 chromium --headless --no-sandbox --disable-gpu "
    "--user-data-dir=page.profile --hide-scrollbars --window-size=1000,1250 "
    "--screenshot=page.png http://localhost:16061/debug/pprof/ "
    "&& timeout 100 chromium --headless --no-sandbox --disable-gpu "
    "--user-data-dir=page.profile --dump-dom "
    "http://localhost:16061/debug/pprof/ | tr '\\n' ' ' > page.dom "
    "&& grep -q '" SAYS "' page.dom "
    "&& test $(wc -c < page.png) -gt 20000");
  dup2 (out, 1);
  CHECK (status == 0);
  return 0;
}
