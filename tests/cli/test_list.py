"""`cesym list`: pages and families by name."""

import json

from cesym.derivation.families import FAMILIES
from cesym.derivation.library import entries


def test_every_page_and_family_is_listed(run):
    rows = json.loads(run("list", "--json").stdout)
    assert [row["name"] for row in rows if row["kind"] == "page"] == sorted(
        {entry.name for language in ("en", "zh") for entry in entries(language)}
    )
    assert [row["name"] for row in rows if row["kind"] == "family"] == sorted(FAMILIES)
    assert all(set(row) == {"name", "kind", "title", "languages"} for row in rows)


def test_a_name_stands_before_its_title(run):
    lines = [line.strip() for line in run("list").stdout.splitlines()]
    (sigmoid,) = (line for line in lines if line.startswith("sigmoid "))
    assert sigmoid.split(maxsplit=1)[1] == "The sigmoid"


def test_titles_are_chinese_on_request(run):
    assert "联系函数" in run("list", "--lang", "zh").stdout


def test_families_are_listed_apart(run):
    pages, apart = run("list").stdout.split("\n\n")
    assert "  binary-cross-entropy " in pages and "  poisson-log " not in pages
    assert apart.startswith("Families") and all(f"  {name} " in apart for name in FAMILIES)
