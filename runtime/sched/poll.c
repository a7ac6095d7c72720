#include "sched/scheduler.h"
unsigned cairni_poll_nwaiters;
unsigned
cairni_poll_run (struct cairni_m *m, size_t timeout_ns)
{
  (void)m;
  (void)timeout_ns;
  return 0;
}
void
cairni_poll_wake (void)
{
}
void
cairni_poll_after_fork (void)
{
}
extern void cairni_park_poll_wait (void);
void
cairni_park_poll_wait (void)
{
}
