"""C code for objectives of training: one file, and its functions ready to call.

Samples are taken in blocks that stay in the cache, so that X is read from memory once. Scores and
gradients are sums of products from which nothing is lost, unless the setting is `fast`. The losses
of the samples and their derivatives are computed by the code that is exported for them.
"""

from __future__ import annotations

from types import ModuleType

from cesym.codegen.c.objectives import writer
from cesym.codegen.c.objectives.selftest import self_test
from cesym.codegen.c.objectives.words import comment
from cesym.codegen.objectives.forms import Objective


def module(found: Objective, setting: str, *, documented: bool) -> str:
    """The text of the C file, with a comment and a test of itself if it is to be `documented`.

    >>> from cesym.codegen.objectives import objective_of
    >>> from cesym.derivation import derive
    >>> found = objective_of(derive("logistic-regression"))
    >>> "void logistic_regression_hessian_product_f32(" in module(found, "fast", documented=False)
    True
    """
    text = writer.source(found, setting)
    return f"{comment(found, setting)}\n{text}\n{self_test(found)}\n" if documented else text


def header(found: Objective) -> str:
    """The text of the header, which is the same for every setting."""
    return writer.guarded(found)


def load(found: Objective, setting: str) -> ModuleType:
    """The functions compiled, as a module of Python. Raises MissingProgram without a compiler."""
    from cesym.codegen.c.compiling import compiled
    from cesym.codegen.c.objectives.wrapper import wrapped

    return wrapped(found, compiled(module(found, setting, documented=False)))


__all__ = ["header", "load", "module"]
