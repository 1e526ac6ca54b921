"""Weighs what speaks for each section, and proposes the best for each disclosure.

The weights are those of two logistic regressions, fitted by ``python -m benchmarks.fit_suggest``
on tagged reports: the first looks at each section by itself, the second at its surroundings too.
The score is the share of suggestions that were right on reports left out.
"""

import datetime
import itertools
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from gri_index.extraction.sections import shown_titles
from gri_index.language.detection import likely_language, script_language
from gri_index.model.keys import DisclosureKey
from gri_index.model.report import Page, Report, Section
from gri_index.model.standards import Catalogue
from gri_index.model.suggestions import Evidence, StandardSuggestion, Substance, Suggestion, Suggestions
from gri_index.suggest.evidence import Quoter
from gri_index.suggest.semantic import WEIGHT, Encoder, mixed
from gri_index.suggest.surroundings import sure, surroundings
from gri_index.suggest.terms import languages, load_terms
from gri_index.suggest.traits import Field, Place, Traits, add_learned, add_shape, field_of, places, traits
from gri_index.suggest.vocabulary import TAUGHT, Learned, vocabulary

FILE = Path(__file__).with_name("weights.json")
OTHERS = "others"  # in the file of weights: languages whose words were not learned
LEAST = 0.15  # the score of a suggestion for a person; half of it, where a sentence says it plainly
FAINT = 0.01  # of one for a program
_EMPTY = re.compile(r"[\[(\u3010\uff08][\s,;]*[\])\u3011\uff09]")  # a bracket without its codes
_PLAIN = 1.5  # weight of a sentence: more than one phrase of that disclosure alone
_NO_SUBJECT = frozenset(("GRI 2", "GRI 3"))  # Standards whose disclosures have no subject in common
_STANDARD_LEAST, _SINGLE_MOST = 0.5, 0.3  # a Standard alone: it is as likely as not, and none of its disclosures comes near


def suggest(
    report: Report,
    catalogue: Catalogue,
    day: datetime.date,
    *,
    top: int = 3,
    keys: Sequence[DisclosureKey] = (),
    least: float = LEAST,
    language: str = "",
    encoder: Encoder | None = None,
    weight: float = WEIGHT,
) -> Suggestions:
    """The best ``top`` sections for each disclosure that is in force on ``day``, the report's publication.

    ``keys``: only these disclosures. ``least``: the lowest score that is kept, 0 to 1. ``language``: of the
    report as its author states it, where its text does not tell. ``encoder``: an embedding model that is mixed in with a
    ``weight`` of 0 to 1. Parts that report nothing (a content index, contents, tables of other
    frameworks) are left out. Raises CatalogueError.
    """
    look = _Look(report, catalogue, day, language, encoder, weight)
    found: list[Suggestion] = []
    nothing = []
    for position, key in enumerate(look.field.keys):
        if keys and key not in keys:
            continue
        best = [look.suggestion(position, at, score) for score, at in look.best(position)[:top] if score >= least / 2]
        kept = [each for each in best if _worth_showing(each, least)]
        found += kept
        nothing += [] if any(_worth_showing(each, LEAST) for each in kept) else [key]
    return Suggestions(
        found=tuple(found),
        standards=() if keys else tuple(look.standards()),
        nothing=tuple(nothing),
        language=look.language,
        known=look.known,
    )


def _worth_showing(each: Suggestion, least: float) -> bool:
    """True for a score that is high enough; in a short report, where none is high, for a sentence that says it plainly."""
    plain = any(quote.block >= 0 and quote.weight >= _PLAIN for quote in each.evidence)
    return each.score >= (least / 2 if plain else least)


def substance(report: Report, catalogue: Catalogue, day: datetime.date, *, language: str = "") -> Substance:
    """What the report seems to report, by the number of a disclosure: the likeliest section, and the score of each."""
    look = _Look(report, catalogue, day, language)
    best: dict[str, Suggestion] = {}
    scores: dict[tuple[str, str], float] = {}
    for position, key in enumerate(look.field.keys):
        ordered = look.best(position)
        for score, at in ordered:
            place = key.number, look.places[at].section.id
            scores[place] = max(score, scores.get(place, 0.0))
        if ordered and (key.number not in best or ordered[0][0] > best[key.number].score):  # the likelier of two editions
            best[key.number] = look.suggestion(position, ordered[0][1], ordered[0][0])
    return Substance(best, scores, look.known)


