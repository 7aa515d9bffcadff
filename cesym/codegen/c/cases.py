"""Cases by the sign of an argument, made once: the same value with less work.

Where s >= 0, max(s, 0) is |s| and max(-s, 0) is 0; where s < 0 it is the other way round. Written
for both cases, the programs are alike but for some operands; so the case is put into these:

    where(s >= 0, a + b t, c + d t)  becomes  where(s >= 0, a, c) + where(s >= 0, b, d) t.

What comes out is used only if the prover shows it equal to the form that went in.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sympy import Symbol

from cesym.codegen.lemmas import proved_equal
from cesym.codegen.lowering import meaning
from cesym.codegen.nodes import ARGUMENT, Node, argument, number, operation
from cesym.terms.context import Context

ZERO, ONE = number(0), number(1)

NEUTRAL = {"+": ZERO, "*": ONE}
"""What changes nothing; and whose operands commute."""


def by_sign(node: Node, context: Context) -> Node:
    """`node` with the cases of the sign of an argument made once, if that is proved equal to it.

    >>> from cesym.terms.domains import REAL, Declaration
    >>> s = argument("s")
    >>> above, below = (operation("max", x, ZERO) for x in (s, operation("neg", s)))
    >>> by_sign(operation("+", above, below), Context().declare(Declaration("s", REAL)))
    Node(head='abs', operands=(Node(head='argument', operands=(), leaf='s'),), leaf=None)
    """
    names = [part.leaf for part in node.walk() if part.head == ARGUMENT]
    for name in dict.fromkeys(map(str, names)):
        if any(_is_part(part, argument(name)) for part in node.walk()):
            found = _merged(node, argument(name))
            if _proved(node, found, context):
                return found
    return node


def _proved(node: Node, other: Node, context: Context) -> bool:
    names = {str(part.leaf) for part in node.walk() if part.head == ARGUMENT}
    symbols = {s.name: s for s in map(context.symbol, names) if isinstance(s, Symbol)}
    return proved_equal(meaning(node, symbols), meaning(other, symbols), context)


def _is_part(node: Node, s: Node) -> bool:
    """Whether this is max(s, 0) or max(-s, 0)."""
    return node.head == "max" and ZERO in node.operands and bool({s, _neg(s)} & {*node.operands})


def _merged(node: Node, s: Node) -> Node:
    above, below = (_where(node, s, positive=positive) for positive in (True, False))
    return _sunk(operation(">=", s, ZERO), above, below)


def _where(node: Node, s: Node, *, positive: bool) -> Node:
    """`node` for s of one sign, with sums instead of differences."""
    if _is_part(node, s):
        return operation("abs", s) if (s in node.operands) == positive else ZERO
    if node.is_leaf:
        return node
    return _simple(node.head, [_where(o, s, positive=positive) for o in node.operands])


def _simple(head: str, operands: list[Node]) -> Node:
    """The operation, without what 0 and 1 make superfluous."""
    if head == "neg":
        return _neg(operands[0])
    if head == "exp" and operands == [ZERO]:
        return ONE
    if head == "-" and not (operands[0].is_leaf and operands[1].is_leaf):
        return _simple("+", [operands[0], _neg(operands[1])])
    if head == "*" and ZERO in operands:
        return ZERO
    neutral = NEUTRAL.get(head)
    if neutral in operands:
        return operands[1 - operands.index(neutral)]
    return operation(head, *operands)


def _neg(node: Node) -> Node:
    """-node, with the sign at the first factor of a product."""
    if node == ZERO:
        return node
    if node.head == "neg":
        return node.operands[0]
    if node.head == "*":
        first, second = node.operands
        return operation("*", _neg(first), second)
    return operation("neg", node)


def _sunk(test: Node, above: Node, below: Node) -> Node:
    """`where(test, above, below)` with the case as deep down as both go alike."""
    if above == below:
        return above
    if above.head == below.head and above.operands:
        if above.head == "where":
            return operation("where", test, above, below)
        pairs = min(_orders(above, below), key=_cost)
        return operation(above.head, *(_sunk(test, a, b) for a, b in pairs))
    return operation("where", test, above, below)


def _orders(above: Node, below: Node) -> Iterator[list[tuple[Node, Node]]]:
    """The operands of both side by side, in every order that makes no difference."""
    yield list(zip(above.operands, below.operands, strict=True))
    if above.head in NEUTRAL:
        yield list(zip(above.operands, below.operands[::-1], strict=True))


def _cost(pairs: list[tuple[Node, Node]]) -> int:
    return sum(_differences(a, b) for a, b in pairs)


@lru_cache(maxsize=4096)
def _differences(a: Node, b: Node) -> int:
    """How many operations `where(test, a, b)` takes, with the case as deep down as it goes."""
    if a == b:
        return 0
    if a.head == b.head and a.operands:
        return min(map(_cost, _orders(a, b)))
    return 1 + sum(not part.is_leaf for node in (a, b) for part in node.walk())
