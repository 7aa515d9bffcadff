"""Every page and family in every convention: each line that a convention adds or changes is proved,
or the convention is refused for the reason that is stated here.

What a convention leaves as it is, is proved elsewhere, so that only the rest is proved here.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from cesym.derivation import Conventions
from cesym.derivation.checking import check_page
from cesym.derivation.conventions import in_conventions
from cesym.derivation.families import FAMILIES
from cesym.derivation.family_pages import family_page
from cesym.derivation.library import entries, entry
from cesym.derivation.outline import outline_of
from cesym.errors import UnsupportedTerm
from cesym.reader.blocks import Display
from cesym.reader.pages import read_page
from cesym.reader.reading import read_mathematics

CONVENTIONS = {
    "-1,1": Conventions(labels=(-1, 1)),
    "0,1": Conventions(labels=(0, 1)),
    "sum": Conventions(reduction="sum"),
    "mean": Conventions(reduction="mean"),
    "2": Conventions(log_base=2),
    "10": Conventions(log_base=10),
    "numerator": Conventions(layout="numerator"),
    "denominator": Conventions(layout="denominator"),
}

SIGNS, REDUCTIONS, UNITS = ("-1,1", "0,1"), ("sum", "mean"), ("2", "10")

NO_LOSS = "no loss with its gradient"
NO_RESULTS = "exports no results"
NO_LABEL = "no label of two classes"
NO_UNIT = "no loss and no logarithm"

VALUES = {
    *("exponential-family", "exponential-log", "gaussian", "gaussian-identity"),
    *("gaussian-log-variance", "negative-binomial-log", "poisson", "poisson-identity"),
    *("jensen-shannon", "kl-directions", "poisson-log"),
}
"""Pages whose label is a count, a measured value or a probability: a sign makes no sense."""

MEANS = {"logistic-regression", "many-samples", "softmax-regression"}
"""Pages that export no loss, and derive the gradient of a mean over samples."""

WITHOUT_LABELS = {"softmax-regression"}
"""Those of them whose samples are labelled by one of many classes."""

WITHOUT_UNIT = {"sigmoid"}
"""Pages whose exports are no logarithms of probabilities."""

UNCHANGED = {
    "0,1": {
        *("bernoulli-cloglog", "bernoulli-logistic", "binary-cross-entropy", "binomial-logistic"),
        *("class-weights", "common-mistakes", "focal", "label-smoothing", "logistic-regression"),
        *("many-samples", "squared-error", "two-layer-network"),
    },
    "-1,1": {"margin-form"},
    "mean": {"logistic-regression", "many-samples", "softmax-regression"},
}
"""Convention -> the pages that are in it already."""

PAGES = [e.name for e in entries("en")] + list(FAMILIES)


@cache
def page_of(name):
    """A page or family, still to be read."""
    if name in FAMILIES:
        return read_page(family_page(FAMILIES[name], "en"), f"{name}.md", "en")
    found = entry(name, "en")
    return read_page(found.text(), found.source, "en")


def reason(name, page, convention):
    """Why a page is refused in a convention; None where it is not."""
    loss = dict(page.exports).get("loss")
    if convention in UNITS:
        if name in WITHOUT_UNIT:
            return NO_UNIT
        return None if page.exports or name in MEANS else NO_RESULTS
    if convention in (*SIGNS, *REDUCTIONS) and loss is None and name not in MEANS:
        return NO_LOSS
    classes = loss is not None and "(" not in loss
    if convention in SIGNS and (classes or name in VALUES | WITHOUT_LABELS):
        return NO_LABEL
    return None


def assert_proved(before, after, known):
    """The displays of `after` that `before` has not are proved."""
    reading = read_mathematics(after)
    assert not reading.problems
    old = {block.latex for block in before.blocks if isinstance(block, Display)}
    new = [
        found
        for block, found in zip(after.blocks, reading.blocks, strict=True)
        if isinstance(block, Display) and block.latex not in old
    ]
    report = check_page(replace(reading, blocks=tuple(new)), seconds=20, known=known)
    assert not report.unread
    assert all(f.good for f in report.findings), [
        (f.before_latex, f.after_latex, f.status) for f in report.findings if not f.good
    ]
    return len(report.findings)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_every_convention(name):
    page = page_of(name)
    known = outline_of(read_mathematics(page)).known
    for convention, conventions in CONVENTIONS.items():
        why = reason(name, page, convention)
        if why is not None:
            with pytest.raises(UnsupportedTerm, match=why) as found:
                in_conventions(page, conventions)
            assert found.value.remedy, convention
            continue
        after = in_conventions(page, conventions)
        same = name in UNCHANGED.get(convention, ())
        assert (after is page) == same, convention
        count = assert_proved(page, after, known)
        if not conventions.layout and not same:
            assert count >= 1 and len(after.exports) > len(page.exports), convention


def test_the_tables_speak_of_pages():
    known = {*PAGES}
    tables = (VALUES, MEANS, WITHOUT_LABELS, WITHOUT_UNIT, *UNCHANGED.values())
    assert set().union(*tables) <= known


WORDS = {
    "the label is a count, a measured value or a probability": NO_LABEL,
    "the label is one of many classes, or a distribution over them": NO_LABEL,
    "there is no loss of a sample on the page, with its gradient": NO_LOSS,
    "the page exports nothing": NO_RESULTS,
    "what it exports is not the logarithm of a probability": NO_UNIT,
}
"""Why, in docs/conventions.md -> what the error says."""

OPTIONS = {"`--labels`": SIGNS, "`--reduction`": REDUCTIONS, "`--log-base`": UNITS}


def test_what_the_documentation_calls_refused_is_refused():
    text = (Path(__file__).parents[2] / "docs" / "conventions.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.split("\n")]
    found = [row for row in rows if len(row) == 3 and row[1] in WORDS]
    assert {row[1] for row in found} == {*WORDS}
    for options, why, names in found:
        for name in names.split(", "):
            page = page_of(name)
            for option in options.split(", "):
                said = {reason(name, page, one) for one in OPTIONS[option]}
                assert said == {WORDS[why]}, (name, option)
