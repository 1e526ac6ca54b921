"""``gri-index build``: the main job."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gri_index.cli.options import catalogue_option, common_options, fail_on_option, file_option, review_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gri_index.language.labels import Labels
    from gri_index.model.profile import Profile
    from gri_index.pipeline import Pages
    from gri_index.readers import InputFile

DEFAULT_FORMATS = ("docx", "xlsx", "json")
FORMATS = (*DEFAULT_FORMATS, "csv", "txt", "md", "html", "pdf")


@click.command("build", short_help="Write the content index of a report in Word, Excel and JSON.")
@click.argument("reports", nargs=-1, type=click.Path(path_type=Path, readable=False), metavar="REPORT…")
@file_option(
    "-o",
    "--output",
    default=Path(),
    metavar="DIR",
    help="Folder of the outputs (default: here).",
)
@click.option(
    "-f", "--format", "formats", multiple=True, type=click.Choice(FORMATS), help="Write this format only; may be repeated."
)
@file_option(
    "--template",
    metavar="FILE.docx",
    help="A Word file in your house style; gri-index template writes one to start from.",
)
@file_option(
    "--working-list",
    "working",
    metavar="FILE.xlsx",
    help="Workbook whose working list comes back (default: the one in the output folder).",
)
@file_option(
    "--from-index",
    "from_index",
    metavar="FILE",
    help="A document that prints an index (the report itself, or another): its rows are built again in GRI's layout.",
)
@file_option(
    "--into",
    metavar="FILE.docx",
    help="The Word report with the index in it: at a control or bookmark GRI_INDEX, at [[GRI content index]], or at its end.",
)
@file_option(
    "--from",
    "earlier_index",
    metavar="INDEX.json",
    help="In the place of REPORT: the index.json of an earlier build of it, to be paged anew with --pages-from.",
)
@file_option(
    "--pages-from",
    metavar="FILE.pdf",
    help="A PDF of the report, typeset or saved from Word: pages are found there, the tags are those of REPORT.",
)
@click.option(
    "--pages",
    type=click.Choice(("saved", "rendered", "none")),
    default="saved",
    help="Without a PDF: the pages that Word saved, those that LibreOffice lays out, or none (default: saved).",
)
@click.option(
    "--with",
    "others",
    metavar="LIST",
    default="",
    help="Columns of other frameworks, as sdg,ungc; gri-index crosswalk --list names them.",
)
@click.option(
    "--link-base",
    metavar="URL",
    help="Web address of the report's PDF, or its file name: each place leads to its page, as report.pdf#page=47.",
)
@file_option(
    "--baseline",
    metavar="INDEX.json",
    help="A signed-off index: assured disclosures that are not as they were there are named.",
)
@file_option(
    "--twin",
    metavar="FILE",
    help="The same report in another language: its index has its own sections and pages; what differs is named.",
)
@click.option("--watch", is_flag=True, help="Build again whenever a file that is read changes, until Ctrl-C.")
@review_options
@click.option("--fresh", is_flag=True, help="Do not read an earlier working list back.")
@click.option(
    "--mark-unverified", is_flag=True, help="An asterisk at titles that were found in no published translation of the Standards."
)
@click.option("--publish", is_flag=True, help="Nothing private in the outputs: the workbook holds the printable index alone.")
@fail_on_option("never")
@catalogue_option
@common_options
def build_command(reports: tuple[Path, ...], earlier_index: Path | None, watch: bool, **options: Any) -> int:
    """Write the content index of a report in Word, Excel and JSON.

    Reads the tags of the files that make a report, matches them against the GRI Standards, and
    writes content-index.docx, content-index.xlsx (with working list, matrix and findings) and
    index.json. The report is never written to. What you enter in the working list comes back
    when you build again into the same folder.

    \b
    Examples:
      gri-index build report.docx -o out
      gri-index build report.md --profile client.toml --lang zh-Hans -o out
      gri-index build report.docx --into report-with-index.docx -o out
      gri-index build report.docx --pages-from proof.pdf -o out
      gri-index build --from out/index.json --pages-from proof.pdf -o out
    """
    publish, suggested = options["publish"], options["suggested"]
    reports = _named(reports, earlier_index, unreviewed=publish and suggested)
    if not watch:
        return _build(reports, earlier_index, **options)
    from gri_index.cli.watch import build_again

    read = (
        options[name] for name in ("profile", "template", "working", "from_index", "pages_from", "review", "baseline", "twin")
    )
    return build_again(
        lambda: _build(reports, earlier_index, **options), [*reports, *(path for path in read if path)], reports[0]
    )


def _build(
    reports: tuple[Path, ...], earlier_index: Path | None, *, output: Path, formats: tuple[str, ...], template: Path | None,
    working: Path | None, from_index: Path | None, into: Path | None, pages_from: Path | None, pages: "Pages", others: str,
    link_base: str | None, baseline: Path | None, twin: Path | None, review: Path | None, suggested: bool, fresh: bool, mark_unverified: bool,
    publish: bool, fail_on: str, own: tuple[Path, ...], profile: Path | None, lang: str | None, quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """One build; returns the exit code."""
    from gri_index import files
    from gri_index.catalogue import load_catalogue
    from gri_index.cli.clock import default_day
    from gri_index.cli.named import write_named
    from gri_index.cli.talk import assured_lines, build_lines, exit_code, outputs_labels
    from gri_index.pipeline import build, workbook_name
    from gri_index.worklist.progress import open_rows

    _check_into(into, reports)
    stated_in = profile or files.profile_path(None, reports[0]) or earlier_index  # which says what its profile said
    stated = _with_options(files.load_profile(stated_in, reports[0]), lang, link_base, mark_unverified=mark_unverified)
    template = template or _house_style(stated, stated_in or reports[0])
    earlier = working or output / workbook_name(stated)
    there = files.content(earlier)  # first: what comes in between is noticed when the new one takes its place
    back = files.read_input(working) if working else None if fresh else files.read_earlier(earlier)
    others_there = [] if fresh or working or publish else files.elsewhere(output, earlier.name)
    outputs = build(
        [files.read_input(path) for path in reports],
        stated,
        load_catalogue(own=own),
        formats=formats or (DEFAULT_FORMATS if into is None else DEFAULT_FORMATS[1:]),
        template=files.read_template(template),
        publish=publish,
        working=back,
        printed=files.read_optional(from_index),
        review=files.read_optional(review),
        suggested=default_day() if suggested else None,
        frameworks=[name for name in others.replace(" ", "").lower().split(",") if name],
        into=into.name if into else "",
        proof=files.read_optional(pages_from),
        pages=pages,
        twin=files.read_optional(twin),
    )
    labels = outputs_labels(outputs, stated, lang)
    assured = list(assured_lines(files.read_input(baseline), outputs, labels)) if baseline else []
    inserted = outputs.files.pop(into.name) if into else b""
    inputs = () if earlier_index else reports  # an index may take the place of the one that it was made of
    if into:  # first: where it cannot be written, since Word has it open, nothing else changes either
        write_named(into, inserted, reports, labels)
    seen = {} if fresh or working or earlier.name not in outputs.files else {earlier.name: there}
    read = (earlier,) if outputs.working_read else ()
    kept, paths = files.put_outputs(output, outputs.files, inputs, read=read, publish=publish, seen=seen)
    asides = _asides(labels, files.unused_profile(profile, reports[0]), kept, earlier.name, fresh=fresh, back=back)
    elsewhere = (labels.text("list-elsewhere", file=each, list=earlier.name) for each in others_there)
    _tell([*asides, *elsewhere, *assured, *build_lines(outputs, labels, verbose=verbose, quiet=quiet)], paths)
    if publish:
        _remind(open_rows(outputs.index), labels, quiet=quiet)
    return exit_code(outputs.findings, fail_on)


def _remind(left: "Sequence[str]", labels: "Labels", *, quiet: bool) -> None:
    """What is to be known of an index that goes out: that something is open, and that GRI is to be told."""
    from gri_index.cli.terminal import say

    if left:
        say(labels.text("publish-open", count=str(len(left)), numbers=labels.join(list(left))))
    say(labels.words["notice-due"], quiet=quiet)


def _tell(lines: "Sequence[str]", paths: "Sequence[Path]") -> None:
    from gri_index.cli.terminal import plain, say

    for line in lines:
        say(line)
    click.echo("\n".join(plain(str(path)) for path in paths))


def _check_into(into: Path | None, reports: tuple[Path, ...]) -> None:
    """Raises before anything is written where the report with its index cannot go there."""
    from gri_index.errors import OutputError

    if into and into.suffix.lower() not in (".docx", ".docm"):
        raise click.BadParameter(f"{into.name}: the report with its index is a Word file; give it a name that ends in .docx")
    if into and into.resolve() in {path.resolve() for path in reports}:
        raise OutputError(f"{into.name}: this file is the report itself", hint="Write to another folder or under another name.")


def _house_style(stated: "Profile", beside: Path) -> Path | None:
    """The template that the profile names, beside it."""
    return beside.parent / stated.output.template if stated.output.template else None


def _named(reports: tuple[Path, ...], earlier_index: Path | None, *, unreviewed: bool) -> tuple[Path, ...]:
    """The files of the report, or the earlier index that stands for them. Raises click.UsageError for options that exclude each other."""
    if unreviewed:
        raise click.UsageError("--publish prints no suggestion that nobody reviewed; decide on them with suggest --review")
    if earlier_index is None and not reports:
        raise click.UsageError("name the REPORT, or with --from the index.json of an earlier build of it")
    if earlier_index is not None and reports:
        raise click.UsageError("--from stands in the place of REPORT; name one of them")
    return reports or (earlier_index,)  # type: ignore[return-value]


def _with_options(stated: "Profile", lang: str | None, link: str | None, *, mark_unverified: bool) -> "Profile":
    """The profile with what the command line says of the output. Raises click.BadParameter for a base that is none."""
    from gri_index.profile.fields import FaultError, link_base

    try:
        base = link_base(link) if link else stated.output.link_base
    except FaultError as fault:
        raise click.BadParameter(f"--link-base: {fault}") from None
    languages, mark = (lang,) if lang else stated.output.languages, mark_unverified or stated.output.mark_unverified
    return replace(stated, output=replace(stated.output, languages=languages, mark_unverified=mark, link_base=base))


def _asides(
    labels: "Labels", unused: str, kept: "Sequence[tuple[str, str]]", earlier: str, *, fresh: bool, back: "InputFile | None"
) -> "Iterator[str]":
    """What is said of files beside the outputs: an unused profile, changed files that were kept, workbooks that are not read back."""
    if back and back.name != earlier:
        yield labels.text("list-from-kept", file=back.name, list=earlier)
    if unused:
        yield labels.text("profile-unused", file=unused)
    for old, new in kept:
        yield labels.text("kept-aside", file=old, kept=new)
        if old == earlier and not (fresh or back):
            yield labels.text("list-damaged", file=old)
        if old.endswith(".xlsx") and old != earlier:
            yield labels.text("list-other", file=old, list=earlier)
