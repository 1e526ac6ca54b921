"""Lines of an index into rows: what is a disclosure, a Standard above it, a topic, a continuation."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from gri_index.extraction.bands import (
    LONG_TITLE,
    LONG_TOPIC,
    ends_rows,
    ends_topics,
    is_general,
    may_name_topic,
    names_indicator,
    not_material,
    topic_name,
)
from gri_index.extraction.cells import (
    IndexLine,
    code_rows,
    is_head,
    number_first,
    second_head,
    split_listed,
    split_stacked,
)
from gri_index.extraction.columns import ENOUGH, CodeRow, place_scores
from gri_index.extraction.drafts import Draft, codes_alone, fill_merged, finished, without_lists
from gri_index.extraction.omissions import told_omission
from gri_index.extraction.places import pages
from gri_index.extraction.sightings import index_title
from gri_index.extraction.titles import exact_title, title_beside
from gri_index.extraction.tokens import token
from gri_index.language.heads import Role
from gri_index.language.lexicon import any_of
from gri_index.language.pages import read_pages
from gri_index.language.reasons import says_left_out
from gri_index.language.text import fold
from gri_index.model.keys import Reference
from gri_index.model.printed import PrintedRow
from gri_index.model.report import ReadProblem

_YEAR = re.compile(r"\(?\b(20(?:1[5-9]|2\d))\b\)?")
# The number of an indicator that is not GRI's: "CRE 3", "IP-5", "G4-EU28", "Cert-Tot".
_OWN_CODE = re.compile(r"[A-Z]{1,5}\d?[\s.-]?[A-Z]{0,4}\d{1,3}(?![\w%])|[A-Z][a-z]{1,6}-[A-Z][a-z]{1,6}(?!\w)")
_TOTAL_COLUMNS = 16
_SURE = 0.5  # from here on a column holds places
_PLACES = frozenset((Role.PAGE, Role.SECTION, Role.URL, Role.DOCUMENT))  # roles of columns that lead to places


class RowReader:
    """Reads lines one after the other; columns are those of the last head, or follow from where the codes stand."""

    def __init__(self) -> None:
        self.rows: list[Draft] = []
        self.problems: list[ReadProblem] = []
        self.not_material: list[tuple[str, str]] = []  # topics of Sector Standards below the rows, with their reasons
        self._roles: dict[int, Role] = {}
        self._heads: tuple[str, ...] = ()
        self._standard, self._edition, self._topic = "", "", ""
        self._open_standard = False  # a Standard was named without its year: the name may go on
        self._ended = False  # below the rows: a table of topics that are not material
        self._heading = ""  # among the titles: a topic where 3-3 follows, else a part of GRI 2
        self._managed = False  # 3-3 stands under the topic, so what follows belongs to it, GRI 2 included
        self._pool: dict[int, list[CodeRow]] = {}  # width -> rows with a number, of all tables so wide
        self._number_column = 0
        self._stretch: list[CodeRow] = []  # those of the table that is read

    def read(self, lines: Sequence[IndexLine]) -> tuple[PrintedRow, ...]:
        """All rows, in the order of the index."""
        lines = [replace(line, cells=number_first(line.cells)) for line in lines]
        for row in code_rows(lines):
            self._pool.setdefault(len(row[0]), []).append(row)
        for _, table in groupby(lines, key=lambda line: line.table):
            stretch = list(table)
            self._begin(stretch)
            for line in stretch:
                before, last = len(self.rows), self._said_last()
                for stacked in split_stacked(line.cells):
                    for cells in split_listed(stacked):
                        self._line(cells, line.page)
                self._link(line.links, self.rows[before:] or self.rows[-1:] if self._said_last() != last else [])
        self.rows = without_lists(self.rows)
        fill_merged(self.rows)
        bare = self._page_column()
        return tuple(finished(row, bare) for row in self.rows)

    def _said_last(self) -> tuple[int, int]:
        """Grows with each line that becomes a row, or goes on with the last one."""
        row = self.rows[-1] if self.rows else None
        return len(self.rows), sum(map(len, (row.title, *row.places, *row.page_cells, *row.omission))) if row else 0

    @staticmethod
    def _link(links: Sequence[str], rows: Sequence[Draft]) -> None:
        for row in rows:
            row.links += [address for address in links if address not in row.links]

    def _begin(self, lines: Sequence[IndexLine]) -> None:
        """A new table, or a new page: the columns go on as they were where there are as many of them."""
        first = lines[0].cells
        self._stretch = code_rows(lines)
        places = Counter(at for _, at, _ in self._stretch)
        self._number_column = places.most_common(1)[0][0] if places else 0
        if not is_head(first) and len(first) != len(self._heads):
            self._roles, self._heads = {}, ()
        if lines[0].table:
            self._trust_content()

    def _page_column(self) -> bool:
        """True where most places are nothing but numbers: then bare numbers are pages, whatever the head says."""
        texts = [text for row in self.rows for text in row.places if text.strip()]
        numeric = sum(
            re.fullmatch(rf"[\sPp\d,;.&f–~/-]+(?:{any_of('and')}[\s\d,;–-]+)*", fold(text)) is not None for text in texts
        )
        return bool(texts) and numeric >= 0.5 * len(texts)

    def _line(self, cells: tuple[str, ...], page: str) -> None:
        if is_head(cells):
            self._roles = {column: role for column, cell in enumerate(cells) if (role := token(cell).head)}
            for column, role in list(self._roles.items()):  # "Requirement(s)" beside a reason: those that are omitted
                if role is Role.REQUIREMENT and self._roles.get(column + 1) is Role.REASON:
                    self._roles[column] = Role.OMITTED
            self._heads = cells
            self._trust_content()
            return
        if self._heads and (under := second_head(cells)):
            self._roles |= under
            return
        found = self._code(cells)
        if found is None:
            if cells and " ".join(cell for cell in cells if cell).strip(" |") != page:  # the page's own number
                self._without_code(cells, page)
            return
        column, match = found
        self._ended = False
        self._topic_beside(cells)
        self._standards(cells[: column + 1])
        self._disclosure(cells, column, match, page)

    def _topic_beside(self, cells: tuple[str, ...]) -> None:
        """A column of topics names the topic in each row; a number is none, whatever stands above it."""
        named = next((cells[at].strip() for at, role in self._roles.items() if role is Role.TOPIC and at < len(cells)), "")
        named = "" if token(named).code else named
        if named:
            self._topic, self._managed = ("" if is_general(named) else topic_name(named)), True

    def _trust_content(self) -> None:
        """What stands in a column is weighed with its head: which of them lead to places."""
        rows = self._stretch
        if len(rows) < ENOUGH and rows:
            rows = self._pool.get(len(rows[0][0]), [])
        if len(rows) < ENOUGH:
            return
        scores = place_scores(rows, self._heads)
        numbers = {at for _, at, _ in rows}
        if (title := self._untitled(rows, scores)) is not None:
            scores[title] = 0.0
            self._roles[title] = Role.TITLE
        best = max(scores.keys() - numbers, key=lambda column: scores[column], default=-1)
        for column, score in scores.items():
            role = self._roles.get(column)
            if score >= 0.5 and role not in (*_PLACES, Role.STATUS):
                self._roles[column] = Role.SECTION
            elif (
                score < 0.5
                and role in (Role.PAGE, Role.SECTION)
                and column != best
                and (column in numbers or not _holds_pages(rows, column))
            ):
                self._roles[column] = Role.OTHER

    def _untitled(self, rows: Sequence[CodeRow], scores: Mapping[int, float]) -> int | None:
        """The column that must hold the titles, since numbers stand alone and no other does; None where titles stand elsewhere."""
        beside = self._number_column + 1
        places = [column for column, score in scores.items() if score >= _SURE]
        bare = sum(_alone(cells[at]) for cells, at, _ in rows) > 0.5 * len(rows)
        before = any(re.search(r"[^\W\d_]{3}", cell) for cells, at, _ in rows for cell in cells[:at])
        return beside if bare and not before and len(places) > 1 and beside in places else None

    def _code(self, cells: tuple[str, ...]) -> tuple[int, re.Match[str]] | None:
        for column, role in self._roles.items():  # a broken year ("Economic Performance 201-6") may look like a number
            if role is Role.DISCLOSURE and column < len(cells) and (match := token(cells[column]).code):
                return column, match
        for column, cell in enumerate(cells[:6]):
            if match := token(cell).code:
                if match["dash"] == "." and self._roles.get(column) not in (
                    None,
                    Role.DISCLOSURE,
                    Role.STANDARD,
                    Role.TITLE,
                    Role.OTHER,
                ):
                    continue  # a section number such as 2.7
                if self._roles.get(column) in (Role.PAGE, Role.SECTOR):
                    continue
                return column, match
            if cell.strip() and not token(cell).standard and column >= 3:
                return None
        return None

    def _standards(self, cells: Sequence[str]) -> None:
        """A Standard named in the cells keeps for the rows below."""
        for cell in cells:
            cell = cell.replace("\n", " ")
            match = token(cell).standard
            title = ((match["title"] or match["bare"] or "") if match else "").strip(" :–-(*")
            if match and not title and self._standard.startswith(f"GRI {match['number']}:"):
                continue  # named in short beside each row
            if match and not token(cell).code:
                self._standard = " ".join(f"GRI {match['number']}: {title} {match['year'] or ''}".split())
                self._edition = match["year"] or ""

    def _disclosure(self, cells: tuple[str, ...], column: int, match: re.Match[str], page: str) -> None:
        number = token(cells[column]).number
        rest = cells[column][match.end() :].strip()
        label = re.sub(r"[^a-kivx]+", "-", match["requirement"].strip().strip("-.()").lower()) if match["requirement"] else ""
        in_standard = self._standard.startswith(f"GRI {match['std']}:") or self._standard == f"GRI {match['std']}"
        edition = self._edition if in_standard else ""
        if year := _YEAR.search(rest):
            edition = edition or year[1]
        title_columns = [c for c, role in self._roles.items() if role is Role.TITLE and c != column]
        title, first_place = rest, column + 1
        if not rest or token(rest).numbers:
            following = title_columns[0] if title_columns else column + 1
            if following < len(cells) and not self._is_place(following) and not token(cells[following]).numbers:
                title, first_place = cells[following].strip(), following + 1
        if not title and column and not self._is_place(column - 1) and not token(cells[column - 1]).standard:
            title = cells[column - 1].strip()  # the title stands before its number
        self._under_heading(number)
        previous = self.rows[-1] if self.rows else None
        if previous and label and previous.reference.number == number and previous.topic == self._topic:
            self._add_requirement(previous, cells, label, first_place)
            return
        listed = codes_alone([match.group(), rest, *cells[column + 1 :]])
        row = Draft(
            codes=listed,
            reference=Reference(
                number=number, edition=edition or None, requirements=(label,) if label else (), raw=match.group().strip(" *_:-")
            ),
            title=" ".join(title.replace("\n", " ").strip(" *_").split()),
            cells=cells,
            standard=self._standard if in_standard else "",
            topic=self._topic if self._managed or not number.startswith(("2-", "3-")) else "",
            page=page,
        )
        self.rows.append(row)
        if token(rest).numbers and rest:
            row.places.append(rest)
        left = {at for at in (*range(column), *range(column + 1, first_place - 1)) if self._roles.get(at) in _PLACES}
        self._fill(row, tuple(cell if at in left else "" for at, cell in enumerate(cells)), 0)  # of the number, or of the title
        self._fill(row, cells, first_place)

    def _under_heading(self, number: str) -> None:
        if number == "3-3":
            self._topic, self._managed = self._heading or self._topic, True
        elif number in ("3-1", "3-2"):
            self._managed = False
        self._heading = ""

    def _is_place(self, column: int) -> bool:
        return self._roles.get(column) in (
            Role.PAGE,
            Role.SECTION,
            Role.URL,
            Role.OMISSION,
            Role.REASON,
            Role.EXPLANATION,
            Role.OMITTED,
            Role.SECTOR,
            Role.NOTE,
        )

    def _fill(self, row: Draft, cells: tuple[str, ...], start: int) -> None:
        """Cells right of the title by what their columns hold; without a head the first that is filled is the place."""
        for column in range(start, min(len(cells), _TOTAL_COLUMNS)):
            text = cells[column].strip()
            if not text:
                continue
            told = bool(row.places or row.page_cells)
            match self._roles.get(column):
                case _ if (told and token(text).reason) or token(text).status:  # a status column, known by what it says
                    self._state(row, column, text)
                case Role.PAGE:
                    row.page_cells.append(text)
                case Role.STATUS if token(text).left_out and not token(text).reason:
                    self._beside(row, column, text)  # "Not reported": why stands in another column
                case Role.SECTION | Role.URL | Role.DOCUMENT | Role.STATUS | Role.REQUIREMENT:
                    row.places.append(text)
                case Role.OMITTED:
                    row.omitted.append(text)
                case Role.REASON:
                    row.reason.append(text)
                case Role.EXPLANATION:
                    row.explanation.append(text)
                case Role.OMISSION:
                    row.omission.append(text)
                case Role.SECTOR:
                    row.sector.append(text)
                case None if not self._roles or not (set(self._roles.values()) & {Role.PAGE, Role.SECTION}):
                    row.places.append(text)
                case _ if token(text).reason:
                    row.status.append(text)
                case _ if column == start and not row.places and not row.page_cells and token(text).numbers:
                    row.places.append(text)
                case _:
                    self._beside(row, column, text)

    def _state(self, row: Draft, column: int, text: str) -> None:
        """A status: the reason for an omission, or that all is reported."""
        if token(text).reason and self._roles.get(column) in (Role.REASON, Role.OMISSION):
            row.reason.append(text)
        elif token(text).reason:
            row.status.append(text)
        else:
            self._beside(row, column, text)

    def _beside(self, row: Draft, column: int, text: str) -> None:
        row.extras.append((self._heads[column] if column < len(self._heads) else "", text))

    def _sector_number(self, cells: tuple[str, ...]) -> str | None:
        """The reference number of a line without a disclosure number: an additional sector disclosure has none."""
        columns = [column for column, role in self._roles.items() if role is Role.SECTOR]
        for column in columns or range(max(0, len(cells) - 1), len(cells)):
            found = re.fullmatch(r"\s*S?(1[1-4]\.\d{1,2}\.\d{1,2})\s*", fold(cells[column])) if column < len(cells) else None
            if found and sum(bool(cell.strip()) for cell in cells) > 1:
                return found[1]
        return None

    def _additional(self, cells: tuple[str, ...], number: str) -> None:
        places = [column for column, role in self._roles.items() if role in (Role.PAGE, Role.SECTION)]
        start = min(places) if places else len(cells) - 1
        title = max((cell.strip() for cell in cells[:start]), key=len, default="")
        row = Draft(
            reference=Reference(sector_ref=number, raw=number), title=" ".join(title.split()), cells=cells, topic=self._topic
        )
        self.rows.append(row)
        self._fill(row, cells, start)

    def _add_requirement(self, row: Draft, cells: tuple[str, ...], label: str, start: int) -> None:
        """A line for a requirement of the disclosure above: its places are the disclosure's, or it is omitted."""
        extra = Draft(reference=row.reference, title="")
        self._fill(extra, cells, start)
        told = " ".join((*extra.omission, *extra.reason, *extra.explanation, *extra.places))
        if says_left_out(told) and not pages(told, column=False):
            row.omission.append(f"{label}. {told}")
        else:
            row.places += extra.places
            row.page_cells += extra.page_cells

    def _without_code(self, cells: tuple[str, ...], page: str) -> None:
        """A band, a Standard, or what goes on from the row above."""
        [told, *more] = dict.fromkeys(cell.strip() for cell in cells if cell.strip()) or [""]
        if self.rows and told and not more and all(told_omission(line) for line in told.split("\n")):
            self.rows[-1].places.append(told)  # the omission of the row above
            return
        whole = " ".join(cell for cell in cells if cell.strip())
        self._ended = self._ended or ends_rows(whole)
        if self._ended:
            self.not_material += not_material([cells])
            return
        if ends_topics(whole):
            self._topic, self._managed, self._heading = "", False, ""
            return
        heads = [
            cell for cell in cells if cell.strip() and not re.search(r"[:：]\s*\S", cell)
        ]  # "Material topic: Energy" is a band
        if all(token(cell).head for cell in heads) and not any(re.search(r"\d", cell) for cell in cells) and (heads or not whole):
            return  # a part of the head that is repeated on each page
        if number := self._sector_number(cells):
            self._additional(cells, number)
            return
        filled = [(column, cell.strip()) for column, cell in enumerate(cells) if cell.strip()]
        texts = list(dict.fromkeys(text for _, text in filled))
        if not filled:
            return
        first, text = filled[0]
        bare = fold(text).strip(" *_#")
        if token(bare).standard and len(bare) < 140:
            self._standards([text])
            if len(texts) == 1:
                self._open_standard = _YEAR.search(bare) is None
                return
        unfinished, self._open_standard = self._open_standard, False
        if unfinished and len(texts) == 1 and (text[0].islower() or _YEAR.search(text[-6:])) and len(text) < LONG_TOPIC:
            self._standards([f"{self._standard} {text}"])  # its name runs over two lines
            return
        if len(texts) == 1 and (first == 0 or len(filled) > 1) and len(text) < 140 and not token(text).numbers:
            if not token(bare).standard and may_name_topic(text):
                self._topic, self._managed = ("" if index_title().search(text) else topic_name(text)), False
                if is_general(self._topic):
                    self._topic = ""
            return
        if self.rows and (first > 0 or len(filled) > 1) and not token(bare).standard:
            self._goes_on(cells, filled, page)

    def _goes_on(self, cells: tuple[str, ...], filled: Sequence[tuple[int, str]], page: str) -> None:
        """A line that goes on with the row above: with its title, its places, or both; else an indicator of its own."""
        first, text = filled[0]
        row = self.rows[-1]
        places = [column for column, role in self._roles.items() if role in (Role.PAGE, Role.SECTION)]
        start = min(places) if places else first
        title = " ".join(text for column, text in filled if self._number_column <= column < start)
        reaches = any(column >= start for column, _ in filled)
        if places and title and _continues(row, title):
            row.title = f"{row.title} {title}"
            self._fill(row, cells, start)
        elif (
            places
            and title
            and reaches
            and names_indicator(title)
            and cells[self._number_column : self._number_column + 1] != ("",)
        ):
            several = [text for column, text in filled if column >= self._number_column]
            id = next((text for text in several if re.search(r"[^\W\d_]{2}", text)), several[0])
            code = _OWN_CODE.match(id)
            id = code.group().strip() if code else id
            name = title.removeprefix(id).strip(" :\u2013-") or title
            own = Draft(reference=Reference(raw=id), title=name, cells=cells, topic=self._topic, page=page, own=True)
            self.rows.append(own)
            self._fill(own, cells, start)
        elif places and all(column < start for column, _ in filled):
            if len(filled) == 1 and len(text) <= LONG_TOPIC and not text[0].islower():
                self._heading = topic_name(text)  # a heading among the titles: "2. Activities and workers"
        elif first >= min(start, 1) or (reaches and not title):
            self._fill(row, cells, max(first, start) if places else first)
        elif names_indicator(text) or len(text) > LONG_TITLE:
            self.problems.append(ReadProblem(page, "index-line", (("text", " | ".join(text for _, text in filled)[:80]),)))


def _continues(row: Draft, text: str) -> bool:
    """True where the title of a row goes on with a text: as the disclosure's title does, or in the middle of a sentence."""
    number = row.reference.number or ""
    if text[0].islower() or row.title.endswith(("-", ",")):
        return True
    return not exact_title(number, row.title) and title_beside(number, before="", after=f"{row.title} {text}") and bool(row.title)


def _holds_pages(rows: Sequence[CodeRow], column: int) -> bool:
    """True for a column in which nearly all that stands is pages: a second one, of another document."""
    told = [read_pages(cells[column]) for cells, _, _ in rows if column < len(cells) and cells[column].strip(" -\u2013\u2014")]
    return len(told) >= ENOUGH and 5 * told.count(None) <= len(told)


def _alone(cell: str) -> bool:
    """True for a number, or nothing, in a cell."""
    match = token(cell).code
    return not (token(cell).folded[match.end() :] if match else cell).strip()
