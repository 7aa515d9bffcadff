r"""Whether what is differentiated contains the variable.

`\frac{\partial p}{\partial s}` of a declared `p` is 0, or `p` depends on `s` in a way
that the text does not say.
"""

from __future__ import annotations

from collections.abc import Sequence

from cesym.reader.latex.cursor import Cursor
from cesym.reader.latex.walks import children, free_names
from cesym.reader.syntax import Call, Node, Prime, Span


def refuse_constant(
    cursor: Cursor, body: Node, variables: Sequence[tuple[Node, int]], at: Span
) -> None:
    r"""Refuse `\frac{\partial p}{\partial s}` for a declared `p`: 0, or a hidden dependence?

    The form with the operator in front, `\frac{\partial}{\partial s} p`, is taken at its word.
    """
    names = free_names(body)
    if not names or any(cursor.kind(name) not in ("scalar", "vector", "index") for name in names):
        return
    if any(free_names(variable) & names for variable, _ in variables) or _calls(cursor, body):
        return
    variable = cursor.quote(variables[0][0].at)
    raise cursor.error(
        at,
        "{body} does not contain {variable}: the derivative can mean 0, or a hidden dependence",
        "write 0, or define what depends on {variable} with {sign}",
        body=cursor.quote(body.at),
        variable=variable,
        sign=":=",
    )


def _calls(cursor: Cursor, node: Node) -> bool:
    """Whether a defined function is called anywhere in `node`."""
    pending = [node]
    while pending:
        node = pending.pop()
        if isinstance(node, Call | Prime) and cursor.kind(node.function) == "function":
            return True
        pending.extend(children(node))
    return False
