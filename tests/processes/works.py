"""What the workers are given to do."""

import os
import signal
import sys
import time


def numbers(upto):
    yield from range(upto)


def identity(value):
    yield value


def nothing():
    yield from ()


def power(after=0):
    """Parts, then a loop inside C in which no Python code runs and no signal is looked at."""
    yield from range(after)
    yield len(str(7 ** (10**9)))


def flint_power():
    from flint import fmpz_poly

    yield (fmpz_poly([3, 5, 7]) ** 2_000_000).degree()


def hog():
    yield len(bytearray(64 << 30))


def flint_hog():
    from flint import fmpz_mat

    yield fmpz_mat(40_000, 40_000).nrows()


def overflow():
    from flint import fmpz

    yield int(fmpz(7) ** (1 << 36) > 0)


def end(how):
    if how == "exit":
        os._exit(3)
    os.kill(os.getpid(), getattr(signal, how))
    yield None


def fail():
    raise ValueError("a mistake")
    yield None


def long(size):
    yield "x" * size


def sleep(seconds, value):
    time.sleep(seconds)
    yield value


def spoken():
    from cesym.messages import _

    yield _("unknown")


def prints():
    print("on standard output")
    sys.stderr.write("on standard error\n")
    yield "done"


def identifier():
    yield os.getpid()
    time.sleep(60)


def stuck_on_x(line, **_settings):
    """An answer to a line of claims, except to one about x, which never comes. After that to one
    about y there is more to do, for ever.
    """
    import json

    name = json.loads(line)["id"]
    yield None
    if name != "x":
        yield {"id": name, "status": "proved"}
    if name in "xy":
        yield from power()
