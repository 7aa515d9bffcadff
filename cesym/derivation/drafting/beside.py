r"""The slopes of a loss beside its kinks.

Let f be continuous at a, and have a derivative close to a but for a itself. If f' tends to c from
the right, then c is the slope of f from the right, by the mean value theorem; so on the left. If
the two differ, f has no derivative at a; if they agree, it has that one. A convex f lies above
every line through (a, f(a)) whose slope is between the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy import Expr, Piecewise, Rational, Symbol, sign

from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.continuing import fresh
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.limits import labels_of, with_labels
from cesym.derivation.drafting.pieces import Piece
from cesym.derivation.drafting.quantities import Point, Quantity, number
from cesym.errors import UnsupportedTerm
from cesym.messages import _
from cesym.terms.binders import substitute
from cesym.terms.differentiation import D
from cesym.terms.domains import Interval
from cesym.terms.printing import RELATIONS, latex

LETTERS = "gcdhuv"
"""Letters for a number between two slopes."""


@dataclass(frozen=True, slots=True)
class Kinked:
    """A loss, its formula, and a variable in which it has kinks."""

    quantity: Quantity
    formula: Expr
    variable: str

    def symbol(self, draft: Draft) -> Symbol:
        """The variable in terms."""
        found = draft.context.symbol(self.variable)
        assert isinstance(found, Symbol)
        return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a kink is: the variable has the value `at` there, and some labels have these."""

    one: Kinked
    at: Expr
    labels: Point

    def value(self, draft: Draft) -> str:
        """Where the variable is, in LaTeX."""
        return latex(self.at, draft.context)

    def text(self, draft: Draft) -> str:
        """The place in words."""
        known = [f"{draft.spelled(n)} = {number(v)}" for n, v in self.labels.items()]
        return draft.listed([f"{draft.spelled(self.one.variable)} = {self.value(draft)}", *known])

    def loss(self, draft: Draft, at: str = "") -> str:
        """The loss with these labels, and where the kink is if that is wanted."""
        known = {name: number(value) for name, value in self.labels.items()}
        known |= {self.one.variable: at} if at else {}
        quantity = self.one.quantity
        arguments = [known.get(name) or draft.spelled(name) for name in quantity.parameters]
        return f"{quantity.function}({', '.join(arguments)})"

    def way(self, draft: Draft) -> str:
        """How far the variable is from there, as a factor."""
        name, value = draft.spelled(self.one.variable), self.value(draft)
        if self.at == 0:
            return name
        if not (self.at.is_Symbol or self.at.is_nonnegative):
            value = rf"\left( {value} \right)"
        return rf"\left( {name} - {value} \right)"

    def limit(self, draft: Draft, body: str, side: str) -> str:
        """The limit at this place from one side."""
        target = self.value(draft)
        plain = self.at.is_Symbol or (self.at.is_Integer and self.at >= 0)
        where = f"{target if plain else f'({target})'}^{side}"
        return rf"\lim_{{{draft.spelled(self.one.variable)} \to {where}}} {body}"


def beside_kinks(
    draft: Draft, level: int, one: Kinked, pieces: Sequence[Piece], *, convex: bool
) -> list[str]:
    """Sections on the slopes on both sides of every kink whose place is found; sentences on it."""
    name, places = draft.spelled(one.variable), list(_places(draft, one, pieces))
    letter = fresh(draft, LETTERS)
    if not places:
        sentence = _("Where the kinks in ${name}$ are was not found.", name=name)
        draft.say(sentence)
        return [sentence]
    sentences = []
    for place in places:
        where = place.text(draft)
        draft.heading(level, _("At {where}", where=where))
        found = _slopes(draft, place, pieces) if _say_continuous(draft, place) else None
        if found is None:
            sentence = _("Which slopes the loss has beside {where} is open.", where=where)
            draft.say(sentence)
        else:
            sentence = _say_slopes(draft, place, *found, letter=letter if convex else "")
        sentences.append(sentence)
    return sentences


def _places(draft: Draft, one: Kinked, pieces: Sequence[Piece]) -> Iterator[_Place]:
    """The kinks that can be solved for the variable, inside of its domain; one for each value of
    the labels where these stand in it.
    """
    seen = set()
    for at in _solutions(one.symbol(draft), pieces):
        symbols = {str(symbol) for symbol in at.free_symbols}
        every = labels_of(draft, one.quantity, one.variable)
        for labels in every if every and symbols & {*every[0]} else [{}]:
            place = _Place(one, substitute(at, _values(draft, labels)), labels)
            key = (place.at, *labels.items())
            if key not in seen and _inside(draft, place):
                seen.add(key)
                yield place


def _values(draft: Draft, labels: Point) -> dict[Expr, Expr]:
    symbols = {draft.context.symbol(name): value for name, value in labels.items()}
    return {symbol: Rational(v.numerator, v.denominator) for symbol, v in symbols.items()}


