"""`cesym list`: what `cesym derive` knows by name, the pages of the library and the families.

With `--json` a list of objects: `name`; `kind`, which is `page` or `family`; `title`, in the
language of the moment where it exists; `languages`, a list of `en` and `zh`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from cesym.cli.codes import OK
from cesym.cli.command import Command
from cesym.cli.output import as_json, json_option, put
from cesym.messages import LANGUAGES, N_, _, current_language


@dataclass(frozen=True, slots=True)
class Known:
    """One row of the list."""

    name: str
    kind: str
    title: str
    languages: tuple[str, ...]


def pages() -> list[Known]:
    """The pages of the library, by name."""
    from cesym.derivation.library import entries
    from cesym.reader.pages import read_page

    titles: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for entry in entries(language):
            page = read_page(entry.text(), entry.source, language)
            titles.setdefault(entry.name, {})[language] = page.title
    return [_known(name, "page", titles[name]) for name in sorted(titles)]


def families() -> list[Known]:
    """The families, by name."""
    from cesym.derivation.families import FAMILIES

    return [_known(name, "family", dict(FAMILIES[name].titles)) for name in sorted(FAMILIES)]


def _known(name: str, kind: str, titles: dict[str, str]) -> Known:
    title = titles.get(current_language()) or next(iter(titles.values()))
    return Known(name, kind, title, tuple(titles))


def show(wants_json: bool) -> int:
    """Print the list."""
    rows = [*pages(), *families()]
    put(as_json([asdict(row) for row in rows]) if wants_json else listed(rows), None)
    return OK


def listed(rows: list[Known]) -> str:
    """The rows as text: the pages, and the families apart."""
    width = max((len(row.name) for row in rows), default=0)
    parts = []
    for kind, heading in HEADINGS.items():
        lines = [f"  {row.name:<{width}}  {row.title}\n" for row in rows if row.kind == kind]
        parts.append(f"{_(heading)}\n{''.join(lines)}")
    return "\n".join(parts)


HEADINGS = {
    "page": N_("Pages of the library"),
    "family": N_("Families: a distribution and a link, from which cesym writes a page"),
}
"""Kind -> what stands above its rows."""


command = Command(
    "list",
    callback=show,
    params=[json_option()],
    lines=(N_("Show the pages of the library and the families that can be derived."),),
    examples=(("cesym list --lang zh", N_("with Chinese titles")),),
)
