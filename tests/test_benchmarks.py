"""What the benchmarks say of what they measure: right and wrong, orders of growth, what is kept."""

import importlib.util
import json
import subprocess
import sys
from math import isnan
from pathlib import Path

import optional
import pytest

from cesym.messages import message
from cesym.processes import Finished, Lost

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
LATE = Lost("time", message("stopped after {seconds} seconds", seconds="5"))
DEAD = Lost("died", message("the worker process broke down ({how})", how="SIGSEGV"))


def load(name, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(BENCHMARKS), *sys.path])
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", BENCHMARKS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("found", "truth", "outcome"),
    [
        (Finished(0, (["proved", 0.1],)), True, "right"),
        (Finished(0, (["proved", 0.1],)), False, "wrong"),
        (Finished(0, (["refuted", 0.1],)), True, "wrong"),
        (Finished(0, (["refuted", 0.1],)), False, "right"),
        (Finished(0, (["unknown", 0.1],)), True, "unknown"),
        (Finished(0, (), LATE), True, "timed out"),
        (Finished(0, (), DEAD), False, "error"),
    ],
)
def test_an_answer_is_judged_by_the_truth(monkeypatch, found, truth, outcome):
    assert load("verify", monkeypatch).answer(found, truth, 5.0).outcome == outcome


ROWS = [
    ("sigmoid(x) + sigmoid(-x) == 1", {"x": "real"}, True),
    ("x == 1", {"x": "real"}, False),
    ("limit(sigmoid(x), x, oo) == 1", {"x": "real"}, True),
    ("argmin(x**2, x) == 0", {"x": "real"}, True),
    ("x**2 >= -1", {"x": "real"}, True),
]


def test_both_are_asked_and_cesym_alone_decides_the_exit_code(tmp_path):
    path = tmp_path / "claims.jsonl"
    rows = [{"id": p, "plain": p, "assume": a, "truth": t, "kind": ""} for p, a, t in ROWS]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "verify.py"), str(path), "--rows"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    (ours,) = [line for line in done.stdout.splitlines() if line.startswith("│ cesym")]
    assert [cell.strip() for cell in ours.split("│")[2:7]] == ["5", "0", "0", "0", "0"]
    assert done.stdout.count("unknown") > 1


def test_the_order_of_growth_is_that_of_the_last_step(monkeypatch):
    scaling = load("scaling", monkeypatch)
    growth = [scaling.Point(n, n**2 / 100, 50.0, 0) for n in (1, 10, 20)]
    assert scaling.order(growth) == pytest.approx(2)
    assert isnan(scaling.order(growth[:1]))


def test_every_claim_of_the_scaling_is_proved_when_small(monkeypatch):
    from cesym.derivation.verification import verify

    scaling = load("scaling", monkeypatch)
    for axis in scaling.AXES:
        for text, let in axis.asked(axis.numbers[1]):
            assert verify(text, let=let).proved, (axis.name, text)


def test_a_run_of_soundness_is_counted_and_goes_on_where_it_stopped(monkeypatch):
    soundness = load("soundness", monkeypatch)
    row = {"shown": "false", "status": "refuted", "seconds": 0.5}
    wrong = {"shown": "false", "status": "proved", "seconds": 0.1, "wrong": "x == 1"}
    tally = soundness.Tally()
    for kind in soundness.KINDS:
        tally.add(soundness.record_of(kind, 0, Finished(0, (row, row))))
    assert tally.shown("false") == 2 * len(soundness.KINDS)
    assert min(number for _kind, number in soundness.next_shares(tally, 10**6, 1)) == 1
    tally.add(soundness.record_of("limit", 1, Finished(0, (row, wrong), LATE)))
    assert tally.of("limit", "false", "proved") == 1
    assert tally.wrong == ["limit:1: x == 1", "limit:1: case 2: stopped after 5 seconds"]


def test_texts_come_after_the_claims_and_then_it_is_enough(monkeypatch):
    soundness = load("soundness", monkeypatch)
    tally = soundness.Tally()
    true = {"shown": "true", "status": "proved", "seconds": 0.1}
    false = {"shown": "false", "status": "refuted", "seconds": 0.1}
    tally.add(soundness.record_of("step", 0, Finished(0, (true, false))))
    assert {kind for kind, _number in soundness.next_shares(tally, 1, 1)} == {*soundness.TEXTS}
    for kind in soundness.TEXTS:
        text = {"shown": "text", "status": "read", "seconds": 0.1}
        tally.add(soundness.record_of(kind, 0, Finished(0, (text,))))
    assert soundness.next_shares(tally, 1, 1) == []


