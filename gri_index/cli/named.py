"""One output under the name that the author gave."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from gri_index.files import put_outputs

if TYPE_CHECKING:
    from gri_index.language.labels import Labels


def write_named(path: Path, content: bytes, inputs: tuple[Path, ...], labels: "Labels", *, read: bool = False) -> None:
    """Writes one output under the name that the author gave, and says so; what stands there and a person changed is kept aside.

    ``read``: everything that the old file held is in the new one. Raises OutputError.
    """
    from gri_index.cli.terminal import plain, say

    files = {path.name: content}
    kept, paths = put_outputs(path.parent, files, inputs, read=(path,) if read else ())
    for old, new in kept:
        say(labels.text("kept-aside", file=old, kept=new))
    for written in paths:
        click.echo(plain(str(written)))
