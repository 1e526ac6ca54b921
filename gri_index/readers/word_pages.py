"""Page numbers of a Word file: counted from the layout that was saved with it.

Source: ISO 29500-1, 17.3.3.13 (lastRenderedPageBreak), 17.6.12 (pgNumType).
"""

from lxml import etree

from gri_index.readers.assembly import Assembly
from gri_index.readers.word_styles import q


class PageCounter:
    """Counts pages while the document is walked over.

    Without a saved layout the pages are unknown: explicit breaks alone would count
    chapters, and a wrong page in an index is worse than none.
    """

    def __init__(self, body: etree._Element, assembly: Assembly) -> None:
        self._assembly = assembly
        self.number: int | None = None
        self._sections = list(body.iter(q("sectPr")))
        self._numbered = any(s.find(q("pgNumType")) is not None and _start(s) is not None for s in self._sections)
        self._section = 0
        self._restart = True
        self._count = 0  # the printed number, where sections restart it
        if next(body.iter(q("lastRenderedPageBreak")), None) is not None:
            self._turn()
        else:
            assembly.problem(assembly.source.name, "pages-unknown")

    def rendered_break(self) -> None:
        """The saved layout begins a page here."""
        if self.number is not None:
            self._turn()

    def explicit_break(self, element: etree._Element) -> None:
        """A page break of the author; the layout's own mark follows it and counts."""

    def end_of_paragraph(self, paragraph: etree._Element) -> None:
        """A paragraph with section properties ends its section."""
        if paragraph.find(f"{q('pPr')}/{q('sectPr')}") is not None:
            self._section += 1
            self._restart = True

    def _turn(self) -> None:
        self.number = (self.number or 0) + 1
        section = self._sections[self._section] if self._section < len(self._sections) else None
        start = _start(section) if section is not None and self._restart else None
        self._count = start if start is not None else self._count + 1
        self._restart = False
        self._assembly.page(self.number, _label(self._count, section) if self._numbered else None)


def _start(section: etree._Element) -> int | None:
    numbering = section.find(q("pgNumType"))
    value = numbering.get(q("start"), "") if numbering is not None else ""
    return int(value) if value.isdigit() else None


def _label(count: int, section: etree._Element | None) -> str:
    numbering = section.find(q("pgNumType")) if section is not None else None
    form = numbering.get(q("fmt"), "decimal") if numbering is not None else "decimal"
    if form in ("lowerRoman", "upperRoman"):
        text = roman(count)
        return text if form == "upperRoman" else text.lower()
    return str(count)


def roman(number: int) -> str:
    """Roman numeral of a page number.

    >>> roman(14)
    'XIV'
    """
    values = (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    text = ""
    for value, letters in values:
        count, number = divmod(number, value)
        text += letters * count
    return text
