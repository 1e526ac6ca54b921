"""Fits what ``suggest`` goes by: the weights of both looks, and the words of each disclosure.

    python -m benchmarks.fit_suggest [FOLDER] [--write]

FOLDER is the corpus (default: GRI_INDEX_CORPUS). A section that bears a tag reports its
disclosure, the others of that report do not; of the sections on a page that the report's own index
cites, the one that the weights so far like best does. ``benchmarks/suggest_quality`` judges the
result on reports left out.
"""

import datetime
import json
import math
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.labelled import Labelled, corpus_named, labelled
from gri_index.catalogue import load_catalogue
from gri_index.model.standards import Catalogue
from gri_index.suggest.rank import FILE, OTHERS, Model, first_look, in_force, prior, report_field, report_language
from gri_index.suggest.surroundings import sure, surroundings
from gri_index.suggest.traits import Field, Place, Traits, add_learned, add_shape, places, traits
from gri_index.suggest.vocabulary import TAUGHT, Heard, Learned, put_vocabulary, words_of

Sample = tuple[Mapping[str, float], bool]
_ROUNDS, _RATE, _DAMP = 4, 0.3, 1e-6  # of the descent
_KEPT = 0.2  # of the sections that do not report: there are a hundred times as many, and each kept one stands for the others
_ENOUGH = 30  # tagged disclosures: a report with fewer is no witness that it does not report the others
_SLICES = (30, 100)  # sections of a short report
_DAY = datetime.date(2025, 12, 31)  # on which the disclosures of these reports were in force


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled report as the ranker sees it."""

    name: str
    field: Field
    places: list[Place]
    found: list[dict[int, Traits]]  # without learned words
    words: list[frozenset[str]]
    tagged: Mapping[int, frozenset[int]]  # position of a disclosure -> positions of places
    cited: Mapping[int, frozenset[int]]  # position of a disclosure -> places on the pages that the index cites
    slices: tuple["Case", ...] = ()  # short reports cut from it

    def answer(self, position: int, at: int) -> bool | None:
        """Whether the place reports the disclosure; None where nobody knows."""
        if position in self.tagged:
            if at in self.tagged[position]:
                return True
            return None if at in self.cited.get(position, ()) else False
        if position in self.cited:
            return None if at in self.cited[position] else False
        return False if len(self.tagged) >= _ENOUGH else None


def case_of(report: Labelled, catalogue: Catalogue) -> Case:
    """Everything of a report that does not depend on what was learned."""
    field = report_field(catalogue, in_force(catalogue, _DAY), report_language(report.report))
    return _case(report, field, places(report.report))


def slices_of(report: Labelled, whole: Case) -> Iterator[Case]:
    """The report as several short ones: most reports are shorter than the annual reports of the corpus."""
    for size in _SLICES:
        for at in range(0, len(whole.places), size):
            case = _case(report, whole.field, whole.places[at : at + size])
            if case.tagged:
                yield case


def _case(report: Labelled, field: Field, several: list[Place]) -> Case:
    at = {place.section.id: position for position, place in enumerate(several)}
    pages: dict[int, set[int]] = {}
    for position, place in enumerate(several):
        for page in {block.page for block in place.blocks} or {place.section.first_page}:
            pages.setdefault(page or 0, set()).add(position)
    tagged = {_first(field, number): frozenset(at[id] for id in ids if id in at) for number, ids in report.tagged.items()}
    cited = {
        _first(field, number): frozenset(position for page in cites for position in pages.get(page, ()))
        for number, cites in report.cited.items()
    }
    return Case(
        name=report.name,
        field=field,
        places=several,
        found=traits(field, several),
        words=[words_of(place.title, place.text) for place in several],
        tagged={position: several for position, several in tagged.items() if position >= 0 and several},
        cited={position: several for position, several in cited.items() if position >= 0 and several},
    )


def _first(field: Field, number: str) -> int:
    return next(iter(field.positions.get(number, ())), -1)


def cases(folder: Path) -> list[Case]:
    """All labelled reports of the corpus, each with the short ones that were cut from it."""
    catalogue = load_catalogue()
    found = []
    for report in labelled(folder, catalogue):
        whole = case_of(report, catalogue)
        found.append(replace(whole, slices=tuple(slices_of(report, whole))))
    return found


def heard(several: Iterable[Case]) -> Heard:
    """The words of some reports."""
    counts = Heard()
    for case in several:
        counts.hear(case.words, {case.field.keys[position].number: sorted(ats) for position, ats in case.tagged.items()})
    return counts


def pairs_of(case: Case, learned: Learned) -> list[dict[int, Traits]]:
    """The traits of the first look."""
    found = [{position: dict(each) for position, each in here.items()} for here in case.found]
    for place, here in zip(case.places, found, strict=True):
        add_learned(here, case.field, place, learned)
        add_shape(here, place)
    return found


def learn(several: Sequence[Case], *, words: bool = True) -> Model:
    """The model of some reports. The words that speak for a report while it is learned from are those of the others.

    Without ``words``: for languages that the reports are not in.
    """
    everything = heard(several if words else ())
    learned = {case.name: everything.without(heard([case])).learn() if words else {} for case in several}
    several = [each for case in several for each in (case, *case.slices)]
    found = [pairs_of(case, learned[case.name]) for case in several]

    def first(case: Case, position: int, here: Traits) -> dict[str, float]:
        return {**here, prior(case.field.keys[position]): 1.0}

    weights = _fit_twice(several, found, first)
    half = Model(weights, {}, {})
    topics = [[key.number.partition("-")[0] for key in case.field.keys] for case in several]
    second = [
        surroundings(first_look(pairs, case.field, half), each)
        for case, pairs, each in zip(several, found, topics, strict=True)
    ]  # fmt: skip
    return Model(weights, _fit_twice(several, second, lambda _case, _position, here: here), everything.learn())


def _fit_twice(
    several: Sequence[Case], found: Sequence[Sequence[Mapping[int, Traits]]], trait: Callable[[Case, int, Traits], Traits]
) -> dict[str, float]:
    """The weights by tags alone, then by tags and the likeliest places that an index cites."""
    weights: dict[str, float] = {}
    for _ in range(2):
        samples = [
            (trait(case, position, here), answer)
            for case, pairs in zip(several, found, strict=True)
            for position, here, answer in _answered(case, pairs, trait, weights)
        ]
        weights = fit(samples)
    return weights


def _answered(
    case: Case,
    pairs: Sequence[Mapping[int, Traits]],
    trait: Callable[[Case, int, Traits], Traits],
    weights: Mapping[str, float],
) -> Iterator[tuple[int, Traits, bool]]:
    best: dict[int, tuple[float, Traits]] = {}
    for at, here in enumerate(pairs):
        for position, each in here.items():
            answer = case.answer(position, at)
            if answer is not None:
                yield position, each, answer
            elif weights and position in case.cited and position not in case.tagged:
                total = sum(weights.get(name, 0.0) * value for name, value in trait(case, position, each).items())
                best[position] = max(best.get(position, (-math.inf, each)), (total, each), key=lambda pair: pair[0])
    yield from ((position, each, True) for position, (_, each) in best.items())


def fit(samples: Sequence[Sample]) -> dict[str, float]:
    """Logistic regression by stochastic descent (AdaGrad: Duchi, Hazan and Singer, 2011)."""
    dice = random.Random(7)
    order = [sample for sample in samples if sample[1] or dice.random() < _KEPT]
    weights: dict[str, float] = {"bias": -4.0}
    slopes: dict[str, float] = {}
    for _ in range(_ROUNDS):
        dice.shuffle(order)
        for traits_, answer in order:
            total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in traits_.items())
            wrong = sure(total) - 1 if answer else sure(total) / _KEPT
            for name, value in (*traits_.items(), ("bias", 1.0)):
                if value:
                    old = weights.get(name, 0.0)
                    slope = wrong * value + _DAMP * old
                    slopes[name] = slopes.get(name, 1.0) + slope * slope
                    weights[name] = old - _RATE * slope / math.sqrt(slopes[name])
    return {name: round(value, 3) for name, value in sorted(weights.items())}


def main() -> int:
    folder = corpus_named()
    if folder is None:
        return 2
    several = cases(folder)
    models = {TAUGHT: learn(several), OTHERS: learn(several, words=False)}
    for name, model in models.items():
        print(name)
        for look in (model.first, model.second):
            print("\n".join(f"{name:16}{weight:8.3f}" for name, weight in look.items() if not name.startswith("prior-")), "\n")
    if "--write" in sys.argv:
        kept = json.loads(FILE.read_text(encoding="utf-8"))
        fitted = {
            name: {"first": model.first, "second": model.second, "calibration": kept[name]["calibration"]}
            for name, model in models.items()
        }
        FILE.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")
        put_vocabulary(models[TAUGHT].learned)
    return 0


if __name__ == "__main__":
    sys.exit(main())
