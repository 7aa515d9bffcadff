"""`run`: the command in this process; `start`: the real command as a process of its own."""

import os
import subprocess
import sys
from contextlib import ExitStack

import pytest
from click.testing import CliRunner

from cesym.cli.app import app

TOP = """---
exports: {square: x^2}
---

# A page

Let $x \\in \\mathbb{R}$.

"""

START = "from cesym.cli import main; main()"


@pytest.fixture
def run():
    def run(*arguments, stdin=None, **environ):
        # In this process: tests of the workers say so, and those of a hundred pages stay quick.
        runner = CliRunner(env={"CESYM_LANG": "en", "CESYM_JOBS": "0"} | environ)
        return runner.invoke(app, arguments, input=stdin, catch_exceptions=False)

    return run


@pytest.fixture
def start():
    with ExitStack() as started:

        def start(*arguments, stdout=subprocess.PIPE, **environ):
            process = subprocess.Popen(
                [sys.executable, "-c", START, *arguments],
                env=os.environ | {"CESYM_LANG": "en"} | environ,
                stdout=stdout,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            started.enter_context(process)
            started.callback(process.kill)
            return process

        yield start


@pytest.fixture
def page(tmp_path):
    """Write a page of displays, after some prose; where it is."""

    def page(*displays, name="page.md", prose=""):
        path = tmp_path / name
        path.write_text(TOP + prose + "\n\n".join(displays), encoding="utf-8")
        return str(path)

    return page
