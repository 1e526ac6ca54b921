"""A report with the pages of its proof, and what is to be said of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gri_index.model.report import BlockKind, Page, Report, Section
from gri_index.model.text import Message, message
from gri_index.pagination.align import Outcome, Spot, align
from gri_index.pagination.pieces import pieces_of

_NO_PAGES = ("pages-unknown", "idml-pages")
_SAID = (Outcome.MOVED, Outcome.RENAMED, Outcome.CHANGED, Outcome.AMBIGUOUS, Outcome.UNMATCHED)


@dataclass(frozen=True, slots=True)
class Proof:
    """Another version of a report: its name, the lines of each page, and what is printed on each page as its number."""

    name: str
    pages: Sequence[Sequence[str]]
    labels: Mapping[int, str | None]


def paginated(report: Report, proof: Proof) -> tuple[Report, tuple[Message, ...]]:
    """(the report, the first file of which has the pages of the proof; what was doubtful, section by section)."""
    source = report.sources[0].id
    own = {section.id for section in report.sections if section.source == source}
    spots = align(pieces_of(report, source), proof.pages)
    shown = proof.labels
    tags = tuple(
        replace(tag, page=spots[tag.block].first if tag.block in spots else None) if tag.section in own else tag
        for tag in report.tags
    )
    placed = replace(
        report,
        pages=(
            *(Page(source, number, shown.get(number)) for number in range(1, len(proof.pages) + 1)),
            *(page for page in report.pages if page.source != source),
        ),
        blocks=tuple(
            replace(block, page=spots[block.id].first if block.id in spots else None) if block.section in own else block
            for block in report.blocks
        ),
        sections=tuple(_paged(section, report, spots) if section.id in own else section for section in report.sections),
        tags=tags,
        problems=tuple(each for each in report.problems if each.code not in _NO_PAGES),
    )
    return placed, tuple(_told(report, spots, own, proof, shown))


def without_pages(report: Report) -> Report:
    """The report with its sections alone."""
    return replace(
        report,
        pages=(),
        blocks=tuple(replace(block, page=None) for block in report.blocks),
        sections=tuple(replace(section, first_page=None, last_page=None) for section in report.sections),
        tags=tuple(replace(tag, page=None) for tag in report.tags),
        problems=tuple(each for each in report.problems if each.code not in _NO_PAGES),
    )


def _paged(section: Section, report: Report, spots: Mapping[int, Spot]) -> Section:
    found = [spots[block.id] for block in report.blocks if block.section == section.id and block.id in spots]
    first = next((spot.first for spot in found if spot.first), None)
    last = max((spot.last for spot in found if spot.last), default=None)
    return replace(section, first_page=first, last_page=last)


def _told(
    report: Report, spots: Mapping[int, Spot], own: set[str], proof: Proof, shown: Mapping[int, str | None]
) -> Iterator[Message]:
    """How many places have a page, and of each section that is cited what became of it where that is not plain."""
    tagged = {tag.block: tag.section for tag in report.tags if tag.section in own}
    placed = sum(spots[block].first is not None for block in tagged if block in spots)
    yield message("pages-from", file=proof.name, count=placed, all=len(tagged))
    heads = {block.section: block.id for block in report.blocks if block.kind is BlockKind.HEADING}
    titles = {section.id: section.title for section in report.sections}
    said: set[tuple[str, Outcome]] = set()
    for block, section in tagged.items():
        for each in dict.fromkeys((block, heads.get(section, block))):
            spot = spots.get(each)
            if spot is None or spot.outcome not in _SAID or (section, spot.outcome) in said:
                continue
            said.add((section, spot.outcome))
            pages = ", ".join(shown.get(page) or str(page) for page in (*spot.pages, *([spot.first] if spot.first else ())))
            yield message(
                f"place-{spot.outcome.value}", section=titles[section] or "\u2013", file=proof.name, pages=pages or "\u2013"
            )
