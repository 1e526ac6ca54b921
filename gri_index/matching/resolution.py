"""Which edition a reference means. Decided here once, with the reasons in order of weight."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence

from gri_index.model.keys import Certainty, DisclosureKey, Reference, Resolution
from gri_index.model.report import Tag
from gri_index.model.standards import Catalogue


class Resolver:
    """Resolves the references of one report.

    Order: the only edition; the edition the tag states; a Standard named with its year,
    or a disclosure's title, near the tag; the edition that the profile lists; validity on
    the publication date; the edition that the report's other tags of the Standard need;
    the newest.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        publication: datetime.date | None,
        tags: Sequence[Tag] = (),
        listed: Sequence[Reference] = (),
        *,
        after: datetime.date | None = None,
    ) -> None:
        """``after``: the end of the reporting period; no report is published before it."""
        self._after = after
        self._catalogue = catalogue
        self._publication = publication
        self._listed: dict[str, set[str]] = {}
        for reference in listed:
            if reference.number and reference.edition:
                self._listed.setdefault(reference.number, set()).add(reference.edition)
        self._siblings: Counter[tuple[str, str]] = Counter()
        for tag in tags:
            keys = self._valid(catalogue.editions_of(tag.reference.number or ""))
            if len(keys) == 1:
                self._siblings[keys[0].standard, keys[0].edition] += 1

    def resolve(self, reference: Reference, context: str = "") -> Resolution:
        """The disclosure that a reference with a number means; ``context`` is the text around it."""
        keys = self._catalogue.editions_of(reference.number or "")
        if not keys:
            return Resolution(None, (), Certainty.NONE)
        if len(keys) == 1:
            return Resolution(keys[0], keys, Certainty.ONLY)
        if reference.edition:
            stated = [key for key in keys if key.edition == reference.edition]
            if stated:
                return Resolution(stated[0], keys, Certainty.STATED)
        if named := self._named(keys, context):
            return Resolution(named, keys, Certainty.NEARBY)
        listed = [key for key in keys if key.edition in self._listed.get(key.number, ())]
        if len(listed) == 1:
            return Resolution(listed[0], keys, Certainty.PROFILE)
        left = self._valid(keys)
        if len(left) == 1:
            return Resolution(left[0], keys, Certainty.DATE)
        counts = {key: self._siblings[key.standard, key.edition] for key in left}
        best = max(left, key=lambda key: (counts[key], key.edition))
        if sum(count > 0 for count in counts.values()) == 1:
            return Resolution(best, keys, Certainty.SIBLINGS)
        return Resolution(max(left, key=lambda key: key.edition), keys, Certainty.NEWEST)

    def _named(self, keys: Sequence[DisclosureKey], context: str) -> DisclosureKey | None:
        """The edition that the text names by year or by its disclosure's title."""
        years = set(re.findall(rf"\b{keys[0].standard}\b[^\d\n]{{0,50}}(20\d\d)", context))
        dated = [key for key in keys if key.edition in years]
        if len(dated) == 1:
            return dated[0]
        folded = context.casefold()
        titled = [key for key in keys if any(text.casefold() in folded for text in self._catalogue.disclosure(key).title.all)]
        return titled[0] if len(titled) == 1 else None

    def _over(self, key: DisclosureKey) -> bool:
        """True for an edition that was over before the reporting period ended."""
        until = self._catalogue.disclosure(key).valid_until or self._catalogue.standard_of(key).valid_until
        return until is not None and self._after is not None and until < self._after

    def _valid(self, keys: Sequence[DisclosureKey]) -> Sequence[DisclosureKey]:
        """Editions in force on the publication date; else those not yet replaced (early adoption)."""
        if self._publication is None:
            return [key for key in keys if not self._over(key)] or keys
        day = self._publication
        in_force = [key for key in keys if self._catalogue.valid_on(key, day)]
        if in_force:
            return in_force
        coming = [key for key in keys if self._catalogue.standard_of(key).effective > day]
        return coming or keys
