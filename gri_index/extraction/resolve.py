"""What a printed location points to in the report: sections by their titles, tolerant of spelling; other documents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from gri_index.extraction.sections import shown_titles
from gri_index.extraction.tokens import token
from gri_index.language import frameworks
from gri_index.language.lexicon import any_of
from gri_index.language.text import plain
from gri_index.model.printed import PrintedRow
from gri_index.model.report import Report, Section

_OUTSIDE = re.compile(rf"{any_of('other-document')}|\b\w+\.(?:com|org|net)\b", re.IGNORECASE)
_COVER = re.compile(any_of("cover"), re.IGNORECASE)  # the pages that bear no number
_PART = rf"{any_of('part-before')}\s?(?:{any_of('numeral')}|\d)+\s?{any_of('part')}"
_NUMBERED = re.compile(rf"^(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}|{_PART})\.?\s*")
# Which document a place is in: "Our approach [SR]", "NFI – Energy efficiency", "AR: Remuneration".
_DOCUMENT_MARK = re.compile(r"\[[^\]]{1,8}\]|^[\W_]*[A-Z]{2,5}(?:\s?20\d\d)?(?:\s+[-–—]|\s?[:：|>→])\s+|^\s*→\s*")
_BEHIND = re.compile(r"\s*[(（\[][^()（）\[\]]{1,40}[)）\]]\s*$")  # "Risk report (main AR)"
_QUOTED = re.compile(
    r"[\"\u201c\u201e\u00ab\u300c]([^\"\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d]{3,120})[\"\u201c\u201d\u00bb\u300d]"
)
_PARTS = re.compile(r"[\n;；|•→]|,\s|、|，")  # of a list
_STEPS = re.compile(r"\s?[›»]\s?|\s[/>]\s")  # of a path: "Group / About us"
_PATH = re.compile(r"\s[/>›]\s")
_ALIKE = 90.0  # of 100
LINE = ""  # id of what is named by a line of text and is no section of its own
_FEW_NUMBERED = 5
_FRONT = 8  # of a report's blocks, the part in which its contents stand
_TITLE = 60  # characters
_SHORT = 4  # letters of a title that a longer text may hold by chance


class Target(StrEnum):
    """What a location turned out to be."""

    PAGES = "pages"
    SECTION = "section"
    SPELT = "section spelt differently"
    LINK = "link"
    OUTSIDE = "another document"
    NOTHING = "nothing"  # a stroke, or empty
    TEXT = "text"  # an answer, or a place that is not there


@dataclass(frozen=True, slots=True)
class Resolved:
    """A location and the sections that it names."""

    target: Target
    sections: tuple[Section, ...] = ()


def _line(text: str) -> str:
    """In one line, without capitals and the full stop that some set behind headings: no other spelling."""
    return " ".join(text.casefold().split()).rstrip(". ")


class Locator:
    """Resolves the locations of one report's index."""

    def __init__(self, report: Report) -> None:
        out = {number for each in report.excluded for number in range(each.first, each.last + 1)}
        indexed = {report.blocks[number].section for number in out if 0 <= number < len(report.blocks)}
        own = indexed - {block.section for block in report.blocks if block.id not in out}  # bands and titles of the index itself
        self._by_title: dict[str, Section] = {}
        self._by_number: dict[str, Section] = {}
        for section in report.sections:
            if section.title and section.id not in own:
                self._by_title.setdefault(plain(section.title), section)
                bare = _NUMBERED.sub("", section.title)
                self._by_title.setdefault(plain(bare), section)
                if number := _NUMBERED.match(section.title):
                    self._by_number.setdefault(number.group().strip(". "), section)
        sections = {section.id: section for section in report.sections}
        self._depths = {number.count(".") for number in self._by_number} if len(self._by_number) >= _FEW_NUMBERED else set()
        lines: dict[str, Section] = {}
        for block in report.blocks:  # chapter titles that are no sections: a line of their own, in the text or the contents
            text = block.text.strip()
            if block.id not in out and 1 < len(text) <= _TITLE and not block.cells and not re.search(r"[.。!?;；]$", text):
                bare = re.sub(r"\s+\d{1,3}$", "", text)  # an entry of the contents with its page
                lines[plain(bare)] = replace(sections[block.section], title=bare, first_page=block.page, id=LINE)
        for block in report.blocks[: len(report.blocks) // _FRONT]:  # a table of contents: a name and its page
            [name, *rest] = [cell.strip() for cell in block.cells if cell.strip()] or [""]
            if 1 < len(name) <= _TITLE and len(rest) == 1 and token(rest[0]).numbers:
                lines.setdefault(plain(name), replace(sections[block.section], title=name, first_page=block.page, id=LINE))
        for page in report.pages:  # names of chapters in the heads of their pages
            for text in page.running:
                head = re.sub(r"^\W*\d+\W+|\W+\d+\W*$", "", text).strip()
                if 1 < len(head) <= _TITLE and plain(head) not in lines:
                    lines[plain(head)] = replace(report.sections[0], title=head, first_page=page.number, id=LINE)
        for id, shown in shown_titles([section for section in report.sections if section.id not in own]).items():
            if shown:
                self._by_title.setdefault(plain(shown), sections[id])
        self._titles = tuple(self._by_title)  # of sections: a line of text is found by its very words alone
        for title, line in lines.items():
            self._by_title.setdefault(title, line)
            if number := _NUMBERED.match(line.title):
                self._by_title.setdefault(plain(line.title[number.end() :]), line)
                self._by_number.setdefault(number.group().strip(". "), line)

    def resolve(self, row: PrintedRow) -> Resolved:
        """What the row's location points to."""
        text = row.location.strip()
        if not re.search(r"\w", text):
            return Resolved(Target.NOTHING)
        exact, alike = self._sections(text)
        if exact or alike:
            # One name as it is titled leads there; how the others of a list or a path are spelt matters little.
            return Resolved(Target.SECTION if exact else Target.SPELT, tuple(dict.fromkeys(exact or alike)))
        if row.pages or _COVER.search(text):
            return Resolved(Target.PAGES)
        if row.urls:
            return Resolved(Target.LINK)
        if numbered := [
            self._by_number[number]
            for number in re.findall(r"\d{1,2}(?:\.\d{1,2})+|(?<=[Ss]ection )\d{1,2}", text)
            if number in self._by_number
        ]:
            return Resolved(Target.SECTION, tuple(numbered))
        named = re.search(rf"{any_of('numbered-section')}\s(?P<number>\d[\d.]*|[A-Z]\b)|{_PART}", text)
        if named and (named["number"] or "").strip(".").count(".") not in self._depths:
            return Resolved(Target.SECTION)  # the report's text came without the numbers of its sections
        if self._shows(text):
            return Resolved(Target.SECTION)
        if not re.search(r"[^\W\d_]{2}", frameworks.mention().sub(" ", text)):
            return Resolved(Target.NOTHING)  # numbers of other frameworks alone
        if _OUTSIDE.search(text):
            return Resolved(Target.OUTSIDE)
        return Resolved(Target.TEXT)

    def _sections(self, text: str) -> tuple[list[Section], list[Section]]:
        """(sections named as they are titled, those named with another spelling)."""
        from rapidfuzz import fuzz, process

        exact: list[Section] = []
        alike: list[Section] = []
        text = _DOCUMENT_MARK.sub("", text).strip()
        if _PATH.search(text):  # a path goes on over the ends of lines
            text = " ".join(text.split())
        whole = self._find(text)
        parts = [text] if whole else list(self._parts(text))
        if not whole:
            parts += [quoted for quoted in _QUOTED.findall(text) if self._find(quoted)]
        for part in parts:
            part = _DOCUMENT_MARK.sub("", part).strip()  # each part may bear its own
            if len(plain(part)) < _SHORT and not whole:
                continue
            bare = re.sub(rf"[\s,;(（]*{any_of('page')}?\s?[\d,;\s–~-]+(?:{any_of('page-behind')}|[)）])?\s*$", "", part) or part
            found = self._find(part) or self._find(bare) or self._find(_BEHIND.sub("", part))
            if found is not None:
                literal = any(_line(title) in _line(text) for title in (found.title, _NUMBERED.sub("", found.title)))
                (exact if literal or found.id == LINE else alike).append(found)  # how a line of text is spelt matters little
                continue
            wanted = plain(bare)
            if len(wanted) > _SHORT and (
                best := process.extractOne(wanted, self._titles, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            ):
                alike.append(self._by_title[best[0]])
        return exact, alike

    def _parts(self, text: str) -> Iterator[str]:
        """The names in a list; of a path that is no name as a whole, its steps."""
        for part in filter(re.compile(r"\w{2}").search, _PARTS.split(text)):
            bare = re.sub(r"\s*[(（][^()（）]*[)）]\s*$", "", part)
            known = self._find(part) or self._find(bare)
            yield from [part] if known else filter(re.compile(r"\w{2}").search, _STEPS.split(part))

    def _shows(self, text: str) -> bool:
        """True for a table or a chart by its number, where the report has a line that opens so."""
        shown = re.fullmatch(rf"\W*(?P<name>{any_of('chart')}\s?\d{{1,3}})\W*", text, re.IGNORECASE)
        return shown is not None and any(re.match(rf"{plain(shown['name'])}(?!\d)", title) for title in self._by_title)

    def _find(self, text: str) -> Section | None:
        return self._by_title.get(plain(text)) or self._by_title.get(plain(_NUMBERED.sub("", text.strip())))
