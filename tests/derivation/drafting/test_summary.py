"""The list at the end of a drafted page repeats what the page found, and no more."""

import pytest

from cesym.derivation import derive
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.signs import Sign
from cesym.derivation.drafting.summary import CURVATURE, SLOPE, Behaviour, say_summary
from cesym.documents import render

SIGNS = {
    ">": Sign(">"),
    ">=": Sign(">="),
    "<": Sign("<"),
    "<=": Sign("<="),
    "mixed": Sign(None, "a < 0", "b > 0"),
    "negative": Sign(None, "a < 0"),
    "positive": Sign(None, None, "b > 0"),
    "": Sign(),
}


def said(sign=None, slope=None, curvature=None, assume=""):
    draft = Draft("en")
    draft.declare(r"s \in \mathbb{R}")
    if assume:
        draft.assume(assume)
    behaviours = [Behaviour("s", slope, curvature)] if curvature else []
    say_summary(draft, sign, behaviours)
    return "\n".join(draft.parts)


@pytest.mark.parametrize("key", SIGNS)
def test_every_sign_has_its_words(key):
    text = said(SIGNS[key], SIGNS[key], SIGNS[key])
    for table, undecided in ((SLOPE, "rises or falls in $s$ is open"), (CURVATURE, "is open")):
        wanted = table[key].replace("${name}$", "$s$") if key in table else undecided
        assert wanted in text
    assert text.count("\n- ") == 2 and text.startswith("## In short")


def test_a_point_alone_says_neither_convex_nor_rising():
    text = said(SIGNS["positive"], SIGNS["positive"], SIGNS["positive"])
    assert text.count("is open") == 3 and "sign the loss has is open" in text


def test_nothing_found_makes_no_section():
    assert said() == ""
    assert "In short" not in said(None, None, Sign(">"))


def test_what_is_meant_of_intervals_is_not_repeated_of_the_whole():
    assert "convex" not in said(Sign(">"), Sign(">"), Sign(">"), assume="s^2 > 1")
    assert "convex" in said(Sign(">"), Sign(">"), Sign(">"), assume="s > 1")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "- The loss falls as $s$ grows. It is strictly convex in $s$."),
     ("zh", "- 损失随 $s$ 增大而减小。它关于 $s$ 严格凸。")],
)  # fmt: skip
def test_it_speaks_of_the_score(language, sentence):
    found = derive(loss="-log(q)", let="q in (0,1)", link="q = sigmoid(s)", language=language)
    assert sentence in render(found, "markdown")
