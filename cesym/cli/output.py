"""Writing results: to standard output, or to a file that appears whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import click

from cesym.cli.command import Option
from cesym.errors import CesymError, OutputError
from cesym.messages import N_, Message, message

STANDARD_OUTPUT = "-"

WHY = {
    errno.EACCES: N_("that is not permitted"),
    errno.EPERM: N_("that is not permitted"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOSPC: N_("the disk is full"),
    errno.ENOENT: N_("its folder is not there"),
    errno.ENOTDIR: N_("its folder is not a folder"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}
"""What the system says -> our words, which exist in Chinese."""


def output_option() -> Option:
    """`-o FILE`."""
    return Option(
        ["-o", "--output"], metavar="FILE", help=N_("write to FILE instead of the terminal")
    )


def json_option() -> Option:
    """`--json`."""
    return Option(["--json", "wants_json"], is_flag=True, help=N_("answer in JSON, for programs"))


def as_json(record: Any, *, indent: int | None = 2) -> str:
    """A record as JSON that people can read too; with `indent=None` on one line."""
    import json

    narrow = not (sys.stdout.encoding or "").lower().startswith("utf")
    return json.dumps(record, ensure_ascii=narrow, indent=indent) + "\n"


def put(text: str, output: str | None) -> None:
    """Write `text` to the file `output`, or for None and `-` to standard output.

    Raises OutputError.
    """
    if output is not None and output != STANDARD_OUTPUT:
        write(text, Path(output))
        return
    try:
        with refusals(message("standard output")):
            click.echo(text, nl=not text.endswith("\n"))
    except OutputError:
        let_go()
        raise


def let_go() -> None:
    """Give up standard output, so that Python does not try once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def refusals(path: str | Message) -> Iterator[None]:
    """What the system says against writing to `path`, as an OutputError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(
            "{path} cannot be written: {why}",
            remedy="choose another place with -o",
            path=path,
            why=message(WHY[error.errno]) if error.errno in WHY else str(error.strerror),
        ) from None


def tell(error: CesymError, status: str, *, wants_json: bool = False) -> None:
    """Show an error on standard error, or as JSON where an answer in JSON is expected."""
    if wants_json:
        put(as_json({"status": status, "error": error.record()}), None)
    else:
        click.echo(error.render(), err=True)


def write(text: str, path: Path) -> None:
    """Write `text` to `path` at one stroke: a reader never finds half of it.

    A link is followed; a pipe or a device is written to as it is. Raises OutputError.
    """
    path = Path(os.path.realpath(path))
    with refusals(str(path)):
        if path.is_dir():
            raise OutputError("{path} is a folder", remedy="name a file", path=str(path))
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
        else:
            _replace(path, text)


def _replace(path: Path, text: str) -> None:
    """Write beside `path`, then put the new file in its place."""
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    import tempfile

    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:64]}.")
    try:
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def _mode(path: Path) -> int:
    """The permissions that the file has, or that a new one would have."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
