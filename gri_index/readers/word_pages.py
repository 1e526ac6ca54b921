"""Page numbers of a Word file: counted from the layout that was saved with it.

Source: ISO 29500-1, 17.3.3.13 (lastRenderedPageBreak), 17.6.12 (pgNumType), 17.6.22 (type).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lxml import etree

from gri_index.language.text import whole_number
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
        self._reached = 0  # the last page that has begun: cells of one row turn to the same pages
        self._begins: list[int | None] = []  # of the rows that are read, nested ones last: where their cells begin
        self._furthest: list[int | None] = []
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

    @contextmanager
    def side_by_side(self) -> Iterator[Callable[[], None]]:
        """Cells of a row: the function that is given goes back to where the row begins; behind it the furthest page holds.

        Word marks the turn of a page in each cell that goes on over it: marks in different
        cells are one turn, marks in one cell several.
        """
        self._begins.append(self.number)
        self._furthest.append(self.number)
        yield self._cell_begins
        self._cell_begins()
        self._begins.pop()
        self._go_to(self._furthest.pop())

    def _cell_begins(self) -> None:
        self._furthest[-1] = max(self._furthest[-1] or 0, self.number or 0) or None
        self._go_to(self._begins[-1])

    def row_moved(self, number: int | None) -> None:
        """The whole row that is read stands on this page, so its other cells begin there."""
        self._begins[-1] = number

    def _go_to(self, number: int | None) -> None:
        self.number = number
        if number is not None:
            self._assembly.page(number)

    def end_of_paragraph(self, paragraph: etree._Element) -> None:
        """A paragraph with section properties ends its section."""
        if paragraph.find(f"{q('pPr')}/{q('sectPr')}") is not None:
            self._section += 1
            self._restart = True

    def _turn(self) -> None:
        if (self.number or 0) < self._reached:  # another cell of the row has turned to it
            self._go_to((self.number or 0) + 1)
            return
        section = self._sections[self._section] if self._section < len(self._sections) else None
        first = section is not None and self._restart
        start = _start(section) if first else None
        count = start if start is not None else self._count + 1
        blank = self._reached > 0 and first and _leaves_a_page(section, count, self._count)
        self._count = count + (blank and start is None)
        self.number = self._reached = self._reached + 1 + blank
        self._restart = False
        self._assembly.page(self.number, _label(self._count, section) if self._numbered else None)


def _start(section: etree._Element | None) -> int | None:
    numbering = section.find(q("pgNumType")) if section is not None else None
    return whole_number(numbering.get(q("start"), "")) if numbering is not None else None


def _leaves_a_page(section: etree._Element | None, count: int, before: int) -> bool:
    """True where the section begins on an odd or even page and the layout leaves one blank before it.

    A number that does not begin on the side it asks for is moved by one; a restarted number
    has the right side and leaves a blank page where the page before is of the same side.
    """
    kind = section.find(q("type")) if section is not None else None
    side = {"oddPage": 1, "evenPage": 0}.get(kind.get(q("val"), "") if kind is not None else "")
    if side is None:
        return False
    return count % 2 != side if _start(section) is None else count % 2 == before % 2


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
