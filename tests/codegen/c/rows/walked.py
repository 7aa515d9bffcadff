"""C for losses of rows that is written from their programs, as the processor of a level runs it."""

from functools import cache
from types import ModuleType

import optional
import pytest
from codegen.c.exported import compiler
from codegen.rowwise.test_table import PAGES
from derived import derived

from cesym.codegen import api
from cesym.codegen.c import compiling
from cesym.codegen.c.rows import TUNED, calling, module
from cesym.codegen.rowwise import RowLoss, row_loss_of

FORMS = [name for name in PAGES if name not in TUNED]
TARGETED = {
    "cross-entropy at a temperature": "temperature-and-distillation",
    "cross-entropy of a smoothed label": "label-smoothing",
}

levels = pytest.mark.parametrize("level", [1, 0])
forms = pytest.mark.parametrize("form", FORMS)


def loss_of(page) -> RowLoss:
    found = row_loss_of(derived(page))
    assert found is not None
    return found


@cache
def library(page, level):
    """The library as a processor with fused multiply-add, or without it, runs it."""
    compiler()
    optional.module("cffi")
    found = loss_of(page)
    text = module(found, "accurate", documented=False)
    return found, compiling.compiled(f"#define CESYM_LEVEL {level}\n{text}")


@cache
def functions(page, level) -> ModuleType:
    found, path = library(page, level)
    made = api._run(calling.python_text(found), page)
    vars(made).update(calling.kernels(found, path))
    return made
