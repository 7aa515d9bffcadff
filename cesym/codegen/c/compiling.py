"""C text to a library, once: by the system's compiler, kept in a folder that is the user's alone.

The name of a library is a hash of all that it was made of: the text, the compiler's own description
of itself, the flags. So nothing stale is ever loaded, and a changed text needs no clearing up.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from cesym.cache import private, user_cache
from cesym.errors import MissingProgram

FLAGS = (
    *("-std=c99", "-O3", "-fPIC", "-shared"),
    "-ffp-contract=off",  # products and sums are rounded as they are written
    "-fno-math-errno",  # fma and sqrt are instructions
    "-fno-trapping-math",  # both sides of a case may be computed
)
"""What the compiler is told; no -march, so that a library serves every processor of its kind."""

THREADS = "-fopenmp"
"""Tried first: a compiler without it makes a library of one thread."""

COMPILERS = ("cc", "gcc", "clang")

SECONDS = 300


def compiled(text: str) -> Path:
    """The path of a library made from `text`.

    Raises MissingProgram when there is no compiler or it fails.
    """
    compiler = find_compiler()
    parts = (text, _described(compiler), *FLAGS, THREADS, platform.machine())
    key = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    library = folder() / f"{key[:40]}.so"
    if not library.exists():
        _compile(compiler, text, library)
    return library


def find_compiler() -> str:
    """The compiler that CC names, or else the first that is there."""
    asked = os.environ.get("CC")
    for name in (asked,) if asked else COMPILERS:
        found = shutil.which(name)
        if found:
            return found
    raise MissingProgram(
        "the target c needs a C compiler, and there is none",
        remedy='install gcc or clang, or ask for NumPy instead with fallback="numpy"',
    )


def folder() -> Path:
    """Where libraries are kept: the cache of the user, if nobody else can write there, since it
    holds what is run; else a folder that goes when Python ends.
    """
    kept = user_cache().folder
    if kept is not None:
        with suppress(OSError):
            kept.mkdir(mode=0o700, parents=True, exist_ok=True)
            if private(kept) and os.access(kept, os.W_OK):
                return kept
    return Path(_temporary().name)


@cache
def _temporary() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="cesym-")


def _described(compiler: str) -> str:
    done = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=False)
    return done.stdout


def _compile(compiler: str, text: str, library: Path) -> None:
    """Compile beside `library`, then put it in its place at one stroke."""
    with tempfile.TemporaryDirectory(dir=library.parent) as temporary:
        source, made = Path(temporary, "source.c"), Path(temporary, "made.so")
        source.write_text(text, encoding="utf-8")
        for more in ((THREADS,), ()):
            command = [compiler, *FLAGS, *more, "-o", str(made), str(source), "-lm"]
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=SECONDS, check=False
            )
            if done.returncode == 0:
                os.replace(made, library)
                return
    raise MissingProgram(
        "the C compiler {compiler} does not compile what was written: {why}",
        remedy="set CC to another compiler",
        compiler=compiler,
        why=done.stderr.strip(),
    )
