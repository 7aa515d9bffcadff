"""`cesym verify`: verdicts as text, as JSON and as exit codes, and what is refused."""

import json
import re
import time

import pytest

GRADIENT = "diff(-(y*log(sigmoid(s)) + (1-y)*log(1-sigmoid(s))), s)"
LATEX = (
    r"\frac{\partial}{\partial s} \left(-\left(y \log \sigma(s) + (1-y) \log (1-\sigma(s))"
    r"\right)\right)"
)
LOGIT = ("y in [0,1]", "s in real")


def let(*lines):
    return [argument for line in lines for argument in ("--let", line)]


@pytest.mark.parametrize(
    ("claim", "lines", "sign", "code"),
    [
        (f"{GRADIENT} == sigmoid(s) - y", LOGIT, "✓ proved", 0),
        (f"{GRADIENT} == y - sigmoid(s)", LOGIT, "✗ refuted", 1),
        (rf"{LATEX} = \sigma(s) - y", LOGIT, "✓ proved", 0),
        (rf"{LATEX} = y - \sigma(s)", LOGIT, "✗ refuted", 1),
        ("sign(x)**2 == 1", ["x in real"], "✗ refuted", 1),
        ("x == y", ["x in real", "y in real", "x = y"], "✓ proved", 0),
        ("log(a**2) == 2*log(a)", ["a in real"], "✗ refuted", 1),
        ("x == 1", ["x > 2", "x in (0,1)"], "? unknown", 3),
        ("-x <= 0", ["x in [0,oo)"], "✓ proved", 0),
        ("-x == -x", ["x in real"], "✓ proved", 0),
    ],
)
def test_a_claim_is_decided(run, claim, lines, sign, code):
    result = run("verify", claim, *let(*lines))
    assert result.stdout.startswith(f"{sign}  {claim}\n")
    assert (result.exit_code, result.stderr) == (code, "")


def test_a_kink_is_not_proved_away(run):
    assert run("verify", "diff(abs(x), x)**2 == 1", *let("x in real")).exit_code in (1, 3)


def shown(result):
    """The rows under the headline: label -> text."""
    return dict(re.findall(r"^    (\S.*?)  +(.*)$", result.stdout, re.MULTILINE))


def test_a_refutation_shows_the_point_and_both_sides(run):
    rows = shown(run("verify", "x**2 == x", *let("x in real")))
    assert rows["at"] == "x = -1"
    assert (rows["left"], rows["right"]) == ("1", "-1")


def test_a_refutation_shows_what_is_undefined(run):
    rows = shown(run("verify", "log(a**2) == 2*log(a)", *let("a in real")))
    assert rows["at"] == "a = -1"
    assert rows["no value"] == "there a > 0 does not hold"


def test_a_proof_shows_method_conditions_and_hypotheses(run):
    rows = shown(run("verify", "log(x/y) == 0", *let("x in (0,oo)", "y in (0,oo)", "x = y")))
    assert rows["method"] == "normal form"
    assert "is proved" in rows["condition"]
    assert rows["given"] == "x = y"


def test_what_is_unknown_shows_the_reason_and_the_residue(run):
    claim = "sum(1/(w[k]*(w[k]+1)),(k,1,K)) == sum(1/w[k] - 1/(w[k]+1) + 0*w[k],(k,1,K))"
    result = run("verify", "x == 1", *let("x > 2", "x in (0,1)"))
    assert shown(result)["reason"] == "the assumptions are not shown to be satisfiable"
    hard = run("verify", claim, *let("w in (0,oo)^K"))
    assert hard.exit_code in (0, 3)
    if hard.exit_code == 3:
        assert shown(hard)["residue"].startswith("left minus right comes down to ")


