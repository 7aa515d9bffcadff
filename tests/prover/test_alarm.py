"""The alarm ends code that does not look at the clock, and waits where Python forgets errors."""

import gc
import sys
import time

import pytest

from cesym.prover.alarm import GRACE, TimeUp, interrupted_after


def spin(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def test_what_does_not_end_is_interrupted():
    start = time.monotonic()
    with pytest.raises(TimeUp), interrupted_after(0.1):
        spin(30)
    assert GRACE < time.monotonic() - start < 10


def test_what_ends_in_time_is_left_alone():
    with interrupted_after(5):
        spin(0.01)


class Finalised:
    def __del__(self):
        spin(GRACE + 0.2)


def _library_gc_callback(phase, _info):
    if phase == "start":
        spin(GRACE + 0.2)


def in_a_finaliser():
    del [Finalised()][0]


def in_a_callback_of_the_collector():
    gc.callbacks.append(_library_gc_callback)
    try:
        gc.collect()
    finally:
        gc.callbacks.remove(_library_gc_callback)


@pytest.mark.parametrize("where", [in_a_finaliser, in_a_callback_of_the_collector])
def test_it_waits_where_an_exception_would_be_forgotten(where, monkeypatch):
    forgotten = []
    monkeypatch.setattr(sys, "unraisablehook", forgotten.append)
    with pytest.raises(TimeUp), interrupted_after(0.0):
        where()
        spin(30)
    assert not forgotten
