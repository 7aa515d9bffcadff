r"""The slopes of a loss beside its kinks.

Let f be continuous at a, and have a derivative close to a but for a itself. If f' tends to c from
the right, then c is the slope of f from the right, by the mean value theorem; so on the left. If
the two differ, f has no derivative at a; if they agree, it has that one.

Where f is continuous on an interval and f' exists but for finitely many points, f is convex if f'
never falls between them (f'' >= 0) and at none of them: then f' never falls where it exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy import Expr, Piecewise, Rational, Symbol, sign

from cesym.derivation.drafting.chains import Chain, write_chains
from cesym.derivation.drafting.continuing import fresh
from cesym.derivation.drafting.draft import Draft
from cesym.derivation.drafting.limits import BY_CASES, labels_of, with_labels
from cesym.derivation.drafting.pieces import Piece, Pieces, holds
from cesym.derivation.drafting.quantities import Point, Quantity, number, supposed_of
from cesym.errors import UnsupportedTerm
from cesym.messages import _
from cesym.terms.binders import substitute
from cesym.terms.differentiation import D
from cesym.terms.domains import Interval
from cesym.terms.printing import RELATIONS, latex

LETTERS = "gcdhuv"
"""Letters for a number between two slopes."""


_Slopes = tuple[Chain, Chain]
"""What the derivative tends to from the left and from the right."""


@dataclass(frozen=True, slots=True)
class Kinked:
    """A loss, its formula, and a variable in which it has kinks."""

    quantity: Quantity
    formula: Expr
    variable: str

    @property
    def may_jump(self) -> bool:
        """Whether the formula is made of more than continuous functions."""
        return self.formula.has(Piecewise, sign)

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
        text = latex(self.one.symbol(draft) - self.at, draft.context)
        return text if self.at == 0 else rf"\left( {text} \right)"

    def limit(self, draft: Draft, body: str, side: str) -> str:
        """The limit at this place from one side."""
        target = self.value(draft)
        plain = self.at.is_Symbol or (self.at.is_Integer and self.at >= 0)
        where = f"{target if plain else f'({target})'}^{side}"
        return rf"\lim_{{{draft.spelled(self.one.variable)} \to {where}}} {body}"


def beside_kinks(draft: Draft, level: int, one: Kinked, pieces: Pieces) -> tuple[list[str], bool]:
    """Sections on the slopes on both sides of every kink whose place is found; sentences on them,
    and whether all were found and at none the slope falls.
    """
    name, solved = draft.spelled(one.variable), _solutions(draft, one, pieces.found)
    known = solved is not None and not pieces.undecided
    sentences, rising = [], known and not supposed_of(draft, one.variable)
    if not known:
        sentences.append(_("Where all the kinks in ${name}$ are is open.", name=name))
        draft.say(sentences[0])
    letter = fresh(draft, LETTERS)
    for place, slopes in _places(draft, one, solved or (), pieces.found):
        draft.heading(level, _("At {where}", where=place.text(draft)))
        sentence, falls = _say_place(draft, place, slopes, letter)
        sentences.append(sentence)
        rising = rising and not falls
    return sentences, rising


def _say_place(draft: Draft, place: _Place, found: _Slopes | None, letter: str) -> tuple[str, bool]:
    """What is found beside a kink: a sentence, and whether the slope falls there, for all that is
    known.
    """
    if found is not None and _say_continuous(draft, place):
        return _say_slopes(draft, place, *found, letter=letter)
    where = place.text(draft)
    sentence = _("Which slopes the loss has beside {where} is open.", where=where)
    draft.say(sentence)
    return sentence, True


def _places(
    draft: Draft, one: Kinked, solved: Sequence[Expr], pieces: Sequence[Piece]
) -> Iterator[tuple[_Place, _Slopes | None]]:
    """The places of kinks that are not shown to lie outside of the domain, with the slopes beside
    them; one for each value of the labels where that is easier to read.
    """
    every, seen = labels_of(draft, one.quantity, one.variable), set()
    for at in solved:
        whole = _looked_at(draft, _Place(one, at, {}), pieces)
        plain = whole is not None and _is_plain(at, whole[1], every)
        for labels in [{}] if plain or not every else every:
            found = _looked_at(
                draft, _Place(one, substitute(at, _values(draft, labels)), labels), pieces
            )
            if found is not None and (key := (found[0].at, *labels.items())) not in seen:
                seen.add(key)
                yield found


def _looked_at(
    draft: Draft, place: _Place, pieces: Sequence[Piece]
) -> tuple[_Place, _Slopes | None] | None:
    """A place and the slopes beside it, where these are found; None for one outside."""
    inside = _inside(draft, place)
    if inside is False:
        return None
    return place, _slopes(draft, place, pieces) if inside else None


def _is_plain(at: Expr, slopes: _Slopes | None, every: Sequence[Point]) -> bool:
    """Whether slopes are found and need no values of the labels to be read."""
    labels = {*every[0]} if every else set()
    if slopes is None or labels & {str(symbol) for symbol in at.free_symbols}:
        return False
    return not any(chain.term.has(*BY_CASES) for chain in slopes)


def _values(draft: Draft, labels: Point) -> dict[Expr, Expr]:
    symbols = {draft.context.symbol(name): value for name, value in labels.items()}
    return {symbol: Rational(v.numerator, v.denominator) for symbol, v in symbols.items()}


def _solutions(draft: Draft, one: Kinked, pieces: Sequence[Piece]) -> list[Expr] | None:
    """Where the kinks are 0; None if one of them is not linear in the variable."""
    variable, found = one.symbol(draft), []
    for term in (kink for piece in pieces for kink in piece.kinks):
        slope = D(term, variable)
        if slope.has(variable) or not any(holds(draft, slope, side) for side in ("<", ">", "!=")):
            if any(holds(draft, term, side) for side in ("<", ">")):
                continue
            return None
        rest = (term - slope * variable).expand()
        found.append((-rest / slope).expand())
    return sorted(dict.fromkeys(found), key=str)


def _inside(draft: Draft, place: _Place) -> bool | None:
    """Whether a value lies inside of the domain of the variable; None if that is not decided, or if
    the loss may jump at this end of it.
    """
    domain, jumps = draft.context.declarations[place.one.variable].domain, place.one.may_jump
    assert isinstance(domain, Interval)
    lower = domain.lower, ">", "<" if jumps and not domain.lower_open else "<="
    upper = domain.upper, "<", ">" if jumps and not domain.upper_open else ">="
    answers = []
    for end, inner, outer in (lower, upper):
        if end is None:
            continue
        gap = place.at - Rational(end.numerator, end.denominator)
        if holds(draft, gap, outer):
            return False
        answers.append(holds(draft, gap, inner))
    return all(answers) or None


def _slopes(draft: Draft, place: _Place, pieces: Sequence[Piece]) -> _Slopes | None:
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
    if not place.one.may_jump:
        return True
    value = place.loss(draft, place.value(draft))
    rows = [(place.limit(draft, place.loss(draft), side), "==", value) for side in "-+"]
    if not all(draft.proves(f"{left} {RELATIONS['==']} {right}") for left, _op, right in rows):
        return False
    draft.say(_("The loss is continuous there:"))
    draft.claims(rows)
    return True


def _say_slopes(
    draft: Draft, place: _Place, left: Chain, right: Chain, *, letter: str
) -> tuple[str, bool]:
    """The slopes, whether they agree, and what lies between them: a sentence on it, and whether the
    slope falls, for all that is known. `letter` stands for a number between the slopes.
    """
    name, where = draft.spelled(place.one.variable), place.text(draft)
    draft.say(_("The derivative tends from the left and from the right to"))
    write_chains(draft, left, right)
    ends = left.last.latex, right.last.latex
    if draft.proves(f"{ends[0]} {RELATIONS['==']} {ends[1]}"):
        draft.say(
            _("These agree, so the loss has this derivative by ${name}$ there too.", name=name)
        )
        return _("It has a derivative by ${name}$ at {where}.", name=name, where=where), False
    for relation in ("<", ">"):
        if draft.proves(f"{ends[0]} {RELATIONS[relation]} {ends[1]}"):
            draft.say(
                _("These differ, so the loss has no derivative by ${name}$ there:", name=name)
            )
            draft.claim(ends[0], relation, ends[1])
            if relation == "<":
                _say_subgradients(draft, place, *ends, letter)
            missing = _("It has no derivative by ${name}$ at {where}.", name=name, where=where)
            return missing, relation == ">"
    draft.say(_("Whether these agree could not be decided."))
    return _(
        "Whether it has a derivative by ${name}$ at {where} is open.", name=name, where=where
    ), True


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
