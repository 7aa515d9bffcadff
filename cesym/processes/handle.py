"""A worker as the process that started it sees it: begun, given tasks, listened to, killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from typing import Any

from cesym.errors import MissingProgram
from cesym.messages import current_language
from cesym.processes.channel import CHUNK, Lines, Overlong, send
from cesym.processes.work import Limits, Lost, Task, died, gave_up, too_large, too_long, too_slow
from cesym.processes.worker import OUT_OF_MEMORY, RESULT_TOO_LONG

START = "import sys; sys.path[:] = sys.argv[2:]; from cesym.processes.worker import main; main()"
"""The worker looks for modules where this process does, and nowhere else."""

ENVIRONMENT = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""The same order of sets in every worker, and no threads that would share out its memory."""

LIBRARY_GAVE_UP = (signal.SIGABRT, signal.SIGFPE)
"""How Flint and GMP end the process when a number does not fit."""

START_SECONDS = 60.0
LAST_WORDS = 4000
"""Bytes of its standard error that are looked at after its end."""


class Worker:
    """A process that does one task at a time. `number` is that of its task, None while it has none;
    `deadline` is when it has to have answered.
    """

    def __init__(self, module: str, limits: Limits) -> None:
        self.limits = limits
        self.number: int | None = None
        self.ready = False
        self.deadline = time.monotonic() + START_SECONDS
        self.lines = Lines(limits.output + CHUNK)
        ours, theirs = socket.socketpair()
        with ExitStack() as opened, theirs:
            self.errors = opened.enter_context(tempfile.TemporaryFile())
            self.channel = opened.enter_context(ours)
            self.opened = opened.pop_all()
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-c", START, str(theirs.fileno()), *sys.path],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self.errors,
                env=os.environ | ENVIRONMENT,
                start_new_session=True,
            )
        settings = {"language": current_language(), "module": module}
        rest = {name: getattr(limits, name) for name in ("seconds", "memory", "output")}
        with suppress(OSError):  # one that is dead already is found out by listening
            send(self.channel, settings | rest)

    def fileno(self) -> int:
        """The descriptor that can be read when it has answered."""
        return self.channel.fileno()

    def give(self, number: int, task: Task) -> None:
        """Have it do `task`."""
        self.number = number
        self.extend()
        with suppress(OSError):
            send(self.channel, {"function": task.function, "arguments": dict(task.arguments)})

    def extend(self) -> None:
        """The time until the next answer begins now."""
        seconds = self.limits.seconds
        self.deadline = float("inf") if seconds is None else time.monotonic() + seconds

    def answers(self) -> Iterator[dict[str, Any]] | None:
        """What has arrived; None when it hung up. Raises Overlong."""
        try:
            piece = self.channel.recv(CHUNK)
        except ConnectionResetError:
            return None
        return self.lines.feed(piece) if piece else None

    def kill(self) -> None:
        """End it, whatever it does, and leave nothing behind."""
        self.process.kill()
        self.process.wait()
        self.opened.close()

    def lost(self, why: type[Overlong] | type[TimeoutError] | None) -> Lost:
        """Why its task is lost: a limit found out here, or None for what its own end says."""
        if why is Overlong:
            return too_long(self.limits)
        return too_slow(self.limits) if why is TimeoutError else self._own_end()

    def _own_end(self) -> Lost:
        code = self.process.wait()
        words = self._last_words()
        if code == RESULT_TOO_LONG:
            return too_long(self.limits)
        if code == OUT_OF_MEMORY:
            return too_large(self.limits)
        if -code in LIBRARY_GAVE_UP:
            return gave_up(self.limits)
        if code == -signal.SIGXCPU:
            return too_slow(self.limits)
        return died(signal.Signals(-code).name if code < 0 else words or f"exit code {code}")

    def _last_words(self) -> str:
        """The last line of its standard error."""
        self.errors.seek(max(0, os.fstat(self.errors.fileno()).st_size - LAST_WORDS))
        lines = self.errors.read().decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def not_started(self) -> MissingProgram:
        """The error that says that it did not even come to its first task."""
        return MissingProgram(
            "a worker process cannot be started: {why}",
            remedy="-j 0 works without one",
            why=self._own_end().why,
        )
