"""Runs the processes that make up the running course, and keeps them running."""

import ctypes
import logging
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

logger = logging.getLogger("imrs")

STOPPING = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP})
PATIENCE = 20.0  # seconds that processes have to stop by themselves
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0  # seconds before a process that ended is started again
STEADY = 60.0  # seconds after which a process counts as running well


@dataclass
class _Process:
    name: str
    run: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    due: float = 0.0
    wait: float = 0.0


@dataclass
class Processes:
    """One main process, whose end ends everything, and helpers that are started again when they end."""

    main: Callable[[], None]
    helpers: Mapping[str, Callable[[], None]] = field(default_factory=dict)

    def run(self, once_started: Callable[[], None] = lambda: None) -> int:
        """Start all, wait, stop all. Returns the main process's exit status."""
        main = _Process("main", self.main)
        helpers = [_Process(name, run) for name, run in self.helpers.items()]
        told, teller = socket.socketpair()
        told.setblocking(False)
        teller.setblocking(False)
        previous = _listen(teller)
        try:
            _start(main)
            once_started()
            status = self._watch(main, helpers, told)
        finally:
            _forget(previous)
            told.close()
            teller.close()
        return status

    def _watch(self, main: _Process, helpers: list[_Process], told: socket.socket) -> int:
        stopping_since: float | None = None
        status = 0
        while main.pid or any(helper.pid for helper in helpers):
            now = time.monotonic()
            if stopping_since is None:
                for helper in helpers:
                    if not helper.pid and helper.due <= now:
                        _start(helper)
            elif now - stopping_since > PATIENCE:
                _signal([main, *helpers], signal.SIGKILL)
            if _wait_for_signal(told, helpers, stopping_since) & STOPPING and stopping_since is None:
                stopping_since = time.monotonic()
                _signal([main, *helpers], signal.SIGTERM)
            for pid, code in _ended():
                if pid == main.pid:
                    main.pid, status = 0, code
                    stopping_since = stopping_since or time.monotonic()
                    _signal(helpers, signal.SIGTERM)
                for helper in helpers:
                    if pid == helper.pid:
                        _note_end(helper, code, stopping_since is not None)
        return status


def _listen(teller: socket.socket) -> dict[signal.Signals, object]:
    """Have every signal that matters wake the watcher up. Returns what was there before."""
    signal.set_wakeup_fd(teller.fileno(), warn_on_full_buffer=False)
    return {number: signal.signal(number, lambda *_: None) for number in (*STOPPING, signal.SIGCHLD)}


def _forget(previous: Mapping[signal.Signals, object]) -> None:
    signal.set_wakeup_fd(-1)
    for number, handler in previous.items():
        signal.signal(number, handler)  # type: ignore[arg-type]


def _start(process: _Process) -> None:
    sys.stdout.flush()
    sys.stderr.flush()
    parent = os.getpid()
    process.started = time.monotonic()
    process.pid = os.fork()
    if process.pid == 0:
        os._exit(_be(process.run, parent))


def _be(run: Callable[[], None], parent: int) -> int:
    """The child's whole life. Whatever happens in it, it must not go on in the parent's code."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in (*STOPPING, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        _end_with(parent)
        run()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        status = 130
    except BaseException:
        logger.exception("A process ended with an error.")
    sys.stdout.flush()
    sys.stderr.flush()
    return status & 0xFF


def _end_with(parent: int) -> None:
    """On Linux, have the kernel end this process when its parent dies, so that no port stays taken."""
    if sys.platform == "linux":
        set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)
    if os.getppid() != parent:
        raise SystemExit(1)


def _wait_for_signal(told: socket.socket, helpers: list[_Process], stopping_since: float | None) -> set[int]:
    """Sleep until a signal arrives or something is due. Returns the numbers of the signals."""
    if stopping_since is not None:
        timeout: float | None = 1.0
    else:
        waits = [helper.due - time.monotonic() for helper in helpers if not helper.pid]
        timeout = max(0.0, min(waits)) if waits else None
    if not select.select([told], [], [], timeout)[0]:
        return set()
    return set(told.recv(4096))


def _ended() -> list[tuple[int, int]]:
    ended: list[tuple[int, int]] = []
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if pid == 0:
            return ended
        ended.append((pid, os.waitstatus_to_exitcode(status)))


def _note_end(helper: _Process, code: int, stopping: bool) -> None:
    helper.pid = 0
    if stopping:
        return
    lived = time.monotonic() - helper.started
    helper.wait = min(max(helper.wait * 2, FIRST_WAIT), LONGEST_WAIT) if lived < STEADY else FIRST_WAIT
    helper.due = time.monotonic() + helper.wait
    logger.error("%s ended (status %d) and starts again in %.0f seconds.", helper.name, code, helper.wait)


def _signal(processes: list[_Process], number: signal.Signals) -> None:
    for process in processes:
        if process.pid:
            os.kill(process.pid, number)
