"""Codes of other frameworks in a report, where they mark a place as GRI's tags do: "[ESRS E1-6]", "SDG 8.5" alone on its line.

A code counts where nothing but codes, of GRI's too, stands in its bracket, line or cell, or at the end
of a heading, with the item's own title where it is printed too. How a framework's codes are written is data
(``<code>`` in its crosswalk).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gri_index.errors import TagSyntaxError
from gri_index.language import frameworks
from gri_index.language.lexicon import any_of, matcher
from gri_index.language.reasons import says_nothing_there
from gri_index.language.text import fold, plain
from gri_index.model.crosswalk import CodeForm, Item
from gri_index.model.report import BlockKind
from gri_index.tags.grammar import parse_marker

_BRACKET = re.compile(
    r"[\[(\u3010\uff08]([^\[\](){}\u3010\u3011\uff08\uff09]{2,400}(?:\([^()\[\]{}]{1,40}\)[^\[\](){}]{0,200})*)[\])\u3011\uff09]"
)
_SEPARATORS = " \t\r\n,;:/&|+\u00b7\u2022.\u3001\uff0c\uff1b-\u2013\u2014[]()\u3010\u3011\uff08\uff09*_"
_LONGEST = 400  # characters of a line that is nothing but codes
_LONGEST_RANGE = 40  # no chapter of a framework has more items
_END = "(?![A-Za-z0-9_])"  # a letter of another script may follow at once
_PIECE = r"[\s,;/&|\u00b7\u2022\u3001\uff0c\uff1b+~\u301c\uff5e-]"


# What stands behind the name of another framework in the same bracket: "UNGC Principle 6", "TCFD Metrics b"
_OTHERS = re.compile(
    rf"(?:{frameworks.names()})\b|\bGRI\s*$|\b(?:[Pp]rincip\w*|[Tt]argets?|[Mm]etrics|[Gg]overnance|[Ss]trategy)\s*(?:\d{{1,2}}|\(?[abc]\)?)?(?!\w)"
)
_RANGE = re.compile(rf"\s*(?:[-\u2013\u2014~\u301c\uff5e]|{any_of('range-word')})\s*")
# What goes on with the code before it: S3-1/2, Governance a, b
_TAIL = rf"(?:(?:\s*/\s*|\s+{any_of('range-word')}\s+)\d{{1,2}}(?![\d.\w(-])|\s*(?:[,;/&\u3001+-]|{any_of('and', 'range-word')})\s*(?:{any_of('and')}\s*)?(?:\([a-g]\)|[a-g]\)?(?![\w.])))"
_ENDING = re.compile(r"(?P<stem>.*?)(?P<open>\(?)(?P<last>[a-z]|\d{1,3})(?P<close>\)?)")
_FIGURES = re.compile(r"(?<!\S)[+\u2013-]?\d[\d.,\u00a0%]*\s+[+\u2013-]?\d[\d.,\u00a0%]*\s+(?=\D)")
_MOST_WORDS = 4  # of a head
# A bracket that is meant as a tag opens with a code, or the name of a framework
_OPENS = re.compile(rf"\s*(?:GRI\b|{frameworks.names()}|[A-Z]{{2,6}}\b|[^\x00-\u024f])")
_STOP = re.compile(r"[.!?;\n\u3002\uff01\uff1f\uff1b](?:\s|$)|[\u3002\uff01\uff1f\uff1b]")


@dataclass(frozen=True, slots=True)
class CodeReader:
    """Finds the codes of one framework."""

    worth: re.Pattern[str]  # without a match a text holds no code
    runs: re.Pattern[str]  # a code, or several of which one has a name
    names: re.Pattern[str]
    codes: re.Pattern[str]  # and what goes on with the one before, as the group "tail"
    templates: tuple[str, ...]  # of each form in ``codes``: the item that it means; "": what it matches
    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of the items, in plain words

    def named(self, text: str) -> bool:
        """True where the framework itself is named with one of its codes."""
        match = self.worth.search(text) and self.runs.search(fold(text))
        return bool(match and self.names.search(match.group()))

    def name_in(self, head: str) -> str:
        """The framework's name in a head of few words: "ESRS DR", "Related SDGs"; "" where it is none, or a code stands with it."""
        text = fold(head).strip()
        found = self.names.search(text)
        return (
            found.group()
            if found and len(text.split()) <= _MOST_WORDS and not re.search(r"\d(?!\d*$)|\d$", text.replace(found.group(), ""))
            else ""
        )

    def is_name(self, text: str) -> bool:
        """True for a text that is the framework's name and nothing else."""
        return self.names.fullmatch(fold(text).strip()) is not None

    def unread(self, text: str) -> Iterator[str]:
        """Brackets that open with the framework's name and a code, and hold more than codes: they mark no place, which is to be said."""
        if self.worth.search(text):
            for bracket in _BRACKET.finditer(fold(text)):
                name = self.names.search(bracket[1])
                coded = name and re.match(
                    r"[\s:.,-]*(?:[^\W\d_]{1,20}\s){0,3}(?:[A-Z]{0,4}\d|\(?[a-g]\b)", bracket[1][name.end() :]
                )
                if name and coded and _OPENS.match(bracket[1]) and not self.only(bracket[1]):
                    yield bracket[0]

    def torn(self, text: str) -> Iterator[str]:
        """Ranges of which nobody knows what stands between: E1-6 to E2-4. Their ends alone count, which is to be said."""
        for run in self.runs.finditer(fold(text)) if self.worth.search(text) else ():
            if any(between is None for _, between in self._items(run.group())):
                yield run.group().strip()

    def marked(self, text: str, kind: BlockKind = BlockKind.BODY, *, cell: bool = False) -> list[str]:
        """The codes that mark the place where the text stands, each once; none in a sentence that speaks of them."""
        if kind is BlockKind.PICTURE or not self.worth.search(text):
            return []
        folded = fold(text)
        if kind is BlockKind.HEADING and says_nothing_there(self.runs.sub(" ", folded)):
            return []
        return list(dict.fromkeys(code for each in self._apart(folded, kind, cell=cell) for code in self.only(each)))

    def _apart(self, text: str, kind: BlockKind, *, cell: bool) -> Iterator[str]:
        """The stretches of a text that are set apart from its sentences."""
        lines = text.split("\n")
        if cell or len(lines) == 1:
            yield text[:_LONGEST]
        elif not self.only(text[:_LONGEST]):  # a line among others needs the framework's name: a table may list codes
            yield from (line for line in lines if len(line) <= _LONGEST and self.names.search(line))
        else:
            yield text[:_LONGEST]
        for line in lines if not cell else ():  # a row of a table that a PDF sets as text: figures, then the code
            if (figures := _FIGURES.search(line)) and (name := self.names.match(line, figures.end())):
                yield line[name.start() :]
        yield from (bracket[1] for bracket in _BRACKET.finditer(text) if bracket[0][0] in "[\u3010" or not _denied(text, bracket))
        if kind is BlockKind.HEADING:
            if opening := self.runs.match(text.lstrip("#*_ [(")):  # "E1-6 \u2013 Gross emissions", as the standard prints it
                yield opening.group()
            yield from (text[name.start() :] for name in self.names.finditer(text))

    def only(self, text: str) -> list[str]:
        r"""The codes of a text that holds nothing but codes, and their titles; none for another one.

        >>> form = CodeForm(("ESRS",), r"[ESG][1-5]-\d{1,2}", bare=True)
        >>> reader([form]).only("ESRS E1-6; GRI 305-1"), reader([form]).only("see E1-6")
        (['E1-6'], [])
        >>> reader([form]).only("ESRS E1-6/7"), reader([form]).only("ESRS E1-6 to E1-9")
        (['E1-6', 'E1-7'], ['E1-6', 'E1-7', 'E1-8', 'E1-9'])
        """
        found: list[str] = []

        def taken(run: re.Match[str]) -> str:
            found.extend(code for item, between in self._items(run.group()) for code in (*(between or ()), item))
            return ";"

        rest = _OTHERS.sub(";", frameworks.mention().sub(";", self.runs.sub(taken, fold(text)))).strip(_SEPARATORS)
        if not found or re.fullmatch(rf"(?:{_PIECE}|{any_of('and')})*", rest):
            return found
        pieces = [piece.strip(_SEPARATORS) for piece in re.split(r"\s*(?:;\s*)+", rest)]
        others = "; ".join(piece for piece in pieces if piece and not self._is_title(piece, found))
        try:
            if others:
                parse_marker(others)
        except TagSyntaxError:
            return []
        return found

    def _is_title(self, text: str, codes: Sequence[str]) -> bool:
        """True for the title of one of the items, or the words that it begins with, in any language."""
        said = plain(text)
        return bool(said) and any(
            title.startswith(said) or said.startswith(title) for code in codes for title in self.titles.get(code, ())
        )

    def _items(self, run: str) -> Iterator[tuple[str, list[str] | None]]:
        """The items of a run in order, each with those that stand between it and the one before; None where nobody knows which do."""
        bare = self.names.sub(" ", run)
        before, end = "", 0
        for match in self.codes.finditer(bare):
            if match.lastgroup == "tail":
                if not before or bare[end : match.start()].strip():
                    continue
                link, code = _goes_on(before, match.group())
                if not code:
                    end = match.end()
                    continue
            else:
                link, code = bare[end : match.start()], self._meant(match)
            yield code, _between(before, code) if before and _RANGE.fullmatch(link) else []
            before, end = code, match.end()

    def _meant(self, match: re.Match[str]) -> str:
        """The item that a code means, by the groups inside its form."""
        name = next(name for name, text in match.groupdict().items() if name != "tail" and text is not None)
        template = self.templates[int(name[1:])]
        inner = match.groups()[self.codes.groupindex[name] :]
        return re.sub(r"\\(\d)", lambda number: inner[int(number[1]) - 1] or "", template) if template else match.group(name)


