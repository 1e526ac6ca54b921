"""A user's own mapping: as XML in the form of ``standards/crosswalks``, or as a worksheet or CSV of the same columns.

The worksheet has a head with "item" and "disclosure", and where wanted title, relation, state, requirement, edition,
topics, paragraph, source; its own first cells above the head are name and edition. A cell of disclosures holds one code or several.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gri_index.catalogue.consistency import crosswalk_faults
from gri_index.crosswalk.data import as_crosswalk, frameworks, load_crosswalk
from gri_index.errors import CatalogueError, TagSyntaxError
from gri_index.language.labels import wordings
from gri_index.language.text import plain
from gri_index.model.crosswalk import Crosswalk, Item, Link, Origin, Relation, State
from gri_index.model.keys import Reference
from gri_index.model.standards import Catalogue
from gri_index.model.text import LocalText
from gri_index.readers import InputFile
from gri_index.resources import parse_data
from gri_index.tables.grid import Sheet, SheetCell, SheetRow, read_sheets
from gri_index.tags import parse_marker

COLUMNS = ("item", "title", "disclosure", "relation", "state", "requirement", "edition", "topics", "paragraph", "source")
_HEAD_ROWS = 12
_FORM = "The head has the columns item and disclosure; gri-index crosswalk FRAMEWORK -o FILE.xlsx writes an example."


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
    if file.name.lower().endswith(".csv"):
        return _Sheet(file.name, "", _csv(file), catalogue).crosswalk()
    first = next(iter(read_sheets(file.content, file.name)), Sheet("", ()))
    return _Sheet(file.name, first.name, first.rows, catalogue).crosswalk()


def _csv(file: InputFile) -> tuple[SheetRow, ...]:
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CatalogueError(f"{file.name}: no UTF-8 text", hint="Save it as CSV UTF-8.") from None
    delimiter = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
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
class _Sheet:
    """The rows of one mapping."""

    name: str
    sheet: str  # its title: of one that the program wrote the framework, whose codes count in a report
    rows: Sequence[SheetRow]
    catalogue: Catalogue

    def crosswalk(self) -> Crosswalk:
        position, columns = self._head()
        above = [cell.text for row in self.rows[:position] for cell in row.cells if cell.text]
        items: dict[str, Item] = {}
        links: list[Link] = []
        item = ""
        for row in self.rows[position + 1 :]:
            said = {name: row.text(column).strip() for name, column in columns.items()}
            if any(cell.text.strip() for cell in row.cells[len(self.rows[position].cells) :]):
                raise self._fault(row, "more cells than the head has; part several disclosures by semicolons")
            if not any(said.values()):
                continue
            item = said["item"] or item  # an empty cell goes on with the item above
            if not item:
                raise self._fault(row, "a disclosure without an item")
            title = said.get("title", "")
            if item not in items or title:
                items[item] = Item(item, LocalText((("", title),)) if title else LocalText(), said.get("paragraph", ""))
            links += self._links(row, item, said)
        return Crosswalk(
            framework=self.name.rpartition(".")[0] or self.name,
            name=LocalText((("", (above or [self.name.rpartition(".")[0]])[0]),)),
            issuer="",
            edition=above[1] if len(above) > 1 else "",
            origin=Origin.OWN,
            items=tuple(items.values()),
            links=tuple(links),
            codes=load_crosswalk(self.sheet).codes if self.sheet in frameworks() else (),
        )

    def _head(self) -> tuple[int, dict[str, int]]:
        for position, row in enumerate(self.rows[:_HEAD_ROWS]):
            columns: dict[str, int] = {}
            twice = ""
            for at, cell in enumerate(row.cells):
                if name := _column(cell.text):
                    twice = name if name in columns else twice
                    columns.setdefault(name, at)
            if twice and {"item", "disclosure"} <= columns.keys():
                raise self._fault(row, f"two columns {twice}; write several in one cell, parted by semicolons")
            if {"item", "disclosure"} <= columns.keys():
                return position, columns
        raise CatalogueError(f"{self.name}: no mapping", hint=_FORM)

    def _links(self, row: SheetRow, item: str, said: dict[str, str]) -> Iterator[Link]:
        if not said["disclosure"]:
            return
        relation = _relation(said.get("relation", ""))
        if relation is None:
            raise self._fault(row, f'"{said["relation"][:40]}" is no relation; equivalent, partial or related is wanted')
        for reference in self._references(row, said["disclosure"]):
            yield Link(
                item=item,
                number=reference.number or "",
                edition=reference.edition or said.get("edition", ""),
                requirement=", ".join(reference.requirements) or said.get("requirement", ""),
                relation=relation,
                state=self._state(row, said.get("state", "")),
                source=said.get("source", "") or self.name,
                topics=tuple(said.get("topics", "").replace(",", " ").split()),
            )

    def _state(self, row: SheetRow, text: str) -> State:
        """How the row is known; its author saw it, where nothing is said."""
        try:
            return State(plain(text) or State.CONTENT)
        except ValueError:
            raise self._fault(row, f'"{text[:40]}" is no state; {", ".join(State)} are') from None

    def _references(self, row: SheetRow, text: str) -> Iterator[Reference]:
        try:
            found = parse_marker(text)
        except TagSyntaxError:
            raise self._fault(row, f'"{text[:60]}" is no disclosure') from None
        for reference in found:
            editions = {key.edition for key in self.catalogue.editions_of(reference.number or "")}
            if not editions:
                raise self._fault(row, f"there is no {reference.name}")
            if reference.edition and reference.edition not in editions:
                raise self._fault(row, f"there is no {reference.name} of {reference.edition}")
            yield reference

    def _fault(self, row: SheetRow, cause: str) -> CatalogueError:
        return CatalogueError(f"{self.name}, row {row.number}: {cause}", hint="Correct the cell and run the command again.")


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
    said = plain(text)
    return next(
        (each for each in Relation if said == each.value or said in map(plain, wordings(f"relation-{each}").values())), None
    )
