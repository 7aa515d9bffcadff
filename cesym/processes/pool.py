"""Tasks shared out among workers; one that passes a limit is killed and replaced."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from selectors import EVENT_READ, DefaultSelector

from cesym.processes.channel import Overlong
from cesym.processes.handle import Worker
from cesym.processes.work import End, Event, Limits, Lost, Part, Restart, Task

Again = Callable[[int, int, Lost], Task | None]
"""From the number of a lost task, how many parts it had given, and why it is lost, to the task that
is done in its place.
"""


def run(
    tasks: Sequence[Task],
    *,
    jobs: int = 1,
    limits: Limits | None = None,
    again: Again | None = None,
) -> Iterator[Event]:
    """What comes of the tasks, as it comes: done by `jobs` workers, each within `limits`.

    The tasks are begun in their order. A lost one ends with the reason, unless `again` gives
    another in its place. Leaving the loop, by Ctrl-C or otherwise, ends all workers.

    Raises MissingProgram if no worker can be started.

    >>> task = Task("itertools:repeat", {"object": "a", "times": 2})
    >>> list(run([task]))
    [Part(number=0, value='a'), Part(number=0, value='a'), End(number=0, lost=None)]
    """
    if jobs < 1:
        raise ValueError(f"at least one worker is needed, not {jobs}")
    pool = _Pool(tasks, jobs, limits or Limits(), again or (lambda _number, _parts, _lost: None))
    try:
        yield from pool.events()
    finally:
        pool.close()


class _Pool:
    def __init__(self, tasks: Sequence[Task], jobs: int, limits: Limits, again: Again) -> None:
        self.jobs = jobs
        self.limits = limits
        self.again = again
        self.queue = deque(enumerate(tasks))
        self.parts: Counter[int] = Counter()
        self.workers: list[Worker] = []
        self.selector = DefaultSelector()

    def events(self) -> Iterator[Event]:
        while self.queue or any(worker.number is not None for worker in self.workers):
            self.share_out()
            now = time.monotonic()
            wait = max(0.0, min(worker.deadline for worker in self.workers) - now)
            heard = self.selector.select(None if wait == float("inf") else wait)
            for key, _mask in heard:
                worker = key.fileobj
                assert isinstance(worker, Worker)
                yield from self.listen(worker)
            for worker in [w for w in self.workers if w.deadline <= time.monotonic()]:
                yield from self.replace(worker, TimeoutError)

    def share_out(self) -> None:
        """A task to every worker that is free, and as many workers as there is work for."""
        for worker in self.workers:
            if self.queue and worker.ready and worker.number is None:
                worker.give(*self.queue.popleft())
        starting = sum(not worker.ready for worker in self.workers)
        for _ in range(min(self.jobs - len(self.workers), len(self.queue) - starting)):
            worker = Worker(self.queue[0][1].module, self.limits)
            self.workers.append(worker)
            self.selector.register(worker, EVENT_READ)

    def listen(self, worker: Worker) -> Iterator[Event]:
        """The events of what a worker has answered."""
        try:
            answers = worker.answers()
            if answers is None:
                yield from self.replace(worker, None)
                return
            for answer in answers:
                yield from self.heard(worker, answer)
        except Overlong:
            yield from self.replace(worker, Overlong)

    def heard(self, worker: Worker, answer: dict[str, object]) -> Iterator[Event]:
        number = worker.number
        if number is None:
            worker.ready, worker.deadline = True, float("inf")
        elif "part" in answer:
            self.parts[number] += 1
            worker.extend()
            yield Part(number, answer["part"])
        else:
            worker.number, worker.deadline = None, float("inf")
            yield End(number)

    def replace(
        self, worker: Worker, why: type[Overlong] | type[TimeoutError] | None
    ) -> Iterator[Event]:
        """End a worker; its task is lost, or done again. `share_out` starts another."""
        if why is not None:
            worker.process.kill()
        if not worker.ready:
            raise worker.not_started()
        number, lost = worker.number, worker.lost(why)
        self.remove(worker)
        if number is None:
            return
        task = self.again(number, self.parts.pop(number, 0), lost)
        if task is None:
            yield End(number, lost)
        else:
            self.queue.appendleft((number, task))
            yield Restart(number)

    def remove(self, worker: Worker) -> None:
        self.selector.unregister(worker)
        self.workers.remove(worker)
        worker.kill()

    def close(self) -> None:
        for worker in self.workers:
            worker.kill()
        self.selector.close()
