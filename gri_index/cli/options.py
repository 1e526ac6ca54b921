"""Options that several commands share, spelt the same everywhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorated = Callable[..., Any]


def known_language(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The language as given, if the program writes it or one near it. Raises click.BadParameter."""
    if value:
        from gri_index.language.labels import languages, load_labels

        if load_labels(value).language.split("-")[0] != value.replace("_", "-").split("-")[0].lower():
            raise click.BadParameter(f"{value!r} is none of the languages that the program writes: {', '.join(languages())}")
    return value


def _stacked(command: Decorated, *options: Callable[[Decorated], Decorated]) -> Decorated:
    """The command with several options; the last stands first in its help."""
    for option in options:
        command = option(command)
    return command


def file_option(*names: str, metavar: str, help: str, **form: Any) -> Callable[[Decorated], Decorated]:
    """An option that names a file or a folder; whether it can be read is said where it is read."""
    return click.option(*names, type=click.Path(path_type=Path, readable=False), metavar=metavar, help=help, **form)


def catalogue_option(command: Decorated) -> Decorated:
    """``--catalogue DIR``: catalogues of one's own."""
    return file_option(
        "--catalogue",
        "own",
        multiple=True,
        metavar="DIR",
        help="Folder with own indicators, Standards or translations; may be repeated.",
    )(command)


def review_options(command: Decorated) -> Decorated:
    """``--review``, ``--suggested``: tags that come from suggestions."""
    return _stacked(
        command,
        click.option(
            "--suggested", is_flag=True, help="Fill gaps with suggestions that nobody reviewed; each is marked as such."
        ),
        file_option(
            "--review",
            metavar="FILE.xlsx",
            help="Workbook of gri-index suggest --review: what you accepted there counts as tags.",
        ),
    )


def format_option(*forms: str, help: str) -> Callable[[Decorated], Decorated]:
    """``--format`` of one result; the first form is the default."""
    return click.option("-f", "--format", "form", type=click.Choice(forms), default=forms[0], help=help)


def fail_on_option(default: str) -> Callable[[Decorated], Decorated]:
    """``--fail-on``."""
    return click.option(
        "--fail-on",
        type=click.Choice(("error", "warning", "never")),
        default=default,
        help=f"Exit 1 at findings of this severity (default: {default}).",
    )


def findings_options(command: Decorated) -> Decorated:
    """``--format``, ``--fail-on``, ``--select``, ``--ignore``: how findings are shown, and when they fail."""
    return _stacked(
        command,
        click.option("--ignore", multiple=True, metavar="CODE", help="Do not show these rules; may be repeated."),
        click.option(
            "--select", multiple=True, metavar="CODE", help="Show these rules only: CI301, CI3, or a name; may be repeated."
        ),
        fail_on_option("error"),
        format_option("text", "json", "sarif", "csv", help="text for people; json, sarif (code scanning) and csv for programs."),
    )


def talk_options(command: Decorated) -> Decorated:
    """``-q``, ``-v``."""
    return _stacked(
        command,
        click.option("-v", "--verbose", is_flag=True, help="Say more; show tracebacks."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors."),
    )


def common_options(command: Decorated) -> Decorated:
    """``--profile``, ``--lang``, ``-q``, ``-v``."""
    return _stacked(
        command,
        talk_options,
        click.option(
            "-l",
            "--lang",
            metavar="LANG",
            callback=known_language,
            help="Language of the output, such as en or zh-Hans (default: the report's).",
        ),
        file_option(
            "--profile",
            metavar="FILE",
            help="The profile (default: gri-index.toml beside the report).",
        ),
    )
