"""What speaks for a section of a report as the place of a disclosure, as numbers for the ranker.

Phrases count in the section's title, in those above it, and in its text, each the more
the fewer disclosures and sections share it; repetitions count ever less, and less in a
long section (BM25: Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009).
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from gri_index.model.keys import DisclosureKey
from gri_index.model.report import Block, BlockKind, Report, Section
from gri_index.model.standards import Catalogue
from gri_index.suggest.terms import Phrase, Sort, Terms
from gri_index.suggest.vocabulary import Learned, told, words_of
from gri_index.suggest.words import Stems, stems

_K, _B = 1.2, 0.75  # of BM25: how soon repetition tires, how much length matters
_SHARES = (("text-term", "share-text"), ("title-heading", "share-title"))  # a trait, and that of its share among disclosures
_NO_TEXT = (BlockKind.HEADING, BlockKind.PICTURE)  # titles count apart; a converter's words for a picture are not the report's
_LEAST_WORDS = 3  # a section of fewer, its title apart, only holds others
_MOST_BELOW = 50_000  # stems of a chapter; the longest of nineteen annual reports has some 45,000
_LEAST_NAMED, _LEAST_LEARNED = 0.5, 1.0  # from which a disclosure's title, and learned words, alone make a pair worth looking at

Traits = dict[str, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A section as the ranker sees it."""

    section: Section
    blocks: tuple[Block, ...]  # its own, headings and parts that report nothing left out
    title: Stems
    above: Stems  # titles of the sections that hold it
    text: Stems  # its own; of a section that only holds others, theirs
    empty: bool  # it only holds others


def places(report: Report) -> list[Place]:
    """The sections that can report something, in the report's order."""
    own: dict[str, list[Block]] = {}
    left_out = set()
    for block in report.blocks:
        if block.role is not None:
            left_out.add(block.section)
        elif block.kind not in _NO_TEXT:
            own.setdefault(block.section, []).append(block)
    titles = {section.id: stems(section.title) for section in report.sections}
    texts = {id: tuple(stem for block in blocks for stem in stems(block.text)) for id, blocks in own.items()}
    parents = {section.id: section.parent for section in report.sections}
    children: dict[str, list[str]] = {}
    for section in report.sections:
        children.setdefault(section.parent or "", []).append(section.id)
    found = []
    for section in report.sections:
        blocks = tuple(own.get(section.id, ()))
        if (section.id in left_out and not blocks) or not (blocks or section.title):
            continue
        text = texts.get(section.id, ())
        empty = len(text) < _LEAST_WORDS
        above = tuple(_above(section.id, parents, titles))
        held = tuple(_below(section.id, children, titles, texts)) if empty else text
        found.append(Place(section, blocks, titles[section.id], above, held, empty))
    return found


def _below(
    id: str, children: Mapping[str, Sequence[str]], titles: Mapping[str, Stems], texts: Mapping[str, Stems]
) -> Iterator[str]:
    """Titles and texts of all sections that a section holds, so far as anybody reads."""
    count, waiting = 0, list(reversed(children.get(id, ())))
    while waiting and count < _MOST_BELOW:
        child = waiting.pop()
        for stem in (*titles[child], *texts.get(child, ())):
            count += 1
            yield stem
        waiting += reversed(children.get(child, ()))


def _above(id: str, parents: Mapping[str, str | None], titles: Mapping[str, Stems]) -> Iterator[str]:
    parent = parents.get(id)
    while parent:
        yield from titles.get(parent, ())
        parent = parents.get(parent)


@dataclass(frozen=True)
class Field:
    """The disclosures that are looked for, with the phrases of each."""

    keys: tuple[DisclosureKey, ...]
    terms: Terms
    titles: Mapping[DisclosureKey, frozenset[str]]  # stems of the disclosure's title, in the report's languages
    language: str = ""  # of the report, without script or region

    @cached_property
    def positions(self) -> Mapping[str, tuple[int, ...]]:
        """By a disclosure's number, or its Standard's."""
        at: dict[str, list[int]] = {}
        for position, key in enumerate(self.keys):
            for name in (key.number, key.number.partition("-")[0]):
                at.setdefault(name, []).append(position)
        return {name: tuple(several) for name, several in at.items()}

    @cached_property
    def named(self) -> Mapping[str, tuple[int, ...]]:
        """By a stem of titles: the disclosures whose title has it."""
        at: dict[str, list[int]] = {}
        for position, key in enumerate(self.keys):
            for stem in self.titles[key]:
                at.setdefault(stem, []).append(position)
        return {stem: tuple(several) for stem, several in at.items()}

    @cached_property
    def owned(self) -> tuple[tuple[tuple[int, Sort], ...], ...]:
        """(position of the disclosure, sort) of each phrase."""
        return tuple(tuple(self._owners(phrase)) for phrase in self.terms.phrases)

    def _owners(self, phrase: Phrase) -> Iterator[tuple[int, Sort]]:
        for number, edition, sort in phrase.owners:
            yield from (
                (position, sort) for position in self.positions.get(number, ()) if edition in ("", self.keys[position].edition)
            )

    @cached_property
    def rarity(self) -> tuple[float, ...]:
        """Of each phrase, 0 to 1: how few disclosures share it, and how many words it has."""
        most = math.log(1 + len(self.keys))
        return tuple(
            math.log(1 + len(self.keys) / max(1, len({position for position, _ in owners}))) / most * min(1.0, 0.4 + 0.3 * _size(phrase))
            for phrase, owners in zip(self.terms.phrases, self.owned, strict=True)
        )  # fmt: skip


