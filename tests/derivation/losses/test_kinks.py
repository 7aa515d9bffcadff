"""Losses with kinks: every piece, the slopes beside the kinks, convexity; nothing that is false."""

from functools import cache

import pytest

from cesym.derivation import Derivation, derive
from cesym.derivation.checking import check_page
from cesym.documents import render
from cesym.errors import UnsupportedTerm
from cesym.reader.pages import read_page
from cesym.reader.reading import read_mathematics
from cesym.reader.tex import read_tex

LOSSES = {
    "hinge": ("max(1 - y*s, 0)", ("y in {-1,1}", "s in real")),
    "squared hinge": ("max(0, 1 - y*s)**2", ("y in {-1,1}", "s in real")),
    "absolute": ("abs(s - y)", ("y in real", "s in real")),
    "pinball": ("max(a*(y-s), (a-1)*(y-s))", ("y in real", "s in real", "a in (0,1)")),
    "tube": ("max(abs(s-y) - e, 0)", ("y in real", "s in real", "e in (0,oo)")),
    "huber": (
        "where(abs(s-y) <= d, (s-y)**2/2, d*(abs(s-y) - d/2))",
        ("y in real", "s in real", "d in (0,oo)"),
    ),
    "capped": ("min(abs(s), 1)", ("s in real",)),
    "ramp": ("min(1, max(0, 1 - y*s))", ("y in {-1,1}", "s in real")),
    "concave": ("-abs(s)", ("s in real",)),
    "cancels": ("abs(s) - 2*max(s, 0)", ("s in real",)),
    "jump": ("where(s >= 0, s + 1, s)", ("s in real",)),
    "flat": ("abs(max(s, 0))", ("s in real",)),
    "bent": ("abs(s**2 - 1)", ("s in real",)),
}
"""Name -> loss, and where its symbols live. All are differentiated by s."""


@cache
def found(name: str, language: str = "en") -> Derivation:
    loss, let = LOSSES[name]
    return derive(loss=loss, let=list(let), by="s", language=language)


@cache
def page(name: str) -> str:
    return render(found(name), "markdown")


CONVEX = ["hinge", "squared hinge", "absolute", "pinball", "tube", "huber", "cancels", "flat"]


@pytest.mark.parametrize("name", LOSSES)
def test_what_is_convex_is_said_to_be_so(name: str) -> None:
    assert ("- It is convex in $s$." in page(name)) == (name in CONVEX)


def test_a_concave_loss_is_said_to_be_so() -> None:
    assert "- It is concave in $s$." in page("concave")


SLOPE = r"\frac{\partial L}{\partial s}"

SLOPES = [
    ("hinge", ["0", "-y"]),
    ("squared hinge", ["0", "-2 y (1 - y s)"]),
    ("absolute", ["1", "-1"]),
    ("pinball", ["1 - a", "-a"]),
    ("tube", ["0", "1", "0", "-1"]),
    ("huber", ["s - y", "d", "s - y", "-d"]),
    ("ramp", ["0", "0", "-y"]),
    ("bent", ["2 s", "-2 s"]),
]


@pytest.mark.parametrize(("name", "slopes"), SLOPES)
def test_the_slope_is_worked_out_on_every_piece(name: str, slopes: list[str]) -> None:
    chains = [chain for chain in found(name).chains if chain.latex == SLOPE and chain.is_equality]
    assert [chain.steps[-1].latex for chain in chains] == slopes
    assert all(chain.context.hypotheses for chain in chains)


NO_DERIVATIVE = [
    ("hinge", "$s = -1$, $y = -1$"),
    ("hinge", "$s = 1$, $y = 1$"),
    ("absolute", "$s = y$"),
    ("pinball", "$s = y$"),
    ("tube", "$s = y - e$"),
    ("tube", "$s = y + e$"),
    ("capped", "$s = 1$"),
    ("capped", "$s = 0$"),
    ("concave", "$s = 0$"),
    ("flat", "$s = 0$"),
]

A_DERIVATIVE = [
    ("squared hinge", "$s = 1$, $y = 1$"),
    ("tube", "$s = y$"),
    ("huber", "$s = y - d$"),
    ("huber", "$s = y$"),
    ("cancels", "$s = 0$"),
]


