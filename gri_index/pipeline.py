"""The main job as a pure function: bytes and values in, bytes and values out.

No global state, no working directory, no clock: many reports can be built side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gri_index.checks import check
from gri_index.labels import load_labels
from gri_index.matching import match
from gri_index.model.findings import Context, Finding
from gri_index.model.index import ContentIndex
from gri_index.model.profile import Profile
from gri_index.model.report import Report
from gri_index.model.standards import Catalogue
from gri_index.model.text import message
from gri_index.readers import merge, read_report
from gri_index.writers import WRITERS
from gri_index.writers.contents import Contents

DEFAULT_FORMATS = ("docx", "xlsx", "json")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A report file: its name, without folders, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outputs:
    """What one run yields. ``files``: name -> bytes."""

    report: Report
    index: ContentIndex
    findings: tuple[Finding, ...]
    language: str
    files: dict[str, bytes] = field(default_factory=dict)


def build(
    sources: Sequence[InputFile],
    profile: Profile,
    catalogue: Catalogue,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    template: bytes | None = None,
    publish: bool = False,
) -> Outputs:
    """Reads the report, matches it against the catalogue, checks it and writes the outputs.

    ``formats``: names of ``WRITERS``; none: only the values. ``template``: a Word file in
    the house style. ``publish``: nothing private in the outputs. Raises GriIndexError.
    """
    report = read_sources(sources)
    chosen = profile.output.languages or (profile.report.language or report.sources[0].language,)
    languages = tuple(dict.fromkeys(load_labels(language).language for language in chosen))
    facts = replace(profile.report, language=profile.report.language or languages[0])
    profile = replace(profile, report=facts)
    index = match(report, catalogue, profile)
    if not profile.stated:
        labels = load_labels(languages[0])
        basis = labels.words["basis-" + profile.claim.basis.value.replace(" ", "-")]
        assumed = message("profile-assumed", basis=basis, file="gri-index.toml")
        index = replace(index, remarks=(assumed, *index.remarks))
    findings = check(Context(report, catalogue, profile, index))
    contents = Contents(report, profile, catalogue, index, findings)
    outputs = Outputs(report, index, findings, languages[0])
    for name in formats:
        spec = WRITERS[name]
        write = spec.load()
        for language in languages if spec.per_language else languages[:1]:
            infix = f".{language}" if len(languages) > 1 and spec.per_language else ""
            file = f"{profile.output.index_name if spec.per_language else spec.stem}{infix}.{name}"
            outputs.files[file] = write(contents, load_labels(language), template, publish)
    return outputs


def read_sources(sources: Sequence[InputFile]) -> Report:
    """One report from one or several files; files of the same name are told apart by a number."""
    seen: dict[str, int] = {}
    reports = []
    for source in sources:
        seen[source.name] = seen.get(source.name, 0) + 1
        id = source.name if seen[source.name] == 1 else f"{source.name}~{seen[source.name]}"
        reports.append(read_report(source.name, source.content, id=id))
    return merge(tuple(reports))
