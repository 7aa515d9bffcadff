"""The one place that gives a syntax tree its meaning: node -> term, with the conditions under which
the text has a value.

Conditions are collected node by node, before SymPy sees the term as a whole, so that `x/x` still
asks for x != 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import singledispatchmethod
from itertools import pairwise

from sympy import (
    Abs,
    Dummy,
    E,
    Expr,
    I,
    Indexed,
    Integer,
    KroneckerDelta,
    Lambda,
    Max,
    Min,
    Piecewise,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    cosh,
    exp,
    log,
    loggamma,
    nan,
    oo,
    pi,
    sign,
    sinh,
    sqrt,
    tanh,
    zoo,
)
from sympy.core.relational import Relational

from cesym.errors import DomainError, Place, ReadError
from cesym.reader.arrays import Array, together, whole
from cesym.reader.syntax import (
    BigOperator,
    Binary,
    Call,
    Cases,
    Chain,
    Comparison,
    Constant,
    Define,
    Derivative,
    Evaluated,
    Name,
    Negate,
    Node,
    Number,
    Prime,
    Span,
    Subscript,
)
from cesym.terms.binders import substitute
from cesym.terms.claim import Claim
from cesym.terms.conditions import (
    Condition,
    Fact,
    kinks_of,
    nonnegative,
    nonzero,
    of_power,
    positive,
    strict,
)
from cesym.terms.context import Context, Definition, Hypothesis
from cesym.terms.differentiation import At, Diff, evaluate
from cesym.terms.domains import Declaration, FiniteSet, IndexRange, Interval
from cesym.terms.functions import TABLE

LITERAL_TERMS = 1000
"""The longest sum or product between literal limits that is written out."""

ELEMENTARY: dict[str, Callable[..., Expr]] = {
    "exp": exp,
    "log": log,
    "log2": lambda x: log(x) / log(2),
    "log10": lambda x: log(x) / log(10),
    "sqrt": sqrt,
    "abs": Abs,
    "sign": sign,
    "max": Max,
    "min": Min,
    "tanh": tanh,
    "cosh": cosh,
    "sinh": sinh,
    "atanh": lambda x: log((1 + x) / (1 - x)) / 2,
    "lgamma": loggamma,
    "delta": KroneckerDelta,
}
LOGARITHMS = ("log", "log2", "log10")
VECTOR_FUNCTIONS = ("softmax", "logsumexp", "entropy", "cross_entropy", "kl")
NEGATED = {"==": "!=", "<=": ">", "<": ">=", ">=": "<", ">": "<="}
TEST = {"==": "Eq", "<=": "Le", "<": "Lt", ">=": "Ge", ">": "Gt"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text stands, so that an error can point into it."""

    text: str
    name: str = "<formula>"
    line: int = 1
    column: int = 1

    def place(self, at: Span) -> Place:
        """The place of `at`, by line and column of the file."""
        before = self.text[: at.start]
        line = self.line + before.count("\n")
        column = at.start - (before.rfind("\n") + 1) + (self.column if "\n" not in before else 1)
        quoted = self.text.splitlines() or [""]
        return Place(self.name, line, column, quoted[min(before.count("\n"), len(quoted) - 1)])


@dataclass(frozen=True, slots=True)
class Elaborated:
    """A term, the conditions under which it has a value, and those under which it is smooth besides
    (`kinks`).
    """

    term: Expr
    conditions: tuple[Condition, ...] = ()
    kinks: tuple[Condition, ...] = ()


@dataclass(slots=True)
class _Frame:
    conditions: list[Condition] = field(default_factory=list)
    kinks: list[Condition] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Bound:
    symbol: Dummy
    lower: Expr
    upper: Expr


def elaborate(node: Node, context: Context, source: Source | None = None) -> Elaborated:
    """The meaning of an expression. Raises ReadError for a vector where a number is expected, a
    wrong index, and the like.
    """
    reading = _Elaborator(context, source or Source(""))
    value = reading.scalar(node)
    return Elaborated(value, tuple(reading.frame.conditions), tuple(reading.frame.kinks))


def claims_of(chain: Chain, context: Context, source: Source) -> tuple[Claim, ...]:
    """One claim for each link of a chain; a claim between vectors is a claim about the entry at a
    new index.
    """
    reading = _Elaborator(context, source)
    operands = []
    for node in chain.operands:
        if node is None:
            raise ReadError("a claim cannot have ? for a side", place=source.place(chain.at))
        with reading.collect() as frame:
            operands.append((reading.value(node), frame))
    text = source.text.strip()
    return tuple(
        _link(left, operator, right, context, text if len(operands) == 2 else "", source, chain.at)
        for (left, right), operator in zip(pairwise(operands), chain.operators, strict=True)
    )


