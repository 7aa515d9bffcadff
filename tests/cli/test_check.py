"""`cesym check`: what is said of pages, counted, and exited with."""

import json
import re
import signal

import pytest

from cesym.derivation.library import entries
from cesym.errors import CesymError
from tests.cli.displays import display

TRUE = display("(x + 1)^2 = x^2 + 2 x + 1")
RULED = display(r"\log e^{x} = x && \text{simplify}")
FALSE = display("(x + 1)^2 = x^2 + 1")
UNREADABLE = display("x = q")
MARKED = display("x = x + 1", 'refuted because="one more"')
WRONGLY_MARKED = display("x + x = 2 x", 'refuted because="nothing"')
SKIPPED = display(r"\oint f", "skip")
ABSURD = "Assume $x > 1$ and $x < 0$.\n\n"


@pytest.mark.parametrize(
    ("displays", "code"),
    [
        ([TRUE], 0),
        ([TRUE, MARKED, SKIPPED], 0),
        ([TRUE, FALSE], 1),
        ([TRUE, UNREADABLE], 2),
        ([UNREADABLE, FALSE], 1),
        ([WRONGLY_MARKED], 1),
    ],
)
def test_the_exit_code_is_that_of_the_worst(run, page, displays, code):
    assert run("check", page(*displays)).exit_code == code


def test_what_is_unknown_has_a_code_of_its_own(run, page):
    path = page(TRUE, prose=ABSURD)
    result = run("check", path)
    assert result.exit_code == 3
    assert result.stdout.startswith(f"{path}:12:11: unknown: (x + 1)^2 = x^2 + 2 x + 1\n    reason")


def test_a_refuted_line_is_named_with_its_counterexample(run, page):
    path = page(TRUE, FALSE)
    lines = run("check", path).stdout.splitlines()
    assert lines[0] == f"{path}:14:11: refuted: (x + 1)^2 = x^2 + 1"
    assert lines[1:4] == ["    at     x = 1", "    left   4", "    right  2"]


def test_a_display_that_cannot_be_read_is_named(run, page):
    path = page(UNREADABLE)
    assert run("check", path).stdout.startswith(f"{path}:10:5: error: q is not declared\n")


def test_a_true_line_that_is_marked_as_refuted_is_named(run, page):
    path = page(WRONGLY_MARKED)
    assert f"{path}:11:7: proved, but marked as refuted: x + x = 2 x" in run("check", path).stdout


def test_what_is_wrong_is_told_from_top_to_bottom(run, page):
    path = page(FALSE, UNREADABLE, WRONGLY_MARKED)
    told = [line for line in run("check", path).stdout.splitlines() if line.startswith(path)]
    assert [int(line.split(":")[1]) for line in told] == [10, 14, 19]


def test_everything_is_counted(run, page):
    path = page(TRUE, FALSE, UNREADABLE, MARKED, SKIPPED)
    last = run("check", path).stdout.splitlines()[-1]
    assert last.startswith(
        "together: 1 proved, 1 refuted, 0 unknown, 1 not read; "
        "0 derived by a rule, 1 checked without one; 1 refuted as marked, 1 left out as marked; "
    )


def test_strict_objects_to_lines_without_a_rule(run, page):
    path = page(TRUE)
    result = run("check", "--strict", path)
    assert result.exit_code == 1
    assert f"{path}:10:11: proved, but no rule is named: " in result.stdout


def test_strict_objects_to_what_is_left_out(run, page):
    assert run("check", "--strict", page(SKIPPED)).exit_code == 2


def test_a_page_of_the_library_is_checked_in_both_languages(run):
    result = run("check", "sigmoid")
    languages = [lang for lang in ("en", "zh") if any(e.name == "sigmoid" for e in entries(lang))]
    assert result.exit_code == 0
    assert result.stdout.count("✓ sigmoid.") == len(languages)


