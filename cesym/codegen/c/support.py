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
        log2 = DOUBLE.split(constants.log_two())
        numbers = {
            "STEP": high,
            "STEP_LOW": low,
            "STEPS": form.round(1 / step),
            "STEP_1": first,
            "STEP_2": second,
            "STEP_3": float(step - first - second),
            "LOG2": log2[0],
            "LOG2_LOW": log2[1],
        }
        terms = [DOUBLE.split(1 / arb(k).gamma()) for k in range(2, 16)]
    listed = ", ".join(f"{{{a.hex()}, {b.hex()}}}" for a, b in terms)
    double = form is DOUBLE
    return {
        **{name: value.hex() for name, value in numbers.items()},
        "MAGIC": "0x1.8p52" if double else "0x1.8p23",
        "LEAST": "-760.0" if double else "-120.0",
        "MOST": "720.0" if double else "100.0",
        "T": "d" if double else "s",
        "TERMS": f"{{{listed}}}",
    }


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
