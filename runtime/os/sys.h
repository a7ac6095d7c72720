/* sys.h: the system calls that the runtime makes.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).

   Memory is handed out in whole system pages.  Nothing here allocates or
   takes a lock; errno is left alone unless said otherwise.  */

#ifndef CAIRNI_SYS_H
#define CAIRNI_SYS_H

#include "base/base.h"

#include <signal.h>

/* The system's page, fixed on this architecture.  */
#define CAIRNI_SYS_PAGE_NBYTES 4096

/* Fresh zeroed memory of NBYTES, or NULL.  */
extern void *cairni_sys_map (size_t nbytes);

/* Reserve NBYTES of address space that may not be touched, or NULL; at HINT
   rather than elsewhere, if that is not 0.  */
extern void *cairni_sys_reserve (uintptr_t hint, size_t nbytes);

/* Move and resize a mapping from cairni_sys_map; NULL: it is unchanged.  */
extern void *cairni_sys_remap (void *addr, size_t old_nbytes,
                               size_t new_nbytes);

/* Move the pages of NBYTES at FROM to TO, over what is there; both usable
   private memory.  What FROM holds then is undefined, but it is usable.  False:
   refused; what TO holds is undefined then, FROM is unchanged.  */
extern bool cairni_sys_move_pages (void *from, void *to, size_t nbytes);

/* Make zeroed memory exactly at ADDR where nothing is mapped; false: no
   memory, or something is mapped there.  */
extern bool cairni_sys_map_at (void *addr, size_t nbytes);

/* Make reserved memory usable; false: the system has none.  */
extern bool cairni_sys_commit (void *addr, size_t nbytes);

/* Make memory read-only and executable; false: refused.  */
extern bool cairni_sys_make_code (void *addr, size_t nbytes);

/* The file at PATH as read-only memory, and its size; NULL: it cannot be read.
 */
extern const void *cairni_sys_map_file (const char *path, size_t *nbytes);

extern void cairni_sys_unmap (void *addr, size_t nbytes);

/* Ask for huge pages for this range.  A refusal does no harm.  */
extern void cairni_sys_want_huge (void *addr, size_t nbytes);

/* Give the pages back; they read as zero when next touched.  */
extern void cairni_sys_release (void *addr, size_t nbytes);

/* The limit on address space in bytes, SIZE_MAX if there is none.  */
extern size_t cairni_sys_address_limit (void);

/* The limit on the main thread's stack, or a generous number.  */
extern size_t cairni_sys_stack_limit (void);

extern int cairni_sys_tid (void);
extern int cairni_sys_pid (void);
extern size_t cairni_sys_now_ns (void);

/* Fill NBYTES, 256 at most, at P with random bytes.  Does not wait for the kernel
   to have them, soon after it has started: returns false then.  */
extern bool cairni_sys_random (void *p, size_t nbytes);

/* Nanoseconds since 1970.  */
extern size_t cairni_sys_date_ns (void);


/* Send SIG to thread TID with si_code SI_QUEUE, COOKIE in si_errno and VALUE:
   0, or the error number (ESRCH: there is no such thread).  */
extern int cairni_sys_signal_thread (int tid, int sig, int cookie, void *value);

/* Wait until *WORD differs from VALUE, a wake comes or TIMEOUT_NS passes
   (0: wait for ever); may return early.  */
extern void cairni_sys_futex_wait (int *word, int value, size_t timeout_ns);

/* Wake at most COUNT waiters of WORD.  */
extern void cairni_sys_futex_wake (int *word, int count);

extern void cairni_sys_write_error (const char *text, size_t nbytes);

/* End the process at once with STATUS, or by abort if it is negative.  */
extern void cairni_sys_end (int status) __attribute__ ((noreturn));

/* The readable and writable mapping that holds ADDR: true and its bounds.
   Reads /proc/self/maps without allocating.  */
extern bool cairni_sys_find_mapping (uintptr_t addr, uintptr_t *lo,
                                     uintptr_t *hi);

/* Let another thread have the processor.  */
extern void cairni_sys_yield (void);

/* Give the calling thread short turns: those whom it takes the processor from have
   it back soon.  Linux 6.12 and later.  */
extern void cairni_sys_take_short_turns (void);

/* Overwrite what calls have left on the stack below the caller's frame.  For a
   thread that is about to sleep for long: what it had to do with last must not live
   as long as that.  */
extern void cairni_sys_wipe_stack (void);

/* Processors that the process may run on.  */
extern size_t cairni_sys_ncpus (void);

/* Whether the 8 bytes at ADDR, a multiple of 8, can be read.  */
extern bool cairni_sys_can_read (uintptr_t addr);

/* A barrier for all threads of this process that run: what each did before is seen
   after it, and what was done before is seen by what they do after.  Afterwards
   threads need none of their own.  To be prepared; false: there is none.  */
extern bool cairni_sys_prepare_barrier (void);
extern void cairni_sys_barrier (void);

/* Whether the thread TID of this process waits in the kernel.  */
extern bool cairni_sys_thread_is_blocked (int tid);

#endif /* CAIRNI_SYS_H */
