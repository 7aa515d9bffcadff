"""Plain text, as in `-log(1 - q) >= q`, read into the nodes of `cesym.reader.syntax`.

    text --scan--> words and signs --ast--> Python's tree --formulas--> Node or Chain

Python's own parser is used for its grammar only: what it makes is translated node by node from a
whitelist, and what is not on the list is refused. Nothing is evaluated; this package must not call
`eval`, nor anything of SymPy.
"""

from cesym.reader.plain.assumptions import parse_assumption
from cesym.reader.plain.domains import parse_domain
from cesym.reader.plain.formulas import parse_claim, parse_expression

__all__ = ["parse_assumption", "parse_claim", "parse_domain", "parse_expression"]