def test_speed_is_measured_and_kept(monkeypatch, tmp_path):
    optional.module("cffi")
    speed, report = load("speed", monkeypatch), load("speed_report", monkeypatch)
    monkeypatch.setattr(sys, "argv", ["speed.py", "-n", "4096", "--rounds", "1", "--only", *ONLY])
    found = speed.in_process(speed.__file__, 1)
    rows = [speed.Row(**row) for row in found["rows"]]
    systems = {row.system for row in rows}
    new = {f"{name}, new arrays" for name in (report.ACCURATE, report.FAST)}
    assert systems >= {*new, report.STREAM} and "numexpr" not in systems
    assert all(0 < row.best <= row.median for row in rows) and {row.n for row in rows} == {
        4096,
        32768,
    }
    text = report.shown(rows, ["nothing (nowhere)"])
    assert "NumPy, textbook" in text and "nothing (nowhere)" in text
    report.written(tmp_path / "page.md", rows, [], report.goals(rows), soft=False)
    assert "float32, in cache, 1 thread" in (tmp_path / "page.md").read_text(encoding="utf-8")


ONLY = ["accurate, new", "fast, new", "textbook"]


def test_goals_are_held_against_the_fastest_peer(monkeypatch):
    speed, report = load("speed", monkeypatch), load("speed_report", monkeypatch)
    slow = [
        speed.Row(name, "float64", 1, 100, 10.0, 9.0) for name in ("numexpr", "NumPy, textbook")
    ]
    quick = speed.Row("PyTorch, compile", "float64", 1, 100, 5.0, 5.0)
    ours = [
        speed.Row(report.ACCURATE, "float64", 1, 100, 2.1, 2.0),
        speed.Row(report.FAST, "float64", 1, 100, 0.9, 0.9),
    ]
    met = dict(report.goals([*slow, quick, *ours]))
    assert met == {
        "float64, accurate over PyTorch, compile: 2.38 (goal 2.5)": False,
        "float64, fast over PyTorch, compile: 5.56 (goal 5)": True,
    }


def test_float32_is_tried_pattern_by_pattern(monkeypatch):
    optional.program("cc")
    exhaustive = load("exhaustive", monkeypatch)
    for setting, largest in (("accurate", 0.501), ("fast", 4.0)):
        found = [*exhaustive.exhaustive("binary-cross-entropy", [1.0], setting, 1, blocks=256)]
        assert [row.function for row in found] == ["loss", "gradient", "hessian"]
        assert all(row.count == 256 * 4096 for row in found)
        assert max(row.largest for row in found) <= largest
        missed = max(row.missed for row in found)
        assert missed > 1000 if setting == "fast" else missed <= 1


def test_the_speed_of_rows_has_its_part_of_the_page(monkeypatch, tmp_path):
    rows, report = load("speed_rows", monkeypatch), load("speed_report", monkeypatch)
    path = tmp_path / "performance.md"
    path.write_text("# Speed\n\n## Measured\n\nnumbers\n", encoding="utf-8")
    rows.written(path, 2_000_000, ["- met: one"])
    once = path.read_text(encoding="utf-8")
    assert once.startswith("# Speed\n\n## Measured\n\nnumbers\n\n## Losses of rows\n")
    assert "2e6" in once and once.endswith("- met: one\n")
    rows.written(path, 2_000_000, ["- met: one"])
    assert path.read_text(encoding="utf-8") == once
    assert report.section(path, report.ROWS) == once[once.index("## Losses of rows") :]


def test_the_speed_of_rows_is_measured(monkeypatch):
    optional.module("cffi")
    rows = load("speed_rows", monkeypatch)
    only = ["new arrays", "textbook"]
    monkeypatch.setattr(sys, "argv", ["", "-n", "4000", "--rounds", "1", "--only", *only])
    found = [rows.Row(**row) for row in rows.in_process(rows.__file__, 1)["rows"]]
    assert {row.system for row in found} == {
        f"{rows.ACCURATE}, new arrays",
        f"{rows.FAST}, new arrays",
        "NumPy, textbook",
    }
    assert {(row.dtype, row.classes) for row in found} == {
        (dtype, classes) for dtype in ("float64", "float32") for classes in (10, 1000)
    }
    assert all(0 < row.best <= row.median for row in found)


def test_the_goals_of_rows_are_judged_by_medians(monkeypatch):
    rows = load("speed_rows", monkeypatch)
    measured = [
        rows.Row(system, "float64", threads, 10, median, 0.1)
        for system, threads, median in (
            (rows.ACCURATE, 1, 2.0),
            (rows.ACCURATE, 2, 1.25),
            (rows.FAST, 1, 1.0),
            (rows.EAGER, 1, 5.0),
            (rows.JIT, 1, 3.0),
        )
    ]
    assert rows.goals(measured) == [
        ("float64, 10 classes, accurate over PyTorch, eager: 2.50 (goal 2)", True),
        ("float64, 10 classes, fast over JAX and optax, jit: 3.00 (goal 1.5)", True),
        ("float64, 10 classes, accurate, two threads over one: 1.60 (goal 1.7)", False),
    ]
    assert "| cesym c, accurate | 2.00 | 0.10 | 1.00 | 2.00 |" in list(rows.tables(measured))
