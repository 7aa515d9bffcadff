"""Displays of a page."""


def display(formula, marker=None):
    """A display, perhaps with a marker before it."""
    return (f"<!-- cesym: {marker} -->\n" if marker else "") + f"$$\n{formula}\n$$"
