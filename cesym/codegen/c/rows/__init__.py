"""C code for losses of rows: one file, and its functions ready to call.

Eight rows stand side by side, or the pieces of one long row do; each power is computed once, in
pairs for float64 unless the setting is `fast`, and kept until the sum is known. What is computed
are the forms of `cesym.codegen.rowwise`, which are proved.
"""

from __future__ import annotations

from types import ModuleType

from cesym.codegen.c.programs import name_in_c
from cesym.codegen.c.rows import writer
from cesym.codegen.c.rows.selftest import self_test
from cesym.codegen.c.rows.words import comment
from cesym.codegen.rowwise import RowLoss
from cesym.errors import UnsupportedTerm

KNOWN = frozenset({"cross-entropy"})
"""Losses of rows that have C code, by the name of their form."""


def module(found: RowLoss, setting: str, *, documented: bool) -> str:
    """The text of the C file, with a comment and a test of itself if it is to be `documented`.

    Raises UnsupportedTerm for a loss that has no C code.

    >>> from cesym.codegen.rowwise import row_loss_of
    >>> from cesym.derivation import derive
    >>> found = row_loss_of(derive("categorical-cross-entropy"))
    >>> text = module(found, "accurate", documented=False)
    >>> "double categorical_cross_entropy_loss_sum_of_class_f64(" in text
    True
    """
    prefix = _prefix(found)
    text = writer.source(prefix, setting)
    if not documented:
        return text
    return f"{comment(found, setting)}\n{text}\n{self_test(prefix, setting)}\n"


def header(found: RowLoss) -> str:
    """The text of the header."""
    return writer.guarded(_prefix(found))


def load(found: RowLoss, setting: str) -> ModuleType:
    """The functions compiled, as a module of Python. Raises MissingProgram without a compiler."""
    from cesym.codegen.c.compiling import compiled
    from cesym.codegen.c.rows.wrapper import wrapped

    return wrapped(_prefix(found), compiled(module(found, setting, documented=False)))


def _prefix(found: RowLoss) -> str:
    """What the names of all functions begin with."""
    if found.form.name not in KNOWN:
        raise UnsupportedTerm(
            "{page} exports a loss of rows that has no C code",
            remedy="one of numpy, torch, jax; C has the cross-entropy of a target and a softmax",
            page=found.page,
        )
    return name_in_c(found.page)


__all__ = ["header", "load", "module"]