def _solutions(variable: Symbol, pieces: Sequence[Piece]) -> list[Expr]:
    """Where a kink that is linear in the variable is 0."""
    found = []
    for term in (kink for piece in pieces for kink in piece.kinks):
        slope = D(term, variable)
        if slope != 0 and not slope.has(variable):
            rest = (term - slope * variable).expand()
            found.append((-rest / slope).expand())
    return sorted(dict.fromkeys(found), key=str)


def _inside(draft: Draft, place: _Place) -> bool:
    """Whether a value is shown to lie inside of the domain of the variable."""
    domain = draft.context.declarations[place.one.variable].domain
    assert isinstance(domain, Interval)
    at, less = place.value(draft), RELATIONS["<"]
    below = domain.lower is None or draft.proves(f"{number(domain.lower)} {less} {at}")
    return below and (domain.upper is None or draft.proves(f"{at} {less} {number(domain.upper)}"))


def _slopes(draft: Draft, place: _Place, pieces: Sequence[Piece]) -> tuple[Chain, Chain] | None:
    """The limits of the derivative from the left and from the right."""
    derived = place.one.quantity.derived(place.one.variable)
    body = with_labels(draft, derived, place.labels) if place.labels else derived.latex(draft)
    assert body is not None
    left, right = (_limit(draft, place, body, side, pieces) for side in "-+")
    return None if left is None or right is None else (left, right)


def _limit(
    draft: Draft, place: _Place, body: str, side: str, pieces: Sequence[Piece]
) -> Chain | None:
    """A limit of the derivative: what it is there on one of the pieces."""
    chain, variable = Chain(draft, place.limit(draft, body, side)), place.one.symbol(draft)
    if chain.by("limit"):
        return chain
    for slope in dict.fromkeys(D(piece.formula, variable) for piece in pieces):
        here = substitute(slope, _values(draft, place.labels) | {variable: place.at})
        try:
            if chain.equals(latex(here, draft.context)):
                return chain
        except UnsupportedTerm:  # a slope that cannot be written there
            continue
    return None


def _say_continuous(draft: Draft, place: _Place) -> bool:
    """Whether the loss is continuous there: it is if made of continuous functions, and else if it
    tends to its value, which is said.
    """
    if not place.one.formula.has(Piecewise, sign):
        return True
    value = place.loss(draft, place.value(draft))
    rows = [(place.limit(draft, place.loss(draft), side), "==", value) for side in "-+"]
    if not all(draft.proves(f"{left} {RELATIONS['==']} {right}") for left, _op, right in rows):
        return False
    draft.say(_("The loss is continuous there:"))
    draft.claims(rows)
    return True


def _say_slopes(draft: Draft, place: _Place, left: Chain, right: Chain, *, letter: str) -> str:
    """The slopes, whether they agree, and what lies between them; a sentence on it. `letter` stands
    for a number between them, if the loss is convex.
    """
    name, where = draft.spelled(place.one.variable), place.text(draft)
    draft.say(_("The derivative tends from the left and from the right to"))
    write_chains(draft, left, right)
    ends = left.last.latex, right.last.latex
    if draft.proves(f"{ends[0]} {RELATIONS['==']} {ends[1]}"):
        draft.say(
            _("These agree, so the loss has this derivative by ${name}$ there too.", name=name)
        )
        return _("It has a derivative by ${name}$ at {where}.", name=name, where=where)
    for relation in ("<", ">"):
        if draft.proves(f"{ends[0]} {RELATIONS[relation]} {ends[1]}"):
            draft.say(
                _("These differ, so the loss has no derivative by ${name}$ there:", name=name)
            )
            draft.claim(ends[0], relation, ends[1])
            if letter and relation == "<":
                _say_subgradients(draft, place, *ends, letter)
            return _("It has no derivative by ${name}$ at {where}.", name=name, where=where)
    draft.say(_("Whether these agree could not be decided."))
    return _("Whether it has a derivative by ${name}$ at {where} is open.", name=name, where=where)


def _say_subgradients(draft: Draft, place: _Place, left: str, right: str, letter: str) -> None:
    """That all numbers between the slopes are subgradients."""
    before, sentences = draft.context, []
    if draft.context.kind(letter) is None:
        draft.declare(text := rf"{letter} \in \mathbb{{R}}")
        sentences.append(_("Let {declarations}.", declarations=draft.listed([text])))
    between = f"{left} {RELATIONS['<=']} {letter} {RELATIONS['<=']} {right}"
    line = f"{place.loss(draft, place.value(draft))} + {letter} {place.way(draft)}"
    with draft.supposing(between):
        verdict = draft.decide(place.loss(draft), ">=", line)
        if verdict is not None and verdict.proved:
            supposed = _("Suppose that ${hypothesis}$.", hypothesis=between)
            draft.say(*sentences, supposed, _("Then ${name}$ is a subgradient:", name=letter))
            draft.claim(place.loss(draft), ">=", line)
            return
    draft.context = before
    draft.say(_("Which numbers are subgradients there could not be decided."))
