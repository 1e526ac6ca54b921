"""Other frameworks: their items, the disclosures that serve each, and how an index serves them."""

from dataclasses import dataclass
from enum import StrEnum

from gri_index.model.index import Location
from gri_index.model.text import LocalText


class Relation(StrEnum):
    """How an item and a disclosure belong together."""

    EQUIVALENT = "equivalent"  # the same figure or statement
    PARTIAL = "partial"  # they overlap: one asks for more
    RELATED = "related"  # the same subject


class State(StrEnum):
    """How a row of a crosswalk is known."""

    PRINTED = "printed"  # in a table of the issuer or of GRI
    PRACTICE = "practice"  # in published indexes
    CONTENT = "content"  # the texts of both were compared
    PROXY = "proxy"  # in another issuer's table of the same items
    REASONING = "reasoning"
    DERIVED = "derived"  # from another crosswalk
    UNVERIFIED = "unverified"

    @property
    def verified(self) -> bool:
        """True for what somebody saw; the others are shown on demand alone."""
        return self not in (State.DERIVED, State.UNVERIFIED)


class Origin(StrEnum):
    """Whose table a crosswalk is."""

    ISSUER = "issuer"
    PRACTICE = "practice"
    OWN = "own"  # put together here from several sources


@dataclass(frozen=True, slots=True)
class Item:
    """What a framework asks for, by its own number."""

    id: str  # "E1-6", "8.5", "A1.2"
    title: LocalText  # a short name of ours, not the framework's wording
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class CodeForm:
    """How reports write the codes of a framework."""

    names: tuple[str, ...]  # of which one stands before the code: "ESRS"
    form: str  # regular expression of the code itself
    item: str = r"\g<0>"  # the item that a match means, as a template of re
    bare: bool = False  # the code is known without a name too


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A disclosure that serves an item."""

    item: str
    number: str
    edition: str = ""  # "": every edition
    requirement: str = ""
    relation: Relation
    state: State
    source: str  # where it is known from
    paragraph: str = ""  # of the item
    topics: tuple[
        str, ...
    ] = ()  # of 3-3: Standards or disclosures of the topics for which it counts; "any"; empty: those of the item


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """One edition of a framework against the GRI Standards."""

    framework: str  # "esrs-2023"
    name: LocalText
    issuer: str
    edition: str
    origin: Origin
    items: tuple[Item, ...]
    links: tuple[Link, ...]
    codes: tuple[CodeForm, ...] = ()


class Service(StrEnum):
    """How far an index serves an item."""

    SERVED = "served"  # each disclosure of it is reported
    PARTLY = "partly"  # some are reported, or in part
    OMITTED = "omitted"  # none is reported, some are omitted with a reason
    OPEN = "open"  # none is in the index
    UNVERIFIED = "unverified"  # disclosures may serve it; nobody saw that in a source
    NOTHING = "nothing"  # no disclosure of GRI serves it, as far as is known


@dataclass(frozen=True, slots=True)
class ServedItem:
    """An item with what serves it."""

    item: Item
    service: Service
    links: tuple[Link, ...]  # those that count, one for each disclosure
    reported: tuple[str, ...]  # numbers that the index reports, whole or in part
    locations: tuple[Location, ...]
    tagged: bool = False  # the report itself names the item; its places come first
