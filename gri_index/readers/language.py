"""The language of a text as far as its script and its most frequent words tell."""

import re
from collections import Counter
from collections.abc import Iterable

_SAMPLE = 8_000  # characters; enough to tell scripts and words apart
# Characters that only one of the two Chinese orthographies uses, from their most frequent words.
_SIMPLIFIED = frozenset("们这为会对发经说时过个于应实业环责标准资产员关东务质录")
_TRADITIONAL = frozenset("們這為會對發經說時過個於應實業環責標準資產員關東務質錄")


# The most frequent words that no other of these languages has; a report holds hundreds of them.
_WORDS = {
    "en": "the and of with for this that are our from which",
    "de": "der die und das mit für nicht wird werden auf unsere durch sowie",
    "fr": "les des est nous dans pour une avec sur aux ainsi notre",
    "es": "los las del una para con por nuestra nuestro como más también",
    "pt": "dos das uma para com não nossa nosso são também às pela",
    "it": "della delle degli che per una con nel nostra sono anche gli dei",
    "id": "dan yang untuk dengan dari pada kami tidak dalam ini akan",
}
_ENOUGH, _AHEAD = 12, 1.6  # words of a language, and how far it leads the next


def _latin_language(sample: str) -> str:
    """The language of a text in Latin letters by its most frequent words; "" where none leads clearly."""
    words = Counter(re.findall(r"[^\W\d_]+", sample.casefold()))
    scores = sorted(((sum(words[word] for word in known.split()), language) for language, known in _WORDS.items()), reverse=True)
    (best, language), (second, _) = scores[:2]
    return language if best >= _ENOUGH and best >= _AHEAD * second else ""


def script_language(texts: Iterable[str]) -> str:
    """BCP 47 tag of a text by its script, in Latin letters by its words; "" where neither tells."""
    sample = ""
    for text in texts:
        sample += text
        if len(sample) >= _SAMPLE:
            break
    han = sum("\u4e00" <= char <= "\u9fff" for char in sample)
    kana = sum("\u3040" <= char <= "\u30ff" for char in sample)
    hangul = sum("\uac00" <= char <= "\ud7af" for char in sample)
    if max(han, kana, hangul) < len(sample) * 0.1:
        return _latin_language(sample)
    if hangul > han and hangul > kana:
        return "ko"
    if kana * 5 > han:
        return "ja"
    simplified = sum(char in _SIMPLIFIED for char in sample)
    traditional = sum(char in _TRADITIONAL for char in sample)
    return "zh-Hant" if traditional > simplified else "zh-Hans"