def _link(left, operator, right, context: Context, text: str, source: Source, at: Span) -> Claim:
    (left_value, left_frame), (right_value, right_frame) = left, right
    try:
        left_term, right_term, shape = together(left_value, right_value)
    except ValueError:
        raise ReadError("the two sides have different sizes", place=source.place(at)) from None
    if shape is not None:
        context, free = _free_indices(context, shape)
        left_term, right_term = substitute(left_term, free), substitute(right_term, free)
    conditions = dict.fromkeys(left_frame.conditions + right_frame.conditions)
    return Claim(left_term, operator, right_term, context, tuple(conditions), text)


def _free_indices(context: Context, shape: Array) -> tuple[Context, dict[Expr, Expr]]:
    """`context` with a new free index for every axis of `shape`."""
    replacements: dict[Expr, Expr] = {}
    for index, size in zip(shape.indices, shape.sizes, strict=True):
        name = next(
            n for n in (*"ijklmn", *(f"i{c}" for c in range(99))) if context.kind(n) is None
        )
        context = context.declare(
            Declaration(name, IndexRange(int(size) if size.is_Integer else size.name), latex=name)
        )
        replacements[index] = context.symbol(name)
    return context, replacements


def definition_of(
    node: Define, context: Context, source: Source, *, assumed: bool = False
) -> Definition:
    """The definition that a `:=` states. Its parameters must be declared: their domains are the
    function's domain.
    """
    parameters = []
    for name in node.parameters:
        if context.kind(name) not in ("scalar", "index"):
            raise ReadError(
                "the parameter {name} of {function} is not a declared number",
                name=name,
                function=node.name,
                place=source.place(node.at),
            )
        parameters.append(context.symbol(name))
    body = elaborate(node.body, context, source)
    term = body.term
    for parameter in parameters:
        term = unhide(term, parameter, context)
    line = source.place(node.at).line
    return Definition(
        node.name, tuple(parameters), term, body.conditions, body.kinks, node.latex, assumed, line
    )


def unhide(term: Expr, variable: Symbol, context: Context) -> Expr:
    """`term` with definitions unfolded where they mention `variable` otherwise than through their
    arguments.

    After `P(y) := q^y (1-q)^(1-y)` the call `P(y)` hides q; before q is replaced or bound it has to
    be seen.
    """
    hiding = [
        definition.head
        for definition in context.definitions.values()
        if variable
        in context.unfold_definitions(definition.body).free_symbols - set(definition.parameters)
    ]
    return context.unfold_definitions(term) if hiding and term.has(*hiding) else term


def hypotheses_of(chain: Chain, context: Context, source: Source) -> tuple[Hypothesis, ...]:
    """One hypothesis for each link."""
    return tuple(
        Hypothesis(
            c.left,
            c.operator,
            c.right,
            c.conditions,
            source.text.strip(),
            source.place(chain.at).line,
        )
        for c in claims_of(chain, context, source)
    )


