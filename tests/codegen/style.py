"""Where the formatter is: continuous integration has it in an environment of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import optional

ROOT = Path(__file__).parents[2]


def ruff():
    """The path of ruff."""
    folders = [ROOT / ".venv-tools" / "bin", Path(sys.executable).parent]
    found = shutil.which("ruff", path=os.pathsep.join(map(str, folders)))
    return found or optional.program("ruff")


def assert_styled(folder, *more):
    """Whether the modules in a folder are as ruff would write them, and it has nothing to say."""
    check = ["check", "--select=E,F,I,UP,B,W", "--line-length=88", *more]
    for command in (["format", "--check"], check):
        done = subprocess.run(
            [ruff(), *command, "--isolated", "--target-version=py311", str(folder)],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout
