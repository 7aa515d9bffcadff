"""Compiling: once for each text, by a compiler that is named, in a folder that is private."""

import os

import numpy as np
import pytest
from codegen.c.exported import compiler
from derived import derived

from cesym.codegen import lambdify
from cesym.codegen.c import compiling
from cesym.errors import MissingProgram

TEXT = "int seven(void) { return 7; }\n"


@pytest.fixture
def kept(tmp_path, monkeypatch):
    compiler()
    monkeypatch.setenv("CESYM_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_a_text_is_compiled_once(kept):
    library = compiling.compiled(TEXT)
    made = library.stat().st_mtime_ns
    assert library.parent == kept and compiling.compiled(TEXT) == library
    assert library.stat().st_mtime_ns == made
    assert compiling.compiled(TEXT + "int more;\n") != library
    assert sorted(kept.iterdir()) == sorted({library, compiling.compiled(TEXT + "int more;\n")})
    assert kept.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_can_write_to_is_not_used(kept):
    kept.mkdir()
    os.chmod(kept, 0o777)
    assert compiling.compiled(TEXT).parent != kept
    assert [*kept.iterdir()] == []


def test_nothing_is_kept_when_the_cache_is_off():
    compiler()
    assert os.environ["CESYM_CACHE"] == "off"
    assert compiling.folder() == compiling.folder() != compiling.user_cache().folder


def test_what_does_not_compile_is_said(kept):
    with pytest.raises(MissingProgram, match="CC"):
        compiling.compiled("no C at all")
    assert [*kept.iterdir()] == []


def test_without_a_compiler_there_is_numpy_only_if_it_is_asked_for(monkeypatch):
    monkeypatch.setenv("CC", "no-such-compiler")
    with pytest.raises(MissingProgram, match="install gcc or clang"):
        lambdify(derived("sigmoid"), target="c")
    module = lambdify(derived("sigmoid"), target="c", fallback="numpy")
    assert module.value(np.array([0.0]))[0] == 0.5
