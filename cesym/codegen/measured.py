"""How far exported forms were found to be off: a table that `benchmarks/measured.py` writes.

Of every scalar function of the library and of the families, in every target and setting, it holds
the largest error at points from everywhere in the domain for which the error is stated, in ulp of
what it is stated in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("measured.json")


def key(target: str, setting: str | None = None) -> str:
    """How a target, or a setting of it, is named in the table.

    >>> key("numpy"), key("c", "fast")
    ('numpy', 'c, fast')
    """
    return f"{target}, {setting}" if setting else target


@cache
def _kept() -> Mapping[str, Any]:
    return json.loads(TABLE.read_text("utf-8"))


def points() -> int:
    """At how many points each function was looked at."""
    return _kept()["points"]


def largest(form: str, system: str) -> Mapping[str, float]:
    """Format -> the largest error in ulp that was found of a form, as `key` names the system.

    It is empty for a form that was not measured.

    >>> sorted(largest("exp(-max(-s, 0))/(1 + exp(-abs(s)))", "numpy"))
    ['float32', 'float64']
    >>> largest("exp(exp(s)) - 1", "numpy")
    {}
    """
    return _kept()["forms"].get(form, {}).get(system, {})
