"""A plot of errors against the free argument, with Matplotlib if it is there."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cesym.codegen.measuring.report import Row
from cesym.errors import MissingProgram, OutputError
from cesym.floats.ordinals import Floats
from cesym.messages import _

SHOWN = 20.0
"""Errors beyond are drawn at the edge."""

LINEAR, FARTHEST = 1e-3, 1e4
"""The axis of the argument is logarithmic but for smaller numbers; larger ones are at its ends."""


def require_matplotlib() -> None:
    """Raise MissingProgram without Matplotlib."""
    if find_spec("matplotlib") is None:
        raise MissingProgram(
            "a plot needs the package matplotlib, which is not there",
            remedy='pip install "cesym[plot]"',
        )


class Plot:
    """Errors as they are measured, one panel for every function; `add` is a `Watch`."""

    def __init__(self) -> None:
        require_matplotlib()
        self.panels: dict[str, dict[str, list[npt.NDArray[np.float64]]]] = {}

    def add(self, row: Row, x: Floats, off: npt.NDArray[np.float64]) -> None:
        """Take in one row."""
        label = ", ".join(f"{name} = {value:g}" for name, value in row.fixed)
        places = np.clip(x.astype(np.float64), -FARTHEST, FARTHEST)
        points = np.column_stack([places, np.minimum(off, SHOWN)])
        self.panels.setdefault(row.function, {}).setdefault(label, []).append(points)

    def save(self, path: Path, title: str, argument: str) -> None:
        """Write the figure; the ending of `path` says in which form. Raises OutputError."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(9, 2.6 * len(self.panels) + 0.6), layout="constrained")
        figure.suptitle(title)
        axes = np.atleast_1d(figure.subplots(len(self.panels), 1, sharex=True))
        for axis, (function, series) in zip(axes, self.panels.items(), strict=True):
            self._draw(axis, function, series)
        axes[-1].set_xlabel(argument)
        try:
            figure.savefig(path)
        except (OSError, ValueError) as error:
            raise OutputError(
                "{path} cannot be written: {why}", path=str(path), why=str(error)
            ) from None

    @staticmethod
    def _draw(
        axis: Any, function: str, series: Mapping[str, list[npt.NDArray[np.float64]]]
    ) -> None:
        for label, parts in series.items():
            points = np.concatenate(parts)
            axis.plot(points[:, 0], points[:, 1], ".", markersize=1.5, label=label, rasterized=True)
        axis.set_xscale("symlog", linthresh=LINEAR)
        axis.set_ylabel(_("{function}, error in ulp", function=function))
        axis.set_ylim(bottom=0)
        if any(label for label in series):
            axis.legend(markerscale=6, loc="upper right")
