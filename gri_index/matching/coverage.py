"""What of a disclosure is reported, omitted, missing; and the status that follows."""

from collections.abc import Iterable, Sequence

from gri_index.model.index import Coverage, Omission, Status
from gri_index.model.keys import requirement_order
from gri_index.model.standards import Disclosure


def leaves_under(labels: Iterable[str], leaves: Sequence[str]) -> set[str]:
    """The finest requirements that ``labels`` stand for: "c" stands for all of c-i, c-ii and so on."""
    return {leaf for label in labels for leaf in leaves if leaf == label or leaf.startswith(f"{label}-")}


def unknown_labels(labels: Iterable[str], disclosure: Disclosure) -> list[str]:
    """Labels that the disclosure does not have; none can be told where its requirements are not known."""
    known = {requirement.label for requirement in disclosure.requirements}
    return [label for label in labels if known and label not in known]


def cover(leaves: Sequence[str], tagged: Sequence[tuple[str, ...]], omissions: Sequence[Omission]) -> tuple[Coverage, bool]:
    """(coverage of the finest requirements, whether each of them was tagged by itself).

    ``tagged``: the requirement labels of each place, () for the disclosure as a whole.
    Omissions that are not permitted omit nothing.
    """
    named = leaves_under((label for labels in tagged for label in labels), leaves)
    exact = {label for labels in tagged for label in labels if label in leaves}
    omitted: set[str] = set()
    for omission in (each for each in omissions if each.permitted):
        if omission.requirements:
            omitted |= leaves_under(omission.requirements, leaves)
        elif not tagged:
            omitted |= set(leaves)
    omitted -= exact  # a tag on the very requirement outweighs; one on its parent does not
    whole = any(not labels for labels in tagged)
    reported = (set(leaves) if whole else named) - omitted
    missing = set(leaves) - reported - omitted
    itemised = bool(named) and set(leaves) <= named | omitted
    return Coverage(_sorted(reported), _sorted(omitted), _sorted(missing)), itemised


def _sorted(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(labels, key=requirement_order))


def status_of(coverage: Coverage, tagged: Sequence[tuple[str, ...]], omissions: Sequence[Omission], required: bool) -> Status:
    """The status of a row (design: what covers it; ``required`` only tells missing from planned)."""
    valid = [omission for omission in omissions if omission.permitted]
    if not tagged:
        if any(not omission.requirements for omission in valid) or (coverage.omitted and not coverage.missing):
            return Status.OMITTED
        if valid:  # a part is omitted with its reason, and of the rest nothing is said
            return Status.PARTIAL
        return Status.MISSING if required else Status.PLANNED
    whole = any(not labels for labels in tagged)
    if not whole and (coverage.missing or not coverage.reported):
        return Status.PARTIAL
    # Where the requirements of a disclosure are not known, the stated omission has to be believed.
    partly = coverage.omitted or (not coverage.reported and any(omission.requirements for omission in valid))
    return Status.REPORTED_WITH_OMISSIONS if partly else Status.REPORTED


def compress(labels: Sequence[str], disclosure: Disclosure) -> list[str]:
    """The labels with complete groups by their parent: c-i, c-ii, c-iii -> c."""
    left, shown = list(labels), []
    for requirement in disclosure.requirements:
        under = [leaf for leaf in disclosure.leaves if leaf == requirement.label or leaf.startswith(f"{requirement.label}-")]
        if under and all(leaf in left for leaf in under):
            shown.append(requirement.label)
            left = [leaf for leaf in left if leaf not in under]
    return shown
