r"""How a step was proved, with formulas set as formulas: a method names terms in the plain spelling
of the prover, `p*w/(p*w - p + 1)`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cesym.messages import Message
from cesym.terms.context import Context
from cesym.terms.printing.names import latex_of_identifier

_TOKEN = re.compile(r"[A-Za-z]\w*|\*\*|\s*\*\s*|\[|\]|.")

FUNCTIONS = frozenset({"exp", "log"})

SPELLED = {"*": " ", "**": "^", "[": "_{", "]": "}"}
"""What is spelled otherwise in LaTeX -> how."""


def with_formulas(method: Message, context: Context) -> Message:
    r"""The method with its terms between dollars.

    >>> from cesym.messages import message
    >>> found = message("smallest at {variable} = {point}", variable="y_hat", point="2*mu")
    >>> print(with_formulas(found, Context()))
    smallest at $\hat{y}$ = $2 \mu$
    """
    return Message(method.msgid, tuple((n, _field(v, context)) for n, v in method.fields))


def _field(value: object, context: Context) -> object:
    if isinstance(value, Message):
        return with_formulas(value, context)
    names = {name: d.latex or name for name, d in context.declarations.items()}
    return f"${formula_of(value, names)}$" if isinstance(value, str) else value


def formula_of(text: str, names: Mapping[str, str]) -> str:
    r"""A term in the plain spelling, in LaTeX; `names` spells those that were declared.

    >>> print(formula_of("-y_hat*log(2) + p[k]", {}))
    -\hat{y} \log(2) + p_{k}
    """
    return "".join(_token(part, names) for part in _TOKEN.findall(text))


def _token(part: str, names: Mapping[str, str]) -> str:
    spelled = part.strip()
    if not spelled[:1].isalpha():
        return SPELLED.get(spelled, part)
    if spelled in FUNCTIONS:
        return f"\\{spelled}"
    return names.get(spelled) or latex_of_identifier(spelled)
