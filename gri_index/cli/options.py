"""Options that several commands share, spelt the same everywhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorated = Callable[..., Any]


def known_language(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The language as given, if the program writes it or one near it. Raises click.BadParameter."""
    if value:
        from gri_index.labels import languages, load_labels

        if load_labels(value).language.split("-")[0] != value.replace("_", "-").split("-")[0].lower():
            raise click.BadParameter(f"{value!r} is none of the languages that the program writes: {', '.join(languages())}")
    return value


def catalogue_option(command: Decorated) -> Decorated:
    """``--catalogue DIR``: catalogues of one's own."""
    return click.option(
        "--catalogue",
        "own",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Folder with own indicators, Standards or translations; may be repeated.",
    )(command)


def common_options(command: Decorated) -> Decorated:
    """``--profile``, ``--lang``, ``-q``, ``-v``."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Say more; show tracebacks."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors."),
        click.option(
            "-l",
            "--lang",
            metavar="LANG",
            callback=known_language,
            help="Language of the output, such as en or zh-Hans (default: the report's).",
        ),
        click.option(
            "--profile",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The profile (default: gri-index.toml beside the report).",
        ),
    ):
        command = option(command)
    return command
