"""`cesym ulp`: a table, JSON, a plot, limits as exit codes, and usage that makes no sense."""

import json

import optional
import pytest


def test_a_table(run):
    result = run("ulp", "sigmoid", "-n", "50")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "sigmoid for numpy, float64" in lines[0] and len(lines) == 13


def test_json_and_a_limit(run):
    arguments = ("ulp", "sigmoid", "-n", "50", "--function", "value", "--json")
    result = run(*arguments, "--limit", "3")
    found = json.loads(result.stdout)
    assert result.exit_code == 0 and found["argument"] == "s"
    assert {row["function"] for row in found["rows"]} == {"value"}
    assert all(len(row["worst"]) == 3 for row in found["rows"])
    assert run(*arguments, "--limit", "0.1").exit_code == 1


def test_a_plot(run, tmp_path):
    optional.module("matplotlib")
    path = tmp_path / "errors.svg"
    run("ulp", "binary-cross-entropy", "-n", "50", "--function", "loss", "--plot", str(path))
    assert "<svg" in path.read_text("utf-8")
    result = run("ulp", "sigmoid", "-n", "50", "--plot", str(tmp_path / "errors.nothing"))
    assert result.exit_code == 2 and "cannot be written" in result.stderr


def test_a_plot_without_matplotlib(run, monkeypatch):
    from cesym.codegen.measuring import plotting

    monkeypatch.setattr(plotting, "find_spec", lambda _name: None)
    result = run("ulp", "sigmoid", "--plot", "x.svg")
    assert result.exit_code == 2 and "cesym[plot]" in result.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        ("--exhaustive",),
        ("--exhaustive", "--dtype", "float32", "--plot", "x.svg"),
        ("--resume", "x"),
        ("--at", "y"),
        ("--at", "y=a"),
        ("--at", "foo=1"),
        ("--function", "foo"),
        ("--points", "5"),
        ("--limit", "nan"),
        ("--seed", "-1"),
        ("--dtype", "int8"),
        ("--to", "python", "--dtype", "float32"),
    ],
)
def test_usage_that_makes_no_sense(run, wrong):
    result = run("ulp", "sigmoid", *wrong)
    assert (result.exit_code, result.stdout) == (2, "") and result.stderr


def test_chinese(run):
    assert "误差" in run("ulp", "sigmoid", "-n", "50", "--lang", "zh").stdout
