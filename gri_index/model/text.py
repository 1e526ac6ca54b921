"""A text that may differ per language, and sentences that get their words at the edge."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalText:
    """One text in several languages; the key "" holds a text given without a language."""

    values: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return any(text.strip() for _, text in self.values)

    def in_(self, *languages: str) -> str:
        """The text in the first of ``languages`` that it has, else in any; "" if it is empty."""
        known = dict(self.values)
        for language in (*languages, ""):
            if language in known:
                return known[language]
        return next((text for _, text in self.values), "")

    @property
    def all(self) -> tuple[str, ...]:
        """Every wording, for recognition."""
        return tuple(text for _, text in self.values)


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence by its id in the label files; words are put in at the edge, in the output language."""

    id: str
    args: tuple[tuple[str, str], ...] = ()


def message(id: str, **args: object) -> Message:
    """A message whose named places are filled with ``args``."""
    return Message(id, tuple((name, str(value)) for name, value in args.items()))


def plain(text: str) -> str:
    """A name for comparison: letters and digits alone, without case."""
    return re.sub(r"[\W_]+", "", text).casefold()
