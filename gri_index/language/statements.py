"""What a text claims about its use of the GRI Standards.

Recognised by the wordings that the program prints (GRI 1, Requirement 8-a; reporting
with reference, a-ii) in every language, else by the words of the lexicon: what reports
print in their place, those of the 2016 rules among them.
"""

import datetime
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gri_index.language.dates import find_dates, find_period
from gri_index.language.labels import wordings
from gri_index.language.lexicon import any_of, matcher, phrases, says
from gri_index.language.text import fold, is_east_asian
from gri_index.model.terms import Basis

_TEMPLATES = {"statement-in-accordance": Basis.IN_ACCORDANCE, "statement-with-reference": Basis.WITH_REFERENCE}
_SENTENCE = re.compile(
    r"(?<=[\u3002\uff01\uff1f])|(?<=[a-z)%\u201d\"][.!?])\s+(?=[A-Z\u00c0-\u00df\u201e\u201c\"])"
    r"|(?<=\d\d\d\d[.!?])\s+(?=[A-Z\u00c0-\u00df\u201e\u201c\"])|\n{2,}|\s\|\s"
)
_HARD_END = re.compile(r"[\u3002\uff1a!?|\n]|:(?=\s|[^\x00-\u024f]|$)")  # no name goes on behind one of these
_SOFT_END = re.compile(r"(?P<word>\S+)\.\s+")
_MOST = 600  # characters of a sentence
_FAR = 120  # characters between a claim's words and the name of the Standards
_LONGEST_NAME = 150
_SHORT_LABEL = 8  # characters: a shorter one may be part of a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence that claims a use of the GRI Standards."""

    text: str
    basis: Basis
    organization: str = ""
    start: datetime.date | None = None
    end: datetime.date | None = None
    old: bool = False  # worded after the 2016 rules: "Core option", "GRI-referenced"

    @property
    def complete(self) -> bool:
        """Organization, start and end are all there."""
        return bool(self.organization and self.start and self.end)


def find_statements(text: str) -> Iterator[Statement]:
    """The claims in a text: those in the standard wording first, then others in their order.

    >>> [each] = find_statements("Halden S.p.A. has reported in accordance with the GRI Standards for the period 1 January 2025 to 31 December 2025.")
    >>> each.basis.value, each.organization, str(each.start), str(each.end)
    ('in accordance', 'Halden S.p.A.', '2025-01-01', '2025-12-31')
    """
    if not speaks_of_gri(text):
        return
    line = " ".join(text.split())
    folded = fold(line)
    lower = folded.casefold()
    for key, expression, basis in _standard_wordings():
        for match in re.finditer(expression, folded) if key in lower else ():
            name = _name(line[: match.start()])
            days = [find_dates(match[group])[:1] for group in ("start", "end")]
            start, end = (day[0] if day else None for day in days)
            if end and not start and (period := find_period(match.group())):  # "1 January to 31 December 2025"
                start, end = period
            begin = line.rfind(name, 0, match.start())
            yield Statement(text=line[begin : match.end()], basis=basis, organization=name, start=start, end=end)
            text, folded = "", f"{folded[:begin]}{' ' * (match.end() - begin)}{folded[match.end() :]}"
    yield from _in_other_words(text or folded)


def speaks_of_gri(text: str) -> bool:
    """True where a text can claim a use of the GRI Standards at all."""
    return "GRI" in text or matcher("standards-body").search(text) is not None


@cache
def _standard_wordings() -> tuple[tuple[str, str, Basis], ...]:
    """(longest word, expression, claim) of the standard wordings of all languages, without the organization, which opens each.

    An expression is compiled where its word stands in a text: compiling all of them takes longer than a short report.
    """
    found: dict[str, tuple[str, Basis]] = {}
    for id, basis in _TEMPLATES.items():
        for wording in wordings(id).values():
            words = re.findall(r"[a-z\u00c0-\u024f]{4,}", re.sub(r"\{\w+\}", " ", fold(wording)).casefold())
            found.setdefault(_expression(wording), (max(words, key=len, default=""), basis))
    return tuple((key, expression, basis) for expression, (key, basis) in found.items())


def _expression(wording: str) -> str:
    """A label with places for start and end as a regular expression; blanks and case do not matter."""
    rest = fold(wording).partition("{organization}")[2].rstrip(".\u3002 ")
    parts = re.split(r"\{(start|end)\}", rest)
    texts = ["".join(_pieces(part)) for part in parts[::2]]
    places = [f"(?P<{name}>.{{4,60}}?)" for name in parts[1::2]]
    if not texts[-1]:  # the end closes the sentence: it reaches to its year, or is a placeholder in brackets
        places[-1] = rf"(?P<{parts[-2]}>\[[^\]]{{2,60}}\]|.{{2,40}}?(?:19|20)\d\d)"
    return "(?i:" + "".join(text + place for text, place in zip(texts, [*places, ""], strict=True)) + ")"


def _pieces(part: str) -> Iterator[str]:
    """Words with their blanks; characters that are written together may have blanks between them."""
    for close, run in itertools.groupby(part, is_east_asian):
        if close:
            yield from (rf"\s*{re.escape(char)}\s*" for char in run)
        else:
            yield from (r"\s+" if piece.isspace() else re.escape(piece) for piece in re.findall(r"\s+|\S+", "".join(run)))


