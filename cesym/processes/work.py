"""What is done, within which limits, and what comes of it. Only data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal

from cesym.messages import Message, message

GIBIBYTE = 1 << 30
MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Task:
    """A call of the function named `module:function` with `arguments`, which JSON can hold.

    The function is a generator of values that JSON can hold; each is a *part* of the result.
    """

    function: str
    arguments: Mapping[str, Any]

    @property
    def module(self) -> str:
        """The module of the function."""
        return self.function.partition(":")[0]

    def call(self) -> Iterator[Any]:
        """The parts, made in this process."""
        function = getattr(import_module(self.module), self.function.partition(":")[2])
        yield from function(**self.arguments)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a task may use: `seconds` until its next part (None: any), bytes of address space, and
    bytes of one part in JSON.
    """

    seconds: float | None = 10.0
    memory: int = 4 * GIBIBYTE
    output: int = 16 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a task did not come to its end."""

    kind: Literal["time", "memory", "output", "died"]
    why: Message


@dataclass(frozen=True, slots=True)
class Part:
    """The task of this number has given another part."""

    number: int
    value: Any


@dataclass(frozen=True, slots=True)
class End:
    """The task of this number is over; `lost` says why when it was stopped."""

    number: int
    lost: Lost | None = None


@dataclass(frozen=True, slots=True)
class Restart:
    """The task of this number is done once more, from the beginning: its parts so far are void."""

    number: int


Event = Part | End | Restart


def too_slow(limits: Limits) -> Lost:
    """Lost for want of time."""
    why = message("stopped after {seconds} seconds", seconds=f"{limits.seconds or 0:g}")
    return Lost("time", why)


def too_large(limits: Limits) -> Lost:
    """Lost for want of memory."""
    amount = f"{limits.memory / GIBIBYTE:.3g} GiB"
    return Lost("memory", message("stopped: it needs more memory than {amount}", amount=amount))


def gave_up(limits: Limits) -> Lost:
    """Lost because Flint or GMP ended the process: they do so when they get no memory."""
    amount = f"{limits.memory / GIBIBYTE:.3g} GiB"
    why = message(
        "stopped: the library of exact numbers gave up, most likely for want of memory ({amount})",
        amount=amount,
    )
    return Lost("memory", why)


def too_long(limits: Limits) -> Lost:
    """Lost because a part is too long."""
    amount = f"{limits.output / MEBIBYTE:.3g} MiB"
    return Lost("output", message("stopped: its result is longer than {amount}", amount=amount))


def died(how: str) -> Lost:
    """Lost with its worker."""
    return Lost("died", message("the worker process broke down ({how})", how=how))