def test_a_chain_has_a_verdict_for_each_link(run):
    result = run("verify", "0 < x < 2", *let("x in (0,oo)"))
    headlines = [line for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert headlines == ["✓ proved  0 < x", "✗ refuted  x < 2", "✗ refuted  0 < x < 2"]
    assert result.exit_code == 1


def test_words_are_chinese_on_request(run):
    result = run("verify", "x**2 == x", *let("x in real"), "--lang", "zh")
    assert result.stdout.startswith("✗ 被否定  x**2 == x\n    取    x = -1\n    左边  1\n")


def test_there_are_no_colours_outside_a_terminal(run):
    assert "\x1b" not in run("verify", "x == x", *let("x in real")).stdout


LINK = {
    "claim",
    "declared",
    "status",
    "method",
    "trace",
    "reason",
    "counterexample",
    "mistake",
    "residue",
    "side_conditions",
    "hypotheses",
    "seconds",
}


def test_json_has_the_promised_keys(run):
    result = run("verify", "0 < x < 2", *let("x in (0,oo)"), "--json")
    answer = json.loads(result.stdout)
    assert list(answer) == ["claim", "let", "status", "seconds", "links"]
    assert (answer["claim"], answer["let"]) == ("0 < x < 2", ["x in (0,oo)"])
    assert answer["status"] == "refuted"
    assert [set(link) for link in answer["links"]] == [LINK, LINK]
    assert [link["status"] for link in answer["links"]] == ["proved", "refuted"]
    assert answer["links"][1]["counterexample"] == {
        "at": {"x": "2"},
        "left": "2",
        "right": "2",
        "undefined": None,
        "checked": True,
    }
    assert result.exit_code == 1


def test_json_names_conditions_and_hypotheses(run):
    lines = let("x in (0,oo)", "y in (0,oo)", "x = y")
    (link,) = json.loads(run("verify", "log(x/y) == 0", *lines, "--json").stdout)["links"]
    assert link["hypotheses"] == [{"text": "x = y", "line": 1}]
    assert {"text", "why", "discharged"} == set(link["side_conditions"][0])


def test_json_says_what_cannot_be_read(run):
    result = run("verify", "x == q", *let("x in real"), "--json")
    answer = json.loads(result.stdout)
    assert (answer["status"], result.exit_code) == ("unreadable", 2)
    assert set(answer["error"]) == {
        "kind",
        "message",
        "source",
        "line",
        "column",
        "text",
        "remedy",
    }
    assert (answer["error"]["message"], answer["error"]["column"]) == ("q is not declared", 6)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("__import__('os').system('id')", "<claim>:1:1: "),
        ("x + " * 25_000 + "x == 0", "the formula has 100006 characters, more than 4000"),
        (r"\alpha + " * 12_000 + "x = 0", "the formula has 108005 characters"),
        ("x == 1 if x else 2", "<claim>:1:8: "),
        ("9**9**9 == x", "<claim>:1:"),
        ("", "<claim>:1:1: "),
    ],
)
def test_what_is_no_claim_is_refused_at_once(run, claim, words):
    run("verify", "x == x", *let("x in real"))
    started = time.monotonic()
    result = run("verify", claim, *let("x in real"))
    assert time.monotonic() - started < 2
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert len(result.stderr) < 1000


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("x in", "<let>:1:3: "),
        ("x in relal", "<let>:1:6: "),
        ("x = q", "<let>:1:5: q is not declared"),
        ("x in (1,0)", "there is no number in (1,0)"),
        (r"\text{hello}", "this neither declares nor assumes anything"),
    ],
)
def test_a_wrong_assumption_has_place_and_remedy(run, line, words):
    result = run("verify", "x == 1", *let("x in real" if "q" in line else "y in real", line))
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert len(result.stderr.splitlines()) >= 3


def test_a_dash_reads_standard_input(run):
    result = run("verify", "-", *let("x in real"), stdin="x == x\n")
    assert result.stdout.startswith("✓ proved  x == x\n")


def test_latex_and_plain_are_chosen(run):
    assert run("verify", "x^{2} = x x", "--latex", *let("x in real")).exit_code == 0
    assert run("verify", r"\alpha == 1", "--plain", *let("x in real")).exit_code == 2


def test_the_time_is_limited(run):
    claim = "sum(sin_free(x),(k,1,K)) == 0".replace("sin_free", "sigmoid")
    result = run("verify", claim, *let("x in real", "K in integer>=1"), "--seconds", "0.000001")
    assert result.exit_code == 3
    assert "seconds" in shown(result)["reason"]
