"""The table of targets."""

import pytest
from derived import derived

from cesym.documents import TARGETS, render
from cesym.errors import UnknownName
from cesym.messages import current_language


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_writes_a_text_that_ends_with_its_line(target):
    text = render(derived("sigmoid"), target)
    assert text.endswith("\n") and not text.endswith("\n\n")


def test_an_unknown_target_is_named():
    with pytest.raises(UnknownName, match="word"):
        render(derived("sigmoid"), "word")


def test_the_language_is_only_borrowed():
    render(derived("sigmoid"), language="zh")
    assert current_language() == "en"
