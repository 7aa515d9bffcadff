"""Rules that take derivatives."""

from __future__ import annotations

from sympy import (
    Add,
    Basic,
    Expr,
    Function,
    Indexed,
    Integer,
    Lambda,
    Mul,
    S,
    Sum,
    Symbol,
    log,
)
from sympy.core.function import AppliedUndef

from cesym.derivation.rules.dependence import depends
from cesym.derivation.rules.logarithms import expanded
from cesym.derivation.rules.rule import RuleFails, Situation, each
from cesym.terms.binders import fresh_like
from cesym.terms.context import Context
from cesym.terms.differentiation import At, D, Diff, evaluate
from cesym.terms.functions import Named


def differentiate(term: Expr, situation: Situation) -> Expr:
    """Every derivative in the line, taken; numbers go in front of sums."""
    context = situation.context
    ready = each(term, lambda e: isinstance(e, Diff), lambda e: _differentiable(e, context))
    taken = evaluate(ready, context.ranges())
    return each(taken, lambda e: isinstance(e, Sum | Mul), _number_in_front)


def _number_in_front(term: Sum | Mul) -> Expr:
    """The number that divides every term of a sum in front of it, where it may cancel another."""
    if isinstance(term, Sum):
        number, rest = term.function.as_coeff_Mul()
        return number * Sum(rest, *term.limits)
    if len(term.args) - term.args[0].is_Rational < 2:  # SymPy would multiply it in again
        return term
    parts = [part.primitive() if isinstance(part, Add) else (S.One, part) for part in term.args]
    return Mul(*(number for number, _ in parts), *(part for _, part in parts))


def _differentiable(term: Diff, context: Context) -> Expr:
    """A derivative with those definitions put in that depend on its variable, and logarithms
    expanded, which keeps it short.
    """
    body, variable, order = term.args

    def moves(e: Basic) -> bool:
        return isinstance(e, AppliedUndef) and depends(e, variable, context)

    while any(map(moves, body.atoms(AppliedUndef))):
        body = each(body, moves, lambda e: _unfolded(e, context))
    return Diff(each(body, lambda e: isinstance(e, log), expanded), variable, order)


def _unfolded(call: Expr, context: Context) -> Expr:
    return context.definitions[type(call).__name__].apply(*call.args)


def chain_rule(term: Expr, situation: Situation) -> Expr:
    """d/dx F(..., u(x), ...) = dF/du at u(x), times du/dx, for the one argument that depends on
    x. F was defined on the page, or is a named function of one number.
    """
    return each(
        term,
        lambda e: isinstance(e, Diff) and e.args[2] == 1,
        lambda e: _chained(e, situation.context),
    )


def _chained(term: Diff, context: Context) -> Expr:
    body, variable, _ = term.args
    call = body
    while isinstance(call, AppliedUndef) and variable in call.args:
        call = context.definitions[call.func.__name__].apply(*call.args)
    inner = [argument for argument in call.args if depends(argument, variable, context)]
    if not _is_chain(call, variable) or not inner:
        return through_definitions(term, context)
    if len(inner) > 1:
        raise RuleFails("more than one argument depends on {variable}", variable=str(variable))
    parameter = _parameter(call, call.args.index(inner[0]), context)
    # A new name: the parameter may be the name of another argument, as in L(sigma(s), p).
    bound = fresh_like(parameter)
    outer = call.func(*(bound if argument == inner[0] else argument for argument in call.args))
    slope = Lambda(bound, Diff(outer, bound, Integer(1)))
    return At(slope, inner[0]) * Diff(inner[0], variable, Integer(1))


def _is_chain(call: Expr, variable: Expr) -> bool:
    """Whether the chain rule has something to say of a call: of sigma(x) by x it has not."""
    return isinstance(call, AppliedUndef) or (
        isinstance(call, Named) and len(call.args) == 1 and call.args[0] != variable
    )


def _parameter(call: Expr, place: int, context: Context) -> Symbol:
    """A name for one argument of a function: that of its definition."""
    if isinstance(call, Named):
        return Symbol("x", real=True)
    return context.definitions[type(call).__name__].parameters[place]


def through_definitions(term: Diff, context: Context) -> Expr:
    """The derivative of a term by what it is made of, for a term that depends on the variable
    through definitions only: each of these leaves its own derivative. Else `term`.
    """
    body, variable, _ = term.args
    calls = [call for call in body.atoms(AppliedUndef) if depends(call, variable, context)]
    if isinstance(body, AppliedUndef) or not calls:
        return term
    if body.has(variable.base if isinstance(variable, Indexed) else variable):
        return term
    opaque = body.xreplace({call: _Inner(call, variable) for call in calls})
    found = D(opaque, variable, ranges=context.ranges())
    return found.replace(_Inner, lambda call, _: call)


class _Inner(Function):
    """`_Inner(call, variable)`: a call while SymPy differentiates what stands around it."""

    is_real = True

    def _eval_derivative(self, s: Expr) -> Expr:
        return Diff(self.args[0], s, Integer(1))
