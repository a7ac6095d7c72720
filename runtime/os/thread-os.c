/* thread-os.c: what the runtime knows of the C library's threads.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   On x86-64 the thread control block (struct pthread) starts at the thread
   pointer and static TLS lies below it; for all threads but the main one both
   lie at the end of the thread's stack, inside its bounds.  The sizes are
   asked of the C library's private symbols, which debuggers and sanitizers
   use too; where those are missing, generous values that are known to be
   mapped stand in.  */

#define _GNU_SOURCE
#include "os/thread-os.h"
#include "os/sys.h"

#include <dlfcn.h>
#include <link.h>
#include <pthread.h>

/* sizeof (struct pthread) of glibc 2.36.  */
#define TCB_NBYTES_DEFAULT 2304

static size_t tcb_nbytes = TCB_NBYTES_DEFAULT;
static size_t static_tls_nbytes;

static pthread_key_t end_key;
static bool have_end_key;

static uintptr_t
thread_pointer (void)
{
  return (uintptr_t)pthread_self ();
}

void
cairni_os_main_stack (uintptr_t *lo, uintptr_t *hi)
{
  uintptr_t here = (uintptr_t)__builtin_frame_address (0);
  if (!cairni_sys_find_mapping (here, lo, hi))
    {
      *lo = cairni_align_down (here, CAIRNI_SYS_PAGE_NBYTES);
      *hi = *lo + CAIRNI_SYS_PAGE_NBYTES;
    }
  size_t limit = cairni_sys_stack_limit ();
  *lo = *hi > limit ? *hi - limit : 0;
}

bool
cairni_os_thread_stack (uintptr_t *lo, uintptr_t *hi)
{
  pthread_attr_t attr;
  void *base;
  size_t nbytes;
  if (pthread_getattr_np (pthread_self (), &attr) != 0)
    return false;
  bool good = pthread_attr_getstack (&attr, &base, &nbytes) == 0;
  pthread_attr_destroy (&attr);
  if (good)
    {
      *lo = (uintptr_t)base;
      *hi = *lo + nbytes;
    }
  return good;
}

bool
cairni_os_thread_is_detached (void)
{
  pthread_attr_t attr;
  int state;
  if (pthread_getattr_np (pthread_self (), &attr) != 0)
    return false;
  bool good = pthread_attr_getdetachstate (&attr, &state) == 0;
  pthread_attr_destroy (&attr);
  return good && state == PTHREAD_CREATE_DETACHED;
}

size_t
cairni_os_tcb_nbytes (void)
{
  return tcb_nbytes;
}

/* The program headers say how far down the static TLS of this thread is known
   to reach.  */
static int
note_tls (struct dl_phdr_info *info, size_t size, void *arg)
{
  (void)size;
  (void)arg;
  uintptr_t tp = thread_pointer ();
  uintptr_t data = (uintptr_t)info->dlpi_tls_data;
  /* Dynamic TLS lies elsewhere, in memory from malloc.  */
  if (data && data < tp && tp - data < (size_t)16 << 20)
    {
      uintptr_t lo, hi;
      if (cairni_sys_find_mapping (data, &lo, &hi) && tp < hi)
        static_tls_nbytes = cairni_max (static_tls_nbytes, tp - data);
    }
  return 0;
}

size_t
cairni_os_static_tls_nbytes (void)
{
  return static_tls_nbytes;
}

void
cairni_os_at_thread_end (void)
{
  /* Any value but NULL makes the destructor run.  */
  if (have_end_key)
    pthread_setspecific (end_key, &end_key);
}

/* What _dl_get_tls_static_info is on this architecture.  */
typedef void get_tls_static_info_fn (size_t *nbytes, size_t *align);

void
cairni_os_threads_init (void (*fn) (void *unused))
{
#ifdef CAIRNI_STATIC
  extern get_tls_static_info_fn _dl_get_tls_static_info;
  get_tls_static_info_fn *get_info = _dl_get_tls_static_info;
#else
  const uint32_t *size = dlsym (RTLD_DEFAULT, "_thread_db_sizeof_pthread");
  get_tls_static_info_fn *get_info = (get_tls_static_info_fn *)dlsym (
      RTLD_DEFAULT, "_dl_get_tls_static_info");
  if (size && *size >= 512 && *size < 65536)
    tcb_nbytes = *size;
#endif
  size_t nbytes = 0, align = 0;
  if (get_info)
    get_info (&nbytes, &align);
  if (nbytes > tcb_nbytes)
    static_tls_nbytes = nbytes - tcb_nbytes;
  else
    dl_iterate_phdr (note_tls, NULL);
  /* In a static link the block is smaller than that.  */
  uintptr_t lo, hi, tp = thread_pointer ();
  if (!cairni_sys_find_mapping (tp, &lo, &hi))
    {
      lo = tp;
      hi = tp + tcb_nbytes;
    }
  static_tls_nbytes = cairni_min (static_tls_nbytes, tp - lo);
  tcb_nbytes = cairni_min (tcb_nbytes, hi - tp);
  have_end_key = pthread_key_create (&end_key, fn) == 0;
}