def _size(phrase: Phrase) -> float:
    """Words of a phrase; two East Asian letters are about one."""
    return sum(0.5 if len(stem) == 1 and not stem.isascii() else 1.0 for stem in phrase.stems)


def field_of(
    keys: Sequence[DisclosureKey], terms: Terms, catalogue: Catalogue, languages: Sequence[str], language: str = ""
) -> Field:
    """``languages``: of the titles that count, the report's own and English. ``language``: the report's."""
    titles = {
        key: frozenset(stem for language in languages for stem in stems(catalogue.disclosure(key).title.in_(language)))
        for key in keys
    }
    return Field(tuple(keys), terms, titles, language)


def traits(field: Field, several: Sequence[Place]) -> list[dict[int, Traits]]:
    """Per place, by the position of a disclosure in the field: what its phrases and its title say. A pair that is absent has nothing."""
    counted = [tuple(field.terms.book.count(text) for text in (place.title, place.above, place.text)) for place in several]
    rare = _rarity_in_report(counted)
    words = _word_rarity(several)
    length = sum(len(place.text) for place in several) / max(1, len(several))
    return [_of_place(field, place, counts, rare, words, length) for place, counts in zip(several, counted, strict=True)]


def add_learned(found: dict[int, Traits], field: Field, place: Place, learned: Learned) -> None:
    """Adds what learned words say of a place."""
    for number, (title, text) in told(learned, words_of(place.title, place.text)).items():
        for position in field.positions.get(number, ()):
            if position in found or title + text > _LEAST_LEARNED:
                here = found.setdefault(position, {})
                here["learned-title"], here["learned-text"] = title, 2 * text / (1 + math.log1p(len(place.text)))


def add_shape(found: dict[int, Traits], place: Place) -> None:
    """Adds what the section itself is like, to all that something speaks for."""
    length = math.log1p(len(place.text)) / 8
    table = sum(block.kind is BlockKind.TABLE for block in place.blocks) / max(1, len(place.blocks))
    for here in found.values():
        here["any-title"] = float(any(name in here for name in ("title-heading", "title-term")))
        here["empty"], here["length"], here["table"] = float(place.empty), length, table


def _of_place(
    field: Field,
    place: Place,
    counts: tuple[dict[int, int], ...],
    rare: Mapping[int, float],
    words: Mapping[str, float],
    mean: float,
) -> dict[int, Traits]:
    found: dict[int, Traits] = {}
    for where, several in zip(("title", "above", "text"), counts, strict=True):
        for number, times in several.items():
            worth = field.rarity[number] * (rare[number] if where == "text" else 1.0)
            value = worth * (_tired(times, len(place.text), mean) if where == "text" else 1.0)
            for position, sort in field.owned[number]:
                here = found.setdefault(position, {})
                here[f"{where}-{sort}"] = here.get(f"{where}-{sort}", 0.0) + value
    for here in found.values():  # sums become milder: the tenth phrase says less than the first
        for name, value in here.items():
            here[name] = math.log1p(value)
    _add_names(found, field, place, words, mean)
    for name, share in _SHARES:
        total = sum(each.get(name, 0.0) for each in found.values())
        for each in found.values():
            if each.get(name):
                each[share] = each[name] / total
    return found


def _add_names(found: dict[int, Traits], field: Field, place: Place, words: Mapping[str, float], mean: float) -> None:
    """How much of a disclosure's title stands in the section's title, and in its text."""
    near: dict[int, float] = {}
    inside: dict[int, float] = {}
    for stem in {*place.title} & field.named.keys():
        for position in field.named[stem]:
            near[position] = near.get(position, 0.0) + words.get(stem, 1.0)
    for stem, times in Counter(filter(field.named.__contains__, place.text)).items():
        worth = words.get(stem, 1.0) * _tired(times, len(place.text), mean)
        for position in field.named[stem]:
            inside[position] = inside.get(position, 0.0) + worth
    for position in near.keys() | inside.keys() | found.keys():
        whole = sum(words.get(stem, 1.0) for stem in field.titles[field.keys[position]]) or 1.0
        title, text = near.get(position, 0.0) / whole, inside.get(position, 0.0) / whole
        if title or text > _LEAST_NAMED or position in found:
            here = found.setdefault(position, {})
            here["name-title"], here["name-text"] = title, text


def _tired(times: int, length: int, mean: float) -> float:
    return times * (_K + 1) / (times + _K * (1 - _B + _B * length / max(mean, 1.0)))


def _rarity_in_report(counted: Sequence[tuple[dict[int, int], ...]]) -> dict[int, float]:
    """Of each phrase that the text holds, 0 to 1: how few sections have it."""
    having = Counter(number for _, _, text in counted for number in text)
    most = math.log(len(counted) + 1) or 1.0
    return {number: math.log((len(counted) + 1) / (count + 0.5)) / most for number, count in having.items()}


def _word_rarity(several: Sequence[Place]) -> dict[str, float]:
    having = Counter(stem for place in several for stem in {*place.text, *place.title})
    most = math.log(len(several) + 1) or 1.0
    return {stem: max(0.05, math.log((len(several) + 1) / (count + 0.5)) / most) for stem, count in having.items()}
