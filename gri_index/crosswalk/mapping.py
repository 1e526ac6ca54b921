"""A user's own mapping: as XML in the form of ``standards/crosswalks``, or as a worksheet or CSV of the same columns.

The worksheet, whichever of the workbook it is, has a head with "item" and "disclosure" or what people write for them ("Code",
"GRI disclosure"), and where wanted title, relation, state, requirement, edition, topics, paragraph, source; its own first cells above
the head are name and edition. A cell of disclosures holds one code or several, each with its title or without, or a whole Standard.
All faults are named at once.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from gri_index.catalogue.consistency import crosswalk_faults
from gri_index.catalogue.titles import abridges, same_title
from gri_index.crosswalk.data import as_crosswalk, frameworks, load_crosswalk
from gri_index.errors import CatalogueError, TagSyntaxError
from gri_index.language.frameworks import title
from gri_index.language.heads import Role, role_of
from gri_index.language.labels import wordings
from gri_index.language.lexicon import whole
from gri_index.language.reasons import empty
from gri_index.language.text import plain
from gri_index.model.crosswalk import Crosswalk, Item, Link, Origin, Relation, State
from gri_index.model.keys import DisclosureKey, Reference
from gri_index.model.standards import Catalogue
from gri_index.model.text import LocalText
from gri_index.readers import InputFile
from gri_index.resources import parse_data
from gri_index.tables.dates import DateOrder
from gri_index.tables.grid import Sheet, SheetCell, SheetRow, read_sheets
from gri_index.tags import parse_marker

COLUMNS = ("item", "title", "disclosure", "relation", "state", "requirement", "edition", "topics", "paragraph", "source")
_HEAD_ROWS, _MOST_WORDS = 12, 4  # rows above the table; words of a head
_MOST_SHARED = 0.8  # of a mapping's items, that a framework has whose codes it reads
_MOST_FAULTS = 12  # that are named at once
_FORM = "The head has the columns item and disclosure; gri-index crosswalk FRAMEWORK -o FILE.xlsx writes an example."
_DELIMITERS = ";\t,"
_YEAR = re.compile(r"[\s,]*\(?(?P<year>(?:19|20)\d\d)\)?$")
_TITLED = re.compile(
    r"\W*(?P<code>(?:GRI\W{0,3})?\d{1,3}-\d{1,2}(?:-[a-z](?:-[ivx]+)?)?)[\s:.\u2013-]+(?P<title>[^\W\d].+)", re.DOTALL
)
_STANDARD = re.compile(r"(?:GRI\s*)?(\d{1,3})(?:\s*[:\s]\s*(?P<title>[^\W\d].*))?", re.DOTALL)


def read_mapping(file: InputFile, catalogue: Catalogue) -> Crosswalk:
    """The mapping in a file. Raises CatalogueError naming file, line or row, and cause; InputError for one that is damaged."""
    if file.name.lower().endswith(".xml"):
        root = parse_data(file.content, file.name)
        crosswalk = as_crosswalk(root, file.name)
        for line, fault in crosswalk_faults(root, catalogue):
            raise CatalogueError(
                f"{file.name}, line {line}: {fault}", hint="Correct it; gri-index catalogue list shows the numbers."
            )
        return crosswalk
    sheets = (
        [Sheet("", _csv(file))] if file.name.lower().endswith((".csv", ".tsv", ".txt")) else read_sheets(file.content, file.name)
    )
    found = [_Reading(file.name, sheet, head, catalogue) for sheet in sheets if (head := _head(sheet.rows))]
    if not found:
        first = next((" | ".join(cell.text for cell in row.cells if cell.text) for sheet in sheets for row in sheet.rows[:1]), "")
        raise CatalogueError(f"{file.name}: no mapping" + (f"; it begins with “{first[:80]}”" if first else ""), hint=_FORM)
    return _joined(file.name, found)


def _joined(name: str, readings: "Sequence[_Reading]") -> Crosswalk:
    """The mapping of all sheets. Raises CatalogueError naming their faults."""
    read = [each.contents() for each in readings]
    items: dict[str, Item] = {}
    for some, _ in read:
        for id, item in some.items():
            items[id] = item if id not in items or item.title.all else items[id]
    faults = [fault for each in readings for fault in each.told(several=len(readings) > 1)]
    if not items and not faults:
        faults.append("no row below the head names an item")
    if faults:
        more = f"; and {len(faults) - _MOST_FAULTS} more" if len(faults) > _MOST_FAULTS else ""
        raise CatalogueError(
            f"{name}, {'; '.join(faults[:_MOST_FAULTS])}{more}", hint="Correct the cells and run the command again."
        )
    above, stem = readings[0].above(), name.rpartition(".")[0] or name
    like = _like([reading.sheet.name for reading in readings], items)
    return Crosswalk(
        framework=stem,
        name=LocalText((("", (above or [stem])[0]),)),
        issuer="",
        edition=above[1] if len(above) > 1 else "",
        origin=Origin.OWN,
        items=tuple(items.values()),
        links=tuple(link for _, links in read for link in links),
        codes=like.codes if like else (),
    )


def _like(sheets: Sequence[str], items: Collection[str]) -> Crosswalk | None:
    """The framework of which the mapping is: that of its sheet's name, else the one that has nearly all of its items."""
    named = next((name for name in sheets if name in frameworks()), None)
    if named:
        return load_crosswalk(named)
    best = max(map(load_crosswalk, frameworks()), key=lambda each: len({item.id for item in each.items} & set(items)))
    shared = len({item.id for item in best.items} & set(items))
    return best if shared and shared >= _MOST_SHARED * len(items) else None


