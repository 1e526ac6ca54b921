"""Where findings are, in words: section titles and printed pages."""

from gri_index.model.findings import Context, Quote
from gri_index.model.report import Section, Tag


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
        return Quote(" ".join(tag.context.split())[:160] or tag.text, self.page(tag), self._sections[tag.section].title)

    def label(self, source: str, page: int | None) -> str:
        """The printed page with a number in a file."""
        return self._labels.get((source, page or 0), "")
