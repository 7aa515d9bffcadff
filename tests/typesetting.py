"""Real TeX for tests: a document is set, and what TeX complains of is an assertion."""

import os
import re
import subprocess
from pathlib import Path

import optional

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
