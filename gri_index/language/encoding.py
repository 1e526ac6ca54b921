"""The encoding of a text that does not say it: bytes read in the way that yields words of some language.

An old editor saves Chinese as GB 18030 or Big5, Japanese as Shift JIS, Korean as CP 949,
European languages as Windows-1252 or -1250, and "Unicode" as UTF-16. Nearly any bytes
are valid in several of these; what they decode to is the language's own letters in one.
"""

import codecs
import re
from functools import cache

from gri_index.resources import standards_root

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# Encoding -> the languages that are written in it; the first of several that fit equally well is taken
_ENCODINGS = {
    "gb18030": ("zh-Hans",),
    "big5hkscs": ("zh-Hant",),
    "cp932": ("ja",),
    "cp949": ("ko",),
    "cp1252": ("de", "fr", "es", "it", "pt", "nl", "da", "sv", "fi", "nb"),
    "cp1250": ("pl", "cs", "hu"),
}
_WIDE = ("utf-16-le", "utf-16-be")
_SAMPLE = 200_000  # bytes that are looked at
_PUNCTUATION = frozenset("–—‘’“”„«»…•·©®°²³½€£§¿¡、。，；：！？（）【】《》「」『』・　ー〜％")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x80-\x9f\ufffe\uffff]")
_BROKEN = 0.25  # of the characters beyond ASCII
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_LATIN = ("cp1252", "cp1250")
_OPENING, _INSIDE = "\u00bf\u00a1\u00ab\u00bb\u201c\u201e\u2018\u00a7", "\u2019\u00b7\u2013\u2014"  # signs before and in words
_LATIN_RUN = 2  # letters beyond ASCII that follow each other in a text of Latin letters
_FIT = 0.4  # below it, the text is in no encoding that is known


def text_encoding(content: bytes) -> str | None:
    """The name of the encoding; "utf-8" where it is that, None where the bytes are text in no encoding that is known."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return encoding
    sample = content[:_SAMPLE]
    if b"\x00" in sample:
        best = max(_WIDE, key=lambda name: _fit(sample, name))
        if _fit(sample, best) > _FIT:
            return best
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if _nearly_utf8(content):
            return None
        best = max(_ENCODINGS, key=lambda name: _fit(sample, name))
        return best if _fit(sample, best) > _FIT else None
    return "utf-8"


def _nearly_utf8(content: bytes) -> bool:
    """True where single bytes are broken in a text that else is UTF-8."""
    foreign = [char for char in content.decode("utf-8", errors="replace") if not char.isascii()]
    return foreign.count("\ufffd") < _BROKEN * len(foreign)


def _fit(sample: bytes, encoding: str) -> float:
    """The share of letters beyond ASCII that the encoding's languages use, in places where they stand; 0 where it cannot be decoded."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        text = decoder.decode(sample)
    except UnicodeDecodeError:
        return 0.0
    if _CONTROL.search(text):
        return 0.0
    if encoding in _WIDE:
        return sum(char.isascii() or char in _letters(None) for char in text) / max(1, len(text))
    letters = _letters(_ENCODINGS[encoding])
    runs = list(_FOREIGN.finditer(text))
    if encoding in _LATIN:
        right = sum(_of_a_word(text, at, letters) for run in runs if len(run[0]) <= _LATIN_RUN for at in range(*run.span()))
    else:
        right = sum(char in letters for run in runs for char in run[0])
    return right / max(1, sum(len(run[0]) for run in runs))


def _of_a_word(text: str, at: int, letters: frozenset[str]) -> float:
    """1 for a letter or sign where Latin writing has it, half for a letter that our own texts happen not to hold; 0 for one that spoils its word."""
    char, before, after = text[at], text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if char.isupper() and (before.isalpha() or (after.isalpha() and not after.islower())):
        return 0
    if not char.isalpha() and after.islower() and (before.isalpha() or char not in _OPENING) and char not in _INSIDE:
        return 0
    return 1 if char in letters else 0.5 * char.isalpha()


@cache
def _letters(languages: tuple[str, ...] | None) -> frozenset[str]:
    """The letters beyond ASCII in our own texts in these languages (None: all), with the punctuation that all use."""
    found = set(_PUNCTUATION)
    for path in standards_root().glob("l[ae][bx]*/*.xml"):
        if languages is None or path.stem.startswith(languages):
            found.update(char for char in path.read_text("utf-8") if not char.isascii())
    return frozenset(found | {char.swapcase() for char in found if len(char.swapcase()) == 1})
