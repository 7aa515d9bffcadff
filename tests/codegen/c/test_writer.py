"""The C file as a whole: it stands alone, compiles without a warning, and says what it is."""

import re
import subprocess

import pytest
from codegen.c.exported import compiled, compiled_program, compiler
from codegen.pages import page
from derived import derived

from cesym.codegen import export, header
from cesym.codegen.c.programs import SETTINGS
from cesym.errors import UnknownName
from cesym.messages import LANGUAGES

PAGES = ("binary-cross-entropy", "sigmoid", "squared-error")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("flags", [(), ("-DCESYM_PORTABLE",), ("-O0",)])
def test_it_compiles_without_a_warning(name, setting, flags, tmp_path):
    compiled(export(derived(name), to="c", setting=setting), tmp_path / "a.so", *flags)


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", PAGES)
def test_it_tests_itself(name, setting, tmp_path):
    text = export(derived(name), to="c", setting=setting)
    program = compiled_program(text, tmp_path / "right", "-DCESYM_SELFTEST")
    done = subprocess.run([str(program)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and re.fullmatch(r"\d+ values are right\n", done.stdout)
    half = re.compile(r"(\{[-\d., ]*?, )0\.5, 1\}")
    assert name == "squared-error" or half.search(text)
    wrong, count = half.subn(r"\g<1>0.51, 1}", text)
    if count:
        program = compiled_program(wrong, tmp_path / "wrong", "-DCESYM_SELFTEST")
        done = subprocess.run([str(program)], capture_output=True, text=True, check=False)
        assert done.returncode == 1 and "exact 0.51" in done.stdout


def test_the_header_serves_c_and_cpp(tmp_path):
    (tmp_path / "sigmoid.h").write_text(header(derived("sigmoid")), encoding="utf-8")
    main = '#include "sigmoid.h"\n#include "sigmoid.h"\nint main(void)\n{ double s = 0, v; '
    main += "sigmoid_value_f64(1, &s, &v, 1); return v != 0.5; }\n"
    library = compiled(export(derived("sigmoid"), to="c"), tmp_path / "lib.so")
    for language in ("c", "c++"):
        (tmp_path / "main.c").write_text(main, encoding="utf-8")
        command = [compiler(), f"-x{language}", str(tmp_path / "main.c"), "-xnone", str(library)]
        subprocess.run([*command, "-o", str(tmp_path / "main"), "-lm"], check=True)
        subprocess.run([str(tmp_path / "main")], check=True)


def test_only_the_headers_of_c_are_included():
    text = export(derived("sigmoid"), to="c").partition("#ifdef CESYM_SELFTEST")[0]
    found = set(re.findall(r"#include (.*)", text))
    assert found - {"<immintrin.h>"} == {
        *("<float.h>", "<math.h>", "<stddef.h>", "<stdint.h>", "<string.h>")
    }


def test_fast_math_is_refused(tmp_path):
    (tmp_path / "a.c").write_text(export(derived("sigmoid"), to="c"), encoding="utf-8")
    command = [compiler(), "-ffast-math", "-c", str(tmp_path / "a.c"), "-o", str(tmp_path / "a.o")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0 and "-ffast-math" in done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_comment_says_what_it_is(language):
    text = export(derived("binary-cross-entropy"), to="c", language=language)
    comment = text[: text.index("*/")]
    assert "loss(y, s) = J(y, s)" in comment and "log1p(exp(-abs(s)))" in comment
    assert ("Setting accurate" in comment) == (language == "en")


def test_a_title_cannot_end_the_comment(tmp_path):
    title = "'*/ int main(void) { return 1; } /* ??/'"
    text = export(page(tmp_path, r"$s \in \mathbb{R}$", {"a": "e^{-|s|}"}, title=title), to="c")
    assert text.index("int main") < text.index("*/")
    compiled(text, tmp_path / "a.so")


def test_names_that_c_takes_for_itself(tmp_path):
    declared = r"$n \in \mathbb{R}$ and $i \in [0, 1]$"
    text = export(page(tmp_path, declared, {"double": r"i e^{-|n|}"}), to="c")
    compiled(text, tmp_path / "a.so")
    assert "page_double_f64(size_t n, const double *n_, const double *i_, double *double_" in text


def test_settings_that_are_not_there():
    with pytest.raises(UnknownName, match="accurate, fast"):
        export(derived("sigmoid"), to="c", setting="slow")
    with pytest.raises(UnknownName, match="numpy has no setting"):
        export(derived("sigmoid"), setting="fast")


def test_writing_is_repeatable():
    assert export(derived("sigmoid"), to="c") == export(derived("sigmoid"), to="c")
