"""Usage errors of click in our words, so that they exist in Chinese."""

from __future__ import annotations

import click

from cesym.messages import _


def describe(error: click.ClickException) -> str:
    """What is wrong, with the usage line and where to find help."""
    lines = [_("Error: {what}", what=_what(error))]
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        lines.insert(0, context.get_usage())
        lines.append(_("`{command} --help` says more", command=context.command_path))
    return "\n".join(lines)


def _what(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            near = ", ".join(error.possibilities or ())
            if near:
                return _(
                    "there is no option {name}; perhaps {near}", name=error.option_name, near=near
                )
            return _("there is no option {name}", name=error.option_name)
        case click.MissingParameter(param=click.Parameter() as parameter):
            return _("{name} is missing", name=_name(parameter, error))
        case click.BadParameter(param=click.Parameter() as parameter):
            return f"{_name(parameter, error)}: {error.message}"
        case click.BadOptionUsage():
            if _is_flag(error):
                return _("{name} takes no value", name=error.option_name)
            return _("{name} needs a value", name=error.option_name)
    return error.format_message()


def _name(parameter: click.Parameter, error: click.UsageError) -> str:
    """The parameter as the usage line shows it."""
    if isinstance(parameter, click.Option):
        return parameter.opts[-1]
    assert error.ctx is not None
    return parameter.make_metavar(error.ctx)


def _is_flag(error: click.BadOptionUsage) -> bool:
    parameters = error.ctx.command.params if error.ctx else []
    return any(
        isinstance(p, click.Option) and p.is_flag and error.option_name in p.opts
        for p in parameters
    )
