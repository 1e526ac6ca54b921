"""The main job as a pure function: bytes and values in, bytes and values out.

No global state, no working directory, no clock: many reports can be built side by side.
"""

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from gri_index.checks import check
from gri_index.errors import InputError
from gri_index.extraction.remarks import index_remarks
from gri_index.extraction.report import read_sources
from gri_index.language.labels import load_labels, message_labels
from gri_index.matching import match
from gri_index.model.findings import Context, Finding
from gri_index.model.index import ContentIndex
from gri_index.model.printed import PrintedIndex
from gri_index.model.profile import Profile
from gri_index.model.report import Report
from gri_index.model.standards import Catalogue
from gri_index.model.suggestions import Review, Substance
from gri_index.model.text import Message, message
from gri_index.model.working import WorkingList
from gri_index.readers import InputFile as InputFile
from gri_index.writers import WRITERS
from gri_index.writers.contents import Contents
from gri_index.writers.links import linked

DEFAULT_FORMATS = ("docx", "xlsx", "json")
Pages = Literal["saved", "rendered", "none"]
_LIKELY = 0.3  # score from which a suggestion that nobody reviewed fills a gap


@dataclass(frozen=True, slots=True)
class Outputs:
    """What one run yields. ``files``: name -> bytes."""

    report: Report
    index: ContentIndex
    findings: tuple[Finding, ...]
    language: str
    files: dict[str, bytes] = field(default_factory=dict)
    printed: PrintedIndex | None = None
    working: WorkingList = field(default_factory=WorkingList)  # the working list that came back
    working_read: bool = False  # an earlier working list came back, and nothing of its workbook is lost


@dataclass(frozen=True, slots=True)
class _Listed:
    """The workbook whose working list comes back, and cells of it that are filled in anew."""

    file: InputFile | None
    entered: Mapping[str, Mapping[str, str]] | None
    renamed: Mapping[str, str] | None


def build(
    sources: Sequence[InputFile],
    profile: Profile,
    catalogue: Catalogue,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    template: bytes | None = None,
    publish: bool = False,
    working: InputFile | None = None,
    entered: Mapping[str, Mapping[str, str]] | None = None,
    renamed: Mapping[str, str] | None = None,
    report: Report | None = None,
    printed: InputFile | None = None,
    review: InputFile | None = None,
    suggested: datetime.date | None = None,
    judged: datetime.date | None = None,
    frameworks: Sequence[str] = (),
    into: str = "",
    proof: InputFile | None = None,
    pages: Pages = "saved",
    twin: InputFile | None = None,
) -> Outputs:
    """Reads the report, matches it against the catalogue, checks it and writes the outputs.

    ``formats``: names of ``WRITERS``; none: only the values. ``template``: a Word file in
    the house style. ``publish``: nothing private in the outputs. ``working``: a workbook
    of an earlier run, whose working list comes back. ``entered``: cells of that list that are filled in anew, by the
    short key of their row (``worklist.state.row_key``) and the column. ``renamed``: former name of a topic -> its new one,
    whose rows keep their entries. ``report``: the sources where they were read before. ``printed``: a document that prints an
    index, whose rows join those of the tags. ``review``: a workbook with decisions on suggestions.
    ``suggested``: suggestions that nobody reviewed fill the gaps, each marked; the day decides which
    disclosures are in force where the profile states no publication. ``judged``, such a day too: the
    findings hold the rows against what the text seems to report. ``frameworks``: ids of crosswalks whose
    items stand beside the rows. ``into``: name of one more output, the first file with the index in it.
    ``proof``: a PDF of the first file, which has its pages. ``pages``: without a proof those that the file
    was saved with, those that LibreOffice lays out ("rendered"), or "none". ``twin``: the report in another language, of which
    the index in that language is made. Raises GriIndexError.
    """
    report, of_pages = _paged(report or read_sources(sources), sources[0], proof, pages)
    report, told = _with_suggestions(report, profile, catalogue, review, suggested)
    other = read_sources([twin]) if twin else None
    languages = _languages(profile, report, other)
    listed = _Listed(working, entered, renamed)
    contents = _contents(
        _spoken(profile, languages[0]), report, catalogue, listed, printed, frameworks, judged, (*of_pages, *told)
    )
    twins: dict[str, Contents] = {}
    if other:
        contents, twins = _with_twin(contents, other, _spoken(profile, languages[0]), catalogue, listed, frameworks)
    edits = contents.working
    outputs = Outputs(
        report, contents.index, contents.findings, languages[0], working=edits, working_read=edits.read and not edits.losses
    )
    for file, written in _written(contents, twins, formats, languages, template, publish=publish):
        outputs.files[file] = written
    if into:
        from gri_index.writers.word_insert import insert_index

        outputs.files[into] = insert_index(sources[0].content, contents, load_labels(languages[0]), publish=publish)
    return outputs