def _csv(file: InputFile) -> tuple[SheetRow, ...]:
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CatalogueError(f"{file.name}: no UTF-8 text", hint="Save it as CSV UTF-8.") from None
    first = next((line for line in text.splitlines() if _columns([SheetCell(each) for each in re.split(r"[;,\t]", line)])), "")
    delimiter = max(_DELIMITERS, key=first.count) if first else ","
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise CatalogueError(f"{file.name}: no CSV ({error})", hint="Save it as CSV UTF-8.") from None
    return tuple(
        SheetRow(number, tuple(SheetCell(text.strip()) for text in line))
        for number, line in enumerate(lines, start=1)
        if any(line)
    )


@dataclass(frozen=True, slots=True)
class _Head:
    """Where the head stands among the rows, and what its columns are."""

    position: int
    columns: dict[str, int]
    twice: str = ""  # a column that stands there twice


def _head(rows: Sequence[SheetRow]) -> _Head | None:
    for position, row in enumerate(rows[:_HEAD_ROWS]):
        if columns := _columns(row.cells):
            names = [name for cell in row.cells if (name := _column(cell.text))]
            return _Head(position, columns, next((name for name in names if names.count(name) > 1), ""))
    return None


def _columns(cells: Sequence[SheetCell]) -> dict[str, int]:
    """What the columns are, by their heads; none for a row that heads no mapping."""
    columns: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if name := _column(cell.text):
            columns.setdefault(name, at)
    free = {at: cell.text.strip() for at, cell in enumerate(cells) if cell.text.strip() and at not in columns.values()}
    gri = sorted((at for at, text in free.items() if "GRI" in text), key=lambda at: role_of(free[at]) is not Role.DISCLOSURE)
    others = [at for at, text in free.items() if at not in gri and role_of(text) is Role.DISCLOSURE and not _is_item_head(text)]
    if "disclosure" not in columns and (found := [*gri, *others]):
        columns["disclosure"] = found[0]
    if "item" not in columns and "disclosure" in columns:
        rest = [at for at in free if at not in columns.values()]
        heads = [at for at in rest if _is_item_head(free[at])] or [at for at in rest if at < columns["disclosure"] and gri]
        columns |= {"item": heads[0]} if heads else {}
    if {"item", "disclosure"} <= columns.keys() and "title" not in columns:
        titles = [at for at, text in free.items() if at not in columns.values() and role_of(text) is Role.TITLE]
        columns |= {"title": titles[0]} if titles else {}
    return columns if {"item", "disclosure"} <= columns.keys() else {}


