"""A refuted claim, and what it might have been: as trees, in a context."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from cesym.prover.diagnosis.places import ASKED, index_places, names, places
from cesym.reader.syntax import Binary, Call, Name, Negate, Node, Number, Subscript
from cesym.terms.context import Context
from cesym.terms.domains import Declaration, IndexRange


@dataclass(frozen=True, slots=True)
class Trial:
    """A claim that may be true instead. `fields` fill in the message that names the mistake, and
    `where` is what is declared otherwise.
    """

    left: Node
    operator: str
    right: Node
    context: Context
    fields: Mapping[str, str] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """A side that may be wrong, and the trial with another in its stead."""

    node: Node
    put: Callable[..., Trial]


@dataclass(frozen=True, slots=True)
class Problem:
    """A claim that is refuted."""

    left: Node
    operator: str
    right: Node
    context: Context

    @property
    def trial(self) -> Trial:
        """The claim itself."""
        return Trial(self.left, self.operator, self.right, self.context)

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that may be wrong, the right one first. A side that says what is asked, such as
        a derivative, is the question and not the answer.
        """
        right = Side(self.right, lambda new, **fields: self._with(fields, right=new))
        left = Side(self.left, lambda new, **fields: self._with(fields, left=new))
        found = tuple(side for side in (right, left) if not isinstance(side.node, ASKED))
        return found or (right, left)

    def _with(self, fields: Mapping[str, str], **sides: Node) -> Trial:
        return replace(self.trial, fields=fields, **sides)

    @property
    def declarations(self) -> tuple[Declaration, ...]:
        """The symbols of the claim, and their sizes, as they are declared."""
        found = {*names(self.left), *names(self.right)} & set(self.context.declarations)
        found |= {str(s) for name in found for s in self.context.declarations[name].shape}
        return tuple(d for d in self.context if d.name in found)

    @property
    def sizes(self) -> tuple[Node, ...]:
        """The sizes of declared arrays and ranges of indices: names, and numbers above 2."""
        found: dict[Node, None] = {}
        for declaration in self.context:
            axes = list(declaration.shape)
            if isinstance(declaration.domain, IndexRange):
                axes.append(declaration.domain.size)
            for size in axes:
                if isinstance(size, str):
                    found[Name(size)] = None
                elif size > 2:
                    found[number(size)] = None
        return tuple(found)

    @property
    def counts(self) -> tuple[Node, ...]:
        """The numbers above 2 that are written as an index: how many there are, perhaps."""
        whole = (self.left, self.right)
        found = {place.node: None for side in whole for place in index_places(side)}
        return tuple(node for node in found if isinstance(node, Number) and node.value > 2)

    @property
    def parts(self) -> tuple[Node, ...]:
        """The calls, entries and numbers by name in the claim, one minus each call besides: what a
        factor or a term may be that was dropped. Those with bound indices are not among them.
        """
        found: dict[Node, None] = {}
        for side in (self.right, self.left):
            for place in places(side):
                node = place.node
                if (
                    isinstance(node, Call | Subscript)
                    or _is_quotient(node)
                    or (isinstance(node, Name) and self.context.kind(node.name) == "scalar")
                ):
                    if place.scope and set(names(node)) & set(place.scope):
                        continue
                    found[node] = None
        wanted = {node for node in found if not _is_array(node, self.context)}
        one_minus = (Binary("-", ONE, node) for node in found if not isinstance(node, Name))
        return tuple(n for n in (*found, *one_minus) if n in wanted or isinstance(n, Binary))


def _is_quotient(node: Node) -> bool:
    return isinstance(node, Binary) and node.operator == "/" and isinstance(node.left, Number)


def _is_array(node: Node, context: Context) -> bool:
    """Whether a node is an array by its head."""
    return isinstance(node, Call) and node.function in ("softmax", "diag", "outer")


def number(value: int | Fraction) -> Node:
    """A literal."""
    return Number(Fraction(value))


ONE, TWO = number(1), number(2)


def times(node: Node, factor: Node) -> Node:
    """The product, as one would write it: 2*a*b for a*b, a for a/2, a*b*c for a and b*c.

    >>> a, b = Name("a"), Name("b")
    >>> times(Binary("*", a, b), TWO) == Binary("*", Binary("*", TWO, a), b)
    True
    >>> times(Binary("/", a, TWO), TWO) == a
    True
    """
    if node == ONE:
        return factor
    if isinstance(factor, Number):
        return _scaled(node, factor.value)
    if isinstance(node, Binary) and node.operator == "/" and node.right == factor:
        return node.left
    if isinstance(factor, Binary) and factor.operator == "*":
        return times(times(node, factor.left), factor.right)
    return Binary("*", node, factor)


def _scaled(node: Node, amount: Fraction) -> Node:
    if amount == 1:
        return node
    if isinstance(node, Binary) and node.operator == "/" and isinstance(node.right, Number):
        return _scaled(node.left, amount / node.right.value)
    if _leads_with_number(node) or amount.denominator == 1:
        return _lead(node, amount)
    divided = Binary("/", node, number(amount.denominator))
    return divided if amount.numerator == 1 else _lead(divided, Fraction(amount.numerator))


def _leads_with_number(node: Node) -> bool:
    """Whether a product begins with a literal."""
    if isinstance(node, Binary) and node.operator in "*/":
        return _leads_with_number(node.left)
    return isinstance(node, Number) or (
        isinstance(node, Negate) and _leads_with_number(node.operand)
    )


def _lead(node: Node, amount: Fraction) -> Node:
    """A product with `amount` as a further factor, in front."""
    if isinstance(node, Number):
        return number(node.value * amount)
    if isinstance(node, Negate):
        return Negate(_lead(node.operand, amount))
    if isinstance(node, Binary) and node.operator in "*/@":
        left = _lead(node.left, amount)
        if node.operator == "*" and left == ONE:
            return node.right
        return replace(node, left=left)
    return Binary("*", number(amount), node)


def negative(node: Node) -> Node:
    """The same with the other sign: b - a for a - b."""
    if isinstance(node, Negate):
        return node.operand
    if isinstance(node, Binary) and node.operator == "-":
        return Binary("-", node.right, node.left)
    if isinstance(node, Binary) and node.operator in "*/@":
        return replace(node, left=negative(node.left))
    return Negate(node)


def without_ones(node: Node) -> Node:
    """The same without factors and divisors 1."""
    for place in places(node):
        found = place.node
        if isinstance(found, Binary) and found.operator in "*/" and found.right == ONE:
            return without_ones(place.put(found.left))
        if isinstance(found, Binary) and found.operator == "*" and found.left == ONE:
            return without_ones(place.put(found.right))
    return node


def over(node: Node, divisor: Node) -> Node:
    """The quotient."""
    if isinstance(node, Binary) and node.operator == "*" and node.right == divisor:
        return node.left
    return Binary("/", node, divisor)


Repair = Callable[[Problem], Iterator[Trial]]
