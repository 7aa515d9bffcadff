"""Rules of school algebra: products, fractions, polynomials."""

from __future__ import annotations

from math import lcm

from sympy import (
    Add,
    Basic,
    Dummy,
    Expr,
    Integer,
    Mul,
    Pow,
    S,
    Sum,
    exp,
    expand,
    factor,
    horner,
    powsimp,
    simplify,
)

from cesym.derivation.rules.instances import under_sums
from cesym.derivation.rules.rule import Situation, What, each
from cesym.derivation.structure import structure
from cesym.terms.binders import freshen


def expand_products(term: Expr, situation: Situation) -> Expr:
    """Products multiplied out, equal terms collected. Sums over an index are split."""
    return _split_sums(_multiplied_out(_split_sums(term)))


def _multiplied_out(term: Expr) -> Expr:
    return expand(term, log=False, power_base=False, power_exp=False)


def _split_sums(term: Expr) -> Expr:
    def split(e: Sum) -> Expr:
        bound = {limit[0] for limit in e.limits}
        result = S.Zero
        for part in Add.make_args(_multiplied_out(e.function)):
            outside, inside = part.as_independent(*bound, as_Add=False)
            whole = Sum(inside, *e.limits)
            result += outside * (whole if inside != 1 else whole.doit())
        return result

    return each(term, lambda e: isinstance(e, Sum), split)


def collect_terms(term: Expr, situation: Situation, what: What) -> Expr:
    """In every sum, the terms with the factor `what` put together."""
    assert isinstance(what, Expr)

    def collected(e: Add) -> Expr:
        parts = [part for arg in e.args for part in _distributed(arg, what)]
        with_it = [part for part in parts if what in Mul.make_args(part)]
        if len(with_it) < 2:
            return e
        without = [part for part in parts if what not in Mul.make_args(part)]
        return Add(*without, expand(Add(*(part / what for part in with_it))) * what)

    return each(term, lambda e: isinstance(e, Add), collected)


def _distributed(product: Expr, what: Expr) -> list[Expr]:
    """A product, multiplied into its one factor that is a sum with a term in `what`."""
    factors = Mul.make_args(product)
    for number, part in enumerate(factors):
        if isinstance(part, Add) and any(what in Mul.make_args(summand) for summand in part.args):
            rest = Mul(*factors[:number], *factors[number + 1 :])
            return [rest * summand for summand in part.args]
    return [product]


def one_fraction(term: Expr, situation: Situation) -> Expr:
    """A sum of fractions as one fraction, nothing multiplied out."""
    above, below = _over_common(term)
    return above / below


def common_denominator(term: Expr, situation: Situation) -> Expr:
    """One fraction, its numerator multiplied out, its denominator left in factors."""
    above, below = _over_common(term)
    return expand(above) / below