def test_without_a_name_it_is_the_whole_library(run, monkeypatch):
    asked = []
    monkeypatch.setattr("cesym.cli.pages.check_links", lambda reading, **_: ask(reading.page))

    def ask(page):
        asked.append(page.source)
        raise CesymError("stopped")
        yield

    assert run("check").exit_code == 2
    assert sorted(asked) == sorted(e.source for language in ("en", "zh") for e in entries(language))


def test_a_page_that_is_not_there_does_not_hide_the_others(run, page):
    path = page(FALSE)
    result = run("check", "nothing", path)
    assert "error: the library has no page nothing" in result.stdout
    assert f"{path}:10:11: refuted" in result.stdout
    assert "1 refuted, 0 unknown, 1 not read" in result.stdout
    assert result.exit_code == 1


def test_words_are_chinese_on_request(run, page):
    result = run("check", page(FALSE), "--lang", "zh")
    assert ":10:11: 被否定: " in result.stdout
    assert "合计: 0 行已证明，1 行被否定" in result.stdout


KEYS = {
    "declared",
    "side_conditions",
    "file",
    "cell",
    "line",
    "column",
    "latex",
    "status",
    "method",
    "counterexample",
    "mistake",
    "expected",
    "how",
    "rule",
    "why",
    "hypotheses",
    "seconds",
}


def test_json_is_a_list_of_objects_with_the_promised_keys(run, page):
    path = page(TRUE, FALSE, UNREADABLE, MARKED, SKIPPED)
    result = run("check", path, "nothing", "--json")
    found = json.loads(result.stdout)
    assert [set(record) for record in found] == [KEYS] * len(found)
    assert [(r["file"], r["line"], r["status"], r["expected"]) for r in found] == [
        (path, 10, "proved", "proved"),
        (path, 14, "refuted", "proved"),
        (path, 18, "unread", None),
        (path, 23, "refuted", "refuted"),
        (path, 28, "skipped", None),
        ("nothing", None, "unread", None),
    ]
    assert found[1]["latex"] == "(x + 1)^2 = x^2 + 1"
    assert found[1]["counterexample"]["at"] == {"x": "1"}
    assert found[2]["why"] == "q is not declared"
    assert result.exit_code == 1


def interrupted(real):
    """`check_links` that is interrupted after the first finding."""

    def check_links(*arguments, **settings):
        yield next(real(*arguments, **settings))
        raise KeyboardInterrupt

    return check_links


@pytest.mark.parametrize("wants_json", [False, True])
def test_what_was_found_before_an_interruption_is_kept(run, page, monkeypatch, wants_json):
    from cesym.cli import pages

    monkeypatch.setattr(pages, "check_links", interrupted(pages.check_links))
    result = run("check", page(FALSE, TRUE), *["--json"] * wants_json)
    assert result.exit_code == 130
    if wants_json:
        assert [record["status"] for record in json.loads(result.stdout)] == ["refuted"]
    else:
        assert ":10:11: refuted: " in result.stdout
        assert "interrupted; until then: 0 proved, 1 refuted" in result.stdout


def test_ctrl_c_ends_without_traceback(start, page):
    slow = page(*[TRUE] * 2000, name="slow.md")
    process = start("check", page(TRUE), slow)
    assert process.stdout.readline().startswith("✓ ")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "")
    assert out.startswith("interrupted; until then: ")


def without_times(told):
    return re.sub(r"[\d.]+ s$", "", told, flags=re.MULTILINE)


def test_workers_find_what_this_process_finds(run, page):
    paths = [page(TRUE, FALSE, UNREADABLE, name="a.md"), "sigmoid", "nothing", page(SKIPPED)]
    here = run("check", *paths)
    for jobs in "1", "2":
        found = run("check", *paths, "-j", jobs)
        assert without_times(found.stdout) == without_times(here.stdout)
        assert found.exit_code == here.exit_code


