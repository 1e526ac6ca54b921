"""Disclosure codes as authors write them: read, expanded, written.

A *run* is a list of codes: ``GRI 302-1``, ``GRI 305-1 to 305-4; 2-4``, ``3-3ab``,
``GRI 303-1/2/5``, ``[GRI S11.7.6, ESRS E1-6]``. The grammar knows the shape of codes,
not which disclosures exist: that is the catalogue's knowledge.

Offsets hold for the text as given: folding replaces characters one by one.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from gri_index.errors import TagSyntaxError
from gri_index.language import frameworks
from gri_index.language.lexicon import any_of
from gri_index.language.text import fold
from gri_index.model.keys import Reference
from gri_index.tags.codes import standard_number

# ── the tokens ──

_STD, _NOUNS, _TO_WORD, _AND = standard_number(), any_of("gri-noun"), any_of("range-word"), any_of("and")
# A Standard named with its year may stand before its codes: "GRI 303: Water and Effluents 2018 – Disclosure 303-3"
_TITLED = (
    rf"(?:\s?\d{{1,3}}\s?:?\s[^\d\n.;|()\[\]]{{3,70}}?(?P<year>20\d\d)\s?[:,–\-]*\s?(?:(?:{_NOUNS})\s?:?\s?)?(?=\d{{1,3}}-\d))"
)
_HEAD = re.compile(rf"GRI(?:{_TITLED}|(?:[\s-]*(?:{_NOUNS})(?![a-z])){{0,3}}(?:\s?20\d\d\s?:)?[\s:#._\-]*)", re.IGNORECASE)
_HEAD_WORD = re.compile(r"GRI(?![A-Za-z])|[Gg]ri(?=[\s:_-]{0,2}\d{1,3}-\d)")  # "Gri" and "gri" inside words are no heads
# What a tag without the word GRI opens with: "Disclosure 302-1"
_NAMED_DISCLOSURE = re.compile(rf"{any_of('disclosure', cased=True)}\s?:?\s?(?=\d{{1,3}}-\d{{1,2}}(?!\d|\s?%))")

# 2-1 … 3-3, and three-digit Standards; padded numbers as in 2-05. Blanks around the hyphen happen.
_CODE = re.compile(rf"(?P<std>{_STD})\s?-\s?(?P<num>\d{{1,2}})(?!\d|[.,]\d+(?!\d|\s?-\s?\d|\s?[)\],;]|\s*$)|\s?%)")
_DOTTED = re.compile(r"(?P<std>[2-4]\d\d)\.(?P<num>\d{1,2})(?![\d.,%]|\s?%)")  # GRI 302.1
_STANDARD = re.compile(rf"(?P<std>1[1-9]|1|{_STD})(?!\d|-|\s-\s?\d|\.\d|\s?%|/\d\d)")
_SECTOR = re.compile(r"S?(?P<ref>1[1-9]\.\d{1,2}(?:\.\d{1,2})?)(?![.\d])")
# ASCII letters that are one requirement: a, b-iii, b(iii), c-ii-2
_REQUIREMENT = r"[a-z](?:[-.](?:ix|iv|v?i{1,3}|v|x)|\s?\((?:ix|iv|v?i{1,3}|v|x)\))?(?:-\d)?"
_REQUIREMENT_END = r"(?![A-Za-z0-9\u00c0-\u024f])"
_FIRST_REQUIREMENT = re.compile(
    rf"\s?\(\s?(?P<two>[a-k]\s?\)\s?\((?:ix|iv|v?i{{1,3}}|v|x))\s?\)"
    rf"|(?:-\s?|\.)?(?P<label>{_REQUIREMENT}){_REQUIREMENT_END}"
    rf"|\s?\(\s?(?P<round>{_REQUIREMENT})\s?\)"
    rf"|\s(?P<apart>(?![l-z]){_REQUIREMENT}){_REQUIREMENT_END}"
)
_GLUED = re.compile(rf"[-\s]?(?P<letters>(?=[a-k]{{2,}})a?b?c?d?e?f?g?h?i?j?k?){_REQUIREMENT_END}")
_NEXT_REQUIREMENT = re.compile(
    rf"\s?(?:(?P<to>[-~]|{_TO_WORD})|[,\u3001&/+]|{_AND})\s?-?"
    rf"(?:\((?P<round>{_REQUIREMENT})\)|(?P<label>{_REQUIREMENT}){_REQUIREMENT_END})"
)
_YEAR = r"20(?:1[5-9]|2\d)"
_EDITION = re.compile(rf"\s?[(\[]\s?(?P<bracket>{_YEAR})\s?[)\]]|\s?:\s?(?P<colon>{_YEAR})(?!\d|[-/])")
_EDITION_BARE = re.compile(rf"\s(?P<bare>{_YEAR})(?=\s*(?:$|[,;)\]\u3001:]))")
_TOPIC = re.compile(
    r"\s?\[\s?(?P<topic>[^\[\]\n]{1,80}?)\s?\](?!\()|\s?\(\s?(?P<round>[^\W\d](?:[^()\[\]\n,;]{1,60}?|[^()\[\]\n;\d]{1,80}?))\s?\)"
)
# [GRI 3-3 Energy], [GRI 3-3: Water, sewage and rain]: with commas, where no number follows that may be a code
_TOPIC_WORDS = re.compile(r"\s?[-–:]?\s?(?P<words>[^\W\d](?:[^\[\]()\n,;]{1,60}?|[^\[\]()\n;\d]{1,80}?))(?=\s?\])")
_TO = re.compile(rf"\s?(?:[-~\u2192\u2026]|\.{{2,3}}|{_TO_WORD})\s?(?=(?:GRI[\s-]?|-)?\d)")
_RANGE_END = re.compile(rf"-?(?P<num>\d{{1,2}})(?!\d|-|[.,]\d|\s?%)(?=\s*(?:$|[,;:./\u3001&|)\]\n]|{_AND}|GRI))")
_SHORT = re.compile(
    r"(?:\s?[/&]\s?-?|\s?[,\u3001]\s?-)(?P<num>\d{1,2})(?!\d|\s?-\s?\d|[.,]\d|\s?%)"
    r"|\s?[,\u3001]\s?(?P<listed>\d{1,2})(?!\d|-|[.,]\d)(?=\s*(?:$|[,\u3001)\]]))"
)
_SEPARATOR = re.compile(
    rf"(?:\s*(?:[,;:./\u3001\u3002&|+\u00b7\u2022\u2023\u2192]|<br\s*/?>|{_AND}(?:(?=\s)|(?<=[\u2e80-\ud7af]))))+\s*|\s+|(?=GRI\b)",
    re.IGNORECASE,
)
# Codes of other frameworks that may stand among GRI's, remarks and pages in brackets.
_PAGE, _PAGE_BEHIND = any_of("page"), any_of("page-behind")
# What stands behind the name of another framework: S1-1 to S1-4; Strategy a, b; S2 29(a); Principle 10; E1-6 \u00a748a
_FOREIGN_CODE = (
    rf"(?:(?:{frameworks.words()})[\s:]*)?(?:[A-Z]{{1,5}}\d{{0,2}}(?:[-.]\d{{1,3}})*[a-z]?|\d{{1,2}}(?:\.[\da-d]{{1,2}})*(?!\d)|\(?[a-g]\))"
    rf"(?!-?\d)(?![A-Za-z])(?:\s?\([a-z]{{1,4}}\)|\s?\d{{1,3}}\s?\([a-z]{{1,4}}\)|,?\s?\u00a7+\s?\d{{1,3}}[a-z]?|\s[a-g]\b(?!\s[a-z]))*"
)
_FOREIGN_RUN = (
    rf"(?:{frameworks.names()})\b[\s:.,-]*(?:{frameworks.words()})?[\s:]*(?:{_FOREIGN_CODE}|[a-g]\b)"
    rf"(?:\s*(?:[,/&+~-]|{_AND}|{_TO_WORD})\s*(?!GRI)(?:(?:{frameworks.names()})[\s:]*)?(?:{_FOREIGN_CODE}|[a-g](?=\s*[\]);,|])))*"
    rf"(?:\s*[:-]?\s*(?!GRI)[A-Z][A-Za-z&' -]{{2,60}}(?=\s*[\]);|]))?"
)
_FOREIGN = re.compile(
    rf"{frameworks.codes()}|{_FOREIGN_RUN}|(?:{frameworks.names()})\b(?:[\s:-]*(?:[A-Z]{{0,4}}\d{{0,3}}(?:[-.]\d{{1,3}})*|[A-Z]{{2,5}}(?:-\d+)?)(?![A-Za-z]))?"
    rf"|\({any_of('partly')}\)|\((?:{frameworks.names()})\b[^()\n]{{0,40}}\)"
    rf"|\(?{_PAGE}\s?\d{{1,4}}(?:\s?[-,]\s?\d{{1,4}}|\s?ff?\.)*(?:\s?{_PAGE_BEHIND})?\)?"
)
_INDICATOR = re.compile(rf"(?:G4[\s-]?)?(?P<prefix>{'|'.join(frameworks.supplements())})\s?-?(?P<num>\d{{1,2}})(?![\w%]|[.-]\d)")
_SECTOR_SUPPLEMENT = re.compile(r"GRI\s+G4\b(?![\s-]?[A-Z]{1,3}\s?-?\d)(?:\s+Sector\s+Disclosures?(?:\s+[A-Z][a-z]+){0,3})?")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,12}\]|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3}|\*(?!\*)")
_LIST_END = re.compile(rf"\s*(?:$|[(\[,;:./&~+|)\]\n-]|{_AND}|{_TO_WORD}|GRI|[^\x00-\u024f])")
_NEW_SENTENCE = re.compile(r"\.\s+(?=GRI\b)")
_GLUED_WORD = re.compile(r"[A-Za-z\u00c0-\u024f0-9_]")
_ITEM_END = re.compile(r"\s*(?:$|[,;)\]\u3001])")
_CODE_FOLLOWS = re.compile(r"\s+(?:GRI[\s-]?)?S?\d")
_MAX_RANGE = 60  # no Standard has more disclosures; a wider range is a slip


@dataclass(frozen=True, slots=True)
class Run:
    """A list of codes in a text, from ``start`` to ``end``."""

    start: int
    end: int  # behind the last GRI code
    reach: int  # behind other frameworks' codes that follow it
    references: tuple[Reference, ...]
    named: bool  # the word GRI stands in it


def format_reference(reference: Reference) -> str:
    """The reference in the form the program itself writes; ``parse_marker`` reads it back.

    >>> format_reference(Reference(number="305-1", requirements=("a", "b-i")))
    'GRI 305-1-a, -b-i'
    """
    if reference.sector_ref:
        return f"GRI S{reference.sector_ref}"
    if reference.indicator:
        return f"GRI {reference.indicator}"
    text = f"GRI {reference.number}" if reference.number else str(reference.standard)
    if reference.requirements:
        text += ", ".join(f"-{label}" for label in reference.requirements)
    if reference.edition:
        text += f" ({reference.edition})"
    if reference.topic:
        text += f" [{reference.topic}]"
    return text


@lru_cache(maxsize=1024)  # the marks of a sheet, or of comments, repeat
def parse_marker(text: str) -> tuple[Reference, ...]:
    """The references of a marker that is nothing but codes; the word GRI is not needed.

    For explicit carriers: comments, bookmarks, attributes, fields.
    Raises TagSyntaxError if the text holds anything else, or no GRI code.

    >>> [r.number for r in parse_marker("GRI 305-1 to 305-3; 2-4")]
    ['305-1', '305-2', '305-3', '2-4']
    >>> parse_marker("302-1 a, b")[0].requirements
    ('a', 'b')
    """
    folded = fold(text)
    start = len(folded) - len(folded.lstrip(" \t\r\n([{"))
    run = scan(text, start, bare=True, folded=folded)
    if run is None or folded[run.reach :].strip(" \t\r\n)]}.,;:"):
        raise TagSyntaxError(f"no disclosure tag: {text[:80]!r}")
    return run.references


def shaped(text: str) -> bool:
    """True for a text with the shape of a disclosure number; whether it exists is the catalogue's knowledge."""
    try:
        return any(reference.number or reference.sector_ref for reference in parse_marker(text))
    except TagSyntaxError:
        return False


