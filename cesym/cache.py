"""What was worked out once, kept for the next time in a private folder of the user.

The address of an answer is a digest of everything that it depends on: the question, every source
file of cesym, and the versions of the libraries that it computes with. So an answer of other code
stands under another address and is never found. What a verdict is nobody knows here: an answer is
JSON, and only what is *said* of a page is kept, never a verdict from which more could be proved.

A cache is a convenience: where it cannot be read or written, everything is worked out again.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent

SOURCES = (".py", ".po", ".j2")
"""Endings of the files that make cesym what it is."""

LIBRARIES = ("sympy", "python-flint", "mpmath", "numpy", "markdown-it-py", "rich")
"""What cesym computes and writes with."""

VARIABLE, OFF = "CESYM_CACHE", "off"
"""The environment variable that names the folder, and its value for none."""

MOST_ENTRIES = 2000
"""When there are more, the older half goes."""

LARGEST_ENTRY = 64 << 20

Question = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cache:
    """Answers in the files of `folder`; without a folder nothing is kept and nothing found.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kept = Cache(Path(folder) / "cesym")
    ...     kept.put({"page": "text"}, ["proved"])
    ...     kept.get({"page": "text"}), kept.get({"page": "another"})
    (['proved'], None)
    """

    folder: Path | None

    def get(self, question: Question) -> Any:
        """The answer that is kept, or None."""
        path = self._path(question)
        if path is None:
            return None
        with suppress(OSError, ValueError):
            if not private(path.parent) or path.stat().st_size > LARGEST_ENTRY:
                return None
            digest, _, text = path.read_text(encoding="utf-8").partition("\n")
            return json.loads(text) if digest == _digest(text) else None
        return None

    def put(self, question: Question, answer: Any) -> None:
        """Keep an answer that JSON can hold: whole, or not at all."""
        path = self._path(question)
        if path is None:
            return
        text = json.dumps(answer, ensure_ascii=False)
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not private(path.parent):
                return
            descriptor, temporary = tempfile.mkstemp(dir=path.parent)
            try:
                with open(descriptor, "w", encoding="utf-8") as file:
                    file.write(f"{_digest(text)}\n{text}")
                os.replace(temporary, path)
            except BaseException:
                os.unlink(temporary)
                raise
            _prune(path.parent)

    def kept(self, question: Callable[[], Question], make: Callable[[], Any]) -> Any:
        """The answer to a question, made by `make` if none is kept.

        What is made is kept only if the question, asked again, is still the same: a file may have
        been changed in the meantime. An exception of `make` is nothing to keep.
        """
        asked = question()
        found = self.get(asked)
        if found is None:
            found = make()
            if question() == asked:
                self.put(asked, found)
        return found

    def _path(self, question: Question) -> Path | None:
        if self.folder is None:
            return None
        return self.folder / address(question)


def address(question: Question) -> str:
    """The name of the file in which the answer to `question` stands.

    >>> address({"page": "text"}) == address({"page": "text"}) != address({"page": "other"})
    True
    """
    return _digest(json.dumps([fingerprint(), question], sort_keys=True, ensure_ascii=False))


@cache
def fingerprint() -> str:
    """A digest of what answers depend on besides the question: cesym's own source files and the
    versions of Python and of the libraries.
    """
    from importlib.metadata import PackageNotFoundError, version

    found = sha256(sys.version.encode())
    for library in LIBRARIES:
        with suppress(PackageNotFoundError):
            found.update(f"{library} {version(library)}\n".encode())
    for folder, inside, files in os.walk(PACKAGE):
        inside.sort()
        for name in sorted(files):
            if name.endswith(SOURCES):
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    content = file.read()
                found.update(f"{os.path.relpath(path, PACKAGE)} {len(content)}\n".encode())
                found.update(content)
    return found.hexdigest()


def user_cache(environ: Mapping[str, str] = os.environ, *, wanted: bool = True) -> Cache:
    """The cache of the user: in the folder CESYM_CACHE, else where the system keeps such things.

    With CESYM_CACHE=off, or if it is not `wanted`, it is one that keeps nothing.

    >>> user_cache({"CESYM_CACHE": "off"}).folder is None
    True
    >>> user_cache({"XDG_CACHE_HOME": "/somewhere"}).folder.as_posix()
    '/somewhere/cesym'
    """
    named = environ.get(VARIABLE, "")
    if not wanted or named.lower() == OFF:
        return Cache(None)
    if named:
        return Cache(Path(named))
    base = environ.get("XDG_CACHE_HOME") or environ.get("LOCALAPPDATA")
    with suppress(RuntimeError):  # a user without a home
        return Cache((Path(base) if base else Path.home() / ".cache") / "cesym")
    return Cache(None)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def private(folder: Path) -> bool:
    """Whether nobody else can write to the folder: what others wrote is not believed."""
    if os.name != "posix":
        return True
    found = folder.stat()
    return found.st_uid == os.getuid() and not found.st_mode & 0o022


def _prune(folder: Path) -> None:
    entries = list(os.scandir(folder))
    if len(entries) > MOST_ENTRIES:
        for entry in sorted(entries, key=lambda e: e.stat().st_mtime)[: MOST_ENTRIES // 2]:
            with suppress(FileNotFoundError):
                os.unlink(entry)
