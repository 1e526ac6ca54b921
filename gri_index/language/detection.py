"""The language of a text as far as its script and its most frequent words tell."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from gri_index.language.lexicon import phrases

_SAMPLE = 8_000  # characters; enough to tell scripts and words apart
_ENOUGH, _AHEAD = 12, 1.6  # words of a language, and how far it leads the next


def _ahead(sample: str, known: Mapping[str, Iterable[str]]) -> tuple[str, int, int]:
    """(the language most of whose words stand in a text in Latin letters, how many do, how many of the next language)."""
    words = Counter(re.findall(r"[^\W\d_]+", sample.casefold()))
    scores = sorted(((sum(words[word] for word in several), language) for language, several in known.items()), reverse=True)
    (best, language), (second, _) = scores[:2]
    return language, best, second


def _latin_language(sample: str) -> str:
    """The language of a text in Latin letters by its most frequent words; "" where none leads clearly."""
    language, best, second = _ahead(sample, phrases("frequent"))
    return language if best >= _ENOUGH and best >= _AHEAD * second else ""


def likely_language(texts: Iterable[str]) -> str:
    """The language that a short text in Latin letters is likeliest in, by its few small words; "" where none is ahead."""
    known = {language: {*several, *phrases("stop-word").get(language, ())} for language, several in phrases("frequent").items()}
    language, best, second = _ahead(" ".join(texts)[:_SAMPLE], known)
    return language if best > second else ""


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
    if not sample or max(han, kana, hangul) < len(sample) * 0.1:
        return _latin_language(sample)
    if hangul > han and hangul > kana:
        return "ko"
    if kana * 5 > han:
        return "ja"
    own = {language: sum(sample.count(char) for char in chars) for language, chars in phrases("own-characters").items()}
    return "zh-Hant" if own["zh-Hant"] > own["zh-Hans"] else "zh-Hans"
