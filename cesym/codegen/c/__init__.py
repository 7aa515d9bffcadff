"""C code: one file that needs nothing but the C library, and its functions ready to call.

The file owns its exp and log: it is right to the last digit on any processor and any system, and as
fast as memory allows where there is AVX-512.
"""

from __future__ import annotations

from types import ModuleType

from cesym.codegen.c import writer
from cesym.codegen.c.comment import comment
from cesym.codegen.c.programs import SETTINGS, kernels
from cesym.codegen.c.selftest import self_test
from cesym.codegen.functions import Functions
from cesym.codegen.words import Words


def module(functions: Functions, words: Words | None, setting: str = "accurate") -> str:
    """The text of the C file, with a comment and a test of itself if there are `words`."""
    chosen = SETTINGS[setting]
    text = writer.source(kernels(functions), chosen)
    if words is None:
        return text
    return f"{comment(words, chosen)}\n{text}\n{self_test(functions, chosen, words.ends)}\n"


def header(functions: Functions, setting: str) -> str:
    """The text of the header."""
    return writer.guarded(kernels(functions), SETTINGS[setting])


def load(functions: Functions, setting: str = "accurate") -> ModuleType:
    """The functions compiled, as a module of Python. Raises MissingProgram without a compiler."""
    from cesym.codegen.c.compiling import compiled
    from cesym.codegen.c.wrapper import wrapped

    library = compiled(module(functions, None, setting))
    return wrapped(kernels(functions), SETTINGS[setting], library)


__all__ = ["SETTINGS", "header", "load", "module"]
