"""Exported C, compiled: only where there is a compiler, and once for all tests of a process."""

import ctypes
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import optional
from derived import derived

from cesym.codegen import lambdify
from cesym.codegen.c.compiling import COMPILERS, FLAGS, find_compiler
from cesym.errors import MissingProgram

LEVELS = (2, 1, 0)
"""AVX-512; AVX2; neither."""


def compiler():
    """The C compiler; without one the test is skipped, or fails where nothing may be lacking."""
    try:
        return find_compiler()
    except MissingProgram:
        return optional.program(COMPILERS[0])


@cache
def functions(name, setting="accurate"):
    """The functions of a page, compiled."""
    compiler()
    optional.module("cffi")
    return lambdify(derived(name), target="c", setting=setting)


def compiled(text: str, to: Path, *flags: str) -> Path:
    """A library from a C text; a warning is an error."""
    return _compiled(text, to, *FLAGS, *flags)


def compiled_program(text: str, to: Path, *flags: str) -> Path:
    """A program from a C text; a warning is an error."""
    return _compiled(text, to, *(f for f in FLAGS if f not in ("-shared", "-fPIC")), *flags)


def _compiled(text: str, to: Path, *flags: str) -> Path:
    source = to.with_suffix(".c")
    source.write_text(text, encoding="utf-8")
    strict = ["-Wall", "-Wextra", "-Werror"]
    command = [compiler(), *strict, *flags, "-o", str(to), str(source), "-lm"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return to


def at_any_level(text: str, to: Path, *flags: str) -> ctypes.CDLL:
    """A library in which `use_level` chooses among the loops."""
    chosen = "int cesym_test_level = 2;\n#define CESYM_LEVEL cesym_test_level\n"
    return ctypes.CDLL(str(compiled(chosen + text, to, *flags)))


def use_level(library: ctypes.CDLL, level: int) -> ctypes.CDLL:
    """The library with the loops that a processor without the higher levels would run."""
    ctypes.c_int.in_dll(library, "cesym_test_level").value = level
    return library


def has_avx512() -> bool:
    """Whether this machine runs the vector loops."""
    if not sys.platform.startswith("linux") or not os.path.exists("/proc/cpuinfo"):
        return False
    return "avx512dq" in Path("/proc/cpuinfo").read_text(encoding="utf-8")
