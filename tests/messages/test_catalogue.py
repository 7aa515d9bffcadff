"""Every text a user sees has Chinese with the same fields, and no entry is dead."""

import textwrap

import pytest

from cesym.messages import chinese, translate
from cesym.messages.extract import (
    CATALOGUE,
    PACKAGE,
    fields,
    find_calls,
    find_texts,
    read_catalogue,
    write_catalogue,
)

LATE = ("_", "N_")
"""What these mark without fields may be filled in later."""

MEND = "run: python -m cesym.messages.extract --write, and fill in the empty entries of zh.po"


def test_every_marked_text_has_chinese():
    missing = sorted(find_texts() - chinese().keys())
    assert not missing, MEND


def test_every_chinese_text_is_used():
    assert sorted(chinese().keys() - find_texts()) == []


def test_the_chinese_holds_the_fields_of_the_english():
    assert {e: c for e, c in chinese().items() if fields(e) != fields(c)} == {}


def test_every_call_gives_the_fields_of_its_texts():
    wrong = [
        f"{call.path.relative_to(PACKAGE)}:{call.line}: {call.texts}"
        for call in find_calls()
        if call.given is not None and (call.given or call.function not in LATE)
        if not call.wanted() <= call.given
    ]
    assert wrong == []


def test_no_text_is_put_together_on_the_spot():
    wrong = [f"{c.path.relative_to(PACKAGE)}:{c.line}" for c in find_calls() if not c.literal]
    assert wrong == [], "a text is a literal, and what varies is a field"


def test_the_catalogue_is_in_order():
    catalogue = read_catalogue()
    texts = [str(entry.id) for entry in catalogue if entry.id]
    assert CATALOGUE.read_text(encoding="utf-8") == write_catalogue(catalogue, texts), MEND


@pytest.fixture
def package(tmp_path):
    def write(source):
        (tmp_path / "module.py").write_text(textwrap.dedent(source), encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('_("a")', {"a"}),
        ('N_("a")', {"a"}),
        ('TABLE = {"row": N_("a " "b")}', {"a b"}),
        ('messages.message("a {x}", x="not this")', {"a {x}"}),
        ('translate("a", "zh")', {"a"}),
        ('raise CesymError("a", remedy="b", place=p)', {"a", "b"}),
        ('raise errors.CesymError("a") from None', {"a"}),
        ('raise CesymError("a" if x else "b", remedy=None if x else "c")', {"a", "b", "c"}),
        ('raise self.error(node, "a", "b", name="not this")', {"a", "b"}),
        ('class ReadError(CesymError): "x"\nclass Late(ReadError): "y"\nLate("a")', {"a"}),
        ('raise ValueError("a")', set()),
        ('print("a"); x("b")["c"]("d")', set()),
        ("_(variable)", set()),
    ],
)
def test_what_is_marked(package, source, texts):
    assert find_texts(package(source)) == texts


@pytest.mark.parametrize(
    ("source", "given", "wanted"),
    [
        ('CesymError("{a} {b:.3g}", a=1, b=2, place=p)', {"a", "b"}, {"a", "b"}),
        ('CesymError("{a}", remedy="{b}", place=p)', set(), {"a", "b"}),
        ('CesymError("{a}", **names)', None, {"a"}),
    ],
)
def test_the_fields_of_a_call(package, source, given, wanted):
    (call,) = find_calls(package(source))
    assert (call.given, call.wanted()) == (given, wanted)


@pytest.mark.parametrize(
    "argument", ['f"no {x}"', '"no " + x', '"no {}".format(x)', '" ".join(x)', '"no %s" % x']
)
def test_a_text_put_together_on_the_spot_is_noticed(package, argument):
    (call,) = find_calls(package(f"raise CesymError({argument})"))
    assert not call.literal


def test_a_new_text_gets_an_empty_entry_in_order_and_comments_stay(tmp_path):
    path = tmp_path / "zh.po"
    known = '# of a proof\nmsgid "m"\nmsgstr "中"\n\n#, fuzzy\nmsgid "old"\nmsgstr "旧"\n'
    path.write_text(write_catalogue(read_catalogue(), []) + "\n" + known, encoding="utf-8")
    written = write_catalogue(read_catalogue(path), ["z", "m", 'a "b"', "old"])
    entries = written.split("\n\n")[1:]
    assert entries == [
        'msgid "a \\"b\\""\nmsgstr ""',
        '# of a proof\nmsgid "m"\nmsgstr "中"',
        '#, fuzzy\nmsgid "old"\nmsgstr "旧"',
        'msgid "z"\nmsgstr ""\n',
    ]
    path.write_text(written, encoding="utf-8")
    assert write_catalogue(read_catalogue(path), ["z", "m", 'a "b"', "old"]) == written


def test_every_chinese_text_can_be_filled_in():
    for text in chinese():
        assert translate(text, "zh", **dict.fromkeys(fields(text), 1))
