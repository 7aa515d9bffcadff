"""What a test may need and a machine may lack: the test is then skipped.

With CESYM_REQUIRE_ALL=1, as in continuous integration, nothing may be lacking and the test fails.
"""

import importlib
import os
import shutil
from types import ModuleType
from typing import NoReturn

import pytest


def module(name: str) -> ModuleType:
    """The module `name`, imported.

    >>> module("math").tau > 6
    True
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name.partition(".")[0]:
            raise
    _lacking(f"the package {name}")


def program(name: str) -> str:
    """The path of the program `name`."""
    return shutil.which(name) or _lacking(f"the program {name}")


def _lacking(what: str) -> NoReturn:
    if os.environ.get("CESYM_REQUIRE_ALL") == "1":
        pytest.fail(f"{what} is not there, and CESYM_REQUIRE_ALL=1")
    pytest.skip(f"{what} is not there")
