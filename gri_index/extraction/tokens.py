"""What a cell or a line of an index is: told once from the catalogue and the lexicon, and asked by all that reads it.

A token is a text with what it shows: a number of a disclosure that opens it, a Standard that
it names, the head of a column, page numbers, a reason for omission, a status, nothing at all,
codes of another framework. ``kind`` names the strongest of these.
"""

import re
from enum import StrEnum
from functools import cached_property, lru_cache

from gri_index.language import frameworks
from gri_index.language.heads import Role, role_of
from gri_index.language.lexicon import any_of
from gri_index.language.reasons import empty, recognise_reason, says_left_out, status_word
from gri_index.language.text import fold
from gri_index.model.terms import OmissionReason
from gri_index.tags.codes import standard_number

CODE = re.compile(
    rf"^[\s•*_\[(→]*(?:(?:GRI|{any_of('disclosure')}|{any_of('gri-noun')})[\s:#-]*)*(?P<std>{standard_number()})\s?(?P<dash>[-.])\s?(?P<num>\d{{1,2}})"
    r"(?P<requirement>[-.\s]?\(?[a-k]\)?(?:[-.]?\(?(?:i{1,3}|iv|v|vi{1,3}|ix|x)\)?)?(?=[\s:,;)*_]|$))?(?![\d%]|[.,]\d)[\s:)\]*_.–-]*"
)
STANDARD = re.compile(
    r"(?:^|\s|\*)GRI\s?[-:]?\s?(?P<number>\d{1,3})\b\s?[:：|–-]?\s?"
    r"(?:(?P<title>[^\d\n|(（]{2,90}?)?\s?[(（]?(?P<year>20[012]\d)[)）]?(?!\d|-\d)|(?P<bare>[^\d\n|]{2,90}))?(?=\W|\d|$)"
)
URL = re.compile(r"https?://[^\s|)\]>]+|www\.[^\s|)\]>]+")
_NUMBERS = re.compile(r"[\s\d,;.&/f~–-]*\d[\s\d,;.&/f~–-]*")
_STROKE = re.compile(r"\s*[/–—-]\s*")
_WORD = re.compile(r"[^\W\d_]{2}")
_SENTENCE = re.compile(r"[。!?]|\.(?:\s|$)")
_KEPT = 8_192  # texts that are remembered: those of a large index


class Kind(StrEnum):
    """What a cell or line is, above all."""

    NOTHING = "nothing"  # empty, a stroke, "n/a"
    CODE = "code"  # a disclosure's number opens it
    STANDARD = "standard"  # it names a Standard
    HEAD = "head"  # the name of a column
    NUMBERS = "numbers"  # page numbers alone
    REASON = "reason"  # one of the four for an omission
    STATUS = "status"  # that it is reported
    FOREIGN = "foreign"  # codes of another framework alone
    LINK = "link"  # a web address
    SENTENCE = "sentence"
    TEXT = "text"


class Token:
    """A text and what it shows. Everything is worked out when it is asked for, and once."""

    def __init__(self, text: str) -> None:
        self.text, self.folded = text, fold(text)

    @cached_property
    def code(self) -> re.Match[str] | None:
        """The number of a disclosure that opens it: groups std, num, dash, requirement, in ``folded``."""
        return CODE.match(self.folded)

    @property
    def number(self) -> str:
        """That number as the Standards write it: "2-7"; "" without one."""
        return f"{int(self.code['std'])}-{int(self.code['num'])}" if self.code else ""

    @cached_property
    def standard(self) -> re.Match[str] | None:
        """The Standard that it names: groups number, title, year, bare, in ``folded``."""
        return STANDARD.search(self.folded)

    @property
    def opens_with_standard(self) -> bool:
        """True where the Standard stands at its beginning."""
        return self.standard is not None and not self.folded[: self.standard.start("number")].strip(" \t\n*GRI:-")

    @cached_property
    def head(self) -> Role | None:
        """What a column with this name holds; None for a text that names none."""
        return role_of(self.text)

    @cached_property
    def numbers(self) -> bool:
        """True for numbers alone, as page numbers are."""
        return _NUMBERS.fullmatch(self.folded) is not None

    @cached_property
    def nothing(self) -> bool:
        """True for nothing, a dash or a stroke, "n/a"."""
        return empty(self.text)

    @property
    def stroke(self) -> bool:
        """True for a dash or a stroke."""
        return _STROKE.fullmatch(self.text) is not None

    @cached_property
    def reason(self) -> OmissionReason | None:
        """The reason for omission that it is."""
        return recognise_reason(self.text)

    @cached_property
    def status(self) -> bool:
        """True for a word that says the disclosure is reported, and no more."""
        return status_word(self.text)

    @cached_property
    def left_out(self) -> bool:
        """True where it says that nothing is reported."""
        return says_left_out(self.text)

    @cached_property
    def words(self) -> bool:
        """True for words of its own: more than numbers, and codes of other frameworks."""
        return _WORD.search(frameworks.mention().sub("", self.text)) is not None

    @property
    def foreign(self) -> bool:
        """True for codes of another framework alone."""
        return not self.words and _WORD.search(self.text) is not None

    @property
    def sentence(self) -> bool:
        """True for a sentence, or the rest of one."""
        return self.text[:1].islower() or _SENTENCE.search(self.text) is not None

    @property
    def kind(self) -> Kind:
        """What it is, above all."""
        told = (
            (self.nothing, Kind.NOTHING),
            (self.code, Kind.CODE),
            (self.numbers, Kind.NUMBERS),
            (self.head, Kind.HEAD),
            (self.standard, Kind.STANDARD),
            (self.reason, Kind.REASON),
            (self.status, Kind.STATUS),
            (URL.fullmatch(self.text.strip()), Kind.LINK),
            (self.foreign, Kind.FOREIGN),
            (self.sentence, Kind.SENTENCE),
        )
        return next((kind for holds, kind in told if holds), Kind.TEXT)


@lru_cache(maxsize=_KEPT)
def token(text: str) -> Token:
    """The token of a text.

    >>> [token(text).kind.value for text in ("GRI 2-7 Employees", "12, 14-16", "GRI 302: Energy 2016", "Not applicable", "-")]
    ['code', 'numbers', 'standard', 'reason', 'nothing']
    """
    return Token(text)
