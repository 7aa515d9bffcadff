"""`cesym verify --claims`: one line in, one line out."""

import json

import pytest

KEYS = [
    "id",
    "status",
    "method",
    "counterexample",
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
    def verify(claim, **_settings):
        if claim == "x == 1":
            raise KeyboardInterrupt
        return real(claim, **_settings)

    from cesym.cli import claims

    real = claims.verify
    monkeypatch.setattr(claims, "verify", verify)
    code, answers = decide(PROVED, REFUTED)
    assert (code, [answer["id"] for answer in answers]) == (130, ["P"])
