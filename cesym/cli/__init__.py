"""Floor 6: the `cesym` command. Each command is one call and one print; no mathematics here.

Starting must stay quick: this module and `cesym.cli.app` import no SymPy, NumPy or rich, and a
command is imported when it is the one that was asked for.
"""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command of `sys.argv` and exit with its code."""
    import sys

    try:
        from cesym.cli.app import app

        code = app.run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
