"""`cesym ulp`: how far the exported code of a page is off, against exact values.

With `--json` an object: `page`, `target`, `dtype`, and `rows`, each with `function`, `fixed` (the
arguments that were held), `grid`, `count`, `largest` and `mean` error in ulp, the numbers of wrong
`zeros`, `nans` and `infinities`, and the `worst` inputs.

Exit codes: 0 measured, and within `--limit`; 1 beyond it, or a line of the page is not proved; 2 no
such page, target or format.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cesym.cli.codes import OK, REFUTED
from cesym.cli.command import AtLeast, Command, NotNegative, OneOf, Option, halves, jobs_option
from cesym.cli.export import NAMES
from cesym.cli.output import as_json, json_option, put, tell
from cesym.messages import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cesym.codegen.measuring import Report, Row

DTYPES = ("float64", "float32", "float16", "bfloat16")

FEWEST_POINTS = 10

MOST_SHOWN = 4
"""So many numbers of the worst input stand in the table; all are in the JSON."""


def run(
    name: str,
    to: str,
    dtype: str,
    function: tuple[str, ...],
    at: tuple[str, ...],
    points: int,
    seed: int,
    exhaustive: bool,
    resume: str | None,
    soft: bool,
    jobs: int,
    limit: float | None,
    wants_json: bool,
    plot: str | None,
) -> int:
    """Measure the page `name`."""
    from cesym.derivation.deriving import NotProved

    held = _values(at)
    if exhaustive and dtype != "float32":
        raise click.UsageError(_("--exhaustive is for float32; formats of 16 bits need no option"))
    if exhaustive and plot:
        raise click.UsageError(_("--plot does not go with --exhaustive"))
    if resume and not exhaustive:
        raise click.UsageError(_("--resume goes with --exhaustive"))
    try:
        if exhaustive:
            from cesym.codegen.measuring.exhaustive import ulp_of_every_float32

            report = ulp_of_every_float32(
                name,
                target=to,
                functions=function,
                at=held,
                jobs=jobs,
                resume=Path(resume) if resume else None,
                progress=_progress,
            )
        else:
            report = _on_grids(name, to, dtype, function, held, points, seed, soft, jobs, plot)
    except NotProved as error:
        tell(error, "not proved")
        return REFUTED
    put(as_json(asdict(report)) if wants_json else table(report), None)
    return OK if limit is None or report.within(limit) else REFUTED


def _on_grids(
    name: str,
    to: str,
    dtype: str,
    function: tuple[str, ...],
    held: dict[str, list[float]],
    points: int,
    seed: int,
    soft: bool,
    jobs: int,
    plot: str | None,
) -> Report:
    from cesym.codegen.measuring import ulp

    figure = None
    if plot:
        from cesym.codegen.measuring.plotting import Plot

        figure = Plot()
    report = ulp(
        name,
        target=to,
        dtype=dtype,
        functions=function,
        at=held,
        points=points,
        seed=seed,
        jobs=jobs,
        soft=soft,
        watch=None if figure is None else figure.add,
    )
    if figure is not None and plot:
        figure.save(Path(plot), f"{report.page}, {to}, {dtype}", report.argument)
    return report


def _values(at: tuple[str, ...]) -> dict[str, list[float]]:
    """`NAME=VALUE`, several times, as values by name."""
    found: dict[str, list[float]] = {}
    for text in at:
        name, value = halves(text) or ("", "")
        try:
            found.setdefault(name, []).append(float(value))
        except ValueError:
            raise click.UsageError(_("{text} is not NAME=VALUE", text=text)) from None
    return found


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        width = 40 * done // max(1, of)
        click.echo(f"\r[{'#' * width}{' ' * (40 - width)}] {done}/{of}", err=True, nl=done == of)


def table(report: Report) -> str:
    """The report for people, one line for every row."""
    heads = (
        _("function"),
        _("arguments held"),
        _("grid"),
        _("numbers"),
        _("largest"),
        _("mean"),
        _("zeros"),
        _("nan"),
        _("inf"),
        _("worst input"),
    )
    lines = [heads, *map(_cells, report.rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    shown = [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    title = _(
        "{page} for {target}, {dtype}: errors in ulp against exact values",
        page=report.page,
        target=report.target,
        dtype=report.dtype,
    )
    return "\n".join([title, "", *shown]) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    worst = row.worst[0].at if row.worst else ()
    return (
        row.function,
        ", ".join(f"{name}={value:g}" for name, value in row.fixed),
        row.grid,
        str(row.count),
        f"{row.largest:.4g}",
        f"{row.mean:.3g}",
        _share(row.zeros, row.count),
        _share(row.nans, row.count),
        _share(row.infinities, row.count),
        _shown(worst),
    )


def _shown(at: Sequence[float]) -> str:
    """An input; of a long row the first numbers."""
    few = [*map(repr, at[:MOST_SHOWN])] + ["..."] * (len(at) > MOST_SHOWN)
    return f"({', '.join(few)})"


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.3g} %" if count else "0"


command = Command(
    "ulp",
    callback=run,
    params=[
        click.Argument(["name"], metavar="NAME|PAGE.md"),
        Option(
            ["--to"],
            metavar="TARGET",
            type=OneOf(NAMES),
            default="numpy",
            help=N_("the target that is measured, numpy by default"),
        ),
        Option(
            ["--dtype"],
            metavar="TYPE",
            type=OneOf(DTYPES),
            default="float64",
            help=N_("float64 (by default), float32, float16 or bfloat16"),
        ),
        Option(
            ["--function"],
            metavar="NAME",
            multiple=True,
            help=N_("only this function; may be repeated"),
        ),
        Option(
            ["--at"],
            metavar="NAME=VALUE",
            multiple=True,
            help=N_("hold an argument at a value; labels are 0 and 1 otherwise"),
        ),
        Option(
            ["-n", "--points"],
            metavar="N",
            type=AtLeast(FEWEST_POINTS),
            default=20_000,
            help=N_("numbers in each grid, 20000 by default"),
        ),
        Option(
            ["--seed"],
            metavar="N",
            type=AtLeast(0),
            default=0,
            help=N_("other numbers for another seed"),
        ),
        Option(
            ["--exhaustive"],
            is_flag=True,
            help=N_("float32: every number, which takes minutes to hours"),
        ),
        Option(
            ["--resume"],
            metavar="FILE",
            help=N_("keep what is found in FILE, and go on where it ends"),
        ),
        Option(
            ["--soft"],
            is_flag=True,
            help=N_("losses of rows: targets are probabilities, not classes"),
        ),
        jobs_option(),
        Option(
            ["--limit"],
            metavar="ULP",
            type=NotNegative(),
            help=N_(
                "end with code 1 if an error is larger, or a result wrongly 0, nan or infinite"
            ),
        ),
        Option(["--plot"], metavar="FILE", help=N_("draw the errors into FILE (.svg, .png, .pdf)")),
        json_option(),
    ],
    lines=(
        N_("Measure the exported code of a page against exact values."),
        N_("Formats of 16 bits are measured at every number, others on stratified grids."),
        N_("Losses of rows are measured on sets of rows of 2, 10 and 1000 classes."),
    ),
    examples=(
        ("cesym ulp binary-cross-entropy --to torch --dtype bfloat16", N_("every number")),
        (
            "cesym ulp binary-cross-entropy --function gradient --at y=0.3 --plot out.svg",
            N_("a soft label, with the neighbours of the root"),
        ),
        (
            "cesym ulp categorical-cross-entropy --to numba -j 2 --plot out.svg",
            N_("losses of rows, their errors against the spread of the logits"),
        ),
    ),
)
