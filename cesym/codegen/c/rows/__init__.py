"""C code for losses of rows: one file, and its functions ready to call.

The cross-entropy of logits has code of its own: eight rows stand side by side, or the pieces of
one long row do; each power is computed once, in pairs for float64 unless the setting is `fast`, and
kept until the sum is known. The other losses are written from their row programs, class by class
in pairs. What is computed are the forms of `cesym.codegen.rowwise`, which are proved.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from cesym.codegen.c.programs import name_in_c
from cesym.codegen.c.rows import walked, writer
from cesym.codegen.c.rows.selftest import self_test
from cesym.codegen.c.rows.walked_selftest import self_test as test_of_walk
from cesym.codegen.c.rows.walked_words import comment as comment_of_walk
from cesym.codegen.c.rows.words import comment
from cesym.codegen.rowwise import RowLoss
from cesym.errors import UnknownName

TUNED = frozenset({"cross-entropy"})
"""Forms that have code of their own, and settings."""

ACCURATE = "accurate"
"""The setting of the others."""


def module(found: RowLoss, setting: str, *, documented: bool) -> str:
    """The text of the C file, with a comment and a test of itself if it is to be `documented`.

    Raises UnknownName if it has no such setting.

    >>> from cesym.codegen.rowwise import row_loss_of
    >>> from cesym.derivation import derive
    >>> found = row_loss_of(derive("categorical-cross-entropy"))
    >>> text = module(found, "accurate", documented=False)
    >>> "double categorical_cross_entropy_loss_sum_of_class_f64(" in text
    True
    """
    if not _is_tuned(found, setting):
        text = walked.source(found)
        return f"{comment_of_walk(found)}\n{text}\n{test_of_walk(found)}\n" if documented else text
    prefix = name_in_c(found.page)
    text = writer.source(prefix, setting)
    if not documented:
        return text
    return f"{comment(found, setting)}\n{text}\n{self_test(prefix, setting)}\n"


def header(found: RowLoss, setting: str) -> str:
    """The text of the header."""
    if not _is_tuned(found, setting):
        return walked.guarded(found)
    return writer.guarded(name_in_c(found.page))


def load(found: RowLoss, setting: str, run: Callable[[str, str], ModuleType]) -> ModuleType:
    """The functions compiled, as a module of Python. Raises MissingProgram without a compiler.

    `run` makes a module of a text and the name of a page.
    """
    from cesym.codegen.c.compiling import compiled
    from cesym.codegen.c.rows import calling
    from cesym.codegen.c.rows.wrapper import wrapped

    library = compiled(module(found, setting, documented=False))
    if _is_tuned(found, setting):
        return wrapped(name_in_c(found.page), library)
    made = run(calling.python_text(found), found.page)
    vars(made).update(calling.kernels(found, library))
    return made


def _is_tuned(found: RowLoss, setting: str) -> bool:
    """Whether the loss has code of its own; if not, it has one setting."""
    tuned = found.form.name in TUNED
    if not tuned and setting != ACCURATE:
        raise UnknownName(
            "{page} has no setting {setting} in C",
            remedy="leave the setting out, or choose {usual}",
            page=found.page,
            setting=setting,
            usual=ACCURATE,
        )
    return tuned


__all__ = ["header", "load", "module"]
