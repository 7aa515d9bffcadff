"""What `cesym derive` and `cesym export` take instead of a name: a loss, and its symbols."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import click

from cesym.cli.command import Option
from cesym.messages import N_, _


@dataclass(frozen=True, slots=True)
class Asked:
    """A name, or a loss with its declarations, links, and what to differentiate by."""

    name: str | None
    loss: str | None = None
    let: tuple[str, ...] = ()
    link: tuple[str, ...] = ()
    by: tuple[str, ...] = ()

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments of `cesym.derive`."""
        return {"name": self.name} if self.loss is None else asdict(self)


def asked(
    name: str | None,
    loss: str | None,
    let: tuple[str, ...],
    link: tuple[str, ...],
    by: tuple[str, ...],
) -> Asked:
    """What is asked for. Raises a usage error when it is nothing, or two things."""
    context = click.get_current_context()
    if name is None and loss is None:
        raise click.UsageError(_("name a page, or give a formula with --loss"), context)
    if name is not None and loss is not None:
        raise click.UsageError(_("a name and --loss contradict each other"), context)
    if loss is None and (let or link or by):
        raise click.UsageError(_("--let, --link and --by go with --loss only"), context)
    return Asked(name, loss, let, link, by)


def name_argument() -> click.Argument:
    """NAME, which may be missing."""
    return click.Argument(["name"], metavar="[NAME|PAGE.md]", required=False)


def loss_options() -> list[Option]:
    """`--loss`, `--let`, `--link` and `--by`."""
    return [
        Option(["--loss"], metavar="FORMULA", help=N_("a loss of your own, in text or LaTeX")),
        Option(
            ["--let"],
            metavar="TEXT",
            multiple=True,
            help=N_("where a symbol of the loss lives, such as: q in (0,1)"),
        ),
        Option(
            ["--link"],
            metavar="TEXT",
            multiple=True,
            help=N_("what a symbol is made of, such as: q = sigmoid(s)"),
        ),
        Option(
            ["--by"],
            metavar="NAME",
            multiple=True,
            help=N_("differentiate by this symbol; otherwise by what is linked, or by all"),
        ),
    ]
