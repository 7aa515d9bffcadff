"""Small pages to export."""

from pathlib import Path

from cesym.derivation import Derivation, derive


def page(folder: Path, declared: str, exports: dict[str, str], title: str = "A page") -> Derivation:
    """The derivation of a page without chains."""
    listed = "".join(f"  {name}: {formula}\n" for name, formula in exports.items())
    path = folder / "page.md"
    path.write_text(
        f"---\ntitle: {title}\nexports:\n{listed}---\n\n# {title}\n\nLet {declared}.\n",
        encoding="utf-8",
    )
    return derive(path)
