"""What a syntax tree means: node -> term, with the conditions under which the text has a value.

`walk` holds the state of one walk and the function `value`, which is open to new kinds of nodes;
each of the modules imported here gives a meaning to some kinds. The way in is
`cesym.reader.elaborate`.
"""

from cesym.reader.elaboration import (
    arithmetic,
    branches,
    calls,
    derivatives,
    gradients,
    indices,
    matrices,
    optima,
)

__all__ = [
    "arithmetic",
    "branches",
    "calls",
    "derivatives",
    "gradients",
    "indices",
    "matrices",
    "optima",
]
