r"""The table of rules, walked row by row: each rule works where it says, fails where it says, and
what it makes is proved.
"""

import re
from difflib import SequenceMatcher
from itertools import combinations

import pytest
from derivation.rule_examples import EXAMPLES, Example

from cesym.derivation.phrases import NEAR, rule_named
from cesym.derivation.rules import ROWS, RULES, RuleFails, Situation
from cesym.derivation.structure import same_structure, structure
from cesym.errors import Place, ReadError
from cesym.messages import chinese
from cesym.prover import decide
from cesym.reader import latex
from cesym.reader.elaborate import Source, claims_of, definition_of, elaborate
from cesym.reader.syntax import Chain
from cesym.terms.context import Context

HERE = Place("page.md", 1, 1, "")


def context() -> Context:
    found = Context()
    for text in (
        r"y \in [0, 1]",
        r"q \in (0, 1)",
        r"s, x, t \in \mathbb{R}",
        r"N \in \mathbb{N}",
        r"Q \in (0, 1)^N",
        r"S \in \mathbb{R}^N",
        r"j \in \{1, \dots, N\}",
        r"K \in \mathbb{N}",
        r"z \in \mathbb{R}^K",
        r"u \in \mathbb{R}^2",
        r"p \in \Delta^{K-1}",
        r"r, v \in \mathring\Delta^{K-1}",
        r"l, m \in \{1, \dots, K\}",
    ):
        declarations = latex.parse_inline(text, found)
        assert isinstance(declarations, tuple), text
        found = found.declare(*declarations)
    for text in (
        r"L(y, q) := -[y \log q + (1 - y) \log(1 - q)]",
        r"J(y, s) := L(y, \sigma(s))",
        r"f(x) := x^2 + 1",
        r"h_j := x S_j",
    ):
        found = found.define(definition_of(latex.parse_chain(text, found), found, Source(text)))
    return found


CONTEXT = context()


def term(text: str):
    return elaborate(latex.parse_expression(text, CONTEXT), CONTEXT, Source(text)).term


ALL = [(name, example) for name, examples in EXAMPLES.items() for example in examples]


def situation(example: Example) -> Situation:
    return Situation(CONTEXT, {structure(term(a)): term(b) for a, b in example.known})


def what(name: str, example: Example):
    if not example.what or name == "definition":
        return re.sub(r"\\(operatorname)?|[{}]", "", example.what) or None
    return term(example.what)


def test_every_rule_has_an_example():
    assert set(EXAMPLES) == set(RULES) == {rule.name for rule in ROWS}
    assert len(RULES) == len(ROWS)


@pytest.mark.parametrize(("name", "example"), ALL)
def test_a_rule_makes_the_next_line(name, example):
    found = RULES[name](term(example.line), situation(example), what(name, example))
    assert same_structure(found, term(example.next)), found


@pytest.mark.parametrize(("name", "example"), [(n, e) for n, e in ALL if not e.known])
def test_what_a_rule_makes_is_proved(name, example):
    text = f"{example.line} {example.relation} {example.next}"
    chain = latex.parse_chain(text, CONTEXT)
    assert isinstance(chain, Chain)
    (claim,) = claims_of(chain, CONTEXT, Source(text))
    assert decide(claim, seconds=20).status == "proved"


@pytest.mark.parametrize(("name", "example"), ALL)
def test_a_rule_fails_where_it_does_not_apply(name, example):
    with pytest.raises(RuleFails):
        RULES[name](term(example.refused), situation(example), what(name, example))


def test_a_failure_says_what_the_rule_needs():
    with pytest.raises(
        RuleFails, match="the rule differentiate changes nothing here: it needs a d"
    ):
        RULES["differentiate"](term("x"), Situation(CONTEXT))


@pytest.mark.parametrize(
    ("name", "formula", "message"),
    [
        ("definition", "g", "g is not defined"),
        ("recognise", "x + 1", "is no call of a definition"),
        ("insert", "f(s)", "no earlier display of this page starts with this term"),
    ],
)
def test_a_formula_that_says_nothing(name, formula, message):
    with pytest.raises(RuleFails, match=message):
        RULES[name](
            term("f(s)"), Situation(CONTEXT), formula if name == "definition" else term(formula)
        )


def test_the_chain_rule_refuses_two_arguments_with_the_variable():
    line = term(r"\frac{\partial}{\partial s} L(\sigma(s), \sigma(-s))")
    with pytest.raises(RuleFails, match="more than one argument depends on s"):
        RULES["chain-rule"](line, Situation(CONTEXT))


# Names and phrases.


def phrases() -> list[str]:
    return [phrase for rule in ROWS for phrase in (rule.english, rule.chinese)]


def named(reason: str):
    found = rule_named(reason, HERE)
    return found and (found.rule.name, found.formula)


def test_phrases_are_unique():
    assert len(set(phrases())) == 2 * len(ROWS)


@pytest.mark.parametrize("rule", ROWS, ids=lambda rule: rule.name)
def test_a_rule_is_told_in_both_languages(rule):
    assert rule.english.isascii() and not rule.chinese.isascii()
    assert ("{what}" in rule.english) == ("{what}" in rule.chinese) == rule.takes_formula
    assert {rule.needs, rule.fails} <= chinese().keys()
    assert rule.needs != rule.fails


@pytest.mark.parametrize("rule", ROWS, ids=lambda rule: rule.name)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_phrase_names_its_rule(rule, language):
    phrase = rule.phrase(language)
    formula = "P" if rule.takes_formula else None
    assert named(phrase.replace("{what}", "$P$")) == (rule.name, formula)
    assert named(f" {phrase.replace('{what}', '$P$')} .".upper()) == (rule.name, formula)


def test_no_phrase_is_nearly_another():
    near = [
        (a, b)
        for a, b in combinations([p.replace("{what}", "$").casefold() for p in phrases()], 2)
        if SequenceMatcher(None, a, b).ratio() >= NEAR
    ]
    assert near == []


@pytest.mark.parametrize(
    "reason",
    [
        "expand the logarithms",
        "expand logarithm",
        "the chain rule",
        "chainrule",
        "definition",
        "definition $P$",
        "definitions of $P$",
        "differentiat",
        "Horners scheme",
        "common denominators",
        "展开对数式",
        "求导数",
        "化简得",
        "由链式法则",
        "$P$ 定义",
        "展开，合并同类项",
        "sigmoid 对称性",
    ],
)
def test_a_phrase_that_is_nearly_a_rule_is_an_error(reason):
    with pytest.raises(ReadError, match="is nearly the rule"):
        rule_named(reason, HERE)


@pytest.mark.parametrize(
    "reason",
    [
        None,
        "",
        "this is the loss",
        "because we say so",
        "multiply both sides by $e^s$",
        "一个理由",
        "因为对数是增函数",
        "$P$",
        "by the definition of the derivative of the loss",
    ],
)
def test_other_words_name_no_rule(reason):
    assert rule_named(reason, HERE) is None


def test_a_phrase_wants_its_formula():
    with pytest.raises(ReadError, match="is nearly the rule"):
        rule_named("insert $a$ $b$", HERE)
