"""The files that are read: how their names end, and how long they may be."""

from __future__ import annotations

LONGEST_PAGE = 1_000_000
"""Characters of a page."""

LONGEST = {
    ".md": LONGEST_PAGE,
    ".markdown": LONGEST_PAGE,
    ".tex": LONGEST_PAGE,
    ".ipynb": 20 * LONGEST_PAGE,
}
"""Ending -> characters of a file: the pictures of a notebook take many."""