def _denied(text: str, bracket: re.Match[str]) -> bool:
    """True where the sentence around a bracket says that nothing is reported."""
    begin = max((stop.end() for stop in _STOP.finditer(text[max(0, bracket.start() - _LONGEST) : bracket.start()])), default=0)
    begin += max(0, bracket.start() - _LONGEST)
    after = text[bracket.end() : bracket.end() + _LONGEST]
    stop = _STOP.search(after)
    before, behind = text[begin : bracket.start()], after[: stop.start() if stop else None]
    turn = max((each.end() for each in matcher("contrast").finditer(before)), default=0)  # what stands behind "but" counts
    contrast = matcher("contrast").search(behind)
    return says_nothing_there(before[turn:] + " " + behind[: contrast.start() if contrast else None])


def _goes_on(before: str, tail: str) -> tuple[str, str]:
    """(what links them, the item) of a tail: "/2" behind S3-1 is S3-2, ", b" behind Gov-a is Gov-b; "" where it is none of its kind."""
    last = re.search(r"\(?([a-g]|\d{1,2})\)?$", tail)
    ending = _ENDING.fullmatch(before)
    if last is None or ending is None or last[1].isdecimal() != ending["last"].isdecimal():
        return "", ""
    return tail[: last.start()], f"{ending['stem']}{ending['open']}{last[1]}{ending['close']}"


