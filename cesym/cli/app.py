"""The `cesym` command: chooses language and command, and turns errors into exit codes.

A `CesymError` is shown and ends with code 2; so does wrong usage. An interruption ends with 130,
and a reader that closed the pipe with 141, quietly. Any other exception is a bug of cesym, and is
left to show its traceback.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from io import TextIOWrapper
from itertools import pairwise
from typing import Any

import click

from cesym.cli.codes import BROKEN_PIPE, INTERRUPTED, UNREADABLE
from cesym.cli.command import Command, Option
from cesym.cli.output import let_go, tell
from cesym.cli.usage import describe
from cesym.errors import CesymError
from cesym.messages import LANGUAGES, N_, _, detect_language, using_language

COMMANDS: dict[str, tuple[str, str]] = {
    "derive": ("cesym.cli.derive", N_("derive a page, line by line, each line proved")),
    "check": ("cesym.cli.check", N_("prove pages or documents, or the whole library, again")),
    "verify": ("cesym.cli.verify", N_("decide a formula: proved, refuted or unknown")),
    "export": ("cesym.cli.export", N_("write the proved result as numeric code")),
    "ulp": ("cesym.cli.ulp", N_("measure exported code against exact values")),
    "list": ("cesym.cli.list", N_("the pages of the library")),
}
"""Command -> the module that holds it as `command`, and what it does."""


def language_of(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language that `--lang` asks for, wherever it stands, else that of the environment.

    >>> language_of(["derive", "sigmoid", "--lang", "zh"], {})
    'zh'
    >>> language_of(["--lang=en"], {"LANG": "zh"})
    'en'
    """
    asked = [
        argument.partition("=")[2] if "=" in argument else after
        for argument, after in pairwise([*arguments, ""])
        if argument.partition("=")[0] == "--lang"
    ]
    known = [language for language in asked if language in LANGUAGES]
    return known[-1] if known else detect_language(environ)


def show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    """Print the version and leave."""
    from cesym import __version__

    if value and not ctx.resilient_parsing:
        click.echo(f"cesym {__version__}")
        ctx.exit()


class App(Command, click.Group):
    """The group of all commands, each imported when it is wanted."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take in the arguments up to the command. With none at all the help is shown."""
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True)
            ctx.exit(UNREADABLE)
        return click.Group.parse_args(self, ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command `cmd_name`, None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        return import_module(COMMANDS[cmd_name][0]).command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names."""
        name, *rest = args
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing:
            if near := get_close_matches(name, COMMANDS, n=1):
                raise click.UsageError(
                    _("there is no command {name}; perhaps {near}", name=name, near=near[0]), ctx
                )
            raise click.UsageError(_("there is no command {name}", name=name), ctx)
        return name, command, rest

    def format_rows(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl(
                [(name, _(meaning)) for name, (_module, meaning) in COMMANDS.items()]
            )

    def main(self, args: Sequence[str] | None = None, *_ignored: Any, **_settings: Any) -> Any:
        """As click calls it: run and exit."""
        sys.exit(self.run(sys.argv[1:] if args is None else args))

    def run(self, arguments: Sequence[str]) -> int:
        """Run the command that `arguments` name; what to exit with."""
        if "_CESYM_COMPLETE" in os.environ:
            super().main(list(arguments), prog_name="cesym")
        _survive_every_character()
        with using_language(language_of(arguments, os.environ)):
            try:
                code = self._invoke(list(arguments))
                sys.stdout.flush()
            except BrokenPipeError:
                let_go()
                return BROKEN_PIPE
            except KeyboardInterrupt:
                click.echo(_("interrupted"), err=True)
                return INTERRUPTED
        return code

    def _invoke(self, arguments: list[str]) -> int:
        try:
            with self.make_context("cesym", arguments) as context:
                return self.invoke(context)
        except click.exceptions.Exit as leaving:
            return leaving.exit_code
        except click.ClickException as error:
            click.echo(describe(error), err=True)
        except CesymError as error:
            tell(error, "unreadable", wants_json="--json" in arguments)
        return UNREADABLE


def _survive_every_character() -> None:
    """A terminal without ✓ or Chinese shows an escape, and nothing breaks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


app = App(
    "cesym",
    callback=None,
    invoke_without_command=False,
    params=[
        Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=show_version,
            help=N_("show the version and exit"),
        )
    ],
    lines=(N_("Derive, prove and export the cross-entropy family of losses."),),
    examples=(
        ("cesym derive binary-cross-entropy", N_("every line by a named rule, every line proved")),
        (
            'cesym verify "log(exp(x)) == x" --let "x in real"',
            N_("proved, or refuted with a counterexample, or unknown"),
        ),
        ("cesym check", N_("prove the whole library again")),
        ("cesym export binary-cross-entropy --to numpy -o bce.py", N_("accurate numeric code")),
    ),
)
