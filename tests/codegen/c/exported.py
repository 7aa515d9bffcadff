"""Exported C, compiled: only where there is a compiler, and once for all tests of a process."""

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


def has_avx512() -> bool:
    """Whether this machine runs the vector loops."""
    if not sys.platform.startswith("linux") or not os.path.exists("/proc/cpuinfo"):
        return False
    return "avx512dq" in Path("/proc/cpuinfo").read_text(encoding="utf-8")
