"""A context for tests, from the lines that a user would give to `--let`."""

from cesym.reader.plain import parse_assumption
from cesym.reader.syntax import Chain
from cesym.terms.context import Context


def declared(*lines: str) -> Context:
    """The context of some declarations.

    >>> declared("y in [0,1]", "z in real^K").rank("z")
    1
    """
    context = Context()
    for line in lines:
        found = parse_assumption(line, context)
        assert not isinstance(found, Chain), line
        context = context.declare(*found)
    return context
