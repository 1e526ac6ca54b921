"""``gri-index merge``: two people's working lists as one."""

from pathlib import Path

import click

from gri_index.cli.options import file_option, talk_options


@click.command("merge", short_help="Join two working lists that two people edited.")
@click.argument("one", type=click.Path(path_type=Path, readable=False), metavar="A.xlsx")
@click.argument("other", type=click.Path(path_type=Path, readable=False), metavar="B.xlsx")
@file_option(
    "-o",
    "--output",
    required=True,
    metavar="OUT.xlsx",
    help="The joined workbook.",
)
@file_option(
    "--base",
    metavar="OLD.xlsx",
    help="The workbook that both began with: so deletions are told from cells that were always empty.",
)
@talk_options
def merge_command(one: Path, other: Path, output: Path, base: Path | None, quiet: bool, verbose: bool) -> int:
    """Join two working lists that two people edited.

    OUT.xlsx is A with what B has more, or otherwise than the program wrote it. Where both changed the
    same cell, A's entry stands, B's is kept in the row's note, and the place is named. Exit 1 where there
    are such conflicts. Build with --working-list OUT.xlsx, or put it in the place of content-index.xlsx.

    \b
    Examples:
      gri-index merge anna.xlsx lars.xlsx -o content-index.xlsx
      gri-index merge anna.xlsx lars.xlsx --base sent-out.xlsx -o content-index.xlsx
    """
    from gri_index.cli.named import write_named
    from gri_index.cli.talk import talk_labels
    from gri_index.cli.terminal import say
    from gri_index.errors import ExitCode
    from gri_index.files import read_input, read_optional
    from gri_index.worklist.merge import merge_lists
    from gri_index.writers.excel_merge import write_merged

    if output.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{output.name}: a working list is an Excel workbook; give it a name that ends in .xlsx")
    first, second = read_input(one), read_input(other)
    merged = merge_lists(first, second, read_optional(base))
    labels = talk_labels(merged.language)
    write_named(output, write_merged(first.content, merged), (one, other, *((base,) if base else ())), labels)
    for conflict in merged.said:
        say(labels.say(conflict))
    say(labels.text("merge-done", count=str(merged.taken), file=second.name, conflicts=str(merged.conflicts)), quiet=quiet)
    return ExitCode.FINDINGS if merged.conflicts else ExitCode.OK
