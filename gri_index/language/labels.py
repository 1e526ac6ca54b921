"""The words that are printed: fixed phrases, messages, dates, punctuation.

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
_PLACE = re.compile(r"\{(\w+)(?::([^|{}]*)\|([^|{}]*))?\}")
_MESSAGE = "summary"  # a language that has this label has all messages


@dataclass(frozen=True)
class Labels:
    """The words of one language."""

    language: str
    name: str
    words: dict[str, str]

    def text(self, id: str, **args: str) -> str:
        """The phrase with its places filled: ``{count} {count:row|rows}``. An unknown id is a fault of the program (KeyError)."""
        phrase = self.words[id]
        return _PLACE.sub(lambda place: _filled(args[place[1]], place[2], place[3]), phrase) if args else phrase

    def say(self, message: Message) -> str:
        """A message in this language."""
        return self.text(message.id, **dict(message.args))

    def pick(self, text: LocalText) -> str:
        """The wording of a text in this language, else in the nearest one it has."""
        return text.in_(self.language, *_chain(self.language), DEFAULT_LANGUAGE)

    def date(self, day: datetime.date) -> str:
        """A date in words: 31 December 2025, 31. Dezember 2025."""
        from babel.dates import format_date

        text = str(format_date(day, self.words["date"], locale=self.language.replace("-", "_")))
        first = self.words.get("first-day")  # 1er janvier
        return text.replace("1 ", f"{first} ", 1) if first and day.day == 1 else text

    def join(self, parts: list[str] | tuple[str, ...]) -> str:
        """A list as the language punctuates it."""
        return self.words["list-separator"].join(parts)

    def bracket(self, text: str) -> str:
        """The text in the language's brackets."""
        return self.text("brackets", text=text)


def _filled(value: str, one: str | None, several: str | None) -> str:
    return str(value if one is None else one if value == "1" else several)


def _chain(language: str) -> list[str]:
    """Fallbacks of a language tag: zh-Hant-HK -> zh-Hant -> zh; de-AT -> de."""
    parts = language.split("-")
    return ["-".join(parts[:length]) for length in range(len(parts) - 1, 0, -1)]


@cache
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
    """The labels for messages: one language in whole, English where a language has no messages of its own."""
    labels = load_labels(language)
    tags = (labels.language, *_chain(labels.language))
    if any(tag in languages() and _MESSAGE in _read(tag)[1] for tag in tags):
        return labels
    return load_labels("zh-Hans" if labels.language.startswith("zh") else DEFAULT_LANGUAGE)


@cache
def message_languages() -> dict[str, str]:
    """The languages that have all messages, and their own names."""
    return {tag: _read(tag)[0] for tag in languages() if _MESSAGE in _read(tag)[1]}


@cache
def wordings(id: str) -> dict[str, str]:
    """A label in every language that has it, by language: what is printed is recognised by the same words."""
    return {language: words[id] for language in languages() if id in (words := _read(language)[1])}


def _canonical(language: str) -> str:
    tag = language.replace("_", "-")
    aliases = {"zh": "zh-Hans", "zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant-HK"}
    return aliases.get(tag, tag)


@cache
def _read(language: str) -> tuple[str, dict[str, str]]:
    root = load_xml(standards_root() / "labels" / f"{language}.xml")
    return root.get("name", ""), {each.get("id", ""): each.text or "" for each in root}


def reason_label(reason: OmissionReason) -> str:
    """Id of the label of a reason for omission."""
    return "reason-" + re.sub(r"/.*", "", reason.value).replace(" ", "-")


def reason_words(reason: OmissionReason | str, labels: Labels) -> str:
    """A reason for omission in words; as written where it is none of the four."""
    return labels.words[reason_label(reason)] if isinstance(reason, OmissionReason) else reason


def status_words(status: str, labels: Labels) -> str:
    """A status of a row in words."""
    return labels.words["status-" + status.replace(" ", "-")]