class _Elaborator:
    """Walks one text. Conditions go to the innermost frame; a binder or a branch collects those of
    its body and wraps them.
    """

    def __init__(self, context: Context, source: Source) -> None:
        self.context = context
        self.source = source
        self.scope: dict[str, _Bound] = {}
        self.frames = [_Frame()]

    @property
    def frame(self) -> _Frame:
        return self.frames[-1]

    @contextmanager
    def collect(self) -> Iterator[_Frame]:
        """The conditions of what is read inside, apart from the rest."""
        self.frames.append(_Frame())
        try:
            yield self.frame
        finally:
            self.frames.pop()

    def require(self, *conditions: Condition) -> None:
        self.frame.conditions.extend(self.settled(condition) for condition in conditions)

    def settled(self, condition: Condition) -> Condition:
        """With definitions unfolded and derivatives taken, so that substitution into it is safe."""
        return condition.map(
            lambda term: evaluate(self.context.unfold_definitions(term), self.context.ranges())
        )

    def error(
        self, node: Node | Chain, message: str, remedy: str | None = None, **params: object
    ) -> ReadError:
        return ReadError(message, place=self.source.place(node.at), remedy=remedy, **params)

    def scalar(self, node: Node) -> Expr:
        """The term of a node that must be a number."""
        value = self.value(node)
        if isinstance(value, Array):
            raise self.error(
                node,
                "a number is expected here, this is a vector",
                "write an entry of it, with an index",
            )
        return value

    def real(self, node: Node, term: Expr) -> Expr:
        """`term`, unless SymPy found out that it has no real value at all."""
        if term.has(zoo, nan, oo, -oo, I):
            raise DomainError("this has no real value", place=self.source.place(node.at))
        return term

    @singledispatchmethod
    def value(self, node: Node) -> Expr | Array:
        raise self.error(node, "{kind} cannot be used here", kind=type(node).__name__)

    @value.register
    def _(self, node: Number) -> Expr:
        return Rational(node.value.numerator, node.value.denominator)

    @value.register
    def _(self, node: Constant) -> Expr:
        constants = {"pi": pi, "e": E}
        if node.name not in constants:
            raise self.error(
                node, "infinity is not a number", "it can only be the end of an interval"
            )
        return constants[node.name]

    @value.register
    def _(self, node: Name) -> Expr | Array:
        if node.name in self.scope:
            return self.scope[node.name].symbol
        kind = self.context.kind(node.name)
        if kind is None:
            raise self.error(
                node,
                "{name} is not declared",
                'declare it, for example --let "{name} in real"',
                name=node.name,
            )
        if kind == "function":
            definition = self.context.definitions[node.name]
            call = f"{node.name}({', '.join(p.name for p in definition.parameters)})"
            raise self.error(
                node, "{name} is a function", "write {call}", name=node.name, call=call
            )
        if kind == "definition":
            definition = self.context.definitions[node.name]
            self.inherit(definition, {})
            return definition.folded
        symbol = self.context.symbol(node.name)
        if kind == "vector":
            return whole(
                symbol, tuple(map(self.context.size, self.context.declarations[node.name].shape))
            )
        return symbol

    def inherit(self, definition: Definition, replacements: dict[Expr, Expr]) -> None:
        """The conditions of a definition's body at its arguments."""
        self.require(*(c.instantiate(replacements) for c in definition.conditions))
        self.frame.kinks.extend(self.settled(c.instantiate(replacements)) for c in definition.kinks)

    @value.register
    def _(self, node: Negate) -> Expr | Array:
        return self.elementwise(node, lambda x: -x, self.value(node.operand))

    def elementwise(
        self, node: Node, function: Callable[..., Expr], *operands: Expr | Array
    ) -> Expr | Array:
        """`function` of numbers, or of vectors entry by entry."""
        if len(operands) == 1:
            (only,) = operands
            return only.map(function) if isinstance(only, Array) else function(only)
        try:
            left, right, shape = together(*operands)
        except ValueError:
            raise self.error(node, "the two operands have different sizes") from None
        result = function(left, right)
        return result if shape is None else Array(shape.sizes, shape.indices, result)

    def entrywise_conditions(
        self, node: Node, conditions: Callable[..., tuple[Condition, ...]], *operands: Expr | Array
    ) -> None:
        """Require `conditions` of numbers, or of every entry."""
        if len(operands) == 1:
            (only,) = operands
            found, shape = (
                (conditions(only.entry), only)
                if isinstance(only, Array)
                else (conditions(only), None)
            )
        else:
            left, right, shape = together(*operands)
            found = conditions(left, right)
        for condition in found:
            if shape is not None:
                for index, size in zip(shape.indices, shape.sizes, strict=True):
                    condition = condition.bind(index, S.One, size)
            self.require(condition)

    @value.register
    def _(self, node: Binary) -> Expr | Array:
        left, right = self.value(node.left), self.value(node.right)
        operations: dict[str, Callable[[Expr, Expr], Expr]] = {
            "+": lambda a, b: a + b,
            "-": lambda a, b: a - b,
            "*": lambda a, b: a * b,
            "/": lambda a, b: a / b,
            "^": lambda a, b: exp(b) if a == E else a**b,
        }
        if node.operator not in operations:
            raise self.error(
                node, "the operator {operator} is not supported yet", operator=node.operator
            )
        result = self.elementwise(node, operations[node.operator], left, right)
        if node.operator == "/" and not (
            not isinstance(right, Array) and right.is_Rational and right != 0
        ):
            self.entrywise_conditions(node, lambda a, b: (nonzero(b, "denominator"),), left, right)
        if node.operator == "^":
            self.entrywise_conditions(node, of_power, left, right)
        return result if isinstance(result, Array) else self.real(node, result)

    @value.register
    def _(self, node: Call) -> Expr | Array:
        if self.context.kind(node.function) == "function":
            return self.call_of_definition(node)
        if node.function in VECTOR_FUNCTIONS:
            return self.call_of_vectors(node)
        if node.function == "delta":
            indices = [self.index(argument) for argument in node.arguments]
            return KroneckerDelta(*indices)
        operands = [self.value(argument) for argument in node.arguments]
        function = ELEMENTARY.get(node.function) or (
            TABLE[node.function].head if node.function in TABLE else None
        )
        if function is None:
            raise self.error(node, "unknown function {name}", name=node.function)
        if len(operands) > 2:
            if any(isinstance(operand, Array) for operand in operands):
                raise self.error(node, "{name} takes numbers, not vectors", name=node.function)
            result: Expr | Array = function(*operands)
            kinked: tuple[Condition, ...] = kinks_of(function(*operands, evaluate=False))
        else:
            result = self.elementwise(node, function, *operands)
            self.entrywise_conditions(node, _conditions_of_call(node.function), *operands)
            kinked = self.kinks_of_call(node, function, *operands)
        self.frame.kinks.extend(self.settled(kink) for kink in kinked)
        return result if isinstance(result, Array) else self.real(node, result)

    def kinks_of_call(
        self, node: Call, function: Callable[..., Expr], *operands: Expr | Array
    ) -> tuple[Condition, ...]:
        if node.function not in ("abs", "sign", "max", "min"):
            return ()
        folded = self.elementwise(node, lambda *a: function(*a, evaluate=False), *operands)
        if not isinstance(folded, Array):
            return kinks_of(folded)
        found = kinks_of(folded.entry)
        for index, size in zip(folded.indices, folded.sizes, strict=True):
            found = tuple(kink.bind(index, S.One, size) for kink in found)
        return found

    def call_of_definition(self, node: Call) -> Expr:
        definition = self.context.definitions[node.function]
        if len(node.arguments) != len(definition.parameters):
            raise self.error(
                node,
                "{name} takes {count} arguments",
                name=node.function,
                count=len(definition.parameters),
            )
        arguments = [self.scalar(argument) for argument in node.arguments]
        self.inherit(definition, dict(zip(definition.parameters, arguments, strict=True)))
        return definition.head(*arguments)

    def call_of_vectors(self, node: Call) -> Expr | Array:
        vectors = [self.value(argument) for argument in node.arguments]
        for argument, vector in zip(node.arguments, vectors, strict=True):
            if not isinstance(vector, Array) or len(vector.sizes) not in (
                1,
                2 if node.function == "softmax" else 1,
            ):
                raise self.error(argument, "{name} takes vectors", name=node.function)
        first, *rest = vectors
        if any(vector.sizes != first.sizes for vector in rest):
            raise self.error(node, "the vectors have different sizes")
        row = TABLE[node.function]
        if node.function == "softmax":
            return self.softmax(first)
        arguments = [vector.as_lambda() for vector in vectors]
        self.require(*row.conditions(*arguments, first.sizes[0]))
        return row.head(*arguments, first.sizes[0])

    @staticmethod
    def softmax(logits: Array) -> Array:
        """softmax along the last axis, entry by entry."""
        *rows, last = logits.indices
        inner = Dummy(last.name, integer=True, positive=True)
        function = Lambda(inner, logits.at(*rows, inner))
        return Array(
            logits.sizes, logits.indices, TABLE["softmax"].head(function, logits.sizes[-1], last)
        )

    @value.register
    def _(self, node: Subscript) -> Expr:
        base = self.value(node.base)
        if not isinstance(base, Array):
            raise self.error(
                node, "a number has no entries", "declare it as a vector, or use another name"
            )
        if len(node.indices) != len(base.sizes):
            raise self.error(node, "this has {count} subscripts", count=len(base.sizes))
        indices = []
        for index, size in zip(node.indices, base.sizes, strict=True):
            indices.append(self.index(index))
            self.require(*self.within(index, size))
        return base.at(*indices)

    def index(self, node: Node) -> Expr:
        """An index: a bound or declared one, or a positive literal."""
        if isinstance(node, Number) and node.value.denominator == 1 and node.value > 0:
            return Integer(int(node.value))
        if isinstance(node, Name) and (
            node.name in self.scope or self.context.kind(node.name) == "index"
        ):
            return self.value(node)
        raise self.error(
            node, "an index is expected here", "a declared or summed index, or a number from 1 up"
        )

    def within(self, node: Node, size: Expr) -> tuple[Condition, ...]:
        """That the index stays within 1..size."""
        if isinstance(node, Name) and node.name in self.scope:
            lower, upper = self.scope[node.name].lower, self.scope[node.name].upper
        elif isinstance(node, Name):
            lower, upper = S.One, self.context.ranges()[self.context.symbol(node.name)]
        else:
            lower = upper = self.index(node)
        return tuple(
            nonnegative(margin, "index in range")
            for margin in (lower - 1, size - upper)
            if margin.is_nonnegative is not True
        )

    @value.register
    def _(self, node: BigOperator) -> Expr:
        lower, upper = self.scalar(node.lower), self.scalar(node.upper)
        if not (lower.is_integer and upper.is_integer):
            raise self.error(node, "the limits of a sum are integers")
        symbol = Dummy(node.index, integer=True, positive=True)
        outer = self.scope.get(node.index)
        self.scope[node.index] = _Bound(symbol, lower, upper)
        with self.collect() as frame:
            body = self.scalar(node.body)
        if outer is None:
            del self.scope[node.index]
        else:
            self.scope[node.index] = outer
        if lower.is_Integer and upper.is_Integer:
            return self.written_out(node, body, symbol, range(int(lower), int(upper) + 1), frame)
        self.require(*(condition.bind(symbol, lower, upper) for condition in frame.conditions))
        self.frame.kinks.extend(kink.bind(symbol, lower, upper) for kink in frame.kinks)
        if node.excluded is not None:
            if node.kind != "sum":
                raise self.error(node, "a product that leaves out an index is not supported yet")
            left_out = substitute(body, {symbol: self.index(node.excluded)})
            return Sum(body, (symbol, lower, upper)) - left_out
        return (Sum if node.kind == "sum" else Product)(body, (symbol, lower, upper))

    def written_out(
        self, node: BigOperator, body: Expr, symbol: Dummy, values: range, frame: _Frame
    ) -> Expr:
        """A sum or product between literal limits, term by term."""
        if len(values) > LITERAL_TERMS:
            raise self.error(
                node,
                "more than {count} terms",
                "use a symbol for the upper limit",
                count=LITERAL_TERMS,
            )
        excluded = self.index(node.excluded) if node.excluded is not None else None
        if excluded is not None and not excluded.is_Integer:
            raise self.error(
                node, "between literal limits the index left out must be a literal too"
            )
        kept = [{symbol: Integer(value)} for value in values if value != excluded]
        for replacements in kept:
            self.require(*(condition.instantiate(replacements) for condition in frame.conditions))
            self.frame.kinks.extend(kink.instantiate(replacements) for kink in frame.kinks)
        terms = [substitute(body, replacements) for replacements in kept]
        result = S.Zero if node.kind == "sum" else S.One
        for term in terms:
            result = result + term if node.kind == "sum" else result * term
        return result

    @value.register
    def _(self, node: Derivative) -> Expr:
        body, frame = self.differentiand(node.body)
        for variable, order in node.variables:
            symbol = self.variable(variable)
            frame = self.smooth(frame, symbol)
            body = Diff(body, symbol, Integer(order))
        self.frame.conditions.extend(frame.conditions)
        self.frame.kinks.extend(frame.kinks)
        return body

    def differentiand(self, node: Node) -> tuple[Expr, _Frame]:
        """The body of a derivative; the bare name of a function stands for it at its own
        parameters.
        """
        with self.collect() as frame:
            if isinstance(node, Name) and self.context.kind(node.name) == "function":
                definition = self.context.definitions[node.name]
                self.inherit(definition, {})
                return definition.folded, frame
            return self.scalar(node), frame

    def variable(self, node: Node) -> Symbol | Indexed:
        """What a derivative is taken by: a declared real number, or an entry of a real vector."""
        base = node.base if isinstance(node, Subscript) else node
        declaration = self.context.declarations.get(base.name) if isinstance(base, Name) else None
        symbol = self.scalar(node)
        if declaration is None or not isinstance(symbol, Symbol | Indexed):
            raise self.error(
                node, "a derivative is taken by a declared symbol or an entry of a vector"
            )
        domain = declaration.domain
        if isinstance(domain, FiniteSet | IndexRange) or (
            isinstance(domain, Interval) and domain.integer
        ):
            raise self.error(
                node,
                "there is no derivative by {name}: it takes only separate values",
                "declare it on an interval, for example {name} in [0, 1]",
                name=declaration.name,
            )
        return symbol

    @staticmethod
    def smooth(frame: _Frame, variable: Expr) -> _Frame:
        """The conditions of a derivative by `variable`: those of the body, in a neighbourhood, and
        away from kinks.
        """
        what = variable.base if isinstance(variable, Indexed) else variable
        opened = _Frame(kinks=list(frame.kinks))
        for condition in frame.conditions + [kink for kink in frame.kinks if kink.mentions(what)]:
            if not condition.mentions(what):
                opened.conditions.append(condition)
            else:
                opened.conditions.append(strict(condition))
        return opened

    @value.register
    def _(self, node: Prime) -> Expr:
        argument = self.scalar(node.argument)
        bound = Dummy("x", real=True)
        if self.context.kind(node.function) == "function":
            definition = self.context.definitions[node.function]
            if len(definition.parameters) != 1:
                raise self.error(
                    node,
                    "a prime needs a function of one variable",
                    "write it as a partial derivative",
                )
            (bound,) = definition.parameters
            body, frame = (
                definition.folded,
                _Frame(list(definition.conditions), list(definition.kinks)),
            )
        elif node.function in TABLE and node.function not in (*VECTOR_FUNCTIONS, "xlogy"):
            row = TABLE[node.function]
            body, frame = row.head(bound), _Frame(list(row.conditions(bound)))
        else:
            raise self.error(
                node, "{name}' is not known", "write it as a derivative", name=node.function
            )
        frame = self.smooth(frame, bound)
        fresh = Dummy(bound.name, **bound.assumptions0)
        self.require(*(condition.instantiate({bound: argument}) for condition in frame.conditions))
        function = Lambda(fresh, Diff(substitute(body, {bound: fresh}), fresh, Integer(node.order)))
        return At(function, argument)

    @value.register
    def _(self, node: Evaluated) -> Expr:
        variable, value = self.variable(node.variable), self.scalar(node.value)
        with self.collect() as frame:
            body = unhide(self.scalar(node.body), variable, self.context)
        self.require(*(condition.instantiate({variable: value}) for condition in frame.conditions))
        fresh = Dummy(variable.name, **variable.assumptions0)
        return At(Lambda(fresh, substitute(body, {variable: fresh})), value)

    @value.register
    def _(self, node: Cases) -> Expr:
        pieces, guards = [], ()
        for branch, test in node.branches:
            fact = None if test is None else self.test(test)
            with self.collect() as frame:
                value = self.scalar(branch)
            here = guards if fact is None else (*guards, fact)
            self.require(*(condition.guard(*here) for condition in frame.conditions))
            self.frame.kinks.extend(kink.guard(*here) for kink in frame.kinks)
            pieces.append((value, True if fact is None else _relational(fact)))
            if fact is None:
                break
            guards = (*guards, Fact(fact.term, NEGATED[fact.relation]))
        else:
            raise self.error(
                node, "the cases do not cover everything", "end with an otherwise branch"
            )
        result = Piecewise(*pieces)
        self.frame.kinks.extend(self.settled(kink) for kink in kinks_of(result))
        return result

    def test(self, node: Comparison) -> Fact:
        return Fact(
            self.scalar(node.left) - self.scalar(node.right),
            ">" if node.operator == ">" else node.operator,
        )


def _relational(fact: Fact) -> Relational:
    return Relational(fact.term, S.Zero, fact.relation)


def _conditions_of_call(name: str) -> Callable[..., tuple[Condition, ...]]:
    """The conditions of a call of an elementary or named function of numbers, as a function of its
    arguments.
    """
    if name in LOGARITHMS:
        return lambda x: (positive(x, "argument of log"),)
    if name == "sqrt":
        return lambda x: (nonnegative(x, "argument of sqrt"),)
    if name == "atanh":
        return lambda x: (
            positive(1 - x, "argument of atanh"),
            positive(1 + x, "argument of atanh"),
        )
    if name == "lgamma":
        return lambda x: (positive(x, "argument of lgamma"),)
    return TABLE[name].conditions if name in TABLE else lambda *_: ()
