"""Where findings are, in words: section titles and printed pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from gri_index.model.findings import Context, Quote
from gri_index.model.index import Problem, ProblemCode
from gri_index.model.report import Section, Tag
from gri_index.model.terms import Origin


class Places:
    """Looks up sections and pages of one report."""

    def __init__(self, context: Context) -> None:
        self.report = context.report
        self._sections = {section.id: section for section in context.report.sections}
        self._labels = {(page.source, page.number): page.label or str(page.number) for page in context.report.pages}

    def section(self, id: str) -> Section:
        """The section with this id."""
        return self._sections[id]

    def of_tag(self, tag: Tag) -> str:
        """The title of a tag's section; the page where it has none."""
        section = self._sections[tag.section]
        return section.title or self.page(tag)

    def page(self, tag: Tag) -> str:
        """The printed page of a tag; "" where it is not known."""
        return self._labels.get((self._sections[tag.section].source, tag.page or 0), "")

    def quote(self, tag: Tag) -> Quote:
        """The words around a tag."""
        section = self._sections[tag.section]
        return Quote(" ".join(tag.context.split())[:160] or tag.text, self.page(tag), section.title, self.file(section.source))

    def file(self, source: str) -> str:
        """The name of the file with this id, where the report has several; "" else."""
        return next((each.name for each in self.report.sources if each.id == source), "") if len(self.report.sources) > 1 else ""

    def label(self, source: str, page: int | None) -> str:
        """The printed page with a number in a file."""
        return self._labels.get((source, page or 0), "")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a problem of the matching stands: a place of the report, or the file that states it."""

    where: str = ""
    file: str = ""
    evidence: tuple[Quote, ...] = ()


def problems(context: Context, *codes: ProblemCode) -> Iterator[tuple[Problem, Spot]]:
    """The problems of the matching with these codes, and where each stands."""
    places = Places(context)
    for problem in context.index.problems:
        if problem.code not in codes:
            continue
        if problem.tag is not None:
            tag = context.report.tags[problem.tag]
            yield problem, Spot(where=places.of_tag(tag), evidence=(places.quote(tag),))
        else:
            yield problem, Spot(file=stating_file(context, problem.origin))


def stating_file(context: Context, origin: Origin) -> str:
    """The file in which a statement stands: the profile, or the workbook of the working list."""
    profile = context.profile
    return profile.list_file if origin is Origin.LIST else profile.file
