"""What decisions on suggestions do to a report: tags, as if the author had set them there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gri_index.language.pages import read_pages
from gri_index.language.text import plain
from gri_index.model.keys import Reference
from gri_index.model.report import Attachment, Carrier, Report, Tag
from gri_index.model.suggestions import Review, Suggestions, Verdict
from gri_index.model.text import Message, message
from gri_index.suggest.fingerprints import Found, Sections


def apply_review(report: Report, review: Review) -> tuple[Report, list[Message]]:
    """The report with a tag for each accepted suggestion and each other place, and what is to be said of them.

    A rejected suggestion, and one that nobody decided, changes nothing.
    """
    sections, tagger = Sections(report), _Tagger(report)
    rejected, told = _rejected(review, sections), list(review.losses)
    tags: list[Tag] = []
    for decision in review.decisions:
        facts = {"where": decision.where, "disclosure": decision.number}
        if decision.verdict is Verdict.ACCEPT:
            id, found = sections.find(decision.fingerprint)
            contradicted = (*decision.disclosure, id) in rejected
            if contradicted or found is not Found.SAME:
                told.append(message("review-conflict" if contradicted else f"review-{found}", section=decision.title, **facts))
            if id is not None and not contradicted:
                tags.append(tagger.tag(id, decision.number, decision.edition))
        elif decision.verdict is Verdict.OTHER:
            named = list(tagger.named(decision.place))
            if not named:
                told.append(message("review-place", text=decision.place[:80], **facts))
            tags += [tagger.tag(id, decision.number, decision.edition, page) for id, page in named]
    return tagger.joined(tags), told


def conflicts(review: Review, report: Report) -> Iterator[Message]:
    """Sections that one row accepts for a disclosure and another rejects."""
    sections = Sections(report)
    rejected = _rejected(review, sections)
    for each in review.decisions:
        if each.verdict is Verdict.ACCEPT and (*each.disclosure, sections.find(each.fingerprint)[0]) in rejected:
            yield message("review-conflict", where=each.where, disclosure=each.number, section=each.title)


def with_undecided(report: Report, suggestions: Suggestions, review: Review, least: float) -> tuple[Report, int]:
    """The report with a tag, marked as a suggestion that nobody reviewed, for the best section of each disclosure without one.

    Second: how many there are. ``least``: the score from which a section is likely enough.
    """
    tagger, rejected = _Tagger(report), _rejected(review, Sections(report))
    closed = {tag.reference.number for tag in report.tags}
    closed |= {each.number for each in review.decisions if each.verdict in (Verdict.ACCEPT, Verdict.OTHER)}
    best: dict[tuple[str, str], Tag] = {}
    for each in suggestions.found:
        key, id = (each.key.number, each.key.edition), each.section.id
        if each.key.number not in closed and key not in best and each.score >= least and (*key, id) not in rejected:
            page = each.page.number if each.page else None
            best[key] = replace(tagger.tag(id, *key, page), suggested=True)
    return tagger.joined(list(best.values())), len(best)


def _rejected(review: Review, sections: Sections) -> set[tuple[str, str, str | None]]:
    """(number, edition, section) of what was rejected."""
    return {(*each.disclosure, sections.find(each.fingerprint)[0]) for each in review.decisions if each.verdict is Verdict.REJECT}


class _Tagger:
    """Makes tags at sections of one report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._sections = {section.id: section for section in report.sections}
        self._order = {section.id: position for position, section in enumerate(report.sections)}
        self._titles: dict[str, list[str]] = {}
        for section in report.sections:
            self._titles.setdefault(plain(section.title), []).append(section.id)
        self._pages = {page.label or str(page.number): (page.source, page.number) for page in reversed(report.pages)}
        self._blocks: dict[str, int] = {}
        self._on: dict[tuple[str, int], str] = {}  # the first section on a page
        for block in report.blocks:
            self._blocks.setdefault(block.section, block.id)
            if block.role is None and block.page is not None:
                self._on.setdefault((self._sections[block.section].source, block.page), block.section)

    def tag(self, id: str, number: str, edition: str, page: int | None = None) -> Tag:
        """A tag for a disclosure at a section, as if its heading bore it."""
        return Tag(
            reference=Reference(number=number, edition=edition or None, raw=f"GRI {number}"),
            carrier=Carrier.SHEET,
            section=id,
            block=self._blocks.get(id, 0),
            page=self._sections[id].first_page if page is None else page,
            attachment=Attachment.INSIDE,
            text=f"GRI {number}",
        )

    def named(self, place: str) -> Iterator[tuple[str, int | None]]:
        """(section, page) of a place in the author's words, a line each: the title of a section, or pages."""
        for line in filter(None, map(str.strip, place.split("\n"))):
            titled = self._titles.get(plain(line), []) if plain(line) else []
            if len(titled) == 1:
                yield titled[0], None
                continue
            for label in (read_pages(line) or "").split(", "):
                page = self._pages.get(label)
                if page in self._on:
                    yield self._on[page], page[1]

    def joined(self, new: Sequence[Tag]) -> Report:
        """The report with tags that it does not bear yet, each once, in reading order."""
        there = {(tag.reference.number, tag.reference.edition, tag.section) for tag in self._report.tags}
        several = {
            (number, edition, tag.section, tag.page): tag
            for tag in new
            for number, edition in ((tag.reference.number, tag.reference.edition),)
            if not there & {(number, edition, tag.section), (number, None, tag.section)}
        }
        tags = sorted((*self._report.tags, *several.values()), key=lambda tag: (self._order[tag.section], tag.block))
        return replace(self._report, tags=tuple(tags))
