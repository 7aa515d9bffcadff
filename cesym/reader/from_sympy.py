"""SymPy expressions as syntax trees, so that they get the same meaning and the same side conditions
as a text.

Used for what a SymPy user hands in, and for what a rule of a derivation returns. Symbols are
matched to declarations by name; SymPy `Float`s are refused, since SymPy rounds them before anybody
can look.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from sympy import (
    Abs,
    Add,
    Basic,
    Expr,
    Float,
    Indexed,
    KroneckerDelta,
    Lambda,
    Max,
    Min,
    Mul,
    Piecewise,
    Pow,
    Product,
    S,
    Sum,
    Symbol,
    atanh,
    cosh,
    exp,
    log,
    loggamma,
    sign,
    sinh,
    tanh,
)
from sympy import Derivative as SymPyDerivative
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from cesym.errors import ReadError
from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Cases,
    Comparison,
    Constant,
    Derivative,
    Evaluated,
    Extremum,
    Limit,
    Name,
    Negate,
    Node,
    Number,
    Prime,
    Subscript,
)
from cesym.terms.binders import substitute
from cesym.terms.differentiation import At, Diff
from cesym.terms.functions import TABLE, Named, VectorNamed
from cesym.terms.optimisation import ArgMin, LimitOf, MinValue

CALLS: dict[type[Basic], str] = {
    exp: "exp",
    log: "log",
    Abs: "abs",
    sign: "sign",
    Max: "max",
    Min: "min",
    tanh: "tanh",
    cosh: "cosh",
    sinh: "sinh",
    atanh: "atanh",
    loggamma: "lgamma",
    KroneckerDelta: "delta",
}
VECTOR_ARGUMENTS = {"softmax": 1, "logsumexp": 1, "entropy": 1, "cross_entropy": 2, "kl": 2}


def from_sympy(expression: Expr) -> Node:
    """The syntax tree of a SymPy expression.

    >>> x = Symbol("x")
    >>> from_sympy(x + 1) == Binary("+", Name("x"), Number(Fraction(1)))
    True
    """
    return _Walk().node(expression)


class _Walk:
    """One walk: gives every bound index a name of its own."""

    def __init__(self) -> None:
        self.bound = 0

    def node(self, term: Basic) -> Node:
        if isinstance(term, Float):
            raise ReadError(
                "{number} is a SymPy Float, which is already rounded",
                remedy="use Rational or an integer",
                number=str(term),
            )
        if term.is_Rational:
            return _number(Fraction(int(term.p), int(term.q)))
        for head, rule in _RULES:
            if isinstance(term, head):
                return rule(self, term)
        raise ReadError("{head} is not supported in a formula", head=type(term).__name__)

    def name(self, symbol: Symbol) -> Node:
        return Name(symbol.name)

    def indexed(self, term: Indexed) -> Node:
        return Subscript(Name(str(term.base.label)), tuple(map(self.node, term.indices)))

    def add(self, term: Add) -> Node:
        first, *rest = term.as_ordered_terms()
        result = self.node(first)
        for part in rest:
            if part.could_extract_minus_sign():
                result = Binary("-", result, self.node(-part))
            else:
                result = Binary("+", result, self.node(part))
        return result

    def multiply(self, term: Mul) -> Node:
        coefficient, rest = term.as_coeff_Mul()
        if coefficient.is_negative:
            return (
                Negate(self.node(-term))
                if coefficient != -1 or not rest.is_Mul
                else Negate(self.node(rest))
            )
        if coefficient.is_Rational and coefficient.q != 1 and rest.is_Mul:
            # A number beside one sum alone would be multiplied into it when this is read again.
            return Binary("/", self.node(term * coefficient.q), _number(Fraction(coefficient.q)))
        above = [f for f in Mul.make_args(term) if not _divides(f)]
        below = [1 / f for f in Mul.make_args(term) if _divides(f)]
        top = self.chain(above) if above else _number(Fraction(1))
        return Binary("/", top, self.chain(below)) if below else top

    def chain(self, factors: list[Expr]) -> Node:
        first, *rest = map(self.node, factors)
        for factor in rest:
            first = Binary("*", first, factor)
        return first

    def power(self, term: Pow) -> Node:
        if _divides(term):
            return Binary("/", _number(Fraction(1)), self.node(1 / term))
        if term.exp == S.Half:
            return Call("sqrt", (self.node(term.base),))
        return Binary("^", self.node(term.base), self.node(term.exp))

    def call(self, term: Expr) -> Node:
        head = next(name for cls, name in CALLS.items() if isinstance(term, cls))
        return Call(head, tuple(map(self.node, term.args)))

    def named(self, term: Named) -> Node:
        return Call(type(term).__name__, tuple(map(self.node, term.args)))

    def vector_named(self, term: VectorNamed) -> Node:
        """A function of vectors, its arguments as whole vectors again; unfolded where they are not
        of that form.
        """
        name = type(term).__name__
        rows = _rows(term.args[0]) if name == "softmax" else ()
        vectors = [self.vector(argument, rows) for argument in term.args[: VECTOR_ARGUMENTS[name]]]
        if any(vector is None for vector in vectors):
            return self.node(TABLE[name].definition(*term.args))
        call = Call(name, tuple(v for v in vectors if v is not None))
        if name != "softmax":
            return call
        return Subscript(call, tuple(map(self.node, (*rows, term.args[2]))))

    def vector(self, function: Basic, rows: tuple[Expr, ...] = ()) -> Node | None:
        """The vector whose entry is `function`: whole vectors, or matrices of which `rows` says the
        row, combined with numbers; None when the index is used otherwise.
        """
        assert isinstance(function, Lambda)
        (index,) = function.signature
        body, place = function.expr, (*rows, index)
        whole = {e: Symbol(str(e.base.label)) for e in body.atoms(Indexed) if e.indices == place}
        folded = body.xreplace(whole)
        return None if folded.has(index) or not whole else self.node(folded)

    def applied(self, term: AppliedUndef) -> Node:
        name = term.func.__name__
        return Call(name, tuple(map(self.node, term.args))) if term.args else Name(name)

    def big_operator(self, term: Sum | Product) -> Node:
        (index, lower, upper), inner = term.limits[-1], term.limits[:-1]
        self.bound += 1
        # No more assumptions than the index had: SymPy would simplify the body by them.
        new = Symbol(f"{index.name.strip('@')}_{self.bound}", **index.assumptions0)
        body = term.func(term.function, *inner) if inner else term.function
        kind = "sum" if isinstance(term, Sum) else "product"
        return BigOperator(
            kind,
            self.node(substitute(body, {index: new})),
            new.name,
            self.node(lower),
            self.node(upper),
        )

    def diff(self, term: Diff) -> Node:
        variables = []
        while isinstance(term, Diff):
            body, variable, order = term.args
            variables.append((self.node(variable), int(order)))
            term = body
        return Derivative(self.node(term), tuple(reversed(variables)))

    def at(self, term: At) -> Node:
        function, value = term.args
        assert isinstance(function, Lambda)
        (bound,) = function.signature
        body = function.expr
        if isinstance(body, Diff) and body.args[1] == bound and _is_plain_call(body.args[0], bound):
            called = body.args[0]
            name = called.func.__name__
            return Prime(name, int(body.args[2]), self.node(value))
        shown = Symbol(bound.name, **bound.assumptions0)
        if shown in body.free_symbols:
            raise ReadError(
                "{name} is bound in this derivative and stands beside it too",
                remedy="give the derivative a variable of its own",
                name=bound.name,
            )
        return Evaluated(
            self.node(substitute(body, {bound: shown})), Name(bound.name), self.node(value)
        )

    def limit(self, term: LimitOf) -> Node:
        body, variable, target, side = term.args
        name = Name(str(variable))
        return Limit(self.node(body), name, self.node(target), int(str(side)))

    def extremum(self, term: ArgMin | MinValue) -> Node:
        body, variable, *indices = term.args
        kind = "argmin" if isinstance(term, ArgMin) else "minvalue"
        node = Extremum(kind, self.node(body), Name(str(variable)))
        return Subscript(node, tuple(map(self.node, indices))) if indices else node

    def derivative(self, term: SymPyDerivative) -> Node:
        variables = tuple((self.node(v), int(n)) for v, n in term.variable_count)
        return Derivative(self.node(term.expr), variables)

    def cases(self, term: Piecewise) -> Node:
        branches: list[tuple[Node, Comparison | None]] = []
        for value, test in term.args:
            if isinstance(test, Relational):
                comparison = Comparison(test.rel_op, self.node(test.lhs), self.node(test.rhs))
                branches.append((self.node(value), comparison))
            elif test == True:  # noqa: E712
                branches.append((self.node(value), None))
            else:
                raise ReadError("the condition {condition} is not supported", condition=str(test))
        return Cases(tuple(branches))


def _number(value: Fraction) -> Node:
    return Negate(Number(-value)) if value < 0 else Number(value)


def _divides(term: Expr) -> bool:
    return isinstance(term, Pow) and bool(term.exp.is_Rational) and bool(term.exp < 0)


def _is_plain_call(term: Basic, bound: Symbol) -> bool:
    return isinstance(term, Named | AppliedUndef) and term.args == (bound,)


def _rows(function: Basic) -> tuple[Expr, ...]:
    """The row of a matrix along which `function` goes, `(n,)` for k -> Z[n, k]; else nothing."""
    assert isinstance(function, Lambda)
    (index,) = function.signature
    rows = {e.indices[:-1] for e in function.expr.atoms(Indexed) if e.indices[-1] == index}
    return rows.pop() if len(rows) == 1 else ()


_RULES: tuple[tuple[type | tuple[type, ...], Callable[[_Walk, Basic], Node]], ...] = (
    (Symbol, _Walk.name),
    (Indexed, _Walk.indexed),
    (Add, _Walk.add),
    (Mul, _Walk.multiply),
    (type(S.Exp1), lambda *_: Constant("e")),
    (type(S.Pi), lambda *_: Constant("pi")),
    (Diff, _Walk.diff),
    (At, _Walk.at),
    (VectorNamed, _Walk.vector_named),
    (Named, _Walk.named),
    (tuple(CALLS), _Walk.call),
    (Pow, _Walk.power),
    (AppliedUndef, _Walk.applied),
    ((Sum, Product), _Walk.big_operator),
    (SymPyDerivative, _Walk.derivative),
    (Piecewise, _Walk.cases),
    (LimitOf, _Walk.limit),
    ((ArgMin, MinValue), _Walk.extremum),
    (type(S.Infinity), lambda *_: Constant("oo")),
    (type(S.NegativeInfinity), lambda *_: Negate(Constant("oo"))),
)
