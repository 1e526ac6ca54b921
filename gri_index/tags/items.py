"""Codes of other frameworks in a report, where they mark a place as GRI's tags do: "[ESRS E1-6]", "SDG 8.5" alone on its line.

A code counts where nothing but codes, of GRI's too, stands in its bracket, line or cell, or at the end
of a heading. How a framework's codes are written is data (``<code>`` in its crosswalk).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gri_index.errors import TagSyntaxError
from gri_index.language import frameworks
from gri_index.language.lexicon import any_of
from gri_index.language.text import fold
from gri_index.model.crosswalk import CodeForm
from gri_index.model.report import BlockKind
from gri_index.tags.grammar import parse_marker

_BRACKET = re.compile(
    r"[\[(\u3010\uff08]([^\[\](){}\u3010\u3011\uff08\uff09]{2,400}(?:\([a-z]\)[^\[\](){}]{0,200})*)[\])\u3011\uff09]"
)
_SEPARATORS = " \t\r\n,;:/&|+\u00b7\u2022.\u3001\uff0c\uff1b-\u2013\u2014[]()\u3010\u3011\uff08\uff09*_"
_LONGEST = 400  # characters of a line that is nothing but codes
_LONGEST_RANGE = 40  # no chapter of a framework has more items
_END = "(?![A-Za-z0-9_])"  # a letter of another script may follow at once
_PIECE = r"[\s,;/&|\u00b7\u2022\u3001\uff0c\uff1b+-]"


# What stands behind the name of another framework in the same bracket: "UNGC Principle 6", "TCFD Metrics b"
_OTHERS = re.compile(
    rf"(?:{frameworks.names()})\b|\b(?:[Pp]rincip\w*|[Tt]argets?|[Mm]etrics|[Gg]overnance|[Ss]trategy)\s*(?:\d{{1,2}}|\(?[abc]\)?)?(?!\w)"
)
_RANGE = re.compile(rf"\s*(?:[-\u2013\u2014~]|{any_of('range-word')})\s*")


@dataclass(frozen=True, slots=True)
class CodeReader:
    """Finds the codes of one framework."""

    worth: re.Pattern[str]  # without a match a text holds no code
    runs: re.Pattern[str]  # a code, or several of which one has a name
    names: re.Pattern[str]
    codes: re.Pattern[str]
    templates: tuple[str, ...]  # of each form in ``codes``: the item that it means; "": what it matches

    def named(self, text: str) -> bool:
        """True where the framework itself is named with one of its codes."""
        match = self.worth.search(text) and self.runs.search(fold(text))
        return bool(match and self.names.search(match.group()))

    def unread(self, text: str) -> Iterator[str]:
        """Brackets that open with the framework's name and a code, and hold more than codes: they mark no place, which is to be said."""
        if self.worth.search(text):
            for bracket in _BRACKET.finditer(fold(text)):
                opening = self.runs.match(bracket[1].strip())
                if opening and self.names.match(opening.group()) and not self.only(bracket[1]):
                    yield bracket[0]

    def marked(self, text: str, kind: BlockKind = BlockKind.BODY, *, cell: bool = False) -> list[str]:
        """The codes that mark the place where the text stands, each once; none in a sentence that speaks of them."""
        if kind is BlockKind.PICTURE or not self.worth.search(text):
            return []
        folded = fold(text)
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
        yield from (bracket[1] for bracket in _BRACKET.finditer(text))
        if kind is BlockKind.HEADING:
            if opening := self.runs.match(text.lstrip("#*_ [(")):  # "E1-6 \u2013 Gross emissions", as the standard prints it
                yield opening.group()
            yield from (text[name.start() :] for name in self.names.finditer(text))

    def only(self, text: str) -> list[str]:
        r"""The codes of a text that holds nothing but codes; none for another one.

        >>> form = CodeForm(("ESRS",), r"[ESG][1-5]-\d{1,2}", bare=True)
        >>> reader([form]).only("ESRS E1-6; GRI 305-1"), reader([form]).only("see E1-6")
        (['E1-6'], [])
        """
        found: list[str] = []

        def taken(run: re.Match[str]) -> str:
            found.extend(self._items(run.group()))
            return ";"

        rest = _OTHERS.sub(";", frameworks.mention().sub(";", self.runs.sub(taken, fold(text)))).strip(_SEPARATORS)
        if not found or re.fullmatch(rf"(?:{_PIECE}|{any_of('and')})*", rest):
            return found
        try:
            parse_marker(re.sub(r"\s*(?:;\s*)+", "; ", rest))
        except TagSyntaxError:
            return []
        return found

    def _items(self, run: str) -> Iterator[str]:
        """The items of a run, in order; a range of them is filled up."""
        bare = self.names.sub(" ", run)
        before, end = "", 0
        for match in self.codes.finditer(bare):
            code = self._meant(match)
            if before and _RANGE.fullmatch(bare[end : match.start()]):
                yield from _between(before, code)
            yield code
            before, end = code, match.end()

    def _meant(self, match: re.Match[str]) -> str:
        """The item that a code means, by the groups inside its form."""
        name = match.lastgroup or ""
        template = self.templates[int(name[1:])]
        inner = match.groups()[self.codes.groupindex[name] :]
        return re.sub(r"\\(\d)", lambda number: inner[int(number[1]) - 1] or "", template) if template else match.group(name)


def _between(first: str, last: str) -> Iterator[str]:
    """What stands between two codes that differ in their last number: S1-2 and S1-3 of S1-1 to S1-4."""
    begin, end = (re.fullmatch(r"(.*?)(\d{1,3})", code) for code in (first, last))
    if begin and end and begin[1] == end[1] and int(end[2]) - int(begin[2]) < _LONGEST_RANGE:
        yield from (f"{begin[1]}{number}" for number in range(int(begin[2]) + 1, int(end[2])))


def reader(forms: Sequence[CodeForm]) -> CodeReader:
    """A reader of the codes of one framework; ``forms``: in the order in which they are tried."""
    plain = "|".join(f"(?:{_without_groups(form)})" for form in forms)
    bare = "|".join(f"(?:{_without_groups(form)})" for form in forms if form.bare)
    names = sorted({name for form in forms for name in form.names}, key=len, reverse=True)
    name = "|".join(rf"(?<![A-Za-z]){re.escape(each)}" if each.isascii() else re.escape(each) for each in names)
    more = rf"(?:(?:{_PIECE}|{any_of('and', 'range-word')})+(?:(?:{name})[\s:.-]*)?(?:{plain}){_END})*"
    runs = rf"(?:{name})[\s:.-]*(?:{plain}){_END}{more}"
    if bare:
        runs += rf"|(?<![\w.-])(?:{bare}){_END}{more}"
    return CodeReader(
        worth=re.compile(f"{name}|{bare}" if bare else name),
        runs=re.compile(runs),
        names=re.compile(name),
        codes=re.compile("|".join(f"(?P<f{at}>{form.form})" for at, form in enumerate(forms))),
        templates=tuple("" if form.item == r"\g<0>" else form.item for form in forms),
    )


def _without_groups(form: CodeForm) -> str:
    return re.sub(r"(?<!\\)[(](?![?])", "(?:", form.form)
