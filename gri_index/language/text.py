"""Writings made comparable, and characters that no document may hold taken out."""

import re

# Full-width forms, hyphens and blanks to their plain forms, one to one.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(dash): ord("-") for dash in "\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\ufe63"}
_FOLD |= {ord(blank): ord(" ") for blank in "\u00a0\u00ad\u2002\u2003\u2007\u2009\u200a\u200b\u202f\u2060\u3000\ufeff"}
_FOLD |= {0x301C: ord("~"), 0x223C: ord("~"), 0x3010: ord("["), 0x3011: ord("]")}  # wave dashes, lenticular brackets
# Control characters but tab and line ends, lone surrogates, characters that XML forbids (XML 1.0, 2.2),
# the marks that reorder text (Unicode TR 9) and those that nobody sees: a heading or a file name may hold any of them.
_STEERING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ud800-\udfff\ufff9-\ufffb\ufffe\uffff"
    r"\u200b\u2060\ufeff\U000e0000-\U000e007f]"
)
_MAX_DIGITS = 9
_SOFT_HYPHEN = re.compile(r"(?<=\d)\u00ad(?=\s*[\d/])")  # fonts that map the hyphen to it: "302\u00ad1"


SENTENCE_END = re.compile(r"[.!?。！？:：;；]['\"”’»)\]）】]*$")  # with what may close behind it


def fold(text: str) -> str:
    """The text with typographic variants made plain; as long as the text itself.

    >>> fold("\uff27\uff32\uff29 403\u20135")
    'GRI 403-5'
    """
    if text.isascii():
        return text
    return (_SOFT_HYPHEN.sub("-", text) if "\u00ad" in text else text).translate(_FOLD)


def plain(text: str) -> str:
    """A name for comparison: letters and digits alone, without case."""
    return re.sub(r"[\W_]+", "", text).casefold()


def clean(text: str) -> str:
    """The text without characters that steer a terminal or break a file; tabs and line ends stay."""
    return _STEERING.sub("", text)


def is_east_asian(char: str) -> bool:
    """True for a character of the scripts that are written without blanks, and for Hangul. A range in a pattern takes 2 ms to compile."""
    return "\u2e80" <= char <= "\ud7af" or "\uf900" <= char <= "\uffef"


def is_ideograph(char: str) -> bool:
    """True for a character of the scripts that are written without blanks: Chinese, Japanese; not Hangul."""
    return is_east_asian(char) and not "\uac00" <= char <= "\ud7af"


def whole_number(text: str) -> int | None:
    """The number that a text of decimal digits says; None for anything else, and for more digits than a page, year or count has.

    >>> whole_number("12"), whole_number("1" * 5000), whole_number("\u00b2")
    (12, None, None)
    """
    return int(text) if text.isdecimal() and len(text) <= _MAX_DIGITS else None
