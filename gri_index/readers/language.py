"""The language of a text as far as its script tells."""

from collections.abc import Iterable

_SAMPLE = 4_000  # characters; enough to tell scripts apart
# Characters that only one of the two Chinese orthographies uses, from their most frequent words.
_SIMPLIFIED = frozenset("们这为会对发经说时过个于应实业环责标准资产员关东务质录")
_TRADITIONAL = frozenset("們這為會對發經說時過個於應實業環責標準資產員關東務質錄")


def script_language(texts: Iterable[str]) -> str:
    """BCP 47 tag of a Chinese, Japanese or Korean text; "" for other scripts."""
    sample = ""
    for text in texts:
        sample += text
        if len(sample) >= _SAMPLE:
            break
    han = sum("\u4e00" <= char <= "\u9fff" for char in sample)
    kana = sum("\u3040" <= char <= "\u30ff" for char in sample)
    hangul = sum("\uac00" <= char <= "\ud7af" for char in sample)
    if max(han, kana, hangul) < len(sample) * 0.1:
        return ""
    if hangul > han and hangul > kana:
        return "ko"
    if kana * 5 > han:
        return "ja"
    simplified = sum(char in _SIMPLIFIED for char in sample)
    traditional = sum(char in _TRADITIONAL for char in sample)
    return "zh-Hant" if traditional > simplified else "zh-Hans"