@pytest.mark.parametrize(("name", "where"), NO_DERIVATIVE)
def test_where_the_slopes_differ_there_is_no_derivative(name: str, where: str) -> None:
    assert f"It has no derivative by $s$ at {where}." in page(name)


@pytest.mark.parametrize(("name", "where"), A_DERIVATIVE)
def test_where_they_agree_there_is_one(name: str, where: str) -> None:
    assert f"It has a derivative by $s$ at {where}." in page(name)


def test_equal_slopes_at_a_jump_are_no_derivative() -> None:
    assert "It has a derivative" not in page("jump")
    assert "Which slopes the loss has beside $s = 0$ is open." in page("jump")


SUBGRADIENTS = [
    ("hinge", r"-1 \le g \le 0"),
    ("absolute", r"-1 \le g \le 1"),
    ("pinball", r"-a \le g \le 1 - a"),
]


@pytest.mark.parametrize(("name", "between"), SUBGRADIENTS)
def test_what_lies_between_the_slopes_is_a_subgradient(name: str, between: str) -> None:
    assert f"Suppose that ${between}$. Then $g$ is a subgradient:" in page(name)


@pytest.mark.parametrize("name", ["concave", "capped", "ramp", "squared hinge", "cancels"])
def test_where_there_are_none_no_subgradients_are_named(name: str) -> None:
    assert "subgradient" not in page(name)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("flat", "What the loss is for $s < 0$ could not be decided."),
        ("flat", "Where all the kinks in $s$ are is open."),
        ("bent", "Where all the kinks in $s$ are is open."),
    ],
)
def test_what_is_not_decided_is_said(name: str, part: str) -> None:
    assert part in page(name)


@pytest.mark.parametrize("name", LOSSES)
def test_a_derivative_elsewhere_is_told_only_if_every_piece_was_found(name: str) -> None:
    assert ("Everywhere else the loss has a derivative" in page(name)) == (name != "flat")


def test_slopes_that_depend_on_the_label_are_told_for_each() -> None:
    assert "At $s = 0$, $y = 1$" in page("ramp") and "At $s = 0$, $y = -1$" in page("ramp")
    assert r"\operatorname{sign}" not in page("ramp")


AGAIN = [
    ("hinge", "en", "markdown"),
    ("hinge", "zh", "latex"),
    ("pinball", "en", "latex"),
    ("huber", "zh", "markdown"),
]


@pytest.mark.parametrize(("name", "language", "target"), AGAIN)
def test_what_is_written_is_proved_again(name: str, language: str, target: str) -> None:
    read = {"markdown": read_page, "latex": read_tex}[target]
    text = render(found(name, language), target)
    again = check_page(read_mathematics(read(text, "again", language)), seconds=20)
    assert again.good
    assert len(again.findings) >= len(found(name).steps)


def test_a_wrong_slope_is_not_proved() -> None:
    """The hypothesis of one piece does not reach into the next one."""
    right = r"\frac{\partial}{\partial s} \left( y - s \right)"
    text = page("absolute")
    assert right in text
    wrong = text.replace(right, r"\frac{\partial}{\partial s} \left( s - y \right)")
    changed = read_page(wrong, "wrong", "en")
    assert not check_page(read_mathematics(changed), seconds=20).good


def test_at_the_end_of_the_domain_no_slopes_are_looked_for() -> None:
    text = render(derive(loss="abs(q)", let=["q in [0,1]"]), "markdown")
    assert "Where $q > 0$" in text
    assert "At $q = 0$" not in text


def test_variables_without_kinks_are_treated_as_ever() -> None:
    text = render(derive(loss="abs(s) + x**2", let=["s in real", "x in real"]), "markdown")
    assert "The gradient in $x$" in text
    assert "Kinks in $s$" in text and "Kinks in $x$" not in text


REFUSED = [
    (
        {"loss": "max(1 - q, 0)", "let": ["q in real", "w in real"], "link": "q = w*w"},
        "the loss has a kink in q, and is derived without links only",
    ),
    (
        {"loss": "abs(s)+abs(s-1)+abs(s-2)+abs(s-3)", "let": ["s in real"]},
        "the loss has 4 kinks in s, more than 3",
    ),
]


@pytest.mark.parametrize(("given", "message"), REFUSED)
def test_what_is_refused(given: dict, message: str) -> None:
    with pytest.raises(UnsupportedTerm, match=message):
        derive(**given)
