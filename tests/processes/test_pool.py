"""Workers do what they are given, in order, and no limit is passed without an end."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from cesym.errors import MissingProgram
from cesym.messages import translate, using_language
from cesym.processes import Finished, Limits, Lost, Task, finished, run, run_here
from cesym.processes.handle import Worker

WORKS = "tests.processes.works"


def task(function, **arguments):
    return Task(f"{WORKS}:{function}", arguments)


def results(*tasks, jobs=1, seconds=20.0, memory=4 << 30, output=1 << 20, again=None):
    limits = Limits(seconds, memory, output)
    return list(finished(run(tasks, jobs=jobs, limits=limits, again=again)))


def one(*tasks, **settings):
    (found, *_rest) = results(*tasks, **settings)
    return found


def test_parts_come_in_their_order():
    value = {"a": [None, "é"]}
    assert results(task("numbers", upto=3), task("nothing"), task("identity", value=value)) == [
        Finished(0, (0, 1, 2)),
        Finished(1, ()),
        Finished(2, (value,)),
    ]


def test_one_worker_and_two_and_none_give_the_same():
    tasks = [task("numbers", upto=n % 4) for n in range(40)]
    assert results(*tasks) == results(*tasks, jobs=2) == list(finished(run_here(tasks)))


def test_results_come_in_the_order_of_the_tasks():
    tasks = [task("sleep", seconds=0.3, value="slow"), task("sleep", seconds=0, value="quick")]
    assert [found.parts for found in results(*tasks, jobs=2)] == [("slow",), ("quick",)]


@pytest.mark.parametrize("function", ["power", "flint_power"])
def test_a_loop_inside_c_is_killed_in_time_and_the_worker_replaced(function):
    started = time.monotonic()
    lost, after = results(task(function), task("identity", value=1), seconds=1.0)
    assert time.monotonic() - started < 6
    assert lost.lost is not None
    assert (lost.lost.kind, str(lost.lost.why)) == ("time", "stopped after 1 seconds")
    assert after == Finished(1, (1,))


def test_the_time_begins_anew_with_every_part():
    def naps():
        return task("sleep", seconds=0.6, value=1)

    found = results(naps(), naps(), naps(), seconds=1.2)
    assert all(result.lost is None for result in found)
    started = time.monotonic()
    assert one(task("power", after=3), seconds=1.0).parts == (0, 1, 2)
    assert time.monotonic() - started < 6


GAVE_UP = "stopped: the library of exact numbers gave up, most likely for want of memory (1 GiB)"


@pytest.mark.parametrize(
    ("function", "why"),
    [
        ("hog", "stopped: it needs more memory than 1 GiB"),
        ("flint_hog", GAVE_UP),
        ("overflow", GAVE_UP),
    ],
)
def test_a_memory_hog_is_stopped_and_told_so(function, why):
    lost, after = results(task(function), task("identity", value=1), memory=1 << 30)
    assert lost.lost is not None
    assert (lost.lost.kind, str(lost.lost.why)) == ("memory", why)
    assert after == Finished(1, (1,))


@pytest.mark.parametrize("size", [2 << 20, 40 << 20])
def test_a_result_without_end_is_refused(size):
    lost, after = results(task("long", size=size), task("long", size=3))
    assert lost.lost is not None
    assert str(lost.lost.why) == "stopped: its result is longer than 1 MiB"
    assert after.parts == ("xxx",)


@pytest.mark.parametrize(
    ("work", "how"),
    [
        (task("end", how="exit"), "exit code 3"),
        (task("end", how="SIGSEGV"), "SIGSEGV"),
        (task("end", how="SIGKILL"), "SIGKILL"),
        (task("fail"), "ValueError: a mistake"),
    ],
)
def test_a_worker_that_dies_is_replaced(work, how):
    lost, after = results(work, task("identity", value=1))
    assert lost.lost is not None
    assert str(lost.lost.why) == f"the worker process broke down ({how})"
    assert after == Finished(1, (1,))


def test_a_lost_task_may_be_done_again_otherwise():
    asked = []

    def again(number: int, parts: int, lost: Lost) -> Task | None:
        asked.append((number, parts, lost.kind))
        return task("numbers", upto=2) if len(asked) == 1 else None

    work = [task("power", after=1), task("identity", value="next")]
    assert results(*work, seconds=1.0, again=again) == [
        Finished(0, (0, 1)),
        Finished(1, ("next",)),
    ]
    assert asked == [(0, 1, "time")]


def test_words_are_in_the_language_of_the_moment():
    with using_language("zh"):
        assert one(task("spoken")).parts == (translate("unknown", "zh"),)


def test_what_a_task_prints_is_not_mixed_into_the_results(capfd):
    assert one(task("prints")).parts == ("done",)
    assert capfd.readouterr() == ("", "")


def test_a_worker_that_cannot_start_is_an_error():
    with pytest.raises(MissingProgram, match="no_such_module"):
        results(Task("no_such_module:f", {}))


def test_there_is_at_least_one_worker():
    with pytest.raises(ValueError, match="at least one"):
        list(run([], jobs=0))


def test_leaving_ends_the_workers(monkeypatch):
    started = []
    real = Worker.kill
    monkeypatch.setattr(Worker, "kill", lambda self: (started.append(self), real(self))[1])
    for _event in run([task("identifier"), task("identifier")], jobs=2):
        break
    assert len(started) == 2
    assert all(worker.process.returncode == -signal.SIGKILL for worker in started)


def test_an_interruption_gives_what_is_there_in_order():
    def events():
        tasks = [task("power", after=2), task("identity", value=1), task("identity", value=2)]
        awaited = Counter({"Part": 4, "End": 2})
        for event in run(tasks, jobs=2):
            yield event
            awaited[type(event).__name__] -= 1
            if not any(awaited.values()):
                raise KeyboardInterrupt

    found = []
    with pytest.raises(KeyboardInterrupt):
        for result in finished(events()):
            found.append(result)
    assert found == [
        Finished(0, (0, 1), None, complete=False),
        Finished(1, (1,)),
        Finished(2, (2,)),
    ]


MASTER = """
import sys
sys.path[:] = sys.argv[2:]
from cesym.processes import Task, run
for event in run([Task("tests.processes.works:identifier", {})]):
    print(event.value, flush=True)
"""


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="this system has no /proc")
def test_a_worker_that_nobody_watches_ends_by_its_own_limit():
    master = subprocess.Popen(
        [sys.executable, "-c", MASTER, "", *sys.path], stdout=subprocess.PIPE, text=True
    )
    with master:
        assert master.stdout is not None
        worker = int(master.stdout.readline())
        master.kill()
    limits = Path(f"/proc/{worker}/limits").read_text().splitlines()
    os.kill(worker, signal.SIGKILL)
    (line,) = [line for line in limits if line.startswith("Max cpu time")]
    assert 60 <= int(line.split()[3]) <= 80
