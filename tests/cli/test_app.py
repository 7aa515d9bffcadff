"""Finding the command and the language, help, wrong usage, and what never shows a traceback."""

import re
import subprocess
import sys

import click
import pytest

import cesym
from cesym.cli.app import COMMANDS, app, language_of
from cesym.cli.codes import BROKEN_PIPE, INTERRUPTED, UNREADABLE
from cesym.errors import ReadError

CHINESE = re.compile("[\u4e00-\u9fff]")


def test_help_loads_nothing_heavy():
    script = (
        "import sys\n"
        "from cesym.cli.app import COMMANDS, app\n"
        "app.run(['--help'])\n"
        "for name in COMMANDS: app.run([name, '--help'])\n"
        "heavy = {'sympy', 'flint', 'numpy', 'hypothesis', 'rich', 'babel', 'jinja2', 'yaml'}\n"
        "print(heavy & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stderr.strip() == "set()"


def test_version(run):
    assert run("--version").stdout == f"cesym {cesym.__version__}\n"


def test_help_names_every_command(run):
    result = run("--help")
    assert result.exit_code == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\w", result.stdout, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_examples(run, name):
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"Usage: cesym {name} [OPTIONS]" in result.stdout
    assert f"cesym {name} " in result.stdout.partition("Examples:")[2]


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_help_in_chinese_is_chinese_throughout(run, name):
    result = run(*([name] if name else []), "--help", "--lang", "zh")
    lines = [line for line in result.stdout.splitlines() if line.strip()]
    unspoken = re.compile(r"  cesym | +LaTeX$")
    assert [line for line in lines if not (CHINESE.search(line) or unspoken.match(line))] == []


def test_help_fits_a_terminal(run):
    for language in ("en", "zh"):
        for name in COMMANDS:
            for line in run(name, "--help", "--lang", language).stdout.splitlines():
                assert len(line) <= 100


@pytest.mark.parametrize(
    "arguments",
    [("--lang", "zh", "list"), ("list", "--lang", "zh"), ("list", "--lang=zh")],
)
def test_the_language_may_stand_anywhere(run, arguments):
    assert CHINESE.search(run(*arguments, "--help").stdout)


def test_the_environment_gives_the_language(run):
    assert CHINESE.search(run("--help", CESYM_LANG="zh").stdout)
    assert not CHINESE.search(run("--help", "--lang", "en", CESYM_LANG="zh").stdout)


def test_the_last_language_counts():
    assert language_of(["--lang", "zh", "list", "--lang", "en"], {}) == "en"
    assert language_of(["--lang", "fr"], {"LANG": "zh_CN.UTF-8"}) == "zh"


WRONG = {
    ("verfiy",): ("there is no command verfiy; perhaps verify", "没有命令 verfiy；也许是 verify"),
    ("xyz",): ("there is no command xyz", "没有命令 xyz"),
    ("list", "--jsno"): ("there is no option --jsno", "没有选项 --jsno"),
    ("verify", "x == 1", "--sceonds", "3"): (
        "there is no option --sceonds; perhaps --seconds",
        "没有选项 --sceonds；也许是 --seconds",
    ),
    ("verify",): ("one claim is expected; put it in quotes", "应有一个论断；请用引号括起来"),
    ("verify", "x", "==", "1"): ("one claim is expected; put it in quotes", "请用引号括起来"),
    ("verify", "x == 1", "--seconds", "0"): (
        "--seconds: 0 is not a number of seconds",
        "--seconds: 0 不是秒数",
    ),
    ("verify", "x == 1", "--let"): ("--let needs a value", "--let 需要一个值"),
    ("verify", "x == 1", "--json=1"): ("--json takes no value", "--json 不带值"),
    ("verify", "x == 1", "--plain", "--latex"): (
        "--latex and --plain contradict each other",
        "--latex 与 --plain 互相矛盾",
    ),
    ("derive",): ("name a page, or give a formula with --loss", "--loss"),
    ("derive", "sigmoid", "extra"): ("one argument too many: extra", "多出一个参数：extra"),
    ("derive", "sigmoid", "--to", "pdf"): ("--to: pdf is not one of text", "--to: pdf 不是 text"),
    ("derive", "sigmoid", "--to", "text", "--json"): (
        "--json and --to text contradict each other",
        "--json 与 --to text 互相矛盾",
    ),
    ("export", "sigmoid"): ("--to is missing", "缺少 --to"),
    ("list", "--lang", "fr"): ("--lang: fr is not one of en, zh", "--lang: fr 不是 en, zh 之一"),
}


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_said_in_both_languages(run, arguments):
    english, chinese = WRONG[arguments]
    for language, words in (("en", english), ("zh", chinese)):
        result = run(*arguments, CESYM_LANG=language)
        assert result.exit_code == UNREADABLE
        assert words in result.stderr
        assert result.stdout == ""


def test_without_a_command_the_help_is_wrong_usage(run):
    result = run()
    assert result.exit_code == UNREADABLE
    assert "Commands:" in result.stderr


def ends_with(error):
    def callback(**_arguments):
        raise error

    return click.Command("list", callback=callback)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (ReadError("unknown name {name}", name="q"), UNREADABLE, "unknown name q\n"),
        (KeyboardInterrupt(), INTERRUPTED, "interrupted\n"),
    ],
)
def test_an_error_is_shown_without_traceback(run, monkeypatch, error, code, words):
    monkeypatch.setattr("cesym.cli.list.command", ends_with(error))
    result = run("list")
    assert (result.exit_code, result.stderr) == (code, words)


def test_a_bug_is_not_hidden(run, monkeypatch):
    monkeypatch.setattr("cesym.cli.list.command", ends_with(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        run("list")


def test_a_closed_pipe_ends_quietly(start):
    process = start("list")
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == BROKEN_PIPE


def test_a_completion_is_offered(start):
    process = start(_CESYM_COMPLETE="bash_complete", COMP_WORDS="cesym ver", COMP_CWORD="1")
    assert "verify" in process.communicate()[0]


def test_every_command_has_its_name():
    context = click.Context(app)
    assert [app.get_command(context, name).name for name in COMMANDS] == list(COMMANDS)


def test_the_package_runs_as_a_module():
    """`python -m cesym` is the command, for where scripts are not on the path."""
    done = subprocess.run(
        [sys.executable, "-m", "cesym", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"cesym {cesym.__version__}"
