r"""Sums over indices, derivatives, values at a point and case distinctions as textbook LaTeX."""

from __future__ import annotations

from dataclasses import replace

from sympy import Basic, Expr, Lambda, Or, Piecewise, Product, Sum, Symbol, ordered, true
from sympy.core.function import AppliedUndef

from cesym.errors import UnsupportedTerm
from cesym.terms.differentiation import At, Diff
from cesym.terms.functions import Named
from cesym.terms.printing.applications import command_of
from cesym.terms.printing.names import Scope
from cesym.terms.printing.order import monomial
from cesym.terms.printing.text import Level, Text, Writer, braced

RELATIONS: dict[str, str] = {
    "==": "=",
    "<=": r"\le",
    ">=": r"\ge",
    "<": "<",
    ">": ">",
    "!=": r"\ne",
    "iff": r"\iff",
    "is": "",
}
"""Operator of a claim -> LaTeX."""

MOST_PRIMES = 3
"""A higher derivative of a function of one variable is written as a fraction."""

REAL = Symbol("x", real=True).assumptions0


def big(writer: Writer, term: Sum | Product) -> Text:
    """Sums and products over indices, the last limits outermost."""
    command, heads = (r"\sum" if isinstance(term, Sum) else r"\prod"), []
    for index, lower, upper in reversed(term.limits):
        outside, writer = writer, writer.within(writer.scope.binding(index))
        below = f"{writer.write(index).latex}={outside.write(lower).latex}"
        heads.append(f"{command}_{{{below}}}^{{{outside.write(upper).latex}}}")
    alone = monomial(term.function).number == 1 and len(monomial(term.function).above) == 1
    level = Level.PRODUCT if isinstance(term, Sum) or alone else Level.OPEN
    body = writer.at_least(level, term.function)
    return replace(body, latex=" ".join([*heads, body.latex]), level=Level.OPEN, tall=True)


def steps_of(term: Basic) -> tuple[Basic, list[tuple[Basic, int]]]:
    """The body of nested derivatives, and variables with their orders, the last one first."""
    steps: list[tuple[Basic, int]] = []
    while isinstance(term, Diff):
        term, variable, order = term.args
        if steps and steps[-1][0] == variable:
            steps[-1] = (variable, steps[-1][1] + int(str(order)))
        else:
            steps.append((variable, int(str(order))))
    return term, steps


def at_home(scope: Scope, body: Basic) -> bool:
    """Whether `body` is a defined function at its own parameters."""
    if not isinstance(body, AppliedUndef):
        return False
    definition = scope.context.definitions.get(body.func.__name__)
    names = [scope.spelling(argument).plain for argument in body.args if argument.is_Symbol]
    return definition is not None and names == [
        parameter.name for parameter in definition.parameters
    ]


def derivative(writer: Writer, term: Diff) -> Text:
    r"""`\frac{\partial^2 J}{\partial s^2}`, or the operator before a body in brackets."""
    body, steps = steps_of(term)
    order = sum(count for _, count in steps)
    above = r"\partial" if order == 1 else rf"\partial^{braced(str(order))}"
    below = " ".join(
        rf"\partial {writer.write(variable).latex}"
        + ("" if count == 1 else f"^{braced(str(count))}")
        for variable, count in reversed(steps)
    )
    if at_home(writer.scope, body):
        family = writer.scope.context.is_family(body.func.__name__)
        name = writer.write(body).latex if family else writer.scope.spelling(body).latex
        return Text(rf"\frac{{{above} {name}}}{{{below}}}", Level.APPLIED, 0, True)
    inside = writer.at_least(Level.ATOM, body)
    return replace(
        inside, latex=rf"\frac{{{above}}}{{{below}}} {inside.latex}", level=Level.OPEN, tall=True
    )


def evaluated(writer: Writer, term: At) -> Text:
    r"""`\sigma'(s)`, or `\left. body \right|_{q = value}`."""
    function, value = term.args
    if not isinstance(function, Lambda):
        raise UnsupportedTerm("{term} cannot be written in LaTeX", term=str(term))
    if (name := primed(writer, function)) is not None:
        return writer.called(name, [value])
    (variable,) = function.signature
    inside = writer.within(writer.scope.standing_for(variable, function.expr))
    body, name = inside.write(function.expr), inside.write(variable).latex
    latex = rf"\left. {body.latex} \right|_{{{name} = {writer.write(value).latex}}}"
    return Text(latex, Level.APPLIED, body.brackets, True)


def primed(writer: Writer, function: Lambda) -> str | None:
    r"""`\sigma'` when `function` is a derivative of a function of one variable."""
    (variable,) = function.signature
    body, steps = steps_of(function.expr)
    if (
        len(steps) != 1
        or body.args != (variable,)
        or steps[0][0] != variable
        or steps[0][1] > MOST_PRIMES
    ):
        return None
    primes = "'" * steps[0][1]
    if isinstance(body, AppliedUndef):
        definition = writer.scope.context.definitions.get(body.func.__name__)
        like = definition and definition.parameters[0].assumptions0 == variable.assumptions0
        return writer.scope.spelling(body).latex + primes if like else None
    if isinstance(body, Named) and variable.assumptions0 == REAL:
        return command_of(writer, type(body).__name__) + primes
    return None


def branches(term: Piecewise) -> list[tuple[Expr, Basic]]:
    """The cases, one relation each: SymPy joins those with the same value by `or`.

    Raises UnsupportedTerm when the last one is not for everything else.
    """
    if term.args[-1][1] != true:
        raise UnsupportedTerm("the cases of {term} do not cover everything", term=str(term))
    return [
        (value, one)
        for value, test in term.args
        for one in (ordered(test.args) if isinstance(test, Or) else [test])
    ]


def cases(writer: Writer, term: Piecewise) -> Text:
    """One case a row."""
    rows = []
    for value, test in branches(term):
        when = r"\text{otherwise}" if test == true else rf"\text{{if }} {_test(writer, test)}"
        rows.append(rf"{writer.write(value).latex} & {when}")
    joined = r" \\ ".join(rows)
    return Text(rf"\begin{{cases}} {joined} \end{{cases}}", Level.FRACTION, 0, True)


def _test(writer: Writer, test: Expr) -> str:
    """The condition of a case."""
    operator = getattr(test, "rel_op", None)
    if operator not in RELATIONS:
        raise UnsupportedTerm("{term} cannot be written in LaTeX", term=str(test))
    left, right = test.args
    return f"{writer.write(left).latex} {RELATIONS[operator]} {writer.write(right).latex}"


OPERATORS = {Sum: big, Product: big, Diff: derivative, At: evaluated, Piecewise: cases}
"""Head -> printer."""
