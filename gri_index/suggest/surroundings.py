"""What the sections around one say of it: a topic fills several sections, and a report has a part that reports it.

Taken from the sums of a first look at every section, so that each section is judged a
second time knowing its neighbours, its rivals, and what else it reports.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

from gri_index.suggest.traits import Traits

_NEAR, _FAR = 3, 10  # sections on either side
_LOWEST = -9.0  # of a sum that is compared
FIRST = "first"  # the trait that holds the sum of the first look

Sums = Sequence[Mapping[int, float]]  # per section: position of a disclosure -> sum


def sure(total: float) -> float:
    """A sum as a share of 1."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def surroundings(sums: Sums, topics: Sequence[str]) -> list[dict[int, Traits]]:
    """Per section and disclosure: the traits of the second look. ``topics``: the Standard of each disclosure."""
    shares = [{position: sure(total) for position, total in here.items()} for here in sums]
    by_topic = [_by_topic(here, topics) for here in shares]
    whole = [sum(here.values()) for here in shares]
    until = [0.0, *accumulate(whole)]
    best: dict[int, float] = {}
    for here in sums:
        for position, total in here.items():
            best[position] = max(best.get(position, _LOWEST), total)
    found = []
    for at, here in enumerate(sums):
        near = [other for other in _around(at, _NEAR, len(sums)) if other != at]
        far = _around(at, _FAR, len(sums))
        region = math.log1p(max(0.0, until[far.stop] - until[far.start] - whole[at]))
        order = sorted(here.values(), reverse=True)
        rank = {total: place for place, total in reversed(list(enumerate(order)))}
        found.append(
            {
                position: {
                    FIRST: total,
                    "behind-best": total - best[position],
                    "near": math.sqrt(sum(shares[other].get(position, 0.0) for other in near)),
                    "near-topic": math.sqrt(sum(by_topic[other].get(topics[position], 0.0) for other in near)),
                    "same-topic": math.sqrt(max(0.0, by_topic[at][topics[position]] - shares[at][position])),
                    "region": region,
                    "crowd": math.log1p(whole[at]),
                    "rivals": math.log1p(rank[total]),
                    **dict(_beside(shares, at, position)),
                }
                for position, total in here.items()
            }
        )
    return found


def _by_topic(shares: Mapping[int, float], topics: Sequence[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for position, share in shares.items():
        found[topics[position]] = found.get(topics[position], 0.0) + share
    return found


def _around(at: int, reach: int, count: int) -> range:
    return range(max(0, at - reach), min(count, at + reach + 1))


def _beside(shares: Sequence[Mapping[int, float]], at: int, position: int) -> Iterator[tuple[str, float]]:
    yield "before", shares[at - 1].get(position, 0.0) if at else 0.0
    yield "behind", shares[at + 1].get(position, 0.0) if at + 1 < len(shares) else 0.0