class _Look:
    """A report looked at for all disclosures: the score of each section, and suggestions with page, title and evidence."""

    def __init__(
        self,
        report: Report,
        catalogue: Catalogue,
        day: datetime.date,
        language: str = "",
        encoder: Encoder | None = None,
        weight: float = WEIGHT,
    ) -> None:
        self.language = report_language(report, language)
        self.known = _base(self.language) in map(_base, languages())
        self.field = report_field(catalogue, in_force(catalogue, day), self.language)
        self.places = places(report)
        scored = scores(self.field, self.places)
        self._scored = mixed(scored, encoder, self.field, self.places, weight) if encoder else scored
        self._quoter = Quoter(self.field)
        self._titles = shown_titles(report.sections)
        self._pages = {(page.source, page.number): page for page in report.pages}
        self._tagged = {(tag.reference.number, tag.reference.edition, tag.section) for tag in report.tags}
        self._codes: dict[int, list[str]] = {}
        for seen in report.seen:
            self._codes.setdefault(seen.block, []).append(" ".join(seen.text.split()))

    def best(self, position: int) -> list[tuple[float, int]]:
        """(score, place) of a disclosure, the best first."""
        several = sorted((-here[position], at) for at, here in enumerate(self._scored) if position in here)
        return [(-score, at) for score, at in several]

    def suggestion(self, position: int, at: int, score: float) -> Suggestion:
        """One suggestion with its evidence."""
        key, place = self.field.keys[position], self.places[at]
        section = place.section
        quotes = tuple(map(self._without_codes, self._quoter.quotes(position, place)))
        return Suggestion(
            key=key,
            section=section,
            title=self._titles[section.id],
            page=self._page(section, quotes[0].page if quotes else None),
            score=round(score, 3),
            evidence=quotes,
            tagged=bool(self._tagged & {(key.number, key.edition, section.id), (key.number, None, section.id)}),
        )

    def _without_codes(self, quote: Evidence) -> Evidence:
        """The quote as the report would read without tags: a quote must not tag the place where it is shown."""
        text = quote.text
        for code in self._codes.get(quote.block, ()):
            text = text.replace(code, "")
        return replace(quote, text=" ".join(_EMPTY.sub(" ", text).split()))

    def _page(self, section: Section, number: int | None) -> Page | None:
        return self._pages.get((section.source, number or section.first_page or 0))

    def standards(self) -> Iterator[StandardSuggestion]:
        """Sections of which only the Standard is sure."""
        for place, here in zip(self.places, self._scored, strict=True):
            by_standard: dict[str, list[float]] = {}
            for position, score in here.items():
                by_standard.setdefault(self.field.keys[position].standard, []).append(score)
            for standard in by_standard.keys() - _NO_SUBJECT:
                several = by_standard[standard]
                any_of = 1 - math.prod(1 - score for score in several)
                if any_of >= _STANDARD_LEAST and max(several) < _SINGLE_MOST:
                    yield StandardSuggestion(
                        standard=standard,
                        section=place.section,
                        title=self._titles[place.section.id],
                        page=self._page(place.section, None),
                        score=round(any_of, 3),
                    )


def in_force(catalogue: Catalogue, day: datetime.date) -> tuple[DisclosureKey, ...]:
    """The disclosures of a report published that day, in their order."""
    return tuple(sorted(each.key for each in catalogue.disclosures() if catalogue.valid_on(each.key, day)))


def report_language(report: Report, stated: str = "") -> str:
    """The language that the text shows, else the one that its author or the file states, else the likeliest, else English."""
    body = [block.text for block in report.blocks]
    body = body[20:] if len(body) > 60 else body  # a long report may open with a cover in another language
    in_file = next((source.language for source in report.sources if source.language), "")
    return script_language(body) or stated or in_file or likely_language(body) or "en"


def report_field(catalogue: Catalogue, keys: Sequence[DisclosureKey], language: str) -> Field:
    """What is looked for in a report of one language: its own words, and English ones, which reports everywhere use too."""
    own = [each for each in languages() if _base(each) == _base(language)]
    several = tuple(dict.fromkeys((*own, "en")))
    return field_of(keys, load_terms(several), catalogue, several, _base(language))


def _base(language: str) -> str:
    return language.partition("-")[0]


def scores(field: Field, several: Sequence[Place], model: "Model | None" = None) -> list[dict[int, float]]:
    """Per place, by the position of a disclosure: 0 to 1. A pair that is absent has nothing that speaks for it."""
    model = model or fitted(taught=field.language == TAUGHT)
    found = traits(field, several)
    for place, here in zip(several, found, strict=True):
        add_learned(here, field, place, model.learned)
        add_shape(here, place)
    return second_look(first_look(found, field, model), field, model)


def first_look(found: Sequence[Mapping[int, Traits]], field: Field, model: "Model") -> list[dict[int, float]]:
    """The sum of each pair by what the section itself says."""
    priors = [model.first.get("bias", 0.0) + model.first.get(prior(key), 0.0) for key in field.keys]
    return [{position: priors[position] + weigh(each, model.first) for position, each in here.items()} for here in found]


def second_look(sums: Sequence[Mapping[int, float]], field: Field, model: "Model") -> list[dict[int, float]]:
    """The score of each pair by what its surroundings say too."""
    topics = [key.number.partition("-")[0] for key in field.keys]
    bias = model.second.get("bias", 0.0)
    return [
        {position: calibrated(sure(bias + weigh(each, model.second)), model.calibration) for position, each in here.items()}
        for here in surroundings(sums, topics)
    ]


def calibrated(share: float, points: Sequence[tuple[float, float]]) -> float:
    """What share of suggestions was right on reports not seen, between the points that were measured.

    >>> calibrated(0.5, [(0.0, 0.0), (1.0, 0.8)])
    0.4
    """
    for (low, at_low), (high, at_high) in itertools.pairwise(points):
        if low <= share <= high:
            return at_low + (at_high - at_low) * (share - low) / ((high - low) or 1.0)
    return share


def prior(key: DisclosureKey) -> str:
    """The name of the weight that says how often reports report a disclosure at all."""
    return f"prior-{key.number}"


def weigh(here: Traits, weights: Mapping[str, float]) -> float:
    """The sum of what speaks for a pair."""
    return sum(weights.get(name, 0.0) * value for name, value in here.items())


@dataclass(frozen=True, slots=True)
class Model:
    """What was learned from tagged reports: the weights of both looks, and words."""

    first: Mapping[str, float]
    second: Mapping[str, float]
    learned: Learned
    calibration: Sequence[tuple[float, float]] = ()  # (share that the weights give, share that was right), rising


@cache
def fitted(*, taught: bool) -> Model:
    """The program's model: for reports in the language whose words were learned, or for all others."""
    read = json.loads(FILE.read_text(encoding="utf-8"))[TAUGHT if taught else OTHERS]
    points = tuple((low, right) for low, right in read["calibration"])
    return Model(read["first"], read["second"], vocabulary() if taught else {}, points)