def _over_common(term: Expr) -> tuple[Expr, Expr]:
    """Numerator and denominator of a sum, over the least common product of the denominators."""
    parts = [_fraction(part) for part in Add.make_args(term)]
    number = lcm(*(part[1] for part in parts))
    powers: dict[Expr, Expr] = {}
    for _, _, below in parts:
        for base, exponent in below.items():
            powers[base] = max(powers.get(base, S.Zero), exponent)
    above = [
        over
        * Integer(number // own)
        * Mul(*(b ** (e - below.get(b, 0)) for b, e in powers.items()))
        for over, own, below in parts
    ]
    return Add(*above), Integer(number) * Mul(*(b**e for b, e in powers.items()))


def _fraction(term: Expr) -> tuple[Expr, int, dict[Expr, Expr]]:
    """Numerator, the number below, and the powers below. `e^{-x}` stays above."""
    above, number, below = S.One, 1, {}
    for part in Mul.make_args(term):
        if part.is_Rational:
            above, number = above * part.p, number * int(part.q)
        elif isinstance(part, Pow) and part.exp.is_Rational and part.exp < 0:
            below[part.base] = -part.exp
        else:
            above *= part
    return above, number, below


def cancel_factors(term: Expr, situation: Situation) -> Expr:
    """The factors of a product multiplied into the terms of its one sum of fractions, where they
    cancel.
    """

    def distribute(e: Mul) -> Expr:
        sums = [f for f in e.args if isinstance(f, Add) and any(map(_has_denominator, f.args))]
        if not sums:
            return e
        rest = Mul(*(f for f in e.args if f is not sums[0]))
        return Add(*(part * rest for part in sums[0].args))

    return each(term, lambda e: isinstance(e, Mul), distribute)


def _has_denominator(term: Expr) -> bool:
    _, number, below = _fraction(term)
    return number != 1 or bool(below)


def factor_terms(term: Expr, situation: Situation) -> Expr:
    """Fully factored."""
    return factor(term)


def horner_scheme(term: Expr, situation: Situation) -> Expr:
    """Powers of a sum `a + b t` multiplied out as `c + t (d + t (...))`."""
    return each(term, lambda e: isinstance(e, Pow) and e.exp.is_Integer, _horner)


def _horner(power: Pow) -> Basic:
    parts = [part.as_coeff_Mul() for part in Add.make_args(power.base)]
    variables = {rest for _, rest in parts if rest != 1}
    if abs(int(power.exp)) < 2 or len(variables) != 1:
        return power
    (variable,) = variables
    unknown = Dummy("t")
    polynomial = expand(power.base.xreplace({variable: unknown}) ** abs(power.exp))
    nested = horner(polynomial, unknown).xreplace({unknown: variable})
    return nested if power.exp > 0 else 1 / nested


def combine_powers(term: Expr, situation: Situation) -> Expr:
    """b^m b^n = b^(m + n)."""
    return powsimp(term, combine="exp")


def split_powers(term: Expr, situation: Situation) -> Expr:
    """b^(m + n) = b^m b^n."""

    def split(e: exp | Pow) -> Expr:
        base, exponent = (S.Exp1, e.args[0]) if isinstance(e, exp) else e.args
        return Mul(*(Pow(base, part) for part in Add.make_args(exponent)))

    return each(term, lambda e: isinstance(e, exp | Pow), split)


def multiply_above_and_below(term: Expr, situation: Situation, what: What) -> Expr:
    """Numerator and denominator of every fraction multiplied by `what`, term by term."""
    assert isinstance(what, Expr)

    def extended(e: Expr) -> Expr:
        above, number, below = _fraction(e)
        if not any(isinstance(base, Add | Sum) for base in below):
            return e
        factors = [Pow(b, n) for b, n in below.items()]
        first = next(n for n, b in enumerate(below) if isinstance(b, Add | Sum))
        if below[list(below)[first]] != 1:
            return e
        factors[first] = _times(factors[first], what)
        return _times(above, what) / (number * Mul(*factors))

    def outermost(e: Basic) -> Basic:
        if isinstance(e, Mul | Pow) and (new := extended(e)) != e:
            return new
        return e.func(*map(outermost, e.args)) if e.args else e

    return outermost(freshen(term))


def _times(term: Expr, what: Expr) -> Expr:
    """`what` multiplied into every term of a sum, powers combined."""
    if isinstance(term, Add):
        return Add(*(_times(part, what) for part in term.args))
    if isinstance(term, Sum):
        return Sum(_times(term.function, what), *term.limits)
    return powsimp(term * what, combine="exp")


def take_out(term: Expr, situation: Situation, what: What) -> Expr:
    """a c + b c = c (a + b), for the factor c = `what` of every term of a sum."""
    assert isinstance(what, Expr)
    wanted = structure(what).as_powers_dict()

    def taken(e: Add) -> Expr:
        if all(_contains(structure(part).as_powers_dict(), wanted) for part in e.args):
            return what * Add(*(structure(part) / structure(what) for part in e.args))
        return e

    return under_sums(term, what, lambda e: each(e, lambda part: isinstance(part, Add), taken))


def _contains(powers: dict[Expr, Expr], wanted: dict[Expr, Expr]) -> bool:
    """Whether a product holds each factor of another, to the same power or a higher one."""
    return all(
        base.is_Number
        or (base in powers and (powers[base] / n).is_Rational and powers[base] / n >= 1)
        for base, n in wanted.items()
    )


def simplify_with_sympy(term: Expr, situation: Situation) -> Expr:
    """Whatever SymPy finds simplest."""
    return simplify(term)
