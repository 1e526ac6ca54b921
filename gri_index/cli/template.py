"""``gri-index template``: a house style to start from."""

from pathlib import Path

import click

from gri_index.cli.options import file_option, known_language, talk_options


@click.command("template", short_help="Write a Word file to make your house style of.")
@file_option(
    "-o",
    "--output",
    default="house-style.docx",
    metavar="FILE.docx",
    help="The file (default: house-style.docx).",
)
@click.option("-l", "--lang", metavar="LANG", callback=known_language, help="Language of what the file says (default: English).")
@talk_options
def template_command(output: Path, lang: str | None, quiet: bool, verbose: bool) -> int:
    """Write a Word file to make your house style of.

    Change its styles, theme colours, page setup, head and foot in Word, and give it to
    build --template, or name it in the profile. Its sample text is not printed; where a paragraph
    says [[GRI content index]] and nothing else, the index takes its place and other text stays.

    \b
    Examples:
      gri-index template
      gri-index template -o brand/index-style.docx
    """
    import os

    from gri_index.cli.terminal import plain
    from gri_index.errors import OutputError
    from gri_index.files import write_outputs
    from gri_index.language.labels import message_labels
    from gri_index.writers.word_style import starter

    if output.suffix.lower() != ".docx":
        raise OutputError(f"{output.name}: a house style is a Word file", hint="Name it with the suffix .docx.")
    if os.path.lexists(output):
        raise OutputError(f"{output.name}: is there already", hint="Remove it, or name another file with -o.")
    for path in write_outputs(output.parent, {output.name: starter(message_labels(lang or "en"))}, ()):
        click.echo(plain(str(path)))
    return 0
