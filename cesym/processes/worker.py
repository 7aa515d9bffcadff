"""The other end: a process that does the tasks it is sent, one at a time, until it is hung up on.

It answers over a socket of its own; what the work prints to standard output is lost. Any exception
ends it: whoever sent the task reads how it ended, and starts another.
"""

from __future__ import annotations

import gc
import os
import resource
import socket
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from cesym.messages import set_language
from cesym.processes.channel import Overlong, send, values
from cesym.processes.work import MEBIBYTE, Task

OUT_OF_MEMORY, RESULT_TOO_LONG = 81, 82
"""What it exits with."""

MOST_WRITTEN = 16 * MEBIBYTE
"""Bytes of the largest file it may write: its standard error is one."""

ORPHAN_SECONDS = 60
"""Processor time beyond the limit after which it dies even if nobody is left to kill it."""


def main() -> None:
    """Serve the socket whose number is the first argument."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    gc.set_threshold(50_000, 20, 20)  # as in `cesym.cli.main`: a tenth of the time
    try:
        serve(channel)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Overlong:
        os._exit(RESULT_TOO_LONG)
    except (BrokenPipeError, ConnectionResetError):
        os._exit(0)


def serve(channel: socket.socket) -> None:
    """Take the settings, then task after task."""
    received = values(channel)
    settings = next(received, None)
    if settings is None:
        return
    set_language(settings["language"])
    limit(resource.RLIMIT_AS, settings["memory"])
    limit(resource.RLIMIT_FSIZE, MOST_WRITTEN)
    limit(resource.RLIMIT_CORE, 0)
    import_module(settings["module"])
    send(channel, {"ready": True})
    for sent in received:
        for part in parts(Task(**sent), settings["seconds"]):
            send(channel, {"part": part}, settings["output"])
        send(channel, {"end": True})


def parts(task: Task, seconds: float | None) -> Iterator[Any]:
    """The parts of a task; before each the processor time is limited anew."""
    made = task.call()
    while True:
        if seconds is not None:
            used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
            limit(resource.RLIMIT_CPU, int(used + seconds) + ORPHAN_SECONDS)
        try:
            yield next(made)
        except StopIteration:
            return


def limit(what: int, most: int) -> None:
    """Lower the limit on `what`; the highest one allowed stays as it is."""
    highest = resource.getrlimit(what)[1]
    soft = most if highest == resource.RLIM_INFINITY else min(most, highest)
    resource.setrlimit(what, (soft, highest))
