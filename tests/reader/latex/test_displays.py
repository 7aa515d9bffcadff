"""Displays: rows, chains, reasons, definitions."""

import pytest
from reader.latex.known import NAMES, refuses, shown

from cesym.errors import ReadError
from cesym.reader.latex import Display, parse_display


def read(text: str) -> Display:
    return parse_display(text, NAMES, source="page.md", line=10)


def lines(text: str) -> list[str]:
    """The left side and the links of each chain, with their reasons."""
    found = []
    for chain in read(text).chains:
        found.append(shown(chain.left))
        for link in chain.links:
            reason = "" if link.reason is None else f"  # {link.reason}"
            found.append(f"{link.operator} {shown(link.right)}{reason}")
    return found


LIKELIHOOD = r"""
\begin{aligned}
\log P(y) &= \log\left[\hat y^{\,y} (1 - \hat y)^{1 - y}\right]     && \text{definition of } P \\
          &= y \log \hat y + (1 - y) \log (1 - \hat y)              && \text{expand the logarithm}
\end{aligned}
"""


def test_a_page_is_read_line_by_line() -> None:
    (chain,) = read(LIKELIHOOD).chains
    assert chain.left_latex == r"\log P(y)"
    first, second = chain.links
    assert first.right_latex == r"\log\left[\hat y^{\,y} (1 - \hat y)^{1 - y}\right]"
    assert (first.reason, first.line) == ("definition of $P$", 12)
    assert second.right_latex == r"y \log \hat y + (1 - y) \log (1 - \hat y)"
    assert (second.reason, second.line) == ("expand the logarithm", 13)
    assert LIKELIHOOD[second.at.start : second.at.stop].startswith("= y")
    assert shown(second.right) == "((y * log(y_hat)) + ((1 - y) * log((1 - y_hat))))"


READ = [
    ("a = b", ["a", "== b"]),
    (r"a = b \le c.", ["a", "== b", "<= c"]),
    (r"\begin{equation} a = b \label{eq:1} \end{equation}", ["a", "== b"]),
    (
        r"\begin{equation*}\begin{split} a &= b \\ &= c \end{split}\end{equation*}",
        ["a", "== b", "== c"],
    ),
    (
        r"\begin{align} a &= b \tag{1} \\ &= c \tag*{(2)} \nonumber \end{align}",
        ["a", "== b", "== c"],
    ),
    (r"\begin{eqnarray} a &=& b \\ &=& c \end{eqnarray}", ["a", "== b", "== c"]),
    (r"\begin{gather} a = b \\ -a = -b \end{gather}", ["a", "== b", "-(a)", "== -(b)"]),
    (r"\begin{gathered} a = b \\ c = q \end{gathered}", ["a", "== b", "c", "== q"]),
    (r"\begin{multline} a = b \\ + c \\ - q = y \end{multline}", ["a", "== ((b + c) - q)", "== y"]),
    (r"a = b \\ c = q", ["a", "== b", "c", "== q"]),
    (r"a &= b \\[2pt] &\le c \\* &< q \\", ["a", "== b", "<= c", "< q"]),
    (r"a &= b \\ &\quad + c", ["a", "== (b + c)"]),
    (r"a &= b + \\ &\quad c", ["a", "== (b + c)"]),
    (r"a &= b \\ &\qquad \cdot c", ["a", "== (b * c)"]),
    (r"a &= b \\ &- c = q", ["a", "== (b - c)", "== q"]),
    (r"a &= b \\ -c &= q", ["a", "== b", "-(c)", "== q"]),
    (r"a = \\ b = c", ["a", "== b", "== c"]),
    (r"a \\ &= b && \text{r}", ["a", "== b  # r"]),
    (r"a = \left( b + \\ c \right)", ["a", "== (b + c)"]),
    (r"a &= ? && \text{expand the logarithm}", ["a", "== ?  # expand the logarithm"]),
    (
        r"a = \begin{cases} b & y = 1 \\ c & \text{otherwise} \end{cases}",
        ["a", "== cases(b if y == 1; c otherwise)"],
    ),
    (r"\boxed{a = b}", ["a", "== b"]),
    (r"a = \boxed{b}", ["a", "== b"]),
    ("a = b % = c\n + q", ["a", "== (b + q)"]),
]


@pytest.mark.parametrize(("text", "links"), READ, ids=lambda t: t if isinstance(t, str) else "")
def test_is_read(text: str, links: list[str]) -> None:
    assert lines(text) == links


