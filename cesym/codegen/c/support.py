"""The parts of the C code that no formula changes, and the choice of those that are needed.

They stand as text in the folder `support`. `@` is put in for the dialect: how many numbers at a
time, of which type, and whether products are added with one rounding. `$NAME` is a constant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flint import arb, ctx

from cesym.codegen.c import constants
from cesym.codegen.c.constants import DOUBLE, PRECISION, SINGLE, Format

_DEFINED = re.compile(r"^(?:/\*.*?\*/\n)?(?:@inline|static)[^(=;]*?([@\w]+)\(", re.S)
_USED = re.compile(r"@?\w+")


@dataclass(frozen=True, slots=True)
class Dialect:
    """A way to write arithmetic: the prefix of its names, its format, and where it comes from."""

    prefix: str
    form: Format
    sources: tuple[str, ...]

    @property
    def letter(self) -> str:
        """`d` for float64, `s` for float32."""
        return "d" if self.form is DOUBLE else "s"


VECTOR, FUSED, PLAIN = "v", "f", "p"

DIALECTS: Mapping[tuple[str, str], Dialect] = {
    (VECTOR, "d"): Dialect("vd_", DOUBLE, ("avx512_d",)),
    (VECTOR, "s"): Dialect("vs_", SINGLE, ("avx512_s",)),
    (FUSED, "d"): Dialect("fd_", DOUBLE, ("fused_d", "scalar_d")),
    (FUSED, "s"): Dialect("fs_", SINGLE, ("fused_s", "scalar_s")),
    (PLAIN, "d"): Dialect("pd_", DOUBLE, ("plain_d", "scalar_d")),
    (PLAIN, "s"): Dialect("ps_", SINGLE, ("plain_s", "scalar_s")),
}


def named_constants(form: Format) -> dict[str, str]:
    """What stands for the names with `$` in the texts."""
    with ctx.workprec(PRECISION):
        step = constants.log_two() / constants.ENTRIES
        high, low = form.cut(step)
        first, _ = DOUBLE.cut(step)
        second, _ = DOUBLE.cut(step - first)
        log2, cut = DOUBLE.split(constants.log_two()), form.cut(constants.log_two())
        numbers = {
            "STEP": high,
            "STEP_LOW": low,
            "STEPS": form.round(1 / step),
            "LOG2_CUT": cut[0],
            "LOG2_CUT_LOW": cut[1],
            "STEP_1": first,
            "STEP_2": second,
            "STEP_3": float(step - first - second),
            "LOG2": log2[0],
            "LOG2_E": DOUBLE.round(1 / constants.log_two()),
            "LOG2_LOW": log2[1],
        }
        terms = [DOUBLE.split(1 / arb(k).gamma()) for k in range(2, 16)]
    listed = ", ".join(f"{{{a.hex()}, {b.hex()}}}" for a, b in terms)
    return {
        **{name: value.hex() for name, value in numbers.items()},
        **(OF_DOUBLE if form is DOUBLE else OF_SINGLE),
        "TERMS": f"{{{listed}}}",
    }


OF_DOUBLE: Mapping[str, str] = {
    "T": "d",
    "MAGIC": "0x1.8p52",
    "LEAST": "-760.0",
    "MOST": "720.0",
    "MAX": "DBL_MAX",
    "LEAST_NUMBER": "0x1p-1074",
    "LEAST_NORMAL": "0x1p-1022",
    "TINY": "0x1p-1022",
    "UP": "0x1p54",
    "UP_BITS": "54.0",
    "EXPONENT": "-0x10000000000000",
    "ONE_BIT": "0x4000000000000000",
    "SHIFT": "52",
    "GROUND": "0x1p52",
    "GROUND_AND_BIAS": "0x1.00000000004p52",
}
"""Names in the texts -> numbers of float64."""

OF_SINGLE: Mapping[str, str] = {
    "T": "s",
    "MAGIC": "0x1.8p23",
    "LEAST": "-120.0",
    "MOST": "100.0",
    "MAX": "FLT_MAX",
    "LEAST_NUMBER": "0x1p-149",
    "LEAST_NORMAL": "0x1p-126",
    "TINY": "0x1p-126",
    "UP": "0x1p25",
    "UP_BITS": "25.0",
    "EXPONENT": "-0x800000",
    "ONE_BIT": "0x40000000",
    "SHIFT": "23",
    "GROUND": "0x1p23",
    "GROUND_AND_BIAS": "0x1.0001p23",
}
"""Names in the texts -> numbers of float32."""


@cache
def chunks(source: str) -> tuple[tuple[str | None, str], ...]:
    """The parts of a text: the name that a part defines as a function, if it does, and the part."""
    text = (files("cesym.codegen.c") / "support" / f"{source}.c").read_text(encoding="utf-8")
    found = []
    for part in re.split(r"\n\n(?=\S)", text.strip()):
        match = _DEFINED.match(part)
        found.append((match.group(1) if match else None, part))
    return tuple(found)


def needed(sources: Iterable[str], used: str) -> str:
    """What of `sources` is no function, and the functions that `used` calls, directly or not."""
    parts = [part for source in sources for part in chunks(source)]
    texts = {name: text for name, text in parts if name is not None}
    wanted: set[str] = set()
    pending = [used, *(text for name, text in parts if name is None)]
    while pending:
        for name in set(_USED.findall(pending.pop())) & texts.keys() - wanted:
            wanted.add(name)
            pending.append(texts[name])
    return "\n\n".join(text for name, text in parts if name is None or name in wanted)


def filled(text: str, prefix: str, names: Mapping[str, str]) -> str:
    """`text` for a dialect."""
    text = re.sub(r"\$(\w+)", lambda match: names[match.group(1)], text)
    return text.replace("@", prefix)
