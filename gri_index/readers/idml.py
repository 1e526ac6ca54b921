"""InDesign reports (.idml): stories in the order of the pages that they begin on.

Carriers: visible text, notes, and text whose condition hides it. Headings are paragraphs in a style
larger than the body's. Pages are not known: where a story breaks over its frames is the layout
program's own doing; ``--pages-from`` takes them from the PDF.
Source: Adobe InDesign Markup Language (IDML) File Format Specification, 7.0: designmap, 10.2 (stories), 10.3 (spreads).
"""

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from lxml import etree

from gri_index.errors import InputError
from gri_index.language.text import whole_number
from gri_index.model.report import BlockKind, Carrier, Report, Source
from gri_index.ooxml import open_package, read_part
from gri_index.readers.assembly import Assembly
from gri_index.readers.items import Marker
from gri_index.tables.grid import MAX_COLUMNS

_MAP, _STYLES = "designmap.xml", "Resources/Styles.xml"
_LARGER, _LONGEST = 1.15, 160  # of the body's size; characters of a heading
_LEVELS = 4
_APART = ("Table", "Footnote", "Note")
_DEFAULT = 12.0  # points: a style that says nothing of its size (InDesign's own default)
_DEPTH = 40  # styles that one is based on


def read(content: bytes, source: Source) -> Report:
    """The report in an IDML package. Raises InputError where it is none."""
    package = open_package(content, source.name, "an InDesign package (.idml)")
    plan = read_part(package, _MAP, source.name)
    if plan is None:
        raise InputError(f"{source.name}: not an InDesign package ({_MAP} is missing)", hint="Export it in InDesign as IDML.")
    stories = [list(_paragraphs(root, _hidden(plan))) for root in _stories(package, plan, source.name)]
    sizes = _sizes(read_part(package, _STYLES, source.name))
    levels = _levels([each for story in stories for each in story], sizes)
    assembly = Assembly(source)
    assembly.problem(source.name, "idml-pages")
    table = 0
    for story in stories:
        for paragraph in story:
            table += paragraph.opens_table
            _add(assembly, paragraph, levels.get(_size(paragraph, sizes), 0), table)
    return assembly.finish()


@dataclass(slots=True)
class _Paragraph:
    """A paragraph, or a row of a table."""

    style: str = ""
    size: float | None = None  # where its letters are set otherwise than its style says
    text: str = ""
    cells: tuple[str, ...] = ()
    opens_table: bool = False
    markers: list[Marker] = field(default_factory=list)


def _add(assembly: Assembly, paragraph: _Paragraph, level: int, table: int) -> None:
    if paragraph.cells:
        item = assembly.add(BlockKind.TABLE, " | ".join(paragraph.cells), cells=paragraph.cells, table=table)
    elif paragraph.text.strip() or paragraph.markers:
        heading = level if paragraph.text.strip() and len(paragraph.text) <= _LONGEST else 0
        item = assembly.add(BlockKind.HEADING if heading else BlockKind.BODY, paragraph.text.strip(), level=heading)
    else:
        return
    item.markers = paragraph.markers


# ── stories ──


def _stories(package: zipfile.ZipFile, plan: etree._Element, name: str) -> Iterator[etree._Element]:
    """The stories, those that stand on a page first, in the order of the pages."""
    parts = {kind: [each.get("src", "") for each in plan.iter(f"{{*}}{kind}")] for kind in ("Story", "Spread")}
    spreads = (root for part in parts["Spread"] if (root := read_part(package, part, name)) is not None)
    placed = dict.fromkeys(frame.get("ParentStory", "") for spread in spreads for frame in spread.iter("{*}TextFrame"))
    found: dict[str, etree._Element] = {}
    for part in parts["Story"]:
        root = read_part(package, part, name)
        story = next(root.iter("{*}Story"), None) if root is not None else None
        for each in root.iter("{*}Story") if root is not None and story is not None else ():
            if each.get("Self"):
                found[each.get("Self", "")] = each
    yield from (found[id] for id in (*(id for id in placed if id in found), *(id for id in found if id not in placed)))


def _hidden(plan: etree._Element) -> frozenset[str]:
    """The conditions that hide their text."""
    return frozenset(each.get("Self", "") for each in plan.iter("{*}Condition") if each.get("Visible") == "false")


