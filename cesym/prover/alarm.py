"""The last resort of a budget: stop Python code that does not look at the clock, such as SymPy's.

Works in the main thread of a POSIX process that has no timer of its own; elsewhere the budget's own
ticks are all there is. What runs inside a C library is not stopped.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

GRACE = 0.5
"""Seconds beyond the budget, so that a tick of the prover comes first where there is one."""


AGAIN = 0.05
"""Seconds until the next try, when the alarm came where an exception would be lost."""


class TimeUp(BaseException):
    """The alarm. Not an `Exception`, which SymPy would catch."""


@contextmanager
def interrupted_after(seconds: float) -> Iterator[None]:
    """Raise TimeUp inside the `with` when `seconds` and a little more are over."""
    if not _can_use_alarm():
        yield
        return

    def ring(_signal: int, frame: FrameType | None) -> None:
        if not _in_callback(frame):
            raise TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.0) + GRACE, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


def _in_callback(frame: FrameType | None) -> bool:
    """Whether Python would print and forget an exception here: in a finaliser or a gc callback."""
    while frame is not None:
        if frame.f_code.co_name == "__del__" or frame.f_code.co_name.endswith("gc_callback"):
            return True
        frame = frame.f_back
    return False


def _can_use_alarm() -> bool:
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        return False
    return signal.getitimer(signal.ITIMER_REAL)[0] == 0.0
