"""Click's commands and options with help and usage errors in the language of the moment.

The texts stay English in the objects and are translated when they are shown, so that one process
can speak both. What click itself says is said here in our own words, since click has no Chinese.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import click

from cesym.messages import LANGUAGES, N_, _

MOST_WORKERS = 256
MOST_BY_DEFAULT = 8
"""Workers that are not asked for: each may use 4 GiB."""

Lines = tuple[str, ...]
"""A text of several lines, each of them a text of the catalogue, short enough for 80 columns."""


class Option(click.Option):
    """An option whose `help` is a text of the catalogue."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option as it is written, and what it does."""
        record = super().get_help_record(ctx)
        return record and (record[0], _(self.help) if self.help else "")


class OneOf(click.Choice):
    """One of some words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """`value` itself, when it is one of them."""
        if value not in self.choices:
            words = ", ".join(map(str, self.choices))
            self.fail(_("{value} is not one of {words}", value=value, words=words), param, ctx)
        return value


class Seconds(click.ParamType):
    """A time limit above 0."""

    name = "seconds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number that `value` says."""
        try:
            seconds = float(value)
        except ValueError:
            seconds = 0.0
        if not 0 < seconds <= 86400:
            self.fail(_("{value} is not a number of seconds", value=value), param, ctx)
        return seconds


class NotNegative(click.ParamType):
    """A number that is not negative."""

    name = "number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number that `value` says."""
        try:
            number = float(value)
        except ValueError:
            number = -1.0
        if not number >= 0:
            self.fail(_("{value} is no number from {least} on", value=value, least=0), param, ctx)
        return number


class AtLeast(click.ParamType):
    """A whole number that is not too small."""

    name = "number"

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that `value` says."""
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= self.least):
            words = _("{value} is no number from {least} on", value=value, least=self.least)
            self.fail(words, param, ctx)
        return int(text)


class Workers(click.ParamType):
    """A number of worker processes; 0 for none."""

    name = "workers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number that `value` says."""
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= MOST_WORKERS):
            words = _(
                "{value} is not a number of workers from 0 to {most}",
                value=value,
                most=MOST_WORKERS,
            )
            self.fail(words, param, ctx)
        return int(text)


def jobs_option() -> Option:
    """`-j N`, otherwise from CESYM_JOBS."""
    return Option(
        ["-j", "--jobs"],
        type=Workers(),
        metavar="N",
        default=lambda: str(_processors()) if os.name == "posix" else "0",
        envvar="CESYM_JOBS",
        help=N_("work with N processes that can be killed, one a processor by default; 0: none"),
    )


def _processors() -> int:
    """The processors that this process may use, as far as it is sensible to use them all."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on every system
    count = len(allowed(0)) if allowed is not None else os.cpu_count() or 1
    return min(count, MOST_BY_DEFAULT)


def cache_option() -> Option:
    """`--no-cache`."""
    return Option(
        ["--no-cache"],
        is_flag=True,
        help=N_("work everything out again; CESYM_CACHE=off does so always"),
    )


def show_help(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    """Print the help and leave."""
    if value and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


def language_option() -> Option:
    """`--lang`. It does nothing of its own: the language is chosen before anything is read."""
    return Option(
        ["--lang"],
        type=OneOf(LANGUAGES),
        expose_value=False,
        help=N_("language, otherwise from CESYM_LANG or the locale"),
    )


def help_option() -> Option:
    """`--help`."""
    return Option(
        ["--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show_help,
        help=N_("show this and exit"),
    )


class Command(click.Command):
    """A command with `lines` of explanation and `examples` (command line, what it does).

    `--lang` and `--help` are added to its parameters.
    """

    def __init__(
        self,
        name: str,
        *,
        callback: Callable[..., int] | None,
        params: Sequence[click.Parameter] = (),
        lines: Lines = (),
        examples: Sequence[tuple[str, str]] = (),
        **settings: Any,
    ) -> None:
        super().__init__(
            name,
            callback=callback,
            params=[*params, language_option(), help_option()],
            add_help_option=False,
            **settings,
        )
        self.lines = lines
        self.examples = tuple(examples)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take in the arguments; one too many is an error in our words."""
        ctx.allow_extra_args = True
        try:
            super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click's parser leaves it out
            raise
        if ctx.args and not ctx.resilient_parsing:
            raise click.UsageError(_("one argument too many: {value}", value=ctx.args[0]), ctx)
        return ctx.args

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """The parts of the usage line."""
        self.options_metavar = _("[OPTIONS]")
        return super().collect_usage_pieces(ctx)

    def get_usage(self, ctx: click.Context) -> str:
        """The usage line."""
        return f"{_('Usage:')} {ctx.command_path} {' '.join(self.collect_usage_pieces(ctx))}"

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, explanation, options and examples."""
        formatter.write(f"{self.get_usage(ctx)}\n\n")
        formatter.write("".join(f"  {_(line)}\n" for line in self.lines))
        self.format_rows(ctx, formatter)
        options = (param for param in self.get_params(ctx) if isinstance(param, click.Option))
        with formatter.section(_("Options")):
            formatter.write_dl([row for option in options if (row := option.get_help_record(ctx))])
        if self.examples:
            with formatter.section(_("Examples")):
                for line, meaning in self.examples:
                    formatter.write(f"  {line}\n      {_(meaning)}\n")

    def format_rows(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What stands before the options: nothing."""


def halves(text: str) -> tuple[str, str] | None:
    """What stands on both sides of the first `=`; None where one of them is empty.

    >>> halves(" y_hat = q"), halves("s"), halves("=1")
    (('y_hat', 'q'), None, None)
    """
    left, _sign, right = (part.strip() for part in text.partition("="))
    return (left, right) if left and right else None
