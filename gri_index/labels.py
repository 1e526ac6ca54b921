"""Words of the output languages: fixed phrases, messages, dates, punctuation.

One XML file per language under ``standards/labels``; a phrase that a language lacks is
taken from English. Dates in words come from the CLDR by way of Babel.
"""

import datetime
import re
from dataclasses import dataclass
from functools import cache

from gri_index.model.terms import OmissionReason
from gri_index.model.text import LocalText, Message
from gri_index.resources import load_xml, standards_root

DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True)
class Labels:
    """The words of one language."""

    language: str
    name: str
    words: dict[str, str]

    def text(self, id: str, **args: str) -> str:
        """The phrase with its places filled. An unknown id is a fault of the program (KeyError)."""
        phrase = self.words[id]
        return re.sub(r"\{(\w+)\}", lambda place: args[place[1]], phrase) if args else phrase

    def say(self, message: Message) -> str:
        """A message in this language."""
        return self.text(message.id, **dict(message.args))

    def pick(self, text: LocalText) -> str:
        """The wording of a text in this language, else in the nearest one it has."""
        return text.in_(self.language, *_chain(self.language), DEFAULT_LANGUAGE)

    def date(self, day: datetime.date) -> str:
        """A date in words: 31 December 2025, 2025年12月31日."""
        from babel.dates import format_date

        text = str(format_date(day, self.words["date"], locale=self.language.replace("-", "_")))
        first = self.words.get("first-day")  # 1er janvier, 1° gennaio
        return text.replace("1 ", f"{first} ", 1) if first and day.day == 1 else text

    def join(self, parts: list[str] | tuple[str, ...]) -> str:
        """A list as the language punctuates it."""
        return self.words["list-separator"].join(parts)

    def bracket(self, text: str) -> str:
        """The text in the language's brackets."""
        return self.text("brackets", text=text)


def _chain(language: str) -> list[str]:
    """Fallbacks of a language tag: zh-Hant-HK -> zh-Hant -> zh; de-AT -> de."""
    parts = language.split("-")
    return ["-".join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]


def languages() -> tuple[str, ...]:
    """The languages that the program writes."""
    return tuple(sorted(path.stem for path in (standards_root() / "labels").glob("*.xml")))


@cache
def load_labels(language: str = "") -> Labels:
    """The labels of the language nearest to the tag ``language``; English where none is near.

    >>> load_labels("zh-CN").language
    'zh-Hans'
    """
    known = languages()
    wanted = _canonical(language)
    chosen = next((tag for tag in (wanted, *_chain(wanted)) if tag in known), None)
    chosen = chosen or next((tag for tag in known if tag.split("-")[0] == wanted.split("-")[0]), DEFAULT_LANGUAGE)
    words: dict[str, str] = {}
    for tag in (DEFAULT_LANGUAGE, *reversed(_chain(chosen)), chosen):
        if tag in known:
            words |= _read(tag)[1]
    return Labels(chosen, _read(chosen)[0], words)


def message_labels(language: str) -> Labels:
    """The labels for messages: they come in English and Simplified Chinese, and are not mixed with another language."""
    return load_labels("zh-Hans" if language.startswith("zh") else DEFAULT_LANGUAGE)


def _canonical(language: str) -> str:
    tag = language.replace("_", "-")
    aliases = {"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant-HK"}
    return aliases.get(tag, tag)


@cache
def _read(language: str) -> tuple[str, dict[str, str]]:
    root = load_xml(standards_root() / "labels" / f"{language}.xml")
    return root.get("name", ""), {each.get("id", ""): each.text or "" for each in root}


def recognise_reason(text: str) -> OmissionReason | None:
    """The reason for omission that a wording in any language means; None for no permitted one.

    >>> recognise_reason("Information incomplete")
    <OmissionReason.INFORMATION_UNAVAILABLE: 'information unavailable/incomplete'>
    """
    plain = _plain(text)
    if not plain:
        return None
    for reason in OmissionReason:
        if plain == _plain(reason):
            return reason
    if plain in ("informationunavailable", "informationincomplete", "信息不可用", "信息不完整"):
        return OmissionReason.INFORMATION_UNAVAILABLE
    for language in languages():
        words = _read(language)[1]
        for reason in OmissionReason:
            if plain == _plain(words.get(reason_label(reason), "")):
                return reason
    return None


def reason_label(reason: OmissionReason) -> str:
    """Id of the label of a reason for omission."""
    return "reason-" + re.sub(r"/.*", "", reason.value).replace(" ", "-")


def reason_words(reason: OmissionReason | str, labels: Labels) -> str:
    """A reason for omission in words; as written where it is none of the four."""
    return labels.words[reason_label(reason)] if isinstance(reason, OmissionReason) else reason


def status_words(status: str, labels: Labels) -> str:
    """A status of a row in words."""
    return labels.words["status-" + status.replace(" ", "-")]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
