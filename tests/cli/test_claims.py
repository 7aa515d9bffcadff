"""`cesym verify --claims`: one line in, one line out."""

import json
import signal

import pytest

KEYS = [
    "id",
    "status",
    "method",
    "counterexample",
    "mistake",
    "residue",
    "reason",
    "error",
    "seconds",
]
PROVED = {"id": "P", "plain": "x == x", "latex": r"x = x", "assume": {"x": "real"}, "truth": True}
REFUTED = {"id": "R", "plain": "x == 1", "latex": "x = x", "assume": {"x": "real"}}
UNKNOWN = {"id": "U", "plain": "x == 1", "assume": {"x": "(0,1)", "where": ["x > 2"]}}
UNREADABLE = {"id": "N", "plain": "x == q", "assume": {"x": "real"}}


@pytest.fixture
def decide(run, tmp_path):
    def decide(*rows, options=()):
        path = tmp_path / "claims.jsonl"
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        result = run("verify", "--claims", str(path), *options)
        return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]

    return decide


def test_every_claim_has_an_answer_in_its_line(decide):
    code, answers = decide(PROVED, REFUTED, UNKNOWN, UNREADABLE)
    assert [list(answer) for answer in answers] == [KEYS] * 4
    assert {answer["id"]: answer["status"] for answer in answers} == {
        "P": "proved",
        "R": "refuted",
        "U": "unknown",
        "N": "unreadable",
    }
    assert code == 1
    assert answers[1]["counterexample"]["at"] == {"x": "0"}
    assert answers[3]["error"]["message"] == "q is not declared"
    assert answers[3]["method"] is None


@pytest.mark.parametrize(
    ("rows", "code"),
    [([PROVED], 0), ([PROVED, UNKNOWN], 3), ([UNKNOWN, UNREADABLE], 2), ([], 0)],
)
def test_the_exit_code_is_that_of_the_worst(decide, rows, code):
    assert decide(*rows)[0] == code


def test_the_latex_is_read_on_request(decide):
    code, (answer,) = decide(REFUTED, options=["--latex"])
    assert (code, answer["status"]) == (0, "proved")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "this is not a line of JSON"),
        ("[" * 100_000, "this is not a line of JSON"),
        ("[]", "a claim has a text under plain"),
        ('{"id": 1, "plain": 2}', "a claim has a text under plain"),
        ('{"plain": "x == x", "assume": ["x"]}', "assume maps symbols to domains"),
        ('{"plain": "x == x", "assume": {"x": 1}}', "assume maps symbols to domains"),
    ],
)
def test_a_line_of_another_shape_is_not_readable(decide, line, message):
    code, answers = decide(line, "", PROVED)
    assert [answer["status"] for answer in answers] == ["unreadable", "proved"]
    assert answers[0]["error"]["message"] == message
    assert answers[0]["error"]["line"] == 1
    assert code == 2


def test_sizes_may_come_after_the_vectors(decide):
    row = {
        "plain": "sum(softmax(z)[k],(k,1,K)) == 1",
        "assume": {"z": "real^K", "K": "integer>=2"},
    }
    assert decide(row)[1][0]["status"] == "proved"


def test_a_file_that_is_not_there(run):
    result = run("verify", "--claims", "/nowhere.jsonl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "/nowhere.jsonl cannot be read" in result.stderr


def test_a_claim_beside_the_file_is_wrong_usage(run):
    for more in (["x == 1"], ["--let", "x in real"]):
        result = run("verify", "--claims", "/nowhere.jsonl", *more)
        assert "--claims goes without a claim and without --let" in result.stderr


def test_what_was_decided_before_an_interruption_is_kept(decide, monkeypatch):
    def interrupted(link, **settings):
        if link.text == "x == 1":
            raise KeyboardInterrupt
        return real(link, **settings)

    from cesym.cli import answers

    real = answers.decide
    monkeypatch.setattr(answers, "decide", interrupted)
    code, rows = decide(PROVED, REFUTED)
    assert (code, [row["id"] for row in rows]) == (130, ["P"])


def without_time(rows):
    return [{**row, "seconds": None} for row in rows]


def test_workers_answer_as_this_process_does(decide):
    rows = [PROVED, REFUTED, UNKNOWN, UNREADABLE, "{"] * 3
    here = decide(*rows)
    for jobs in "1", "2":
        code, found = decide(*rows, options=["-j", jobs])
        assert (code, without_time(found)) == (here[0], without_time(here[1]))


def test_what_the_prover_cannot_stop_is_killed_and_unknown(decide, monkeypatch):
    monkeypatch.setattr("cesym.cli.claims.ANSWER", "tests.processes.works:stuck_on_x")
    rows = [{"id": name, "plain": name} for name in "axby"]
    code, found = decide(*rows, options=["-j", "1", "--seconds", "0.2"])
    assert [row["status"] for row in found] == ["proved", "unknown", "proved", "proved"]
    assert found[1] == {
        **dict.fromkeys(KEYS),
        "id": "x",
        "status": "unknown",
        "method": "not decided",
        "reason": "stopped after 1.2 seconds",
    }
    assert code == 3


def test_a_number_of_workers_that_is_none_is_wrong_usage(run):
    for wrong in ("-1", "x", "1000", "²"):
        result = run("verify", "--claims", "f.jsonl", "-j", wrong)
        assert result.exit_code == 2
        assert f"{wrong} is not a number of workers from 0 to 256" in result.stderr


def test_ctrl_c_leaves_what_is_finished(start, tmp_path):
    path = tmp_path / "claims.jsonl"
    rows = [PROVED, REFUTED] + [PROVED] * 5000
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    process = start("verify", "--claims", str(path), "-j", "2")
    assert json.loads(process.stdout.readline())["id"] == "P"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "interrupted\n")
    assert all(json.loads(line)["status"] for line in out.splitlines())
