"""`cesym check` on other people's documents."""

import json
from pathlib import Path

import pytest

PAPER = Path(__file__).parents[1] / "documents_to_check" / "paper.tex"

TOP = "Let $y \\in [0,1]$ and $s \\in \\mathbb{R}$.\n\n"


@pytest.fixture
def notes(tmp_path):
    def notes(text, name="notes.md"):
        path = tmp_path / name
        path.write_text(TOP + text, encoding="utf-8")
        return str(path)

    return notes


@pytest.fixture
def notebook(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": [TOP]},
        {"cell_type": "code", "source": ["raise SystemExit"], "outputs": []},
        {"cell_type": "markdown", "source": ["Now\n", "\n", "$$y + y = 2 y$$\n", "$$y < 1$$"]},
    ]
    path = tmp_path / "chapter.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": cells}), encoding="utf-8")
    return str(path)


def listed(result):
    return json.loads(result.stdout)


def test_a_paper_with_eleven_mistakes(run):
    """Exactly the wrong lines are reported, each with a counterexample, and the rest is proved."""
    text = PAPER.read_text(encoding="utf-8").split("\n")
    planted = [number for number, line in enumerate(text, 1) if "% PLANTED" in line]
    assert len(planted) == 11
    result = run("check", str(PAPER), "--json")
    found = listed(result)
    refuted = [record for record in found if record["status"] == "refuted"]
    assert [record["line"] for record in refuted] == planted
    assert all(record["counterexample"] for record in refuted)
    rest = [record["status"] for record in found if record["status"] != "refuted"]
    assert sorted(rest) == ["assumed"] * 3 + ["proved"] * 40
    assert result.exit_code == 1


def test_a_notebook_is_reported_by_cell_and_line(run, notebook):
    result = run("check", notebook)
    assert f"{notebook}:cell 3:4:5: refuted: y < 1" in result.stdout
    found = listed(run("check", notebook, "--json"))
    places = [(r["file"], r["cell"], r["line"], r["status"]) for r in found]
    assert places == [(notebook, 3, 3, "proved"), (notebook, 3, 4, "refuted")]


def test_assumed_definitions_are_listed_apart(run, notes):
    path = notes("$$L = y s$$\n\n$$L + L = 2 y s$$")
    result = run("check", path)
    assert result.exit_code == 0
    assert "assumed definitions: 1" in result.stdout
    assert "    assumed definitions: L (line 3)\n" in result.stdout
    assert [record["status"] for record in listed(run("check", path, "--json"))] == [
        "assumed",
        "proved",
    ]


def test_what_cannot_be_read_is_not_proved(run, notes):
    path = notes("$$\\oint y = 1$$\n\n$$y = y$$")
    result = run("check", path)
    assert result.exit_code == 2
    assert f"{path}:3:3: error: " in result.stdout
    assert "1 proved, 0 refuted, 0 unknown, 1 not read" in result.stdout


def test_words_beside_a_line_are_words(run, notes):
    path = notes(
        "$$y + y = 2 y \\quad \\text{definition of $y$}$$\n\n$$y = y \\quad \\text{chain rul}$$"
    )
    assert run("check", path).exit_code == 0


def test_strict_is_about_proof_and_not_about_rules(run, notes):
    assert run("check", notes("$$y + y = 2 y$$"), "--strict").exit_code == 0
    skipped = notes("<!-- cesym: skip -->\n$$y + y = 2 y$$")
    assert run("check", skipped).exit_code == 0
    assert run("check", skipped, "--strict").exit_code == 2


def test_inline_relations_on_request(run, notes):
    path = notes("Surely $y < 1$.")
    assert run("check", path).exit_code == 0
    result = run("check", path, "--inline")
    assert result.exit_code == 1
    assert f"{path}:3:11: refuted: y < 1" in result.stdout


def test_a_file_of_another_kind_is_refused(run, notes):
    result = run("check", notes("", name="a.docx"))
    assert result.exit_code == 2
    assert "the files that are read end in .md, .markdown, .tex, .ipynb" in result.stdout


def test_only_pages_are_derived(run):
    assert run("derive", str(PAPER)).exit_code == 2


def test_sarif(run, notes, notebook, tmp_path):
    path = notes("$$y < 1$$\n\n$$y = x$$\n\n$$y = y$$")
    out = tmp_path / "out.sarif"
    assert run("check", path, notebook, "nothing.md", "--sarif", str(out)).exit_code == 1
    log = json.loads(out.read_text(encoding="utf-8"))
    assert log["version"] == "2.1.0"
    (found,) = log["runs"]
    rules = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    results = found["results"]
    assert [(r["ruleId"], r["level"]) for r in results] == [
        ("refuted", "error"),
        ("unread", "warning"),
        ("refuted", "error"),
        ("unread", "warning"),
    ]
    assert all(rules[r["ruleIndex"]] == r["ruleId"] for r in results)
    first = results[0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"]["uri"] == Path(path).as_uri()
    assert first["region"] == {"startLine": 3, "startColumn": 5}
    assert "At y = 1 the left side is 1, the right 1." in results[0]["message"]["text"]
    assert results[2]["message"]["text"].startswith("Cell 3, line 4: ")
    assert "region" not in results[2]["locations"][0]["physicalLocation"]
    last = results[3]["locations"][0]["physicalLocation"]
    assert last == {"artifactLocation": {"uri": "nothing.md"}}


def test_a_terminal_gets_colours(run, notes, monkeypatch):
    from cesym.cli import verdicts

    path = notes("$$y < 1$$")
    assert "\x1b[" not in run("check", path).stdout
    told = []
    plain = verdicts.coloured
    monkeypatch.setattr(verdicts, "coloured", lambda ls: told.extend(ls) or plain(ls))
    run("check", path)
    assert any(span.style == "bold red" for line in told for span in line.spans)


def test_chinese(run, notes):
    result = run("check", notes("$$L = y s$$\n\n$$L < 1$$"), "--lang", "zh")
    assert "视为定义的等式：L（第 3 行）" in result.stdout
