"""Floor 6: the `cesym` command. Each command is one call and one print; no mathematics here.

Starting must stay quick: this module and `cesym.cli.app` import no SymPy, NumPy or rich, and a
command is imported when it is the one that was asked for.
"""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command of `sys.argv` and exit with its code."""
    import gc
    import sys

    # Modules and terms are made by the ten thousand and live to the end: looking for garbage
    # among them after every 700 is a tenth of a short command's time.
    gc.set_threshold(50_000, 20, 20)
    try:
        from cesym.cli.app import app

        code = app.run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