def _paged(report: Report, file: InputFile, proof: InputFile | None, pages: Pages) -> tuple[Report, tuple[Message, ...]]:
    """The report with the pages that are wanted, and what is to be said of them."""
    if proof is None and pages == "saved":
        return report, ()
    if proof is None and pages == "none":
        from gri_index.pagination.apply import without_pages

        return without_pages(report), ()
    from gri_index.pagination.apply import paginated
    from gri_index.pagination.proof import read_proof, rendered

    return paginated(report, read_proof(proof) if proof else rendered(file))


def _languages(profile: Profile, report: Report, twin: Report | None) -> tuple[str, ...]:
    """Those of the output: the profile's, else those of the report and of its twin."""
    own = (profile.report.language or report.sources[0].language, *((twin.sources[0].language,) if twin else ()))
    chosen = profile.output.languages or own
    return tuple(dict.fromkeys(load_labels(language).language for language in chosen))


def _spoken(profile: Profile, language: str) -> Profile:
    """The profile with a language, where it states none."""
    return replace(profile, report=replace(profile.report, language=profile.report.language or language))


def _with_twin(
    contents: Contents, twin: Report, profile: Profile, catalogue: Catalogue, listed: _Listed, frameworks: Sequence[str]
) -> tuple[Contents, dict[str, Contents]]:
    """(the contents, which say what differs in the twin and what was noticed there; those of the twin, by its language)."""
    from gri_index.comparison import compare, entries_of_rows

    labels = load_labels(profile.report.language)
    found = _contents(profile, twin, catalogue, listed, None, frameworks, None, ())
    names = {"one": contents.report.sources[0].name, "other": twin.sources[0].name}
    said = [each for each in found.index.remarks if each not in contents.index.remarks]
    for each in compare(entries_of_rows(contents.index, labels), entries_of_rows(found.index, labels)):
        if each.kind != "moved":
            old, new = each.old or "\u2013", each.new or "\u2013"
            said.append(message("twin-differs", disclosure=each.number, old=old, new=new, **names))
    told = replace(contents, index=replace(contents.index, remarks=(*contents.index.remarks, *said)))
    return told, {load_labels(twin.sources[0].language).language: found}


def _contents(
    profile: Profile, report: Report, catalogue: Catalogue, listed: _Listed, printed: InputFile | None,
    frameworks: Sequence[str], judged: datetime.date | None, told: Sequence[Message],
) -> Contents:  # fmt: skip
    """The index of a report and what is found in it, with a printed index and a working list. ``told``: to be said before."""
    read = PrintedIndex()
    if printed:
        read, profile = _with_printed(printed, report, profile, catalogue)
    working, edits = listed.file, _working_list(listed, profile, catalogue)
    edit_remarks: tuple[Message, ...] = edits.losses
    if working and edits.read:
        from gri_index.worklist.apply import apply_edits, list_remarks

        profile, changed, unused = apply_edits(replace(profile, list_file=working.name), edits)
    catalogue = catalogue.with_sectors(profile.report.publication_date, dict(profile.claim.sector_versions))
    index = _with_frameworks(match(report, catalogue, profile), frameworks, catalogue)
    index = linked(index, profile.output.link_base) if profile.output.link_base else index
    if working and edits.read:
        edit_remarks = tuple(list_remarks(edits, index, changed, unused))
    of_printed = tuple(index_remarks(read, index, catalogue)) if printed else ()
    index = replace(index, remarks=(*_assumed(profile), *told, *edit_remarks, *of_printed, *index.remarks))
    findings = check(Context(report, catalogue, profile, index, substance=_substance(report, profile, catalogue, judged)))
    return Contents(report, profile, catalogue, index, findings, edits)


def _assumed(profile: Profile) -> Iterator[Message]:
    """What is said where there is no profile."""
    if not profile.stated:
        labels = message_labels((*profile.output.languages, profile.report.language)[0])
        basis = labels.words["basis-" + profile.claim.basis.value.replace(" ", "-")]
        yield message("profile-assumed", basis=basis, file=profile.file)


def _with_frameworks(index: ContentIndex, frameworks: Sequence[str], catalogue: Catalogue) -> ContentIndex:
    """The index with other frameworks' items beside its rows."""
    if not frameworks:
        return index
    from gri_index.crosswalk.data import load_crosswalk
    from gri_index.crosswalk.reverse import with_frameworks

    return with_frameworks(index, [load_crosswalk(each) for each in dict.fromkeys(frameworks)], catalogue)


