r"""Forms that a loss may have for labels of the other kind. They are proposals: what is written is
proved.

With labels -1 and 1 a loss is often a function of the margin t s, perhaps with a weight for each
label: J(1, s) = c_1 f(s) and J(0, s) = c_0 f(-s) give ((1 + t)/2 c_1 + (1 - t)/2 c_0) f(t s). With
labels 0 and 1 any loss is t J(1, s) + (1 - t) J(-1, s).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Add, Expr, S, cancel

from cesym.derivation.drafting.chains import Chain
from cesym.derivation.drafting.continuing import ScoredLoss
from cesym.derivation.drafting.draft import Draft
from cesym.errors import CesymError
from cesym.terms.functions import sigmoid
from cesym.terms.printing import latex

UNFOLDING = (
    ("expand-logarithm", ""),
    ("log-sigmoid", ""),
    ("definition", r"\operatorname{softplus}"),
)
"""Rules by which a loss without definitions is written with elementary functions."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Forms of the loss, the best first, and of its slope in each score."""

    values: tuple[str, ...]
    by_score: dict[str, tuple[str, ...]]

    def slopes(self, score: str) -> tuple[str, ...]:
        """The forms of the slope in `score`."""
        return self.by_score.get(score, ())


def margin_forms(draft: Draft, loss: ScoredLoss, sign: str) -> Forms:
    """Forms for labels -1 and 1: of a loss with one score, as a function of the margin."""
    (name, export), *others = loss.slopes
    if others:
        return Forms((), {})
    score, t = draft.context.symbol(name), draft.context.symbol(sign)
    one, zero = _unfolded(draft, loss, "1"), _unfolded(draft, loss, "0").xreplace({score: -score})
    weight, shape = one.as_independent(score, as_Add=False)
    other = cancel(zero / shape)
    label = draft.context.symbol(str(loss.label))
    slope = export.result.xreplace({label: S.One})
    place = {score: t * score}
    if other.has(score) or other == weight:
        values, slopes = [one.xreplace(place)], _turned([t * slope.xreplace(place)])
        return Forms(_texts(draft, values), {name: _texts(draft, slopes)})
    both = _mixture(draft, draft.spelled(sign), weight, other)
    values = [shape.xreplace(place)]
    slopes = _turned([t * cancel(slope / weight).xreplace(place)])
    return Forms(_texts(draft, values, both), {name: _texts(draft, slopes, both)})


def _mixture(draft: Draft, t: str, one: Expr, zero: Expr) -> str:
    """The weight of a sample with the label t: `one` or `zero`."""
    shares = ((rf"\frac{{1 + {t}}}{{2}}", one), (rf"\frac{{1 - {t}}}{{2}}", zero))
    terms = [
        share if weight == 1 else rf"{share} \, {_factor(weight, draft)}"
        for share, weight in shares
    ]
    return rf"\left[ {terms[0]} + {terms[1]} \right]"


def _factor(term: Expr, draft: Draft) -> str:
    """A term as a factor."""
    text = latex(term, draft.context)
    return rf"\left( {text} \right)" if isinstance(term, Add) else text


def forms_of(draft: Draft, loss: ScoredLoss, label: str) -> Forms:
    """Forms for labels 0 and 1: those of the cross-entropy, and the mixture of both labels."""
    t, old = draft.context.symbol(label), draft.context.symbol(str(loss.label))
    values = t * _unfolded(draft, loss, "1") + (1 - t) * _unfolded(draft, loss, "-1")
    entropy, slopes = [], {}
    for score, export in loss.slopes:
        s, name = draft.spelled(score), draft.spelled(label)
        entropy.append(
            rf"-\left[ {name} \log \sigma({s}) + (1 - {name}) \log (1 - \sigma({s})) \right]"
        )
        ends = [export.result.xreplace({old: number}) for number in (S.One, S.NegativeOne)]
        mixture = t * ends[0] + (1 - t) * ends[1]
        slopes[score] = (rf"\sigma({s}) - {name}", *_texts(draft, [mixture]))
    return Forms((*entropy, *_texts(draft, [values])), slopes)


def _unfolded(draft: Draft, loss: ScoredLoss, label: str) -> Expr:
    """The loss at a label, without the definitions of the page."""
    chain = Chain(draft, loss.at(draft, **{str(loss.label): label}))
    for name in reversed(list(draft.context.definitions)):
        chain.by("definition", draft.spelled(name))
    for rule, what in UNFOLDING:
        chain.by(rule, what)
    return chain.term


def _turned(terms: Sequence[Expr]) -> list[Expr]:
    """Terms, each before or after 1 - sigmoid(-x) is written for sigmoid(x): the shorter one."""
    found = []
    for term in terms:
        turned = term.xreplace({e: 1 - sigmoid(-e.args[0]) for e in term.atoms(sigmoid)})
        found.append(turned if len(turned.atoms(Add)) < len(term.atoms(Add)) else term)
    return found


def _texts(draft: Draft, terms: Sequence[Expr], weight: str = "") -> tuple[str, ...]:
    """The terms in LaTeX, with a weight before each, but for those that cannot be written."""
    found = []
    for term in terms:
        try:
            text = _factor(term, draft) if weight else latex(term, draft.context)
        except CesymError:
            continue
        sign, text = ("-", text[1:].lstrip()) if weight and text.startswith("-") else ("", text)
        found.append(f"{sign}{weight} {text}" if weight else text)
    return tuple(found)