def _name(before: str) -> str:
    """The name that ends a text: back to where its sentence begins. A full stop inside a name ("S.p.A.", "Co. Ltd") is no end."""
    start = max((match.end() for match in _HARD_END.finditer(before)), default=0)
    for match in _SOFT_END.finditer(before, start):
        word = match["word"].strip("(\"'")
        if len(word) > 1 and "." not in word and not _company_form().fullmatch(word):
            start = match.end()
    announced = [match.end() for match in _announced().finditer(before, start)]  # "GRI content index Statement of use Halden AB"
    name = _label().sub("", before[max([start, *announced]) :]).strip(" ,\"'\u201c\u201d\u3001\uff0c")
    return name if len(name) <= _LONGEST_NAME else ""


@cache
def _label() -> re.Pattern[str]:
    """Matches the words that announce a statement of use, where a conversion ran them into it."""
    return re.compile(rf"^\W*(?:{'|'.join(re.escape(text) for text in wordings('statement-label').values())})\W*", re.IGNORECASE)


@cache
def _announced() -> re.Pattern[str]:
    """Matches the label of a statement of use where a title ran into it."""
    labels = [text for text in wordings("statement-label").values() if len(text) > _SHORT_LABEL]
    return re.compile(rf"\b(?:{'|'.join(re.escape(text) for text in labels)})\b\W*", re.IGNORECASE)


@cache
def _company_form() -> re.Pattern[str]:
    return re.compile(any_of("company-form"))


# ── other wordings ──


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns made of the lexicon."""

    standards: re.Pattern[str]
    bases: tuple[tuple[re.Pattern[str], Basis], ...]
    opens: re.Pattern[str]
    names: tuple[re.Pattern[str], ...]


@cache
def _words() -> _Words:
    accordance, reference, already = any_of("accordance"), any_of("reference"), any_of("already")
    label = r"^(?:[^\uff1a:]{2,12}[\uff1a:])?\W*"
    return _Words(
        standards=re.compile(
            rf"GRI[\s\u2019'-]*(?:{any_of('standards-qualifier')}[\s-]*)*{any_of('standards')}"
            rf"|{any_of('standards-of')}(?:\s\w{{2,5}}){{0,2}}\s(?:{any_of('standards-body')}\s?\(?)?GRI(?![A-Za-z])|{any_of('standards-body')}"
        ),
        bases=((re.compile(accordance), Basis.IN_ACCORDANCE), (re.compile(reference), Basis.WITH_REFERENCE)),
        opens=re.compile(rf"\W*{any_of('figure-opening')}[^,]{{0,40}},"),
        names=(
            re.compile(rf"{label}(?P<name>[^\u3002\uff1a:\uff0c,\u3001]{{2,40}}?){already}(?=(?:{accordance}|{reference}))"),
            re.compile(
                rf"{label}(?P<name>[^\u3002\uff1a:\uff0c,\u3001]{{2,60}}?){already}?{any_of('during')}?\s?(?=(?:19|20)\d\d\s?\u5e74)"
            ),
            re.compile(rf"^\W*(?P<name>[^\u3002\uff1a:]{{2,60}}?){any_of('organization-particle')}[\u3001,\s]"),
        ),
    )


@cache
def _literals() -> frozenset[str]:
    """The longest word of each wording for the Standards: without one of them, no pattern need be compiled to see that nothing is claimed."""
    found = set()
    for id in ("standards", "standards-of", "standards-body"):
        for phrase in (phrase for several in phrases(id).values() for phrase in several):
            bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", phrase)
            found.add(max(re.findall(r"[^\W\d_]+", fold(bare).casefold()), key=len, default=""))
    return frozenset(found)


def _in_other_words(text: str) -> Iterator[Statement]:
    lower = text.casefold()
    if not any(literal in lower for literal in _literals()):
        return
    words = _words()
    labelled = False
    for sentence in _SENTENCE.split(text):
        plain = fold(" ".join(sentence.split()))
        labelled, before = _label().fullmatch(plain) is not None, labelled  # the label of a statement alone, before it
        says_so = before or _label().match(plain) is not None or matcher("statement-verb").search(plain) is not None
        if len(plain) > _MOST or not words.standards.search(plain) or not says_so:
            continue
        basis = _basis(plain)
        if basis is None or words.opens.match(plain) or matcher("negated", "not-a-claim").search(plain):
            continue
        period = find_period(plain)
        yield Statement(
            text=" ".join(sentence.split()),
            basis=basis,
            organization=_organization(plain),
            start=period[0] if period else None,
            end=period[1] if period else None,
            old=says(re.sub(r"[^\w\s-]+", " ", plain), "option-2016"),
        )


def _basis(sentence: str) -> Basis | None:
    """The claim whose words stand nearest to the name of the Standards; None for none."""
    named = _words().standards.search(sentence)
    assert named is not None
    near: list[tuple[int, Basis]] = []
    for pattern, basis in _words().bases:
        for match in pattern.finditer(sentence):
            distance = min(abs(named.start() - match.end()), abs(match.start() - named.end()))
            near.append((distance, basis))
    closest = min(near, default=None, key=lambda each: each[0])
    return closest[1] if closest and closest[0] <= _FAR else None


def _organization(sentence: str) -> str:
    """Who claims: what stands before the verb, or before a particle; "" where that is no name."""
    verb = matcher("organization-verb").search(sentence)
    named = [match["name"] for pattern in _words().names if (match := pattern.search(sentence))]
    for name in ([_name(sentence[: verb.start()])] if verb else []) + named:
        name = name.strip(" ,\uff0c\u3001")
        if name and not _own_report().match(name):
            return re.sub(rf"^{any_of('article')}\s(?=[A-Z\u00c0-\u00df])", "", name)
    return ""


@cache
def _own_report() -> re.Pattern[str]:
    return re.compile(any_of("own-report"))
