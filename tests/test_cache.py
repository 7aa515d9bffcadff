"""The cache finds what was put there for the same question by the same code, and nothing else."""

import json
import os

import pytest

from cesym import cache as module
from cesym.cache import Cache, address, user_cache

QUESTION = {"of": "a page", "text": "x = x"}


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cesym")


def only_file(cache):
    (path,) = cache.folder.iterdir()
    return path


def test_another_question_has_another_address(cache):
    cache.put(QUESTION, ["proved"])
    assert cache.get(QUESTION) == ["proved"]
    assert cache.get(QUESTION | {"text": "x = y"}) is None


def test_other_code_has_other_addresses(tmp_path, monkeypatch):
    here = address(QUESTION)
    for name, content in [("a.py", "one = 1"), ("a.py", "one = 2"), ("zh.po", "msgid")]:
        package = tmp_path / "package"
        package.mkdir(exist_ok=True)
        (package / name).write_text(content)
        monkeypatch.setattr(module, "PACKAGE", package)
        module.fingerprint.cache_clear()
        there = address(QUESTION)
        assert there != here
        here = there
    monkeypatch.undo()
    module.fingerprint.cache_clear()


def test_other_libraries_have_other_addresses(monkeypatch):
    here = address(QUESTION)
    monkeypatch.setattr("importlib.metadata.version", lambda library: f"0.0 of {library}")
    module.fingerprint.cache_clear()
    assert address(QUESTION) != here
    monkeypatch.undo()
    module.fingerprint.cache_clear()
    assert address(QUESTION) == here


@pytest.mark.parametrize("harm", [lambda t: t[:-1], lambda t: t.replace("proved", "proven"), len])
def test_what_is_damaged_is_not_believed(cache, harm):
    cache.put(QUESTION, ["proved"])
    path = only_file(cache)
    path.write_text(str(harm(path.read_text())))
    assert cache.get(QUESTION) is None


@pytest.mark.skipif(os.name != "posix", reason="permissions are those of POSIX")
def test_a_folder_that_others_may_write_to_is_not_believed(cache):
    cache.put(QUESTION, ["proved"])
    assert only_file(cache).stat().st_mode & 0o077 == 0
    assert cache.folder.stat().st_mode & 0o077 == 0
    cache.folder.chmod(0o777)
    assert cache.get(QUESTION) is None
    cache.put(QUESTION | {"text": "other"}, ["proved"])
    assert len(list(cache.folder.iterdir())) == 1


def test_a_place_that_cannot_be_written_is_no_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cesym")
    cache.put(QUESTION, ["proved"])
    assert cache.get(QUESTION) is None


def test_what_changes_while_it_is_worked_out_is_not_kept(cache):
    texts = iter(["before", "after", "after"])
    assert cache.kept(lambda: {"text": next(texts)}, lambda: "answer") == "answer"
    assert not cache.folder.exists()


def test_an_answer_is_worked_out_once(cache):
    answers = iter(["first", "second"])
    for _ in range(2):
        assert cache.kept(lambda: QUESTION, lambda: next(answers)) == "first"


def test_the_oldest_go_when_there_are_too_many(cache, monkeypatch):
    monkeypatch.setattr(module, "MOST_ENTRIES", 4)
    for number in range(5):
        cache.put({"number": number}, number)
        os.utime(cache.folder / address({"number": number}), (number, number))
    assert [cache.get({"number": n}) for n in range(5)] == [None, None, 2, 3, 4]


def test_nothing_is_kept_where_none_is_wanted(tmp_path):
    named = {"CESYM_CACHE": str(tmp_path)}
    assert user_cache(named).folder == tmp_path
    assert user_cache(named, wanted=False).folder is None
    assert user_cache({"CESYM_CACHE": "OFF"}).get(QUESTION) is None


def test_entries_are_json(cache):
    cache.put(QUESTION, {"words": "已证明"})
    assert json.loads(only_file(cache).read_text(encoding="utf-8").partition("\n")[2])
