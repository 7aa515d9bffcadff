"""A test that lacks something is skipped, except where nothing may be lacking."""

import optional
import pytest

USES = [(optional.module, "no_such_module"), (optional.program, "no-such-program")]


@pytest.mark.parametrize(("use", "name"), USES)
def test_what_is_lacking_skips(monkeypatch, use, name):
    monkeypatch.delenv("CESYM_REQUIRE_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match=name):
        use(name)


@pytest.mark.parametrize(("use", "name"), USES)
def test_what_is_lacking_fails_where_nothing_may_be(monkeypatch, use, name):
    monkeypatch.setenv("CESYM_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match=name):
        use(name)


def test_what_is_there_is_given():
    assert optional.module("os.path").sep == "/"
    assert optional.program("sh").endswith("sh")
