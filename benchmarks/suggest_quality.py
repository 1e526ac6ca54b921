"""How well ``suggest`` finds the sections that report each disclosure, on reports it did not learn from.

    python -m benchmarks.suggest_quality [FOLDER] [--shipped] [--write]

FOLDER is the corpus (default: GRI_INDEX_CORPUS). Each report is left out in turn: weights and words
are fitted on the others. Beside it, in the same run: BM25 on the titles of the disclosures, and
chance. ``--shipped``: the program's own weights instead, which know these reports. ``--write``: what
share was right at each score goes into the program, which prints that share as its score.

By tags, for each disclosure that a report tags: MAP, MRR, Recall at 1, 3 and 5 over its sections;
for each tagged section: P@1 and hit@3 over the disclosures. By the pages that the report's index
cites: whether the first, and one of the first three, stands on one of them. "Short reports" are
stretches of some dozen sections, each taken for a report of its own.
"""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import mean

from benchmarks.fit_suggest import Case, cases, learn, pairs_of
from benchmarks.labelled import corpus_named
from gri_index.suggest.rank import FILE, OTHERS, Model, first_look, fitted, second_look
from gri_index.suggest.vocabulary import TAUGHT

Scores = Sequence[Mapping[int, float]]
Figures = dict[str, list[float]]
_NAMES = ("MAP", "MRR", "R@1", "R@3", "R@5", "P@1", "hit@3", "page@1", "page@3")
_POINTS = 40  # groups of suggestions that calibration looks at
_ALL: list[Case] = []  # of the process: cases are large, and each process makes its own


def ranked(case: Case, model: Model) -> Scores:
    """The ranker's scores."""
    return second_look(first_look(pairs_of(case, model.learned), case.field, model), case.field, model)


def bm25(case: Case) -> Scores:
    """BM25 of the titles of the disclosures in text and title of the sections."""
    documents = [Counter((*place.title, *place.text)) for place in case.places]
    having = Counter(stem for each in documents for stem in each)
    length = mean(map(Counter.total, documents)) or 1.0
    rare = {stem: math.log(1 + (len(documents) - count + 0.5) / (count + 0.5)) for stem, count in having.items()}

    def score(position: int, each: Counter[str]) -> float:
        tired = 1.2 * (0.25 + 0.75 * each.total() / length)
        own = case.field.titles[case.field.keys[position]]
        return sum(rare[stem] * each[stem] * 2.2 / (each[stem] + tired) for stem in own if stem in each)

    return [
        {position: value for position in range(len(case.field.keys)) if (value := score(position, each))} for each in documents
    ]


def chance(case: Case) -> Scores:
    """Random scores."""
    dice = random.Random(case.name)
    return [{position: dice.random() for position in range(len(case.field.keys))} for _ in case.places]


def figures(case: Case, scores: Scores) -> Figures:
    """The measures of one report, a value for each disclosure or section."""
    found: Figures = {name: [] for name in _NAMES}
    by_disclosure: dict[int, list[int]] = {}
    for position in {*case.tagged, *case.cited}:
        several = [(-here[position], at) for at, here in enumerate(scores) if position in here]
        by_disclosure[position] = [at for _, at in sorted(several)]
    for position, gold in case.tagged.items():
        order = by_disclosure[position]
        places = [place for place, at in enumerate(order, start=1) if at in gold]
        found["MAP"].append(sum(number / place for number, place in enumerate(places, start=1)) / len(gold))
        found["MRR"].append(1 / places[0] if places else 0.0)
        for most in (1, 3, 5):
            found[f"R@{most}"].append(len(gold.intersection(order[:most])) / len(gold))
    for position, cited in case.cited.items():
        for most in (1, 3):
            found[f"page@{most}"].append(float(bool(cited.intersection(by_disclosure[position][:most]))))
    reports: dict[int, set[int]] = {}
    for position, gold in case.tagged.items():
        for at in gold:
            reports.setdefault(at, set()).add(position)
    for at, right in reports.items():
        best = sorted(scores[at], key=lambda position: -scores[at][position])
        found["P@1"].append(float(bool(right.intersection(best[:1]))))
        found["hit@3"].append(float(bool(right.intersection(best[:3]))))
    return found


def judged(case: Case, scores: Scores) -> list[tuple[float, bool]]:
    """(score, right) of the three best of each disclosure, as ``suggest`` prints them."""
    found = []
    for position in range(len(case.field.keys)):
        best = sorted(((here[position], at) for at, here in enumerate(scores) if position in here), reverse=True)[:3]
        answers = ((score, _right(case, position, at)) for score, at in best)
        found += [(score, answer) for score, answer in answers if answer is not None]
    return found


