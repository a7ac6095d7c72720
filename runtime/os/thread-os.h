/* thread-os.h: what the runtime knows of the C library's threads.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#ifndef CAIRNI_THREAD_OS_H
#define CAIRNI_THREAD_OS_H

#include "base/base.h"

/* The main thread's stack, from the lowest address that it may grow to up to
   and with the arguments and the environment.  */
extern void cairni_os_main_stack (uintptr_t *lo, uintptr_t *hi);

/* The stack of the calling thread, not the main one; false: not known.  May
   allocate.  */
extern bool cairni_os_thread_stack (uintptr_t *lo, uintptr_t *hi);

/* Bytes of a thread control block, which starts at the thread pointer.  */
extern size_t cairni_os_tcb_nbytes (void);

/* Bytes of static TLS below the thread pointer; any thread's that the C
   library made has as many.  */
extern size_t cairni_os_static_tls_nbytes (void);

/* Whether the calling thread is a detached one, in pthread_detach's sense.
   May allocate.  */
extern bool cairni_os_thread_is_detached (void);

/* Have the calling thread detached when it ends.  */
extern void cairni_os_at_thread_end (void);

/* Prepare all of the above; FN is what to call at a thread's end.  */
extern void cairni_os_threads_init (void (*fn) (void *unused));

/* Threads that are being made, and are not attached yet.  */
extern unsigned cairni_os_nbirths;

#endif /* CAIRNI_THREAD_OS_H */
