"""The C file for rows: it stands alone, compiles without a warning, and says what it is."""

import re
import subprocess

import pytest
from codegen.c.exported import compiled, compiled_program, compiler
from codegen.c.rows.at_levels import PAGE, PREFIX
from derived import derived

from cesym.codegen import export, header
from cesym.codegen.api import SETTINGS
from cesym.codegen.c.rows.writer import CALLS
from cesym.errors import UnknownName
from cesym.messages import LANGUAGES


@pytest.fixture(scope="module", params=SETTINGS["c"])
def text(request):
    return export(derived(PAGE), to="c", setting=request.param)


@pytest.mark.parametrize("flags", [(), ("-DCESYM_PORTABLE",), ("-O0",), ("-fopenmp",)])
def test_it_compiles_without_a_warning(text, flags, tmp_path):
    compiled(text, tmp_path / "a.so", *flags)


def test_it_tests_itself(text, tmp_path):
    program = compiled_program(text, tmp_path / "right", "-DCESYM_SELFTEST")
    done = subprocess.run([str(program)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and re.fullmatch(r"\d+ values are right\n", done.stdout)
    for right, wrong in (
        ("many * unit.hi", "many * unit.lo"),  # equal logits are not counted
        ("@lack_p(c, m, top", "@lack_p(m, m, top"),  # a class below the largest loses no more
    ):
        changed = text
        for prefix in ("vd_", "fd_", "pd_"):
            changed = changed.replace(right.replace("@", prefix), wrong.replace("@", prefix))
        assert changed != text
        program = compiled_program(changed, tmp_path / "wrong", "-DCESYM_SELFTEST")
        done = subprocess.run([str(program)], capture_output=True, text=True, check=False)
        assert done.returncode == 1 and "exact" in done.stdout


def test_the_header_declares_every_function(text, tmp_path):
    declared = header(derived(PAGE))
    for call in CALLS:
        for ending in ("f64", "f32"):
            assert f"{PREFIX}_{call.ending}_{ending}(" in declared
    (tmp_path / "rows.h").write_text(declared, encoding="utf-8")
    main = '#include "rows.h"\nint main(void)\n{ double z[2] = {0, 0}, loss; int64_t c = 1; '
    main += f"{PREFIX}_loss_of_class_f64(1, 2, z, &c, -1, 0.0, NULL, &loss, 1);"
    main += " return !(loss > 0.69 && loss < 0.7); }\n"
    library = compiled(text, tmp_path / "lib.so")
    for language in ("c", "c++"):
        (tmp_path / "main.c").write_text(main, encoding="utf-8")
        command = [compiler(), f"-x{language}", str(tmp_path / "main.c"), "-xnone", str(library)]
        subprocess.run([*command, "-o", str(tmp_path / "main"), "-lm"], check=True)
        subprocess.run([str(tmp_path / "main")], check=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_comment_says_what_it_is(language):
    found = export(derived(PAGE), to="c", language=language)
    comment = found[: found.index("*/")]
    assert "gradient of class j = softmax(z)[j] - 1" in comment and "log1p" in comment
    assert (
        "rows of the class `ignored` give 0" in " ".join(comment.replace(" * ", " ").split())
    ) == (language == "en")


def test_the_usual_setting_is_accurate():
    text = export(derived(PAGE), to="c")
    assert export(derived(PAGE), to="c", setting="accurate") == text
    fast = export(derived(PAGE), to="c", setting="fast")
    assert "at most 2 ulp" in " ".join(fast.replace("\n * ", " ").split())
    with pytest.raises(UnknownName, match="no setting slow"):
        export(derived(PAGE), to="c", setting="slow")
