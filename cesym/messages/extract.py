"""Find the marked texts of the source, and keep the Chinese catalogue in step with them.

    python -m cesym.messages.extract            list what lacks Chinese and what is no longer used
    python -m cesym.messages.extract --write    add an empty entry for each that lacks, in order
    python -m cesym.messages.extract --prune    the same, and drop what is no longer used

A tool for developers: nothing at run time may import this. It reads the source as a syntax tree and
runs none of it. Marked are the literals in the calls listed in `MARKERS`, in calls of a function or
method named `error`, and in constructors of the children of `CesymError`, wherever those are
defined; also the literal given for `remedy`.
"""

from __future__ import annotations

import ast
import string
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import normalize, read_po

PACKAGE = Path(__file__).parents[1]
CATALOGUE = Path(__file__).with_name("zh.po")

MARKERS = frozenset({"_", "N_", "message", "translate"})
"""Functions whose first argument is a text."""

MAKERS = frozenset({"error"})
"""Functions that make an error: each literal among their positional arguments is a text."""

NOT_FIELDS = frozenset({"language", "place", "remedy"})
"""Keywords of the calls that no text can hold as a field."""

HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: cesym\\n"
"Language: zh\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


@dataclass(frozen=True, slots=True)
class Call:
    """One call that marks: its texts, and the fields given (None where `**fields` hides them)."""

    path: Path
    line: int
    function: str
    texts: tuple[str, ...]
    given: frozenset[str] | None
    literal: bool
    """Whether no text is put together on the spot, as an f-string or with `+`."""

    def wanted(self) -> frozenset[str]:
        """The fields that the texts hold."""
        return frozenset().union(*map(fields, self.texts))


def fields(text: str) -> frozenset[str]:
    """The fields that `text` holds.

    >>> sorted(fields("{a} is not {b:.3g}"))
    ['a', 'b']
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def find_calls(package: Path = PACKAGE) -> Iterator[Call]:
    """Every call in the Python files under `package` that marks a text."""
    paths = sorted(package.rglob("*.py"))
    trees = {path: ast.parse(path.read_bytes(), filename=str(path)) for path in paths}
    errors = error_classes(trees.values())
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                call = _read_call(node, path, errors)
                if call is not None:
                    yield call


def find_texts(package: Path = PACKAGE) -> frozenset[str]:
    """Every marked text under `package`."""
    return frozenset(text for call in find_calls(package) for text in call.texts)


def error_classes(trees: Iterable[ast.Module]) -> frozenset[str]:
    """The names of `CesymError` and of all classes that descend from it."""
    bases = {
        node.name: {_name(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"CesymError"}
    while more := {name for name in bases.keys() - found if bases[name] & found}:
        found |= more
    return frozenset(found)


def _read_call(node: ast.Call, path: Path, errors: frozenset[str]) -> Call | None:
    function = _name(node.func)
    if function in MARKERS | errors:
        arguments = node.args[:1]
    elif function in MAKERS:
        arguments = node.args
    else:
        return None
    arguments = arguments + [k.value for k in node.keywords if k.arg == "remedy"]
    names = [keyword.arg for keyword in node.keywords]
    return Call(
        path=path,
        line=node.lineno,
        function=function,
        texts=tuple(text for argument in arguments for text in _literals(argument)),
        given=None if None in names else frozenset(name for name in names if name) - NOT_FIELDS,
        literal=not any(map(_put_together, arguments)),
    )


def _name(node: ast.expr) -> str:
    """`f` of `f` and of `module.f`."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _literals(node: ast.expr) -> Iterator[str]:
    """The texts of an argument: a literal, or the literals that `a if c else b` chooses from."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _put_together(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return _name(node.func) in ("format", "join") or _put_together(node.func)
    return isinstance(node, ast.JoinedStr | ast.BinOp)


def read_catalogue(path: Path = CATALOGUE) -> Catalog:
    """The catalogue as it stands, empty entries included."""
    with path.open("rb") as file:
        return read_po(file, locale="zh", charset="utf-8", abort_invalid=True)


def write_catalogue(catalogue: Catalog, texts: Iterable[str]) -> str:
    """The text of a catalogue with these entries: sorted, without dates and line numbers.

    So it changes only where an entry does. Comments of translators are kept.
    """
    return "\n".join([HEADER, *(_entry(catalogue, text) for text in sorted(set(texts)))])


def _entry(catalogue: Catalog, text: str) -> str:
    known = catalogue.get(text)
    comments = known.user_comments if known else []
    flags = ["#, fuzzy"] if known and known.fuzzy else []
    chinese = str(known.string) if known and known.string else ""
    lines = [*(f"# {comment}" for comment in comments), *flags]
    lines += [f"msgid {normalize(text, width=0)}", f"msgstr {normalize(chinese, width=0)}"]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """List or mend; 1 when a text lacks Chinese or an entry is not used."""
    if not set(arguments) <= {"--write", "--prune"}:
        print(__doc__)
        return 2
    catalogue = read_catalogue()
    used, kept = find_texts(), {str(entry.id) for entry in catalogue if entry.id}
    ready = {str(entry.id) for entry in catalogue if entry.string and not entry.fuzzy}
    for text in sorted(used - ready):
        print(f"lacks Chinese: {text!r}")
    for text in sorted(kept - used):
        print(f"not used: {text!r}")
    if arguments:
        texts = used if "--prune" in arguments else used | kept
        CATALOGUE.write_text(write_catalogue(catalogue, texts), encoding="utf-8")
    return 1 if used - ready or kept - used else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
