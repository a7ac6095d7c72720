/* sys.c: the system calls that the runtime makes.

   Copyright (C) 2026 The Cairn developers.
   Licensed under the GNU General Public License version 3 or later, with
   the GCC Runtime Library Exception version 3.1 (see COPYING,
   COPYING.RUNTIME).  */

#define _GNU_SOURCE
#include "os/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/membarrier.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* The C library's wrappers set errno; callers of malloc must not see that
   unless malloc fails.  */
#define KEEP_ERRNO(result_type, expression)                                    \
  ({                                                                           \
    int saved_ = errno;                                                        \
    result_type result_ = (expression);                                        \
    errno = saved_;                                                            \
    result_;                                                                   \
  })

/* What a system call and a red zone take of the stack, and more.  */
#define WIPED_NWORDS 96

/* The shortest that the kernel allows.  */
#define SHORT_TURN_NS 100000

static void *
or_null (void *mapped)
{
  return mapped == MAP_FAILED ? NULL : mapped;
}

void *
cairni_sys_map (size_t nbytes)
{
  return or_null (
      KEEP_ERRNO (void *, mmap (NULL, nbytes, PROT_READ | PROT_WRITE,
                                MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)));
}

void *
cairni_sys_reserve (uintptr_t hint, size_t nbytes)
{
  return or_null (KEEP_ERRNO (
      void *, mmap ((void *)hint, nbytes, PROT_NONE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)));
}

void *
cairni_sys_remap (void *addr, size_t old_nbytes, size_t new_nbytes)
{
  return or_null (KEEP_ERRNO (
      void *, mremap (addr, old_nbytes, new_nbytes, MREMAP_MAYMOVE)));
}

bool
cairni_sys_move_pages (void *from, void *to, size_t nbytes)
{
  void *got = KEEP_ERRNO (
      void *, mremap (from, nbytes, nbytes,
                      MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP, to));
  if (got == to)
    return true;
  /* It may have unmapped what it was to replace.  */
  cairni_sys_map_at (to, nbytes);
  return false;
}

bool
cairni_sys_map_at (void *addr, size_t nbytes)
{
  void *got = KEEP_ERRNO (
      void *, mmap (addr, nbytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0));
  if (got != MAP_FAILED && got != addr)
    {
      /* A kernel that does not know MAP_FIXED_NOREPLACE.  */
      cairni_sys_unmap (got, nbytes);
      return false;
    }
  return got == addr;
}

bool
cairni_sys_commit (void *addr, size_t nbytes)
{
  return KEEP_ERRNO (int, mprotect (addr, nbytes, PROT_READ | PROT_WRITE)) == 0;
}

bool
cairni_sys_make_code (void *addr, size_t nbytes)
{
  return KEEP_ERRNO (int, mprotect (addr, nbytes, PROT_READ | PROT_EXEC)) == 0;
}

const void *
cairni_sys_map_file (const char *path, size_t *nbytes)
{
  int saved = errno;
  const void *map = NULL;
  int fd = syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  if (fd >= 0)
    {
      struct stat status;
      if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode)
          && status.st_size > 0)
        {
          *nbytes = status.st_size;
          map = or_null (mmap (NULL, *nbytes, PROT_READ, MAP_PRIVATE, fd, 0));
        }
      syscall (SYS_close, fd);
    }
  errno = saved;
  return map;
}

void
cairni_sys_unmap (void *addr, size_t nbytes)
{
  KEEP_ERRNO (int, munmap (addr, nbytes));
}

void
cairni_sys_want_huge (void *addr, size_t nbytes)
{
  KEEP_ERRNO (int, madvise (addr, nbytes, MADV_HUGEPAGE));
}

void
cairni_sys_release (void *addr, size_t nbytes)
{
  KEEP_ERRNO (int, madvise (addr, nbytes, MADV_DONTNEED));
}

static size_t
get_limit (int which)
{
  struct rlimit limit;
  if (KEEP_ERRNO (long, syscall (SYS_prlimit64, 0, which, NULL, &limit)) != 0
      || limit.rlim_cur == RLIM_INFINITY)
    return SIZE_MAX;
  return limit.rlim_cur;
}

size_t
cairni_sys_address_limit (void)
{
  return get_limit (RLIMIT_AS);
}

size_t
cairni_sys_stack_limit (void)
{
  return cairni_min (get_limit (RLIMIT_STACK), (size_t)64 << 30);
}

int
cairni_sys_tid (void)
{
  return syscall (SYS_gettid);
}

int
cairni_sys_pid (void)
{
  return syscall (SYS_getpid);
}

