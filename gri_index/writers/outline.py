"""What index.json keeps of the report: its tagged sections, by which a later proof of it is paged without the report itself.

No text: hashes of runs of letters (``pagination.pieces``), titles and tags.
"""

from typing import Any

from gri_index.model.report import Report
from gri_index.pagination.pieces import kept


def outline_json(report: Report) -> dict[str, Any]:
    """{"sections", "blocks", "tags"}; tags name their block by its position in the list."""
    blocks = [piece for source in report.sources for piece in kept(report, source.id, [tag.block for tag in report.tags])]
    at = {piece.block: position for position, piece in enumerate(blocks)}
    names = {source.id: source.name for source in report.sources}
    tagged = {piece.section for piece in blocks}
    parents = {section.id: section.parent for section in report.sections}
    for id in list(tagged):
        while (above := parents.get(id)) is not None:
            tagged.add(above)
            id = above
    return {
        "sections": [
            {"id": each.id, "source": names[each.source], "parent": each.parent, "level": each.level, "title": each.title}
            for each in report.sections
            if each.id in tagged
        ],
        "blocks": [
            {
                "section": piece.section,
                "heading": bool(piece.title),
                "runs": "".join(f"{run:08x}" for run in piece.runs),
                "short": f"{piece.short:08x}",
            }
            for piece in blocks
        ],
        "tags": [
            {
                "block": at[tag.block],
                "section": tag.section,
                "number": tag.reference.number,
                "standard": tag.reference.standard,
                "sector_ref": tag.reference.sector_ref,
                "indicator": tag.reference.indicator,
                "requirements": list(tag.reference.requirements),
                "topic": tag.reference.topic,
                "edition": tag.reference.edition,
                "text": tag.text,
            }
            for tag in report.tags
            if tag.block in at and not tag.suggested
        ],
    }