REASONS = [
    (r"a = b && \text{definition of } P", "definition of $P$"),
    (r"a = b && \text{definition of $P$}", "definition of $P$"),
    (r"a = b && \text{definition of $ P $.}", "definition of $P$"),
    (r"a = b & \text{definition of}~P", "definition of $P$"),
    (r"a = b \quad \text{definition of } P", "definition of $P$"),
    (r"a = b, \qquad \text{definition of } P.", "definition of $P$"),
    (r"a = b \quad (\text{definition of } P)", "definition of $P$"),
    (r"a = b \quad \text{(definition of } P\text{)}", "definition of $P$"),
    (r"a = b && \text{insert } \sum_{k=1}^{3} P", r"insert $\sum_{k=1}^{3} P$"),
    (r"a = b && \text{insert } \sum_{k \ne j} q_{k}", r"insert $\sum_{k \ne j} q_{k}$"),
    (r"a = b && \text{由 $P$ 的定义}", "由 $P$ 的定义"),
    (r"a = b && \text{由 } P \text{ 的定义。}", "由 $P$ 的定义"),
    (
        r"a = b && \text{so } \frac{x}{y}\text{ is } P~\text{again}",
        r"so $\frac{x}{y}$ is $P$ again",
    ),
    (r"a = b && \text{since $y = 1$}", "since $y = 1$"),
    (r"a = b && \text{by (3) and (4)}", "by (3) and (4)"),
    ("a = b && \\text{two\n  lines}", "two lines"),
]


@pytest.mark.parametrize(("text", "reason"), REASONS, ids=lambda t: t)
def test_reasons_are_plain_text(text: str, reason: str) -> None:
    ((link,),) = [chain.links for chain in read(text).chains]
    assert (link.reason, link.right_latex) == (reason, "b")


def test_a_reason_belongs_to_the_last_link_of_its_row() -> None:
    assert lines(r"a &= b = c && \text{r} \\ &= q") == ["a", "== b", "== c  # r", "== q"]
    assert lines(r"a &= b \\ &\quad + c && \text{r} \\ &= q") == ["a", "== (b + c)  # r", "== q"]


def test_the_latex_of_an_operand_is_the_author_s() -> None:
    text = "a &= b \\cdot % no\n  \\frac{x}{y} \\tag{1} \\\\ &\\quad + {c}, && \\text{r}"
    ((link,),) = [chain.links for chain in read(text).chains]
    assert link.right_latex == r"b \cdot \frac{x}{y} + {c}"


def test_a_definition() -> None:
    found = read(r"g(y) &:= \hat y^{\,y} \\ &\quad + 1. && \text{name it}")
    assert shown(found.define) == "g(y) := ((y_hat ^ y) + 1)"
    assert (found.left_latex, found.right_latex) == ("g(y)", r"\hat y^{\,y} + 1")
    assert (found.reason, found.chains) == ("name it", ())


REFUSED = [
    ("", 1, "empty"),
    (r"\\", 1, "empty"),
    ("a", 2, "a relation"),
    ("= a", 1, "left side"),
    (r"a = b \text{ if } c", 7, "words inside a formula"),
    (r"a + \text{foo} = b", 5, "words inside a formula"),
    (r"a = b \quad \text{and} \quad c = q", 32, "another formula"),
    (r"a = b \quad \text{and} \quad {c = q}", 33, "another formula"),
    (r"a = b \quad \text{and} \quad x_{k} = q", 36, "another formula"),
    (r"a = b & \text{and} & c = q", 20, "another formula"),
    (r"a = b \qquad c = q", 14, "side by side"),
    (r"a = b, c = q", 6, "row of its own"),
    (r"a &= b & c &= q", 8, "between two formulas"),
    (r"a &= b && c", 11, "reason in words"),
    (r"a & b = c", 3, "between two formulas"),
    (r"a &= b \\ & c", 13, "goes on"),
    (r"a &= b \\ & c = q", 13, "goes on"),
    (r"a = b \\ c", 10, "goes on"),
    (r"a = b \\ - c = q", 10, "a new formula or go on"),
    (r"& a = b \\ & - c = q", 14, "a new formula or go on"),
    (r"\begin{multline} a = b \\ c = q \end{multline}", 27, "goes on"),
    (r"a = b \\ \Rightarrow c = q", 10, r"\Rightarrow is not read, it joins"),
    (r"a = b \\ && \text{r}", 9, "no formula"),
    (r"a &= b && \text{r} \\ &+ c && \text{t}", 24, "two reasons"),
    (r"a && \text{r} \\ &= b", 1, "beside a left side"),
    (r"a = b \\[x] = c", 9, "as a length"),
    (r"\begin{aligned} a = b", 1, "never closed"),
    (r"\begin{aligned} a = b \end{align}", 1, "never closed"),
    (r"\begin{matrix} a \end{matrix} = b", 1, "matrix is not read"),
    (r"y \in [0,1]", 3, r"\in is not read"),
    (r"w := a \\ g := b", 11, "nothing else"),
    (r"a = b \\ w := b", 10, "nothing else"),
    (r"w := b && \text{r} \\ + c && \text{t}", 23, "two reasons"),
    (r"w := b \\ = c", 11, "no further relation"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[0])
def test_is_refused_at_its_place(case: tuple) -> None:
    text, column, *words = case
    refuses(lambda t: parse_display(t, NAMES), text, column, *words)


def test_errors_point_into_the_row() -> None:
    with pytest.raises(ReadError) as caught:
        read(LIKELIHOOD.replace(r"\log (1 -", r"\log (w -"))
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (13, 44)