def scan(text: str, start: int, *, bare: bool = False, folded: str | None = None) -> Run | None:
    """The longest run of codes that begins at ``start``, or None.

    ``bare``: accept codes before any word GRI (explicit carriers). ``folded``: the text
    as ``fold`` returns it, where the caller has it. Codes of other frameworks are passed
    over and yield no reference. Source: the tag styles of published reports; there is no
    standard for them.
    """
    return _Scanner(text, fold(text) if folded is None else folded, bare).run(start)


class _Scanner:
    """Walks over one text; positions move forward only, so the time is linear."""

    def __init__(self, text: str, folded: str, bare: bool) -> None:
        self.raw = text
        self.text = folded
        self.bare = bare
        self.named = False
        self.supplement = False  # the last item named a sector supplement of 2013 (GRI G4)
        self.year: str | None = None  # of the Standard that was named with its year before its codes
        self.found: list[Reference] = []

    def run(self, start: int) -> Run | None:
        reach = self._item(start)
        if reach is None:
            return None
        end, count = reach, len(self.found)
        while separator := _SEPARATOR.match(self.text, reach):
            if _NEW_SENTENCE.match(self.text, reach) and not self._opens_block(start):
                break
            following = self._item(separator.end(), separator.group())
            if following is None:
                break
            reach = following
            if len(self.found) > count or self.supplement:
                end, count = reach, len(self.found)
        if not self.found:
            return None
        return Run(start, end, reach, tuple(self.found), self.named)

    def _item(self, pos: int, separator: str = "") -> int | None:
        """Reads one code or range at ``pos``; its end, or None if there is none."""
        supplement = _SECTOR_SUPPLEMENT.match(self.text, pos)
        self.supplement = supplement is not None
        if supplement:
            return supplement.end()
        start, named_here = pos, False
        year = None
        if _HEAD_WORD.match(self.text, pos) and (head := _HEAD.match(self.text, pos)):
            pos, named_here, year = head.end(), True, head["year"]
        elif named := _NAMED_DISCLOSURE.match(self.text, pos):
            pos, named_here = named.end(), True
        self.year = year or self.year
        if not (named_here or self.named or self.bare):
            return self._foreign(pos)
        end = self._code(pos, start, named_here) or self._sector(pos, start, named_here)
        end = end or self._standard(pos, start, named_here, separator) or self._indicator(pos, start)
        if end is not None:
            self.named = self.named or named_here
            footnote = _FOOTNOTE.match(self.text, end)
            return footnote.end() if footnote else end
        return None if named_here else self._foreign(pos)

    def _opens_block(self, start: int) -> bool:
        """True where a bracket opens the run, or nothing but marks stands before it in its line."""
        return self.text[start - 1 : start] in ("(", "[") or not re.search(
            r"\w", self.text[max(0, start - 60) : start].rpartition("\n")[2]
        )

    def _foreign(self, pos: int) -> int | None:
        match = _FOREIGN.match(self.text, pos)
        return match.end() if match and match.end() > pos else None

    def _code(self, pos: int, start: int, named: bool) -> int | None:
        match = _CODE.match(self.text, pos) or (_DOTTED.match(self.text, pos) if named else None)
        if match is None or int(match["num"]) == 0:
            return None
        standard, number, end = match["std"], int(match["num"]), match.end()
        code = f"{standard}-{number}"
        if (ranged := self._range(standard, number, end)) is not None:
            numbers, end = ranged
            edition, end = self._edition(end)
            self._add(start, end, *(Reference(number=each, edition=edition) for each in numbers))
            return self._shorts(standard, end)
        requirements, end = self._requirements(end)
        edition, end = self._edition(end)
        topic, end = self._topic(code, end)
        if not edition:
            edition, end = self._edition(end)
        glued = not requirements and not edition and _GLUED_WORD.match(self.text, end)
        # A margin tag that a conversion ran into its sentence goes on with a capital: "GRI 302-1The group …"
        if glued and not ((self.named or named) and self.text[end].isupper()):
            return None
        reference = Reference(number=code, requirements=requirements, edition=edition, topic=topic)
        self._add(start, end, reference)
        return end if requirements else self._shorts(standard, end)

    def _range(self, standard: str, first: int, pos: int) -> tuple[list[str], int] | None:
        connector = _TO.match(self.text, pos)
        if connector is None:
            return None
        pos = connector.end()
        head = _HEAD.match(self.text, pos) if _HEAD_WORD.match(self.text, pos) else None
        code = _CODE.match(self.text, head.end() if head else pos)
        if code:
            last = int(code["num"])
            if code["std"] != standard:
                return [f"{standard}-{first}", f"{code['std']}-{last}"], code.end()
            return self._expand(standard, first, last, code.end())
        short = None if head else _RANGE_END.match(self.text, pos)
        if short and first < int(short["num"]):
            return self._expand(standard, first, int(short["num"]), short.end())
        return None

    @staticmethod
    def _expand(standard: str, first: int, last: int, end: int) -> tuple[list[str], int] | None:
        first, last = min(first, last), max(first, last)  # "305-4 to 305-1" is meant the other way round
        if not first < last <= first + _MAX_RANGE:
            return None
        return [f"{standard}-{number}" for number in range(first, last + 1)], end

    def _shorts(self, standard: str, pos: int) -> int:
        """Reads shortened numbers: ``303-1/2/5``, ``302-1/-3``, ``302-1, -3``."""
        while short := _SHORT.match(self.text, pos):
            previous = int((self.found[-1].number or "0-0").split("-")[1])
            number = int(short["num"] or short["listed"])
            if number <= previous:  # a date, a count: not the next disclosure
                break
            end = short.end()
            requirements, end = self._requirements(end)
            self._add(short.start(), end, Reference(number=f"{standard}-{number}", requirements=requirements))
            pos = end
        return pos

    def _requirements(self, pos: int) -> tuple[tuple[str, ...], int]:
        glued = _GLUED.match(self.text, pos)
        if glued and glued["letters"] and self._ends_list(glued.end()):
            return tuple(glued["letters"]), glued.end()
        first = _FIRST_REQUIREMENT.match(self.text, pos)
        if first is None or self._is_conjunction(first):
            return (), pos
        if first["apart"] and not self._ends_list(first.end()):
            return (), pos  # "GRI 302-1 a comprehensive …"
        if self.text[pos : pos + 1] == "." and not self._ends_list(first.end()):
            return (), pos
        labels, end = [_label(first["label"] or first["round"] or first["apart"] or first["two"])], first.end()
        while following := _NEXT_REQUIREMENT.match(self.text, end):
            if not self._ends_list(following.end()) or self._is_conjunction(following):
                break
            label = _label(following["label"] or following["round"])
            if following["to"] and len(label) == 1 == len(labels[-1]) and label > labels[-1]:
                labels += [chr(code) for code in range(ord(labels[-1]) + 1, ord(label) + 1)]
            else:
                labels.append(label)
            end = following.end()
        return tuple(labels), end

    def _ends_list(self, pos: int) -> bool:
        """True where a requirement letter at ``pos`` is not the start of a sentence."""
        return _LIST_END.match(self.text, pos) is not None

    def _is_conjunction(self, match: re.Match[str]) -> bool:
        """True where the letter is the word between two codes: "302-1 e 302-3"."""
        return match.group()[:1].isspace() and _CODE_FOLLOWS.match(self.text, match.end()) is not None

    def _edition(self, pos: int) -> tuple[str | None, int]:
        match = _EDITION.match(self.text, pos) or _EDITION_BARE.match(self.text, pos)
        if match is None:
            return None, pos
        return next(group for group in match.groups() if group), match.end()

    def _topic(self, code: str, pos: int) -> tuple[str | None, int]:
        """``GRI 3-3 [Energy]``: only 3-3 belongs to a topic."""
        if code != "3-3":
            return None, pos
        match = _TOPIC.match(self.text, pos)
        if match is None and "[" in self.text[max(0, pos - 12) : pos]:
            match = _TOPIC_WORDS.match(self.text, pos)
        if match is None or _CODE.search(match.group()):
            return None, pos
        group = match.lastgroup or "topic"
        return self.raw[match.start(group) : match.end(group)].strip(), match.end()

    def _sector(self, pos: int, start: int, named: bool) -> int | None:
        match = _SECTOR.match(self.text, pos)
        if match is None or not (named or self.bare or match.group().startswith("S") or match["ref"].count(".") == 2):
            return None
        self._add(start, match.end(), Reference(sector_ref=match["ref"]))
        return match.end()

    def _standard(self, pos: int, start: int, named: bool, separator: str) -> int | None:
        match = _STANDARD.match(self.text, pos)
        if match is None:
            return None
        number, end = match["std"], match.end()
        listed = len(number) == 3 and separator.strip() and _ITEM_END.match(self.text, end)
        if not (named or listed) or re.match(r"[A-Za-z_]", self.text[end : end + 1]):
            return None
        edition, end = self._edition(end)
        self._add(start, end, Reference(standard=f"GRI {number}", edition=edition))
        return end

    def _indicator(self, pos: int, start: int) -> int | None:
        """``GRI EU12``, ``GRI G4-EU12``: a disclosure of a sector supplement, in a run that holds the word GRI."""
        match = _INDICATOR.match(self.text, pos)
        if match is None or not _HEAD_WORD.match(self.text, start):
            return None
        self._add(start, match.end(), Reference(indicator=f"{match['prefix']}{int(match['num'])}"))
        return match.end()

    def _add(self, start: int, end: int, *references: Reference) -> None:
        raw = self.raw[start:end]
        for reference in references:
            edition = reference.edition or (self.year if reference.number else None)
            self.found.append(replace(reference, raw=raw, edition=edition))


def _label(text: str) -> str:
    """``b(iii)`` and ``b.iii`` as ``b-iii``."""
    return re.sub(r"\s?\)?\s?\((\w+)\)?|\.(\w+)", lambda m: f"-{m[1] or m[2]}", text)
