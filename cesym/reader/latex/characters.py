r"""Characters outside ASCII that stand for several tokens, and those that are refused: tables only,
one fact a line.
"""

from __future__ import annotations

SPELLED: dict[str, str] = {
    "²": "^2",
    "³": "^3",
    "ᵀ": "^\\top",
    "ℝ": "\\mathbb{R}",
    "ℕ": "\\mathbb{N}",
    "ℤ": "\\mathbb{Z}",
    "𝔼": "\\mathbb{E}",
}
"""Characters that stand for several tokens. So do letters with an accent: `ŷ` is `\\hat{y}`."""

COMBINING: dict[str, str] = {
    "\u0302": "\\hat",
    "\u0303": "\\tilde",
    "\u0304": "\\bar",
}
"""Accent of a composed letter -> command."""

ASCII: dict[str, str] = {
    "（": "(",
    "）": ")",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
    "：": ":",
    "＝": "=",
    "＋": "+",
    "－": "-",
    "–": "-",
    "—": "-",
    "＜": "<",
    "＞": ">",
    "｜": "|",
    "？": "?",
    "Σ": "\\sum or \\Sigma",
    "Π": "\\prod or \\Pi",
    "’": "'",
    "÷": "/",
}
"""Characters that are refused -> what to write in their place."""