def _right(case: Case, position: int, at: int) -> bool | None:
    """A place that the tags or the index name is right; one of a disclosure that has neither is unknown."""
    if position not in case.tagged and position not in case.cited:
        return case.answer(position, at)
    return at in case.tagged.get(position, ()) or at in case.cited.get(position, ())


def measure(task: tuple[str, bool]) -> tuple[str, dict[str, Figures], dict[str, list[tuple[float, bool]]]]:
    """One report by every ranker, and how right the scores of both models are."""
    name, shipped = task
    case = next(each for each in _ALL if each.name == name)
    others = [each for each in _ALL if each is not case]
    models = {
        taught: fitted(taught=taught == TAUGHT) if shipped else learn(others, words=taught == TAUGHT)
        for taught in (TAUGHT, OTHERS)
    }
    own = TAUGHT if case.field.language == TAUGHT else OTHERS
    found = {"gri-index": figures(case, ranked(case, models[own]))}
    found["gri-index, short reports"] = joined(figures(each, ranked(each, models[own])) for each in case.slices)
    found["without learned words"] = figures(case, ranked(case, models[OTHERS]))
    found["BM25 on titles"], found["chance"] = figures(case, bm25(case)), figures(case, chance(case))
    answers = {
        taught: [answer for each in (case, *case.slices) for answer in judged(each, ranked(each, model))]
        for taught, model in models.items()
    }
    return name, found, answers


def joined(several: Iterable[Figures]) -> Figures:
    """The values of several reports together."""
    found: Figures = {name: [] for name in _NAMES}
    for each in several:
        for name, values in each.items():
            found[name] += values
    return found


def _load(folder: Path) -> None:
    _ALL.extend(cases(folder))


def _line(name: str, found: Figures, show: Callable[[float], str] = "{:8.3f}".format) -> str:
    return f"{name:26}" + "".join(show(mean(found[each])) if found[each] else f"{'-':>8}" for each in _NAMES)


def _print_calibration(model: str, found: Sequence[tuple[float, bool]]) -> None:
    print(f"\nof the first three of each disclosure, by score (weights for {model}):")
    for low in (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = low + (0.05 if low < 0.1 else 0.1)
        answers = [right for score, right in found if low <= min(score, 0.999) < high]
        if answers:
            print(f"  {low:.2f} to {high:.2f}: {len(answers):5} suggestions, {sum(answers) / len(answers):.2f} right")


def calibration(found: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    """(score, share that was right), both rising (isotonic regression by pooling adjacent violators)."""
    ordered = sorted(found)
    size = max(1, len(ordered) // _POINTS)
    groups = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    pools: list[tuple[float, float, int]] = []  # (mean score, share, count)
    for group in groups:
        pool = mean(score for score, _ in group), mean(right for _, right in group), len(group)
        while pools and pools[-1][1] >= pool[1]:
            score, share, count = pools.pop()
            both = count + pool[2]
            pool = (score * count + pool[0] * pool[2]) / both, (share * count + pool[1] * pool[2]) / both, both
        pools.append(pool)
    return [(0.0, 0.0), *((round(score, 3), round(share, 3)) for score, share, _ in pools), (1.0, round(pools[-1][1], 3))]


def main() -> int:
    folder = corpus_named()
    if folder is None:
        return 2
    _load(folder)
    tasks = [(case.name, "--shipped" in sys.argv) for case in _ALL]
    print(f"{'report':26}" + "".join(f"{name:>8}" for name in _NAMES))
    totals: dict[str, Figures] = {}
    answered: dict[str, list[tuple[float, bool]]] = {TAUGHT: [], OTHERS: []}
    with ProcessPoolExecutor(initializer=_load, initargs=(folder,)) as pool:
        for name, several, answers in pool.map(measure, tasks):
            print(_line(name, several["gri-index"]), flush=True)
            for model, several_answers in answers.items():
                answered[model] += several_answers
            for ranker, found in several.items():
                total = totals.setdefault(ranker, {each: [] for each in _NAMES})
                for each, values in found.items():
                    total[each] += values
    print()
    for ranker, total in totals.items():
        print(_line(ranker, total))
    count = {each: len(values) for each, values in totals["gri-index"].items()}
    print(f"{count['MAP']} disclosures by tags, {count['hit@3']} tagged sections, {count['page@1']} disclosures by cited pages")
    for model, found_answers in answered.items():
        _print_calibration(model, found_answers)
    if "--write" in sys.argv:
        weights = json.loads(FILE.read_text("utf-8"))
        for model, found_answers in answered.items():
            weights[model]["calibration"] = calibration(found_answers)
        FILE.write_text(json.dumps(weights, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
