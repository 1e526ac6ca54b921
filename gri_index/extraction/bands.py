"""Lines of an index without a number: what may be a topic, what ends the topics, what names an indicator."""

import re
from collections.abc import Iterable, Sequence

from gri_index.extraction.titles import titles_of_standard
from gri_index.extraction.tokens import token
from gri_index.language.heads import Role
from gri_index.language.labels import wordings
from gri_index.language.lexicon import any_of, says
from gri_index.language.text import plain

LONG_TOPIC, LONG_TITLE = 90, 250  # characters
_CONTINUED = re.compile(rf"\({any_of('continued')}\)")


def names_indicator(text: str) -> bool:
    """True for words that may name an indicator: no rule of a table, no statement, no head that is repeated."""
    named = _is_label(text) or token(text).head is not None
    return re.search(r"[^\W\d_]{3}", text) is not None and len(text) <= LONG_TITLE and not named


def ends_rows(band: str) -> bool:
    """True for the title of the topics that are not material, as the program prints it in any language: no row goes on below."""
    return plain(band) in {plain(text) for text in wordings("band-not-material").values()}


def not_material(rows: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """(topic, why it is not material) of the rows below the title of those topics; heads and names of Standards are none."""
    found = []
    for cells in rows:
        texts = list(dict.fromkeys(text for cell in cells if (text := " ".join(cell.split()))))
        if len(texts) > 1 and not token(texts[0]).head and not token(texts[0]).standard:
            found.append((texts[0], texts[-1]))
    return found


def ends_topics(band: str) -> bool:
    """True for the band above disclosures of no topic, as the program prints it in any language."""
    return plain(band) in {plain(text) for text in wordings("band-other").values()}


def is_general(band: str) -> bool:
    """True for the band above GRI 2, as it is printed in any language."""
    return says(band, "general-band") or plain(band) in {
        plain(text) for id in ("band-general", "band-other") for text in wordings(id).values()
    }


def may_name_topic(text: str) -> bool:
    """True for a band that may be a topic: no sentence, and no rest of one."""
    told = token(text)
    return len(text) <= LONG_TOPIC and not told.sentence and told.words and not _is_label(text)


def _is_label(text: str) -> bool:
    """True for words that open with the label of the statement of use or of the Sector Standards."""
    told = plain(text)
    foundation = {plain(text) for text in titles_of_standard("GRI 1")}  # the rest of "GRI 1 used: GRI 1: Foundation 2021"
    bare = plain(re.sub(r"20\d\d\W*$", "", text))
    return bare in foundation or any(
        told.startswith(plain(each)) for id in ("statement-label", "sector-label") for each in wordings(id).values()
    )


def topic_name(text: str) -> str:
    """The name of a topic without marks, and without a word that it goes on from the page before."""
    name = " ".join(_CONTINUED.sub("", text).strip(" *_").split())
    label, colon, rest = name.partition(":" if ":" in name else "\uff1a")  # "Material topic: Energy"
    return rest.strip() if colon and rest.strip() and token(label).head is Role.TOPIC else name
