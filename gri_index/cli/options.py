"""Options that several commands share, spelt the same everywhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorated = Callable[..., Any]


def common_options(command: Decorated) -> Decorated:
    """``--profile``, ``--lang``, ``-q``, ``-v``."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Say more; show tracebacks."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors."),
        click.option(
            "-l", "--lang", metavar="LANG", help="Language of the output, such as en or zh-Hans (default: the report's)."
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
