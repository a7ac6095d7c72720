# libcairn-gdb.py: goroutines in gdb.
#
# Copyright (C) 2026 The Cairn developers.
# Licensed under the GNU General Public License version 3 or later, with
# the GCC Runtime Library Exception version 3.1 (see COPYING,
# COPYING.RUNTIME).
#
# gdb loads this by itself with libcairn.so, if it lies beside that in a folder
# that `set auto-load safe-path' allows; otherwise `source' does.
#
#   info goroutines          all of them: what they do, and where
#   goroutine N COMMAND      run COMMAND as if goroutine N were current
#   goroutine all COMMAND    the same for each
#
# Works on processes and core files, without debugging information of the runtime.
# A goroutine that waits is no thread: for the time of the command an unwinder
# makes its frames the callers of the current thread's frame 0, which a filter
# leaves out of backtraces.  No register of the process is changed.

import gdb
import gdb.unwinder

FIELDS = ('version chunks nused header record per_chunk id state reason is_thread '
          'is_system is_off m stack_sp saved saved_nbytes saved_base fn '
          'created_at created_by m_tid begin reasons').split()
REGISTERS = 'rbx rbp r12 r13 r14 r15 rsp rip'.split()
STATES = ['dead', 'runnable', 'running', 'waiting']
# As in arch/x86_64/stack-layout.h.
SAVED_RBP, SAVED_SP = 72, 80


def read(address, nbytes):
    data = gdb.selected_inferior().read_memory(address, nbytes)
    return int.from_bytes(bytes(data), 'little')


def word(address):
    return read(address, 8)


def symbol(pc):
    text = gdb.execute('info symbol %d' % pc, False, True)
    return text.split(' in section')[0].strip()


class Runtime:
    """The numbers of the runtime's table."""

    def __init__(self):
        try:
            table = int(gdb.parse_and_eval('(unsigned long)&cairn_debug_goroutines'))
        except gdb.error:
            raise gdb.GdbError('The program has no goroutines.')
        for i, field in enumerate(FIELDS):
            setattr(self, field, word(table + 8 * i))
        if self.version != 1:
            raise gdb.GdbError('This script is not for that runtime.')

    def goroutines(self):
        chunk, n = word(self.chunks), read(self.nused, 4)
        found = []
        while chunk:
            for i in range(n):
                g = Goroutine(self, chunk + self.header + self.record * i)
                if g.state != 0 and not g.is_system:
                    found.append(g)
            chunk, n = word(chunk), self.per_chunk
        return sorted(found, key=lambda g: g.id)


class Goroutine:
    def __init__(self, runtime, at):
        self.runtime, self.at = runtime, at
        self.id = word(at + runtime.id)
        self.state = read(at + runtime.state, 4)
        self.is_system = read(at + runtime.is_system, 1)

    def what(self):
        if self.state != 3:
            return STATES[self.state]
        reason = read(self.at + self.runtime.reason, 1)
        text = word(self.runtime.reasons + 8 * reason)
        return gdb.Value(text).cast(
            gdb.lookup_type('char').pointer()).string()

    def thread(self):
        """The thread that it is in, or None."""
        m = word(self.at + self.runtime.m)
        if read(self.at + self.runtime.is_off, 1) or not m:
            return None
        tid = read(m + self.runtime.m_tid, 4)
        for thread in gdb.selected_inferior().threads():
            if tid in thread.ptid[1:]:
                return thread
        return None

    def registers(self):
        """Those of one that is in no thread, in its youngest frame."""
        at, runtime = self.at, self.runtime
        sp = word(at + runtime.stack_sp)
        if read(at + runtime.saved_nbytes, 4):
            saved = word(at + runtime.saved)
            base = saved + read(at + runtime.saved_base, 4)
            values = [word(saved), word(base + SAVED_RBP)]
            values += [word(saved + 8 * i) for i in range(1, 5)]
            sp = word(base + SAVED_SP)
            return dict(zip(REGISTERS, values + [sp + 8, word(sp)]))
        r15, r14, r13, r12, rbp, rbx, rip = [word(sp + 8 * i) for i in range(7)]
        if rip == runtime.begin:
            # As behind a call: what looks for its function subtracts 1.
            rip = word(at + runtime.fn) + 1
        return dict(zip(REGISTERS, [rbx, rbp, r12, r13, r14, r15, sp + 56, rip]))

    def place(self):
        thread = self.thread()
        if thread is not None:
            return 'in thread %d' % thread.num
        if not read(self.at + self.runtime.is_off, 1):
            return 'in a thread'
        name = symbol(self.registers()['rip'] - 1)
        # Its first function may have left its frame to the one that waits.
        if name.startswith('__morestack'):
            name = symbol(word(self.at + self.runtime.fn))
        return name


class FrameId:
    def __init__(self, sp, pc):
        self.sp, self.pc = sp, pc


class GoroutineUnwinder(gdb.unwinder.Unwinder):
    """Makes the registers that are set those of the caller of frame 0."""

    def __init__(self):
        super().__init__('cairn-goroutine')
        self.registers = None

    def __call__(self, frame):
        if self.registers is None or frame.level() != 0:
            return None
        # Lower than all: gdb takes a caller below its callee for an error.
        sp = gdb.Value(16).cast(frame.read_register('rsp').type)
        info = frame.create_unwind_info(FrameId(sp, frame.read_register('rip')))
        for name, value in self.registers.items():
            kind = frame.read_register(name).type
            info.add_saved_register(name, gdb.Value(value).cast(kind))
        return info


class GoroutineFilter:
    """Leaves frame 0 out while the unwinder has its say."""

    def __init__(self):
        self.name, self.priority, self.enabled = 'cairn-goroutine', 100, True
        gdb.frame_filters[self.name] = self

    def filter(self, frames):
        if unwinder.registers is not None:
            next(frames, None)
        return frames


unwinder = GoroutineUnwinder()
gdb.unwinder.register_unwinder(None, unwinder, replace=True)
GoroutineFilter()


def run_in(goroutine, command):
    selected = gdb.selected_thread()
    frame = gdb.selected_frame()
    try:
        thread = goroutine.thread()
        if thread is not None:
            thread.switch()
        else:
            unwinder.registers = goroutine.registers()
            gdb.invalidate_cached_frames()
            gdb.execute('select-frame 1', False, True)
        gdb.execute(command)
    finally:
        unwinder.registers = None
        gdb.invalidate_cached_frames()
        selected.switch()


class InfoGoroutines(gdb.Command):
    """List all goroutines: what they do, and where."""

    def __init__(self):
        super().__init__('info goroutines', gdb.COMMAND_STATUS)

    def invoke(self, argument, from_tty):
        for g in Runtime().goroutines():
            print('%4d  %-24s %s' % (g.id, g.what(), g.place()))


class GoroutineCommand(gdb.Command):
    """goroutine N COMMAND: run COMMAND as if goroutine N were the current thread.
goroutine all COMMAND: the same for each."""

    def __init__(self):
        super().__init__('goroutine', gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        words = argument.split(None, 1)
        if len(words) < 2:
            raise gdb.GdbError('Usage: goroutine N|all COMMAND')
        which, command = words
        found = [g for g in Runtime().goroutines()
                 if which in ('all', str(g.id))]
        if not found:
            raise gdb.GdbError('There is no goroutine %s.' % which)
        for g in found:
            if which == 'all':
                print('\ngoroutine %d [%s]:' % (g.id, g.what()))
            run_in(g, command)


InfoGoroutines()
GoroutineCommand()
