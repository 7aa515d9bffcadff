"""Tasks done in this process, one after the other: no limit is enforced, no worker started."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cesym.processes.work import End, Event, Part, Task


def run_here(tasks: Sequence[Task]) -> Iterator[Event]:
    """What comes of the tasks. An exception of a task is raised as it is.

    >>> list(run_here([Task("itertools:repeat", {"object": "a", "times": 1})]))
    [Part(number=0, value='a'), End(number=0, lost=None)]
    """
    for number, task in enumerate(tasks):
        for value in task.call():
            yield Part(number, value)
        yield End(number)
