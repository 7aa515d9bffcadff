"""Real TeX for tests: a document is set, and what TeX complains of is an assertion."""

import os
import re
import subprocess
from pathlib import Path

import optional

NUMBERS = 500, 529, 535
"""Points from the left side of the paper: no number of a step begins before the first of these,
and each ends between the others.
"""

FORMULAS_BEGIN = 380
"""Points from the left side of the paper: where a formula begins, and no reason."""

COMPLAINTS = re.compile(
    r"^!.*|^Overfull.*|^Missing character.*|^LaTeX Warning: Reference.*",
    re.MULTILINE,
)


def typeset(text: str, folder: Path, *, engine: str) -> Path:
    """The PDF of a document. TeX runs no program, and reads no file outside of its own folders."""
    path = folder / "document.tex"
    path.write_text(text, encoding="utf-8")
    environ = {**os.environ, "openin_any": "p", "openout_any": "p", "max_print_line": "1000"}
    done = subprocess.run(
        [
            optional.program(engine),
            "-no-shell-escape",
            "-interaction=nonstopmode",
            "-halt-on-error",
            path.name,
        ],
        cwd=folder,
        env=environ,
        capture_output=True,
        timeout=120,
        check=False,
    )
    log = path.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert COMPLAINTS.findall(log) == []
    assert done.returncode == 0, log[-2000:]
    return path.with_suffix(".pdf")


def words_of(pdf: Path) -> str:
    """The text of a PDF."""
    done = subprocess.run(
        [optional.program("pdftotext"), "-layout", pdf.name, "-"],
        cwd=pdf.parent,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8")


def lonely_numbers(pdf: Path) -> list[str]:
    """The numbers of steps beside which no formula stands: TeX has put reason and number on a line
    of their own, because the formula left no room.
    """
    done = subprocess.run(
        [optional.program("pdftotext"), "-bbox", pdf.name, "-"],
        cwd=pdf.parent,
        capture_output=True,
        check=True,
    )
    found = []
    for page in done.stdout.decode("utf-8").split("<page ")[1:]:
        words = [(*map(float, match[:4]), match[4]) for match in _BOX.findall(page)]
        formulas = [(top, bottom) for left, top, _, bottom, _ in words if left < FORMULAS_BEGIN]
        for left, top, right, bottom, text in words:
            if left > NUMBERS[0] and NUMBERS[1] < right < NUMBERS[2] and text[0].isdigit():
                middle = (top + bottom) / 2
                if not any(high - 2 < middle < low + 2 for high, low in formulas):
                    found.append(text)
    return found


_BOX = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]+)</word>'
)
