"""Results in the order of the tasks, however the workers come to their ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cesym.processes.work import End, Event, Lost, Part, Restart


@dataclass(frozen=True, slots=True)
class Finished:
    """The parts of one task. `complete` is False when the run was interrupted before its end."""

    number: int
    parts: tuple[Any, ...]
    lost: Lost | None = None
    complete: bool = True


def finished(events: Iterable[Event]) -> Iterator[Finished]:
    """Each task when it is over, in order.

    On Ctrl-C everything that is there is given first, also the parts of tasks that are not over;
    then KeyboardInterrupt is raised.

    >>> list(finished([Part(1, "b"), End(1), Part(0, "a"), End(0)]))
    [Finished(number=0, parts=('a',), lost=None, complete=True),
     Finished(number=1, parts=('b',), lost=None, complete=True)]
    """
    parts: dict[int, list[Any]] = {}
    ended: dict[int, Finished] = {}
    following = 0
    try:
        for event in events:
            match event:
                case Part(number, value):
                    parts.setdefault(number, []).append(value)
                case Restart(number):
                    parts.pop(number, None)
                case End(number, lost):
                    ended[number] = Finished(number, tuple(parts.pop(number, ())), lost)
            while following in ended:
                yield ended.pop(following)
                following += 1
    except KeyboardInterrupt:
        begun = {number: Finished(number, tuple(p), None, False) for number, p in parts.items()}
        yield from (result for _number, result in sorted((begun | ended).items()))
        raise