def _between(first: str, last: str) -> list[str] | None:
    """What stands between two codes that differ in their last number or letter: S1-2 and S1-3 of S1-1 to S1-4.

    None where they differ in more, or run downwards.
    """
    begin, end = _ENDING.fullmatch(first), _ENDING.fullmatch(last)
    if begin is None or end is None or begin["stem"] != end["stem"] or begin["last"].isdecimal() != end["last"].isdecimal():
        return None
    one, other = (int(each["last"]) if each["last"].isdecimal() else ord(each["last"]) for each in (begin, end))
    if not 0 < other - one < _LONGEST_RANGE:
        return None
    shown = str if begin["last"].isdecimal() else chr
    return [f"{begin['stem']}{begin['open']}{shown(at)}{begin['close']}" for at in range(one + 1, other)]


def reader(forms: Sequence[CodeForm], items: Sequence[Item] = ()) -> CodeReader:
    """A reader of the codes of one framework; ``forms``: in the order in which they are tried; ``items``: their titles."""
    plain_forms = "|".join(f"(?:{_without_groups(form)})" for form in forms)
    bare = "|".join(f"(?:{_without_groups(form)})" for form in forms if form.bare)
    names = sorted({name for form in forms for name in form.names}, key=len, reverse=True)
    name = "|".join(rf"(?<![A-Za-z]){re.escape(each)}" if each.isascii() else re.escape(each) for each in names)
    more = rf"(?:(?:{_PIECE}|{any_of('and', 'range-word')})+(?:(?:{name})[\s:.-]*)?(?:{plain_forms}){_END}|{_TAIL})*"
    runs = rf"(?:{name})[\s:.,-]*(?:{plain_forms}){_END}{more}"
    if bare:
        runs += rf"|(?<![\w.-])(?:{bare}){_END}{more}"
    return CodeReader(
        worth=re.compile(f"{name}|{bare}" if bare else name),
        runs=re.compile(runs),
        names=re.compile(name),
        codes=re.compile("|".join((*(f"(?P<f{at}>{form.form})" for at, form in enumerate(forms)), f"(?P<tail>{_TAIL})"))),
        templates=tuple("" if form.item == r"\g<0>" else form.item for form in forms),
        titles={item.id: tuple(map(plain, item.title.all)) for item in items},
    )


def _without_groups(form: CodeForm) -> str:
    return re.sub(r"(?<!\\)[(](?![?])", "(?:", form.form)
