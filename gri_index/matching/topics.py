"""Material topics of the index, and the topic that a 3-3 belongs to (GRI 3: Material Topics 2021, 3-3)."""

import re
from collections.abc import Sequence

from gri_index.language.text import plain
from gri_index.model.index import IndexTopic
from gri_index.model.profile import Profile
from gri_index.model.report import Report, Section, Tag
from gri_index.model.terms import Origin
from gri_index.model.text import LocalText


def index_topics(report: Report, profile: Profile) -> tuple[IndexTopic, ...]:
    """The profile's topics; where it states none, those that tags name, in reading order."""
    if profile.topics:
        return tuple(
            IndexTopic(id=f"t{number}", name=topic.name, origin=Origin.PROFILE, stated=topic)
            for number, topic in enumerate(profile.topics, start=1)
        )
    named: dict[str, str] = {}
    for tag in report.tags:
        if tag.reference.topic:
            named.setdefault(plain(tag.reference.topic), tag.reference.topic)
    return tuple(
        IndexTopic(id=f"t{number}", name=LocalText((("", name),)), origin=Origin.TAGS)
        for number, name in enumerate(named.values(), start=1)
    )


class TopicFinder:
    """Finds the topic of a 3-3 by what its tag or section names."""

    def __init__(self, report: Report, topics: Sequence[IndexTopic]) -> None:
        self.topics = topics
        self._names = {topic.id: {plain(name) for name in topic.name.all} for topic in topics}
        self._spoken = {topic.id: topic.name.all for topic in topics}
        self._sections = {section.id: section for section in report.sections}
        self._by_disclosure: dict[str, set[str]] = {}
        for topic in topics:
            for reference in topic.stated.disclosures if topic.stated else ():
                self._by_disclosure.setdefault(reference.number or "", set()).add(topic.id)
        self._companions: dict[int, list[str]] = {}
        for tag in report.tags:
            if tag.reference.number and tag.reference.number != "3-3":
                self._companions.setdefault(tag.block, []).append(tag.reference.number)
        self._owned = {tag.section for tag in report.tags if tag.reference.number == "3-3" and self.of(tag)}

    def by_name(self, name: str) -> str | None:
        """Id of the topic with this name in any language, spelt tolerantly."""
        wanted = plain(name)
        return next((id for id, names in self._names.items() if wanted in names), None)

    def owns(self, section: str) -> bool:
        """True where another 3-3 of the section tells its topic."""
        return section in self._owned

    def of(self, tag: Tag) -> str | None:
        """Id of the topic, or None: a bare 3-3 is never spread over all topics."""
        if tag.reference.topic:
            return self.by_name(tag.reference.topic)
        section: Section | None = self._sections[tag.section]
        while section is not None:
            if found := self._in_title(section.title):
                return found
            section = self._sections.get(section.parent or "")
        near = [self._by_disclosure.get(number, set()) for number in self._companions.get(tag.block, ())]
        shared = set.union(*near) if near else set()
        return shared.pop() if len(shared) == 1 else None

    def _in_title(self, title: str) -> str | None:
        wanted = plain(title)
        exact = [id for id, names in self._names.items() if wanted in names]
        if exact:
            return exact[0]
        held = [id for id, names in self._spoken.items() if any(_holds(title, name) for name in names)]
        return held[0] if len(held) == 1 else None


def _holds(title: str, name: str) -> bool:
    """True where the title holds the name: as whole words, or anywhere in scripts that write none apart."""
    if re.search(r"[\u2e80-\u9fff\uac00-\ud7af]", name):
        return len(plain(name)) > 1 and plain(name) in plain(title)
    return len(name) > 2 and re.search(rf"\b{re.escape(name)}\b", title, re.IGNORECASE) is not None
