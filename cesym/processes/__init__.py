"""Floor 0: work in processes that can be killed, with limits on time, memory and output.

    for result in finished(run(tasks, jobs=2, limits=Limits(seconds=10))):
        ...

A task names a function and its arguments; what comes back is JSON. Python cannot stop code that
runs inside a C library, the operating system can: a worker that passes a limit is killed, the task
is lost with a reason, and another worker takes its place. A worker is no sandbox.
"""

from cesym.processes.local import run_here
from cesym.processes.order import Finished, finished
from cesym.processes.pool import run
from cesym.processes.work import End, Event, Limits, Lost, Part, Task

__all__ = [
    "End",
    "Event",
    "Finished",
    "Limits",
    "Lost",
    "Part",
    "Task",
    "finished",
    "run",
    "run_here",
]
