"""Rewritings that make a term ready for floats, each *proved before it is used*.

A row proposes another form of a subterm; the prover decides the equality over the declared domains,
and a form that it does not prove is not used. So a wrong row costs speed or an export, never a
wrong result. No proof uses a hypothesis: what is exported holds wherever it is declared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy import Abs, Add, Expr, Ge, Le, Max, Piecewise, S, Symbol, exp, expand, fraction, log

from cesym.codegen.cloglog import curve
from cesym.errors import CesymError
from cesym.prover import decide
from cesym.reader.elaborate import Source, claims_of
from cesym.reader.from_sympy import from_sympy
from cesym.reader.syntax import Chain
from cesym.terms.context import Context
from cesym.terms.functions import expm1, log1p, sigmoid, softplus

SECONDS = 2.0
"""The budget of one proof."""


@dataclass(frozen=True, slots=True)
class Lemma:
    """`propose(part, whole)` is another form of the subterm `part` of `whole`, or None."""

    name: str
    propose: Callable[[Expr, Expr], Expr | None]


def _prediction_minus_label(part: Expr, whole: Expr) -> Expr | None:
    x, rest = _sigmoid_and_rest(part)
    if x is None or rest == -1:
        return None
    label = -rest
    above = (1 - label) * exp(-Max(-x, 0)) - label * exp(-Max(x, 0))
    return above / (1 + exp(-Abs(x)))


def _complement(part: Expr, whole: Expr) -> Expr | None:
    x, rest = _sigmoid_and_rest(-part)
    return sigmoid(-x) if x is not None and rest == -1 else None


def _sigmoid_and_rest(term: Expr) -> tuple[Expr | None, Expr]:
    """x and r of a sum sigmoid(x) + r with no other sigmoid in it; else None and 0."""
    found = [part for part in Add.make_args(term) if isinstance(part, sigmoid)]
    if len(found) != 1 or term == found[0] or (term - found[0]).has(sigmoid):
        return None, S.Zero
    return found[0].args[0], term - found[0]


def _sigmoid(part: Expr, whole: Expr) -> Expr | None:
    if not isinstance(part, sigmoid):
        return None
    (x,) = part.args
    return exp(-Max(-x, 0)) / (1 + exp(-Abs(x)))


def _log_sigmoid(part: Expr, whole: Expr) -> Expr | None:
    if not isinstance(part, log):
        return None
    inner = _complement(part.args[0], whole) or part.args[0]
    return -softplus(-inner.args[0]) if isinstance(inner, sigmoid) else None


def _softplus(part: Expr, whole: Expr) -> Expr | None:
    if not isinstance(part, softplus):
        return None
    (x,) = part.args
    return Max(x, 0) + log1p(exp(-Abs(x)))


def _log_near_one(part: Expr, whole: Expr) -> Expr | None:
    if isinstance(part, log) and isinstance(part.args[0], Add) and S.One in part.args[0].args:
        return log1p(part.args[0] - 1)
    return None


def _log_of_share(part: Expr, whole: Expr) -> Expr | None:
    """log(a/(a + b)) as -log1p(b/a), where b/a is one product."""
    if not isinstance(part, log):
        return None
    above, below = fraction(part.args[0])
    rest = expand((below - above) / above)
    if not isinstance(below, Add) or above not in below.args or isinstance(rest, Add):
        return None
    return -log1p(rest)


def _exp_near_zero(part: Expr, whole: Expr) -> Expr | None:
    if isinstance(part, Add) and isinstance(part + 1, exp):
        return expm1((part + 1).args[0])
    return None


def _share_of_a_label(part: Expr, whole: Expr) -> Expr | None:
    """The terms t and -y t of a sum together."""
    terms = Add.make_args(part)
    for term in terms:
        for other in terms:
            label = -other / term
            if isinstance(label, Symbol) and not term.is_number and not term.has(label):
                return part - term - other + (1 - label) * term
    return None


def _cloglog_curve(part: Expr, whole: Expr) -> Expr | None:
    """Two terms that are y C(x) together, with C(x) of `cesym.codegen.cloglog`."""
    terms = Add.make_args(part)
    for term in terms:
        for factor in term.atoms(expm1):
            (power,) = factor.args
            if not isinstance(power, exp):
                continue
            (x,) = power.args
            label = -term * factor / power
            other = label * exp(2 * x + power) / factor**2
            if not label.has(expm1) and other in terms:
                return part - term - other + label * curve(x)
    return None


def _saturation(part: Expr, whole: Expr) -> Expr | None:
    larger = -part.args[0] if isinstance(part, exp) else part
    if not (isinstance(larger, Max) and len(larger.args) == 2 and S.Zero in larger.args):
        return None
    (x,) = (argument for argument in larger.args if argument != 0)
    small = exp(-Abs(x))
    test = Ge(-x, 0) if x.could_extract_minus_sign() else Le(x, 0)
    return Piecewise((1, test), (small, True)) if whole.has(small) else None


ACCURATE = (
    Lemma("sigmoid(x) - y without cancellation for y in {0, 1}", _prediction_minus_label),
    Lemma("1 - sigmoid(x) = sigmoid(-x)", _complement),
    Lemma("log(sigmoid(x)) = -softplus(-x)", _log_sigmoid),
    Lemma("sigmoid(x) by e^-|x|, which does not overflow", _sigmoid),
    Lemma("softplus(x) by e^-|x|, which does not overflow", _softplus),
    Lemma("log(1 + x) = log1p(x)", _log_near_one),
    Lemma("log(a/(a + b)) = -log1p(b/a)", _log_of_share),
    Lemma("e^x - 1 = expm1(x)", _exp_near_zero),
    Lemma("the second derivative of log(1 - e^-e^x), of one sign", _cloglog_curve),
    Lemma("t - y t = (1 - y) t", _share_of_a_label),
)
"""For terms that are not accurate as they stand. The first row that is proved is taken."""

FAST = (Lemma("e^-max(x, 0) is 1 or e^-|x|, if the latter is needed anyway", _saturation),)
"""For any term: the same floats with less work."""


def rewrite(term: Expr, lemmas: tuple[Lemma, ...], context: Context) -> Expr:
    """`term` with every subterm replaced for which a lemma proposes a form that is proved.

    >>> from cesym.terms.domains import REAL, Declaration
    >>> context = Context().declare(Declaration("x", REAL))
    >>> x = context.symbol("x")
    >>> rewrite(2 * exp(x) * (exp(x) - 1), ACCURATE, context)
    2*exp(x)*expm1(x)
    """
    declared = Context(context.declarations)

    def walk(part: Expr) -> Expr:
        for lemma in lemmas:
            other = lemma.propose(part, term)
            if other is not None and proved_equal(part, other, declared):
                return walk(other)
        if not part.args:
            return part
        return part.func(*(walk(a) if isinstance(a, Expr) else a for a in part.args))

    return walk(term)


def proved_equal(left: Expr, right: Expr, context: Context) -> bool:
    """Whether the prover shows `left == right`, and that both have values, within `SECONDS`."""
    try:
        chain = Chain((from_sympy(left), from_sympy(right)), ("==",))
        (claim,) = claims_of(chain, context, Source(""))
    except CesymError:
        return False
    return decide(claim, seconds=SECONDS).proved