def test_a_line_at_which_a_worker_is_stopped_is_unknown_and_the_others_are_decided(
    run, page, monkeypatch
):
    monkeypatch.setattr("cesym.cli.check.FOUND", "tests.cli.stuck:found")
    path = page(TRUE, display("x = x"), FALSE)
    options = ("-j", "1", "--seconds", "1", "--json")
    result = run("check", path, *options)
    records = json.loads(result.stdout)
    assert [record["status"] for record in records] == ["proved", "unknown", "refuted"]
    assert records[1]["why"] == "the worker was stopped: stopped after 2 seconds"
    assert result.exit_code == 1


def test_a_page_that_is_as_it_was_is_told_again(run, page, tmp_path):
    path, cache = page(TRUE, MARKED), str(tmp_path / "cache")
    first = run("check", path, CESYM_CACHE=cache).stdout
    again = run("check", path, CESYM_CACHE=cache).stdout
    assert again.splitlines()[:-1] == first.splitlines()[:-1]
    assert again.rstrip().endswith("pages unchanged since they were checked: 1")
    for other in (["--no-cache"], ["--strict"], ["--inline"], ["--lang", "zh"], ["--seconds", "3"]):
        assert run("check", path, *other, CESYM_CACHE=cache).stdout.rstrip()[-1] != "1"
    page(TRUE, FALSE)
    assert run("check", path, CESYM_CACHE=cache).exit_code == 1


def test_what_is_refuted_stays_so_and_what_is_unknown_is_tried_again(run, page, tmp_path):
    cache = str(tmp_path / "cache")
    for path, code, kept in [
        (page(FALSE, name="false.md"), 1, True),
        (page(TRUE, prose=ABSURD, name="absurd.md"), 3, False),
        (str(tmp_path / "nothing.md"), 2, False),
    ]:
        run("check", path, CESYM_CACHE=cache)
        again = run("check", path, CESYM_CACHE=cache)
        assert again.exit_code == code
        assert ("unchanged since they were checked" in again.stdout) is kept


def test_pages_from_the_cache_and_others_keep_their_order(run, page, tmp_path):
    cache = str(tmp_path / "cache")
    paths = [page(TRUE, name=f"{name}.md") for name in "abc"]
    run("check", paths[2], paths[0], CESYM_CACHE=cache)
    told = run("check", *paths, CESYM_CACHE=cache).stdout.splitlines()
    assert [line.split(":")[0].removeprefix("✓ ") for line in told[:3]] == paths
    assert told[3].endswith("pages unchanged since they were checked: 2")


def test_the_ledger_tells_what_every_claim_rests_on(run, page, tmp_path):
    defined = "Let $f(x) := x^2 + 1$.\n\nSuppose $x > 1$.\n\n"
    path = page(display(r"\log f(x) > \log 2"), MARKED, SKIPPED, prose=defined)
    out = tmp_path / "ledger.md"
    assert run("check", path, "--ledger", str(out)).exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert f"## {path}\n\nclaims: 2\n" in text
    assert "- $f(x) := x^2 + 1$\n  - definition\n" in text
    start = text.index(r"- $\log f(x) > \log 2$")
    entry = text[start : text.index("\n- ", start)].splitlines()
    assert entry[1].startswith("  - proved: ")
    assert entry[2:4] == ["  - for: `x in real`", "  - given: `x > 1`"]
    assert entry[4].startswith("  - conditions: `x**2 + 1 > 0`")
    assert "- $x = x + 1$\n  - refuted: counterexample\n" in text and "oint" not in text


def test_the_ledger_is_the_same_whenever_it_is_written(run, page, tmp_path):
    path, outs = page(TRUE, RULED), [tmp_path / "a.md", tmp_path / "b.md"]
    for out in outs:
        run("check", path, "--ledger", str(out))
    assert outs[0].read_text() == outs[1].read_text()


def test_of_a_page_in_two_languages_the_ledger_tells_the_first(run, tmp_path):
    out = tmp_path / "ledger.md"
    run("check", "sigmoid", "--ledger", str(out))
    headings = [line for line in out.read_text().splitlines() if line.startswith("## ")]
    assert headings == ["## sigmoid.md"]
