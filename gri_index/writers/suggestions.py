"""Suggestions for programs (schema gri-index/suggestions/1)."""

from gri_index.language.labels import Labels
from gri_index.model.report import Page, Report
from gri_index.model.standards import Catalogue
from gri_index.model.suggestions import Suggestion, Suggestions
from gri_index.writers.json import Json, dump, source_json


def suggestions_json(suggestions: Suggestions, report: Report, catalogue: Catalogue, labels: Labels) -> bytes:
    """All suggestions, by disclosure, the best first."""
    data: Json = {
        "schema": "gri-index/suggestions/1",
        "report": {"sources": [source_json(source) for source in report.sources]},
        "language": suggestions.language,
        "language_known": suggestions.known,
        "suggestions": [_suggestion(each, catalogue, labels) for each in suggestions.found],
        "standards": [
            {
                "standard": each.standard,
                "section": each.section.id,
                "section_title": each.title,
                "page": each.page.number if each.page else None,
                "page_label": _label(each.page),
                "score": each.score,
            }
            for each in suggestions.standards
        ],
        "nothing": [key.number for key in suggestions.nothing],
    }
    return dump(data)


def _suggestion(each: Suggestion, catalogue: Catalogue, labels: Labels) -> Json:
    return {
        "disclosure": each.key.number,
        "edition": each.key.edition,
        "title": labels.pick(catalogue.disclosure(each.key).title),
        "section": each.section.id,
        "section_title": each.title,
        "page": each.page.number if each.page else None,
        "page_label": _label(each.page),
        "score": each.score,
        "tagged": each.tagged,
        "evidence": [quote.text for quote in each.evidence],
        "words": list(dict.fromkeys(word for quote in each.evidence for word in quote.words)),
    }


def _label(page: Page | None) -> str | None:
    return (page.label or str(page.number)) if page else None
