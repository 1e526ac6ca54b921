"""Matches a report against the catalogue: content index and completeness matrix.

Pure: values in, values out. ``resolution`` decides editions, ``topics`` assigns 3-3,
``evidence`` gathers places, ``coverage`` counts requirements, ``rows`` builds the rows.
"""

from gri_index.matching.assurance import not_listed, with_assurance
from gri_index.matching.evidence import Collector
from gri_index.matching.rows import RowBuilder
from gri_index.matching.topics import TopicFinder, index_topics
from gri_index.model.index import Cell, ClaimFacts, CompletenessMatrix, ContentIndex, IndexRow
from gri_index.model.profile import Profile
from gri_index.model.report import Report
from gri_index.model.standards import Catalogue
from gri_index.model.text import message


def match(report: Report, catalogue: Catalogue, profile: Profile) -> ContentIndex:
    """The content index of a report under the profile's claim."""
    catalogue = catalogue.with_sectors(profile.report.publication_date, dict(profile.claim.sector_versions))
    topics = index_topics(report, profile)
    finder = TopicFinder(report, topics)
    collector = Collector(report, catalogue, profile, finder)
    builder = RowBuilder(catalogue, profile, topics, finder, collector)
    rows = with_assurance(builder.build(), profile, topics)
    partly = [each for each in catalogue.sectors if each.id in profile.claim.sector_standards and not each.complete]
    return ContentIndex(
        claim=ClaimFacts(
            basis=profile.claim.basis,
            organization=profile.report.organization,
            statement=profile.claim.statement,
            sector_standards=profile.claim.sector_standards,
            sectors_stated=profile.claim.sectors_stated,
        ),
        topics=topics,
        not_material=profile.not_material,
        rows=rows,
        matrix=_matrix(report, rows, builder),
        resolved=tuple(collector.resolved),
        problems=collector.problems,
        remarks=(
            *(message("sector-partly-known", standard=each.id, version=each.version) for each in partly),
            *(message("assurance-unlisted", disclosure=name) for name in not_listed(rows, profile)),
        ),
    )


def _matrix(report: Report, rows: tuple[IndexRow, ...], builder: RowBuilder) -> CompletenessMatrix:
    """Disclosures by sections; a bare Standard marks its section and claims no disclosure."""
    marks: dict[tuple[int, str, str], set[str] | None] = {}
    by_key: dict[object, list[int]] = {}
    for position, row in enumerate(rows):
        by_key.setdefault((row.key, row.topic) if row.key and row.key.number == "3-3" else row.key, []).append(position)
    for evidence in builder.evidence:
        section = evidence.location.section
        if section is None:
            continue
        if evidence.standard:
            marks.setdefault((-1, evidence.standard, section), None)
            continue
        place = (evidence.key, evidence.topic or "") if evidence.key and evidence.key.number == "3-3" else evidence.key
        for position in by_key.get(place, ()) if evidence.key else ():
            spot = (position, evidence.key.standard if evidence.key else "", section)
            seen = marks.get(spot, set())
            marks[spot] = None if not evidence.requirements or seen is None else seen | set(evidence.requirements)
    used = {section for _, _, section in marks}
    return CompletenessMatrix(
        sections=tuple(section.id for section in report.sections if section.id in used),
        cells=tuple(
            Cell(position, standard, section, tuple(sorted(labels or ())))
            for (position, standard, section), labels in sorted(marks.items(), key=lambda mark: mark[0])
        ),
    )
