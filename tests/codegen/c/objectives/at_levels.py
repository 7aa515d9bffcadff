"""Objectives in C with the loops of any processor, called as the wrapper calls them."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import optional
from codegen.c.exported import at_any_level, use_level
from derived import derived

from cesym.codegen.c import objectives
from cesym.codegen.c.objectives.wrapper import wrapped
from cesym.codegen.objectives import objective_of

LOGISTIC, SOFTMAX = "logistic-regression", "softmax-regression"
PAGES = (LOGISTIC, SOFTMAX)


@cache
def found(page):
    """What a page exports."""
    return objective_of(derived(page))


def functions(page, level, setting="accurate"):
    """The functions with the loops of a level; those of the level that is asked for last."""
    library, module = _made(page, setting)
    use_level(library, level)
    return module


@cache
def _made(page, setting):
    optional.module("cffi")
    folder = Path(mkdtemp(prefix="cesym-test-"))
    text = objectives.module(found(page), setting, documented=False)
    library = at_any_level(text, folder / "objective.so")
    return library, wrapped(found(page), folder / "objective.so")
