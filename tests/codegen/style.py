"""Where the formatter is: continuous integration has it in an environment of its own."""

import os
import shutil
import sys
from pathlib import Path

import optional

ROOT = Path(__file__).parents[2]


def ruff():
    """The path of ruff."""
    folders = [ROOT / ".venv-tools" / "bin", Path(sys.executable).parent]
    found = shutil.which("ruff", path=os.pathsep.join(map(str, folders)))
    return found or optional.program("ruff")
