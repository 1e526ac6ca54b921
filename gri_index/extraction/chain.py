"""A chain of labels: the best sequence for what was observed, under weights that a command fits.

A linear-chain model as in Collins, "Discriminative training methods for hidden Markov
models" (2002): the score of a sequence is the sum of the weights of each observation's
traits under its label, and of each step's traits under its two labels.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Observed:
    """One element: its own traits, and those of the step that leads to it."""

    traits: tuple[str, ...]
    step: tuple[str, ...] = ()


def best_path(
    observed: Sequence[Observed], labels: Sequence[str], weights: Weights, allowed: Sequence[Sequence[str]] | None = None
) -> list[str]:
    """The labels with the highest score (Viterbi); a tie goes to the label named first.

    ``allowed``: for each element the labels that it may have; all where it is not given.
    """
    scores: dict[str, float] = {}
    back: list[dict[str, str]] = []
    for number, each in enumerate(observed):
        own = {label: sum(weights.get(f"{label}|{trait}", 0.0) for trait in each.traits) for label in labels}
        if allowed:
            own = {label: score if label in allowed[number] else -math.inf for label, score in own.items()}
        if not number:
            scores = own
            continue
        origin, reached = {}, {}
        for label in labels:
            best, where = max(
                ((scores[past] + _step(past, label, each.step, weights), past) for past in labels), key=lambda pair: pair[0]
            )
            reached[label], origin[label] = best + own[label], where
        scores = reached
        back.append(origin)
    if not observed:
        return []
    path = [max(labels, key=lambda label: scores[label])]
    for origin in reversed(back):
        path.append(origin[path[-1]])
    return path[::-1]


def _step(past: str, label: str, traits: Sequence[str], weights: Weights) -> float:
    return sum(weights.get(f"{past}>{label}|{trait}", 0.0) for trait in traits)


def features(observed: Sequence[Observed], path: Sequence[str]) -> Iterator[str]:
    """Names of the weights that the score of a sequence adds up, each as often as it counts."""
    for number, (each, label) in enumerate(zip(observed, path, strict=True)):
        yield from (f"{label}|{trait}" for trait in each.traits)
        if number:
            yield from (f"{path[number - 1]}>{label}|{trait}" for trait in each.step)
