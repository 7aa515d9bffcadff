"""From a program to lines of C: a table of what each operation is called, and a short walk.

Three grades of arithmetic are written by the same walk. In the grade *single* an operation takes
and gives one float; in *pair*, float64 results are carried as unevaluated sums hi + lo of two, as
far as they are not exact, with about 2^-60 of relative error; in *exact*, every number is such a
sum, good to about 2^-100, one number at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from cesym.codegen.c.numbers import Numbers
from cesym.codegen.c.values import (
    EXACT,
    ONE_FLOAT,
    PAIR,
    SINGLE,
    TEST,
    TRUTH,
    TWO_FLOATS,
    Value,
    exact,
    leaf,
    names,
)
from cesym.codegen.nodes import ARGUMENT, NUMBER, TESTS, Node, number, operation
from cesym.codegen.sharing import at_the_end, uses
from cesym.errors import UnsupportedTerm
from cesym.terms.domains import Declaration

FUNCTIONS = ("exp", "log", "log1p", "expm1", "sqrt", "tanh")

LEAST, MOST = Fraction(1, 2**100), Fraction(2**100)
"""Denominators within are divided by with the processor's estimate of their inverse."""


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a function in C; `@` stands for the dialect.

    `used` are the arguments that occur. A `fragile` body sets the flag `bad` where so much is
    cancelled that roundings show.
    """

    lines: tuple[str, ...]
    used: frozenset[str]
    fragile: bool


def body(
    programs: Mapping[str, Node],
    declarations: tuple[Declaration, ...],
    grade: str,
    *,
    careful: bool = False,
) -> Body:
    """Statements that store the result of every program where the pointer of its name points.

    With `careful` they look for cancellation. Raises UnsupportedTerm.

    >>> from cesym.codegen.nodes import argument, operation
    >>> from cesym.terms.domains import REAL
    >>> s = argument("s")
    >>> found = body({"r": operation("*", s, s)}, (Declaration("s", REAL),), PAIR)
    >>> found.lines
    ('@P a = @mul_xx(s, s);', '*r = @rounded(a);')
    """
    taken = {*(declaration.name for declaration in declarations), *programs, "bad"}
    walk = _Walk(grade, Numbers(declarations), taken, careful)
    walk.write(programs)
    return Body(tuple(walk.lines), frozenset(walk.used()), walk.fragile)


@dataclass(slots=True)
class _Walk:
    """One walk. What was computed once is `known`."""

    grade: str
    numbers: Numbers
    taken: set[str]
    careful: bool
    lines: list[str] = field(default_factory=list)
    known: dict[Node, Value] = field(default_factory=dict)
    uses: Counter[Node] = field(default_factory=Counter)
    loose: set[Node] = field(default_factory=set)
    fragile: bool = False

    def write(self, results: Mapping[str, Node]) -> None:
        self.uses = uses(results.values())
        self.loose = set(at_the_end(results.values(), self.uses))
        for name, node in results.items():
            self.store(name, node)

    def store(self, name: str, node: Node) -> None:
        found = self.use(node)
        if self.grade == EXACT:
            self.lines.append(f"*{name} = {found.text}.hi + {found.text}.lo;")
        elif found.kind == ONE_FLOAT:
            self.lines.append(f"*{name} = {found.text};")
        else:
            rounded = "rounded" if self.numbers.may_be_infinite(node) else "joined"
            self.lines.append(f"*{name} = @{rounded}({found.text});")

    def use(self, node: Node) -> Value:
        if node not in self.known:
            value = leaf(node, self.grade) if node.is_leaf else self.named(node, self.fresh(node))
            self.known[node] = value
            if node.head in ("+", "-") and self.grade != EXACT:
                self.watch(node, value)
        return self.known[node]

    def named(self, node: Node, value: Value) -> Value:
        name = next(n for n in names(node) if n not in self.taken)
        self.taken.add(name)
        kind = "cesym_dd" if self.grade == EXACT else {"x": "@V", "p": "@P", "m": "@M"}[value.kind]
        if self.grade == EXACT and value.kind == TRUTH:
            kind = "int"
        self.lines.append(f"{kind} {name} = {value.text};")
        return Value(name, value.kind)

    def fresh(self, node: Node) -> Value:
        if self.grade == EXACT:
            return self.exact(node)
        rule = getattr(self, _METHODS.get(node.head, "function"), None)
        assert rule is not None
        return rule(node)

    def nothing(self, _node: Node) -> Value:
        """What rounding takes from an exponential: a pair holds it, and float32 ends before it."""
        return self.use(number(0))

    def exact(self, node: Node) -> Value:
        """An operation on pairs that are good to 2^-100."""
        if node.head == "exp_error":
            return self.nothing(node)
        operands = [self.use(operand).text for operand in node.operands]
        return exact(node.head, operands)

    # The grades single and pair.

    def sum(self, node: Node) -> Value:
        a, b = node.operands
        minus = node.head == "-"
        if self.grade == SINGLE:
            return self.single_sum(a, b, minus=minus)
        left, right = self.use(a), self.use(b)
        if minus:
            right = self.negative(right)
        ordered = self.numbers.ordered(a, b)
        if ordered < 0 or (ordered == 0 and right.kind > left.kind):
            left, right = right, left
        name = "join" if ordered else "add"
        if name == "join" and right.kind == "x" and left.kind == "p":
            return Value(f"@join_px({left.text}, {right.text})", TWO_FLOATS)
        return Value(f"@{name}_{left.kind}{right.kind}({left.text}, {right.text})", TWO_FLOATS)

    def single_sum(self, a: Node, b: Node, *, minus: bool) -> Value:
        for first, second, form in ((b, a, "fnma" if minus else "fma"), (a, b, "fma")):
            if first.head in ("*", "weigh") and self.uses[first] == 1 and first not in self.known:
                x, y = self.factors(first)
                other = self.use(second).text
                if minus and first is a:
                    other = f"@neg({other})"
                return Value(f"@{form}({x}, {y}, {other})", ONE_FLOAT)
        return Value(f"{self.use(a).text} {'-' if minus else '+'} {self.use(b).text}", ONE_FLOAT)

    def factors(self, node: Node) -> tuple[str, str]:
        a, b = (self.use(operand).text for operand in node.operands)
        return (a, self.tamed(node, a, b)) if node.head == "weigh" else (a, b)

    def tamed(self, node: Node, weight: str, size: str) -> str:
        found = self.numbers.interval(node.operands[1])
        signed = found is None or found.low < 0
        return f"@tame{'_both' if signed else ''}({weight}, {size})"

    def product(self, node: Node) -> Value:
        if self.grade == SINGLE:
            x, y = self.factors(node)
            return Value(f"{x} * {y}", ONE_FLOAT)
        a, b = (self.use(operand) for operand in node.operands)
        if node.head == "weigh":
            weight = a.text if a.kind == "x" else f"{a.text}.hi"
            if b.kind != "x":
                b = self.named(node.operands[1], b)
                high = self.tamed(node, weight, f"{b.text}.hi")
                b = Value(f"@pair({high}, {b.text}.lo)", TWO_FLOATS)
            else:
                b = Value(self.tamed(node, weight, b.text), ONE_FLOAT)
                b = self.named(node.operands[1], b)
        first, second = sorted((a, b), key=lambda v: v.kind != "x")
        return Value(f"@mul_{first.kind}{second.kind}({first.text}, {second.text})", TWO_FLOATS)

    def quotient(self, node: Node) -> Value:
        above, divisor = node.operands
        if isinstance(divisor.leaf, Fraction) and divisor.leaf in (2, 4, 8):
            return self.product(operation("*", number(1 / divisor.leaf), above))
        a, b = (self.use(operand) for operand in node.operands)
        below = self.numbers.closed(node.operands[1])
        near = below is not None and below.smallest >= LEAST and below.largest <= MOST
        if self.grade == SINGLE:
            text = f"{a.text} * @inverse({b.text})" if near else f"{a.text} / {b.text}"
            return Value(text, ONE_FLOAT)
        a, b = self.paired(a), self.paired(b)
        name = "div" if not near else "ratio" if node in self.loose else "over"
        return Value(f"@{name}_pp({a.text}, {b.text})", TWO_FLOATS)

    def negation(self, node: Node) -> Value:
        return self.negative(self.use(node.operands[0]))

    def negative(self, value: Value) -> Value:
        return Value(f"@neg{'_p' if value.kind == 'p' else ''}({value.text})", value.kind)

    def magnitude(self, node: Node) -> Value:
        value = self.use(node.operands[0])
        return Value(f"@abs{'_p' if value.kind == 'p' else ''}({value.text})", value.kind)

    def extremum(self, node: Node) -> Value:
        """The second operand of @max and @min is passed on where one is nan: the argument's."""
        a, b = sorted(node.operands, key=lambda operand: operand.head != NUMBER)
        left, right = self.use(a), self.use(b)
        if left.kind == right.kind == "x":
            return Value(f"@{node.head}({left.text}, {right.text})", ONE_FLOAT)
        left, right = self.paired(left), self.paired(right)
        return Value(f"@{node.head}_p({left.text}, {right.text})", TWO_FLOATS)

    def test(self, node: Node) -> Value:
        a, b = (self.use(operand) for operand in node.operands)
        if node.head[0] == "<":
            a, b = b, a
        # Where the rounding decides, both cases are right.
        left, right = (f"{v.text}.hi" if v.kind == TWO_FLOATS else v.text for v in (a, b))
        return Value(f"@{TEST[node.head]}({left}, {right})", TRUTH)

    def choice(self, node: Node) -> Value:
        test, a, b = (self.use(operand) for operand in node.operands)
        if test.kind != TRUTH:
            raise UnsupportedTerm("a condition must be a comparison")
        if a.kind == b.kind == "x":
            return Value(f"@select({test.text}, {a.text}, {b.text})", ONE_FLOAT)
        a, b = self.paired(a), self.paired(b)
        return Value(f"@select_p({test.text}, {a.text}, {b.text})", TWO_FLOATS)

    def function(self, node: Node) -> Value:
        (operand,) = node.operands
        value, where = self.use(operand), self.numbers.interval(operand)
        name, text = node.head, value.text
        if name in ("exp", "expm1"):
            limited = "above" if where is not None and where.high <= 0 else "within"
            text = f"@{limited}{'_p' if value.kind == 'p' else ''}({text})"
        if name == "log1p" and where is not None and where.low >= 0 and where.high <= 1:
            name = "log1p_unit"
            if node in self.loose and self.grade == PAIR:
                name = "log1p_unit_loose"
        suffix = "" if self.grade == SINGLE else f"_{value.kind}"
        return Value(f"@{name}{suffix}({text})", "x" if self.grade == SINGLE else "p")

    def used(self) -> set[str]:
        return {str(node.leaf) for node in self.known if node.head == ARGUMENT}

    # What is known of the numbers.

    def paired(self, value: Value) -> Value:
        if value.kind == "p":
            return value
        return Value(f"@pair({value.text}, @set(0.0))", TWO_FLOATS)

    def watch(self, node: Node, value: Value) -> None:
        """Where a rounded term may be cancelled, see whether it is."""
        operands = [self.known[o] for o in node.operands if o in self.known]
        rounded = self.grade == SINGLE or any(operand.kind == "p" for operand in operands)
        if not (self.careful and rounded and self.numbers.may_cancel(node)):
            return
        part = next((o for o in operands if o.kind == "p"), operands[-1])
        high = ".hi" if self.grade == PAIR else ""
        against = part.text + (high if part.kind == "p" else "")
        self.lines.append(f"bad |= @cancels({value.text}{high}, {against});")
        self.fragile = True


_METHODS = {
    "+": "sum",
    "-": "sum",
    "*": "product",
    "weigh": "product",
    "/": "quotient",
    "neg": "negation",
    "abs": "magnitude",
    "max": "extremum",
    "min": "extremum",
    "where": "choice",
    "exp_error": "nothing",
    **dict.fromkeys(TESTS, "test"),
}