def _is_item_head(text: str) -> bool:
    return whole("item-head").match(text) is not None or (title().search(text) is not None and len(text.split()) <= _MOST_WORDS)


class _Reading:
    """Reads the rows below the head; faults are gathered."""

    def __init__(self, name: str, sheet: Sheet, head: _Head, catalogue: Catalogue) -> None:
        self.name, self.sheet, self.head, self.catalogue = name, sheet, head, catalogue
        self.rows = sheet.rows[head.position + 1 :]
        self.faults: list[str] = []
        column = head.columns["disclosure"]
        cells = [row.cells[column] for row in self.rows if column < len(row.cells)]
        self.order = DateOrder(
            ((cell.date, cell.form) for cell in cells if cell.date), lambda number: bool(catalogue.editions_of(number))
        )

    def above(self) -> list[str]:
        """What stands above the head."""
        return [cell.text for row in self.sheet.rows[: self.head.position] for cell in row.cells if cell.text]

    def told(self, *, several: bool) -> list[str]:
        """The faults; ``several``: with the name of the sheet."""
        if self.head.twice:
            self.faults.insert(
                0,
                f"row {self.sheet.rows[self.head.position].number}: two columns {self.head.twice}; write several in one cell, parted by semicolons",
            )
        return [f"{self.sheet.name}, {fault}" for fault in self.faults] if several else self.faults

    def contents(self) -> tuple[dict[str, Item], list[Link]]:
        items: dict[str, Item] = {}
        links: list[Link] = []
        item, width = "", len(self.sheet.rows[self.head.position].cells)
        for row in self.rows:
            said = {name: row.text(column).strip() for name, column in self.head.columns.items()}
            if any(cell.text.strip() for cell in row.cells[width:]):
                self._fault(row, "more cells than the head has; part several disclosures by semicolons")
                continue
            if not any(said.values()):
                continue
            item = said["item"] or item  # an empty cell goes on with the item above
            if not item:
                self._fault(row, "a disclosure without an item")
                continue
            name = said.get("title", "") if said["item"] else ""
            if item not in items or name:
                items[item] = Item(item, LocalText((("", name),)) if name else LocalText(), said.get("paragraph", ""))
            links += self._links(row, item, said)
        return items, links

    def _links(self, row: SheetRow, item: str, said: dict[str, str]) -> Iterator[Link]:
        relation, state = _relation(said.get("relation", "")), self._state(row, said.get("state", ""))
        if relation is None:
            self._fault(row, f'"{said["relation"][:40]}" is no relation; equivalent, partial or related is wanted')
        topics = tuple(said.get("topics", "").replace(",", " ").split())
        for each in topics:
            if each != "any" and not self.catalogue.editions(f"GRI {each}") and not self.catalogue.editions_of(each):
                self._fault(row, f'"{each[:20]}" is neither a Standard nor a disclosure that a topic may hold')
        for reference in self._references(row, said):
            yield Link(
                item=item,
                number=reference.number or "",
                edition=reference.edition or "",
                requirement=", ".join(reference.requirements),
                relation=relation or Relation.RELATED,
                state=state,
                source=said.get("source", "") or self.name,
                topics=topics,
            )

    def _state(self, row: SheetRow, text: str) -> State:
        """How the row is known; its author saw it, where nothing is said."""
        try:
            return State(plain(text) or State.CONTENT)
        except ValueError:
            self._fault(row, f'"{text[:40]}" is no state; {", ".join(State)} are')
            return State.CONTENT

    def _references(self, row: SheetRow, said: dict[str, str]) -> Iterator[Reference]:
        """The disclosures of a row, each of which there is."""
        for reference in self._said(row, said["disclosure"]):
            reference = replace(
                reference,
                edition=reference.edition or said.get("edition", "") or None,
                requirements=reference.requirements or tuple(filter(None, (said.get("requirement", ""),))),
            )
            editions = {key.edition: key for key in self.catalogue.editions_of(reference.number or "")}
            if not editions:
                self._fault(row, f"there is no {reference.name}")
            elif reference.edition and reference.edition not in editions:
                self._fault(row, f"there is no {reference.name} of {reference.edition}")
            elif reference.topic:
                self._fault(row, f"{reference.name} [{reference.topic[:40]}]: name the Standards of the topic in a column topics")
            elif unknown := self._unknown(
                reference, [editions[reference.edition]] if reference.edition else list(editions.values())
            ):
                self._fault(row, f"{reference.name} has no requirement {unknown}")
            else:
                yield reference

    def _unknown(self, reference: Reference, keys: Sequence[DisclosureKey]) -> str:
        """A requirement that none of the editions has; "" for none."""
        known = {requirement.label for key in keys for requirement in self.catalogue.disclosure(key).requirements}
        labels = [label for text in reference.requirements for label in re.split(r"\s*[,;]\s*", text)]
        return next(
            (
                label
                for label in labels
                if known and label not in known and not any(each.startswith(f"{label}-") for each in known)
            ),
            "",
        )

    def _said(self, row: SheetRow, text: str) -> tuple[Reference, ...]:
        """What a cell of disclosures names: codes, codes with their titles, whole Standards; a number that became a date is turned back."""
        cell = row.cells[column] if (column := self.head.columns["disclosure"]) < len(row.cells) else SheetCell()
        if cell.date and (number := self.order.number(cell.date, cell.form)) is not None:
            text = number
        if empty(text) or whole("no-match").match(text):
            return ()
        try:
            found = parse_marker(text)
            if all(each.number for each in found):
                return found
        except TagSyntaxError:
            pass
        several = [self._one(part.strip()) for part in re.split(r"[;\n]", text) if part.strip()]
        if not all(several):
            self._fault(row, f'"{text[:60]}" is no disclosure')
            return ()
        return tuple(each for found in several for each in found)

    def _one(self, text: str) -> tuple[Reference, ...]:
        """A code, a code with its title, or all disclosures of a Standard; none for another text."""
        dated = _YEAR.search(text)
        bare, year = (text[: dated.start()], dated["year"]) if dated else (text, "")
        if (standard := _STANDARD.fullmatch(bare)) and (len(standard[1]) == 3 or "GRI" in bare):
            editions = [each for each in self.catalogue.editions(f"GRI {standard[1]}") if year in ("", each.edition)]
            named = standard["title"]
            if editions and (not named or any(same_title(named, each) for each in editions[-1].title.all)):
                return tuple(
                    Reference(number=each.key.number, edition=each.key.edition, raw=text) for each in editions[-1].disclosures
                )
        titled = _TITLED.fullmatch(bare)
        try:
            found = parse_marker(titled["code"] if titled else text)
            found = tuple(replace(each, edition=year) for each in found) if titled and year else found
        except TagSyntaxError:
            return ()
        keys = [key for each in found for key in self.catalogue.editions_of(each.number or "")]
        names = [title.text for key in keys for title in self.catalogue.disclosure(key).titles]
        return found if not titled or any(abridges(titled["title"], name) for name in names) else ()

    def _fault(self, row: SheetRow, cause: str) -> None:
        self.faults.append(f"row {row.number}: {cause}")


def _column(head: str) -> str:
    """What a column is, by its head: the word that the XML has, or what the program prints there in any language."""
    said = plain(head)
    if said in COLUMNS:
        return said
    words = {"item": "column-item", "title": "column-title", "disclosure": "column-disclosure", "relation": "column-relation"}
    return next((name for name, id in words.items() if said and said in map(plain, wordings(id).values())), "")


def _relation(text: str) -> Relation | None:
    if not text:
        return Relation.RELATED
    for each in (Relation.EQUIVALENT, Relation.PARTIAL):
        if whole(f"relation-{each.value}").match(text):
            return each
    said = plain(text)
    return next(
        (each for each in Relation if said == each.value or said in map(plain, wordings(f"relation-{each}").values())), None
    )