def _paragraphs(story: etree._Element, hidden: frozenset[str]) -> Iterator[_Paragraph]:
    """The paragraphs of a story; its notes are markers, its tables rows, its footnotes paragraphs behind their own."""
    for ranged in story.iterchildren("{*}ParagraphStyleRange", "{*}XMLElement"):
        if ranged.tag.endswith("XMLElement"):
            yield from _paragraphs(ranged, hidden)
            continue
        here = _Paragraph(style=ranged.get("AppliedParagraphStyle", ""))
        for run in ranged.iterdescendants("{*}CharacterStyleRange"):
            if any(_local(above) in _APART for above in takewhile(lambda each: each is not story, run.iterancestors())):
                continue  # it is read with its table or note
            behind: list[_Paragraph] = []
            for piece in _pieces(run):
                match _local(piece):
                    case "Content":
                        _say(here, run, piece.text or "", hidden)
                    case "Br":
                        yield here
                        here = _Paragraph(style=here.style)
                    case "Note":
                        said = "\n".join(each.text or "" for each in piece.iter("{*}Content"))
                        here.markers.append(Marker(Carrier.COMMENT, said.strip()))
                    case "Table":
                        behind += _rows(piece, hidden)
                    case "Footnote":
                        behind += list(_paragraphs(piece, hidden))
            if behind:
                yield here
                yield from behind
                here = _Paragraph(style=here.style)
        yield here


def _pieces(run: etree._Element) -> Iterator[etree._Element]:
    """What stands in a run, in order: links are looked through."""
    for child in run:
        if not isinstance(child.tag, str):
            continue
        if _local(child) in ("HyperlinkTextSource", "XMLElement", "Change") and child.get("ChangeType") != "DeletedText":
            yield from _pieces(child)
        else:
            yield child


def _say(here: _Paragraph, run: etree._Element, text: str, hidden: frozenset[str]) -> None:
    if hidden.intersection(run.get("AppliedConditions", "").split()):
        here.markers.append(Marker(Carrier.HIDDEN, text.strip()))
        return
    if size := _points(run.get("PointSize")):
        here.size = max(here.size or 0.0, size)
    here.text += text.replace("\u2028", "\n")


def _rows(table: etree._Element, hidden: frozenset[str]) -> Iterator[_Paragraph]:
    """The rows of a table: a cell is named by its column and row."""
    rows: dict[int, dict[int, str]] = {}
    notes: dict[int, list[Marker]] = {}
    for cell in table.iterchildren("{*}Cell"):
        column, row = (whole_number(part) for part in (cell.get("Name", "").partition(":")[::2]))
        if column is not None and row is not None and column < MAX_COLUMNS:
            told = list(_paragraphs(cell, hidden))
            rows.setdefault(row, {})[column] = "\n".join(each.text.strip() for each in told if each.text.strip())
            notes.setdefault(row, []).extend(marker for each in told for marker in each.markers)
    width = max((column for cells in rows.values() for column in cells), default=-1) + 1
    for at, number in enumerate(sorted(rows)):
        texts = tuple(rows[number].get(position, "") for position in range(width))
        yield _Paragraph(cells=texts, opens_table=at == 0, markers=notes.get(number, []))


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


# ── headings ──


def _sizes(root: etree._Element | None) -> dict[str, float]:
    """Style -> size of its letters in points, taken from the style that it is based on where it says none."""
    styles = {each.get("Self", ""): each for each in root.iter("{*}ParagraphStyle")} if root is not None else {}
    return {id: _inherited(id, styles) for id in styles}


def _inherited(id: str, styles: dict[str, etree._Element]) -> float:
    for _ in range(_DEPTH):
        style = styles.get(id)
        if style is None:
            break
        if size := _points(style.get("PointSize")):
            return size
        based = style.find("{*}Properties/{*}BasedOn")
        id = (based.text or "") if based is not None else ""
    return _DEFAULT


def _points(text: str | None) -> float | None:
    try:
        size = float(text or "")
    except ValueError:
        return None
    return size if 0 < size < 2_000 else None


def _size(paragraph: _Paragraph, sizes: dict[str, float]) -> float:
    return round(paragraph.size or sizes.get(paragraph.style, _DEFAULT), 1)


def _levels(paragraphs: list[_Paragraph], sizes: dict[str, float]) -> dict[float, int]:
    """Size -> level of the headings in it: those that are larger than most of the text, the largest first."""
    letters: Counter[float] = Counter()
    for each in paragraphs:
        letters[_size(each, sizes)] += len(each.text)
    body = letters.most_common(1)[0][0] if letters else _DEFAULT
    larger = sorted((size for size, count in letters.items() if count and size >= _LARGER * body), reverse=True)
    return {size: min(level, _LEVELS) for level, size in enumerate(larger, start=1)}
