"""Languages: which one is asked for, which one is current, and what a text becomes in it."""

import subprocess
import sys

import pytest

from cesym import messages
from cesym.messages import (
    LANGUAGES,
    N_,
    _,
    current_language,
    detect_language,
    message,
    set_language,
    translate,
    using_language,
)


@pytest.fixture(autouse=True)
def chinese(monkeypatch):
    table = {"proved": "已证明", "{count} of {what}": "{what}中的 {count}", "steps": "步骤"}
    monkeypatch.setattr(messages, "chinese", lambda: table)


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh"}, "zh"),
        ({"LANG": "ZH_TW"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"CESYM_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        ({"CESYM_LANG": "zh", "LC_ALL": "C"}, "zh"),
    ],
)
def test_the_environment_decides_in_the_order_of_its_variables(environ, language):
    assert detect_language(environ) == language


def test_the_current_language_is_english_until_set_and_a_block_restores_it():
    assert current_language() == "en"
    with using_language("zh"):
        assert _("proved") == "已证明"
        set_language("en")
        assert _("proved") == "proved"
    assert current_language() == "en"


def test_a_block_restores_the_language_after_an_error():
    with pytest.raises(RuntimeError), using_language("zh"):
        raise RuntimeError
    assert current_language() == "en"


@pytest.mark.parametrize("use", [set_language, lambda x: translate("a", x), message("a").render])
def test_a_language_that_is_not_spoken_is_refused(use):
    with pytest.raises(ValueError, match="'fr': it is one of en, zh"):
        use("fr")


def test_fields_are_filled_in_and_nested_messages_speak_the_same_language():
    found = message("{count} of {what}", count=3, what=message("steps"))
    assert [found.render(language) for language in LANGUAGES] == ["3 of steps", "步骤中的 3"]
    assert str(found) == "3 of steps"
    with using_language("zh"):
        assert found.render() == "步骤中的 3"
        assert str(found) == "3 of steps"


def test_a_text_without_chinese_stays_english():
    assert translate("{x} is new", "zh", x=1) == "1 is new"


def test_marking_changes_nothing():
    with using_language("zh"):
        assert N_("proved") == "proved"


def test_messages_are_values():
    assert message("a", x=1, y=2) == message("a", y=2, x=1)
    assert len({message("a", x=1), message("a", x=1), message("a", x=2)}) == 2


def test_english_loads_neither_babel_nor_computer_algebra():
    script = (
        "import sys, cesym.errors\n"
        "from cesym.messages import _\n"
        "assert str(cesym.errors.CesymError('no {x}', x=1)) == 'no 1'\n"
        "print({'babel', 'sympy', 'numpy', 'flint', 'rich'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