size_t
cairni_sys_now_ns (void)
{
  struct timespec now;
  clock_gettime (CLOCK_MONOTONIC, &now);
  return (size_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

bool
cairni_sys_random (void *p, size_t nbytes)
{
  return getrandom (p, nbytes, GRND_NONBLOCK) == (ssize_t)nbytes;
}

size_t
cairni_sys_date_ns (void)
{
  struct timespec now;
  clock_gettime (CLOCK_REALTIME, &now);
  return (size_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int
cairni_sys_signal_thread (int tid, int sig, int cookie, void *value)
{
  int pid = cairni_sys_pid ();
  siginfo_t info = { .si_signo = sig, .si_errno = cookie, .si_code = SI_QUEUE };
  info.si_pid = pid;
  info.si_value.sival_ptr = value;
  int saved = errno;
  int result
      = syscall (SYS_rt_tgsigqueueinfo, pid, tid, sig, &info) == 0 ? 0 : errno;
  errno = saved;
  return result;
}

void
cairni_sys_futex_wait (int *word, int value, size_t timeout_ns)
{
  struct timespec timeout = { .tv_sec = timeout_ns / 1000000000,
                              .tv_nsec = timeout_ns % 1000000000 };
  KEEP_ERRNO (long, syscall (SYS_futex, word, FUTEX_WAIT_PRIVATE, value,
                             timeout_ns ? &timeout : NULL, NULL, 0));
}

void
cairni_sys_futex_wake (int *word, int count)
{
  KEEP_ERRNO (long, syscall (SYS_futex, word, FUTEX_WAKE_PRIVATE, count, NULL,
                             NULL, 0));
}

void
cairni_sys_yield (void)
{
  KEEP_ERRNO (long, syscall (SYS_sched_yield));
}

void
cairni_sys_take_short_turns (void)
{
  /* As the kernel has it; old headers do not.  */
  struct
  {
    uint32_t nbytes, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t turn_ns, deadline_ns, period_ns;
  } attr = { 0 };
  int saved = errno;
  if (syscall (SYS_sched_getattr, 0, &attr, sizeof attr, 0) == 0)
    {
      attr.turn_ns = SHORT_TURN_NS;
      syscall (SYS_sched_setattr, 0, &attr, 0);
    }
  errno = saved;
}

CAIRNI_NOINLINE void
cairni_sys_wipe_stack (void)
{
  volatile uintptr_t words[WIPED_NWORDS] __attribute__ ((unused));
  for (unsigned i = 0; i < WIPED_NWORDS; i++)
    words[i] = 0;
}

size_t
cairni_sys_ncpus (void)
{
  unsigned long set[128];
  int saved = errno;
  long nbytes = syscall (SYS_sched_getaffinity, 0, sizeof set, set);
  size_t n = 0;
  errno = saved;
  for (long i = 0; i < nbytes / (long)sizeof *set; i++)
    n += __builtin_popcountl (set[i]);
  return n ? n : 1;
}

bool
cairni_sys_can_read (uintptr_t addr)
{
  /* The kernel reads the set before it sees that there is nothing to be done
     with it; but not at 0, which means that there is none.  */
  return addr != 0
         && KEEP_ERRNO (bool, (syscall (SYS_rt_sigprocmask, -1, addr, NULL,
                                        sizeof (uint64_t)),
                               errno != EFAULT));
}

bool
cairni_sys_prepare_barrier (void)
{
  return KEEP_ERRNO (
      bool, syscall (SYS_membarrier,
                     MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0)
                == 0);
}

void
cairni_sys_barrier (void)
{
  KEEP_ERRNO (long, syscall (SYS_membarrier,
                             MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0));
}

bool
cairni_sys_thread_is_blocked (int tid)
{
  char path[40] = "/proc/self/task/", digits[12], text[128];
  size_t n = sizeof "/proc/self/task/" - 1, ndigits = 0;
  int saved = errno;
  for (int rest = tid; rest > 0; rest /= 10)
    digits[ndigits++] = '0' + rest % 10;
  while (ndigits > 0)
    path[n++] = digits[--ndigits];
  memcpy (path + n, "/stat", sizeof "/stat");
  int fd = syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  long nbytes = fd < 0 ? 0 : syscall (SYS_read, fd, text, sizeof text);
  if (fd >= 0)
    syscall (SYS_close, fd);
  errno = saved;
  /* The number, the name in parentheses, which may be in it too, and the
     state.  */
  while (nbytes > 0 && text[nbytes - 1] != ')')
    nbytes--;
  return nbytes > 0 && (text[nbytes + 1] == 'S' || text[nbytes + 1] == 'D');
}

void
cairni_sys_write_error (const char *text, size_t nbytes)
{
  KEEP_ERRNO (long, syscall (SYS_write, 2, text, nbytes));
}

void
cairni_sys_end (int status)
{
  if (status < 0)
    abort ();
  _exit (status);
}

/* A reader of /proc/self/maps, one character at a time from a buffer.  */
struct maps_reader
{
  int fd;
  long next, end;
  char buffer[1024];
};

/* The next character, or -1 at the end.  */
static int
maps_getc (struct maps_reader *reader)
{
  if (reader->next == reader->end)
    {
      reader->next = 0;
      reader->end = syscall (SYS_read, reader->fd, reader->buffer,
                             sizeof reader->buffer);
      if (reader->end <= 0)
        {
          reader->end = 0;
          return -1;
        }
    }
  return reader->buffer[reader->next++];
}

/* A hexadecimal number and the character after it.  */
static uintptr_t
maps_get_address (struct maps_reader *reader)
{
  uintptr_t value = 0;
  int c;
  while ((c = maps_getc (reader)) >= 0)
    if (c >= '0' && c <= '9')
      value = value * 16 + (c - '0');
    else if (c >= 'a' && c <= 'f')
      value = value * 16 + (c - 'a' + 10);
    else
      break;
  return value;
}

bool
cairni_sys_find_mapping (uintptr_t addr, uintptr_t *lo, uintptr_t *hi)
{
  int saved = errno;
  bool found = false;
  struct maps_reader reader = { .next = 0, .end = 0 };
  reader.fd
      = syscall (SYS_openat, AT_FDCWD, "/proc/self/maps", O_RDONLY | O_CLOEXEC);
  while (reader.fd >= 0 && !found)
    {
      /* lo-hi rw.. and the rest of the line */
      *lo = maps_get_address (&reader);
      *hi = maps_get_address (&reader);
      int r = maps_getc (&reader);
      int w = maps_getc (&reader);
      if (w < 0)
        break;
      found = addr >= *lo && addr < *hi && r == 'r' && w == 'w';
      int c;
      while ((c = maps_getc (&reader)) >= 0 && c != '\n')
        ;
    }
  if (reader.fd >= 0)
    syscall (SYS_close, reader.fd);
  errno = saved;
  return found;
}