def _written(
    contents: Contents,
    twins: Mapping[str, Contents],
    formats: Sequence[str],
    languages: Sequence[str],
    template: bytes | None,
    *,
    publish: bool,
) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of each output; index.json comes last, since it names the others."""
    files: dict[str, bytes] = {}
    wanted = [*formats, *(["status"] if "html" in formats else [])]
    for name in sorted(wanted, key=lambda each: each == "json"):
        spec = WRITERS[name]
        if spec.private and publish:
            continue
        write = spec.load()
        contents = replace(contents, outputs={file: hashlib.sha256(data).hexdigest() for file, data in files.items()})
        for language in languages if spec.per_language else languages[:1]:
            infix = f".{language}" if len(languages) > 1 and spec.per_language else ""
            file = f"{contents.profile.output.index_name if spec.per_language else spec.stem}{infix}.{spec.suffix or name}"
            shown = replace(twins[language], outputs=contents.outputs) if language in twins and spec.per_language else contents
            files[file] = write(shown, load_labels(language), template, publish)
            yield file, files[file]


def _with_suggestions(
    report: Report, profile: Profile, catalogue: Catalogue, file: InputFile | None, suggested: datetime.date | None
) -> tuple[Report, tuple[Message, ...]]:
    """The report with the tags that a person accepted, then with those that the program proposes, and what is to be said."""
    if not (file or suggested):
        return report, ()
    from gri_index.suggest.decisions import apply_review, with_undecided
    from gri_index.suggest.rank import suggest
    from gri_index.suggest.review import read_review

    review = read_review(file.content, file.name) if file else Review()
    report, told = apply_review(report, review)
    if suggested:
        found = suggest(report, catalogue, profile.report.publication_date or suggested, language=profile.report.language)
        report, count = with_undecided(report, found, review, _LIKELY)
        told += [message("suggested-used", count=str(count))] if count else []
    return report, tuple(told)


def _with_printed(file: InputFile, report: Report, profile: Profile, catalogue: Catalogue) -> tuple[PrintedIndex, Profile]:
    """(a printed index, the profile with its rows)."""
    from gri_index.extraction.extract import extract
    from gri_index.extraction.statements import as_profile

    index = extract(file)
    if not index.rows:
        raise InputError(f"{file.name}: no printed content index was found", hint="Name the document that holds it.")
    return index, as_profile(index, report, profile, catalogue)


def _substance(report: Report, profile: Profile, catalogue: Catalogue, day: datetime.date | None) -> Substance | None:
    """What the text seems to report; None where no day says which disclosures to look for."""
    if day is None:
        return None
    from gri_index.suggest.rank import substance

    return substance(report, catalogue, profile.report.publication_date or day, language=profile.report.language)


def audit(
    file: InputFile,
    profile: Profile,
    catalogue: Catalogue,
    *,
    index: InputFile | None = None,
    judged: datetime.date | None = None,
) -> Outputs:
    """The index that a report prints (or that ``index`` holds), held against the report and the catalogue.

    ``findings`` of the result are those of the audit alone. Raises InputError where no
    index is found.
    """
    from gri_index.extraction.extract import extract, extract_from

    report = read_sources([file])
    printed = extract(index or file) if index or file.name.lower().endswith((".xlsx", ".xlsm")) else extract_from(report, file)
    if not printed.rows:
        name = index.name if index else file.name
        raise InputError(f"{name}: no printed content index was found", hint="Name the document that holds it with --index FILE.")
    language = load_labels(profile.report.language or report.sources[0].language).language
    profile = replace(profile, report=replace(profile.report, language=profile.report.language or language))
    matched = match(report, catalogue, profile)
    told = _substance(report, profile, catalogue, judged)
    findings = check(Context(report, catalogue, profile, matched, printed, index.name if index else "", told))
    return Outputs(report, matched, findings, language, printed=printed)


def workbook_name(profile: Profile) -> str:
    """Name of the workbook whose working list comes back: the one in the first language."""
    languages = tuple(dict.fromkeys(load_labels(language).language for language in profile.output.languages))
    return f"{profile.output.index_name}.{languages[0]}.xlsx" if len(languages) > 1 else f"{profile.output.index_name}.xlsx"


def _working_list(listed: _Listed, profile: Profile, catalogue: Catalogue) -> WorkingList:
    """The entries of an earlier working list; an empty one where there is none."""
    file = listed.file
    if file is None:
        return WorkingList()
    from gri_index.worklist.read import read_working_list
    from gri_index.worklist.rows import renamed_topics, under_new_names

    own = {indicator.id for indicator in profile.indicators}

    def known(number: str) -> bool:
        return bool(catalogue.editions_of(number)) or catalogue.sector_reference(number) is not None or number in own

    working = read_working_list(file.content, file.name, known, listed.entered)
    if working is None:
        return WorkingList(losses=(message("list-none", file=file.name),))
    labels = load_labels(working.language)
    topics = {labels.pick(topic.name): {each.number or "" for each in topic.disclosures} for topic in profile.topics}
    guessed = {old: new for old, new in renamed_topics(working, topics).items() if old not in (listed.renamed or {})}
    told = tuple(message("list-topic-renamed", old=old, new=new) for old, new in guessed.items())
    working = under_new_names(working, {**guessed, **(listed.renamed or {})})
    return replace(working, problems=(*working.problems, *told))
