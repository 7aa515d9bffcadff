"""The calculus of relations to 0: what is known of factors and terms, and what follows.

A relation is one of `>`, `>=`, `==`, `<=`, `<`, `!=`; None is no knowledge.
"""

from __future__ import annotations

NEGATED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!="}
"""The relation of -x, for that of x."""

OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
"""The relation that holds just where the other does not."""

ENOUGH = {
    ">": (">",),
    ">=": (">", ">=", "=="),
    "<": ("<",),
    "<=": ("<", "<=", "=="),
    "==": ("==",),
    "!=": (">", "<", "!="),
}
"""The relations from which one follows."""


def holds(relation: str, sign: int) -> bool:
    """Whether a number with this sign (-1, 0, 1) stands in the relation to 0."""
    return {
        ">": sign > 0,
        ">=": sign >= 0,
        "<": sign < 0,
        "<=": sign <= 0,
        "==": sign == 0,
        "!=": sign != 0,
    }[relation]


def implies(known: str | None, asked: str) -> bool | None:
    """Whether `asked` follows (True), is excluded (False), or neither (None).

    >>> implies(">", ">="), implies(">", "<"), implies(">=", ">")
    (True, False, None)
    """
    if known in ENOUGH[asked]:
        return True
    return False if known in ENOUGH[OPPOSITE[asked]] else None


def even_power(relation: str | None) -> str | None:
    """The sign of an even power."""
    if relation in (">", "<", "!="):
        return ">"
    return "==" if relation == "==" else ">="


def product_sign(relations: list[str | None]) -> str | None:
    """The sign of a product."""
    if "==" in relations:
        return "=="
    if None in relations:
        return None
    if "!=" in relations:
        return "!=" if all(r in ("!=", ">", "<") for r in relations) else None
    flips = sum(r in ("<", "<=") for r in relations)
    weak = any(r in (">=", "<=") for r in relations)
    return (">" if flips % 2 == 0 else "<") + ("=" if weak else "")


def stronger(first: str | None, second: str | None) -> str | None:
    """What two true relations say together."""
    known = {first, second} - {None}
    if known >= {">=", "<="}:
        return "=="
    if known >= {"!=", ">="} or ">" in known:
        return ">"
    if known >= {"!=", "<="} or "<" in known:
        return "<"
    for relation in ("==", ">=", "<=", "!="):
        if relation in known:
            return relation
    return None


def sum_sign(relations: list[str | None]) -> str | None:
    """The sign of a sum."""
    known = set(relations)
    if known <= {">", ">=", "=="}:
        return ">" if ">" in known else ">=" if ">=" in known else "=="
    if known <= {"<", "<=", "=="}:
        return "<" if "<" in known else "<="
    return None
