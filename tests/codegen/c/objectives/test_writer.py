"""The C file for an objective: it stands alone, compiles without a warning, and tests itself."""

import re
import subprocess

import pytest
from codegen.c.exported import compiled, compiled_program, compiler
from codegen.c.objectives.at_levels import PAGES, SOFTMAX, found
from derived import derived

from cesym.codegen import export, header
from cesym.codegen.api import SETTINGS
from cesym.codegen.c import objectives
from cesym.codegen.c.objectives.words import SAMPLES
from cesym.errors import UnknownName
from cesym.messages import LANGUAGES, using_language

pages = pytest.mark.parametrize("page", PAGES)
settings = pytest.mark.parametrize("setting", SETTINGS["c"])


def text_of(page, setting="accurate"):
    return objectives.module(found(page), setting, documented=True)


@pages
@settings
@pytest.mark.parametrize("flags", [(), ("-DCESYM_PORTABLE", "-O1"), ("-fopenmp", "-O1")])
def test_it_compiles_without_a_warning(page, setting, flags, tmp_path):
    compiled(text_of(page, setting), tmp_path / "a.so", *flags)


@pages
@settings
def test_it_tests_itself(page, setting, tmp_path):
    text = text_of(page, setting)
    program = compiled_program(text, tmp_path / "right", "-O1", "-DCESYM_SELFTEST")
    done = subprocess.run([str(program)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and re.fullmatch(r"\d+ values are right\n", done.stdout)
    for right, wrong in (
        ("if (j < d) {", "if (j > d) {"),  # features beyond the last eight are left out
        ("t.n, part + 1, parts)", "t.n, part, parts)"),  # no samples
        (") / n;", ");"),
    ):
        changed = text.replace(right, wrong)
        assert changed != text
        program = compiled_program(changed, tmp_path / "wrong", "-O1", "-DCESYM_SELFTEST")
        done = subprocess.run([str(program)], capture_output=True, text=True, check=False)
        assert done.returncode == 1 and "exact" in done.stdout


@pages
def test_the_header_declares_every_function(page, tmp_path):
    declared = header(derived(page))
    prefix = page.replace("-", "_")
    for name in ("scratch", "objective_f64", "objective_and_gradient_f32", "hessian_product_f64"):
        assert f"{prefix}_{name}(" in declared
    (tmp_path / "objective.h").write_text(declared, encoding="utf-8")
    k, b = (", 2", "NULL, ") if page == SOFTMAX else ("", "0, 0, ")
    x = "x, c, w, " if page == SOFTMAX else "x, x, w, "
    name = f"{prefix}_objective{'_of_class' * (page == SOFTMAX)}_f64"
    main = '#include "objective.h"\n#include <stdlib.h>\nint main(void)\n{ '
    main += "double x[1] = {1}, w[2] = {0}; int64_t c[1] = {1}; (void)c; "
    main += f"double *scratch = (double *)malloc(8 * {prefix}_scratch(1{k}, 1)); "
    main += f"double loss = {name}(1, 1{k}, {x}{b}scratch, 1); free(scratch);"
    main += " return !(loss > 0.69 && loss < 0.7); }\n"
    library = compiled(text_of(page), tmp_path / "lib.so")
    for language in ("c", "c++"):
        (tmp_path / "main.c").write_text(main, encoding="utf-8")
        command = [compiler(), f"-x{language}", str(tmp_path / "main.c"), "-xnone", str(library)]
        subprocess.run([*command, "-o", str(tmp_path / "main"), "-lm"], check=True)
        subprocess.run([str(tmp_path / "main")], check=True)


@pages
@settings
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_comment_says_what_it_is(page, setting, language):
    with using_language(language):
        text = text_of(page, setting)
    comment = " ".join(text[: text.index("*/")].replace("\n * ", " ").split())
    assert "bias_gradient = 1/N*sum(" in comment and "scratch" in comment
    assert f"#define CESYM_SAMPLES {SAMPLES} " in text
    assert ("Setting accurate" in comment) == (language == "en" and setting == "accurate")
    assert ("Setting fast" in comment) == (language == "en" and setting == "fast")


def test_the_usual_setting_is_accurate():
    assert export(derived(SOFTMAX), to="c") == text_of(SOFTMAX)
    with pytest.raises(UnknownName, match="no setting slow"):
        export(derived(SOFTMAX), to="c", setting="slow")
