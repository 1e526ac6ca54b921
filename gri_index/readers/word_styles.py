"""Which paragraphs of a Word file are headings, and which runs are hidden.

Source: ISO 29500-1, 17.7 (styles), 17.3.1.20 (outlineLvl), 17.3.2.41 (vanish).
"""

import re
from collections import Counter
from dataclasses import dataclass

from lxml import etree

from gri_index.language.lexicon import any_of
from gri_index.ooxml import W

_HEADING_NAME = re.compile(rf"^{any_of('heading-style')}\s*([1-9])$")
_TOC_NAME = re.compile(rf"^{any_of('contents-style')}\s*\d")
_SENTENCE_END = re.compile(r"[.。;；,，:：!！?？]\s*$")
_MAX_TITLE = 100
_MAX_DIGITS, _MAX_NUMBER = 32, 1e6


def q(name: str) -> str:
    """A WordprocessingML name in Clark notation."""
    return f"{{{W}}}{name}"


def is_on(element: etree._Element | None) -> bool:
    """The value of a toggle property (ISO 29500-1, 17.17.4: absent w:val means true)."""
    return element is not None and element.get(q("val"), "true") not in ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class _Style:
    """A style, with what it takes from the one it is based on; None: neither says."""

    name: str
    based_on: str | None
    level: int | None  # of headings; 0: text
    hidden: bool | None
    size: float | None  # points
    bold: bool | None

    def over(self, base: "_Style") -> "_Style":
        """The style with the base's values where it has none (ISO 29500-1, 17.7.2)."""
        return _Style(
            self.name,
            None,
            base.level if self.level is None else self.level,
            base.hidden if self.hidden is None else self.hidden,
            base.size if self.size is None else self.size,
            base.bold if self.bold is None else self.bold,
        )


class Styles:
    """Answers questions about paragraphs and runs by the document's styles."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles = {s.get(q("styleId"), ""): _style(s) for s in root.iterfind(q("style"))} if root is not None else {}
        self._resolved: dict[str, _Style] = {}
        self._by_look: dict[tuple[float, bool], int] = {}
        self._body = (0.0, False)

    def level(self, paragraph: etree._Element) -> int:
        """Heading level 1 … 9, or 0 for text."""
        properties = paragraph.find(q("pPr"))
        if properties is not None:
            outline = properties.find(q("outlineLvl"))
            if (value := _number(outline)) is not None:
                return int(value) + 1 if 0 <= value < 9 else 0
            style = self._style(_value(properties.find(q("pStyle"))))
            if style and style.level:
                return style.level
        return self._by_look.get(self._look(paragraph), 0) if self._by_look and _reads_as_title(paragraph) else 0

    def in_contents(self, paragraph: etree._Element) -> bool:
        """True for an entry of the table of contents, by its style."""
        style = self._styles.get(_value(paragraph.find(f"{q('pPr')}/{q('pStyle')}")) or "")
        return style is not None and _TOC_NAME.match(style.name) is not None

    def hidden(self, run: etree._Element) -> bool:
        """True for hidden text."""
        properties = run.find(q("rPr"))
        if properties is None:
            return False
        vanish = properties.find(q("vanish"))
        if vanish is not None:
            return is_on(vanish)
        style = self._style(_value(properties.find(q("rStyle"))))
        return style is not None and bool(style.hidden)

    def is_title(self, paragraph: etree._Element) -> bool:
        """True for a paragraph in Word's own style for the document's title."""
        style = self._style(_value(paragraph.find(f"{q('pPr')}/{q('pStyle')}")))
        return style is not None and style.name.strip().casefold() == "title"

    def struck(self, run: etree._Element) -> bool:
        """True for text that is struck through (ISO 29500-1, 17.3.2.37 and 17.3.2.9)."""
        properties = run.find(q("rPr"))
        return properties is not None and (is_on(properties.find(q("strike"))) or is_on(properties.find(q("dstrike"))))

    def learn_looks(self, body: etree._Element) -> None:
        """Where no paragraph is a heading by style, let size and weight decide.

        The commonest look is the text; larger or bold looks of short lines are headings,
        the largest first.
        """
        paragraphs = [p for p in body.iter(q("p")) if not any(a.tag == q("tbl") for a in p.iterancestors())]
        if any(self.level(p) for p in paragraphs):
            return
        weights: Counter[tuple[float, bool]] = Counter()
        for paragraph in paragraphs:
            weights[self._look(paragraph)] += len(_text(paragraph))
        if not weights:
            return
        self._body = weights.most_common(1)[0][0]
        size, bold = self._body
        looks = {self._look(p) for p in paragraphs if _reads_as_title(p)}
        titles = sorted(
            (look for look in looks if look[0] >= size * 1.1 or (look[1] and not bold and look[0] >= size)), reverse=True
        )
        self._by_look = {look: min(rank, 6) for rank, look in enumerate(titles, start=1)}

    def _style(self, id: str | None) -> _Style | None:
        """The style with what it inherits; each is worked out once, however long the chain."""
        chain: dict[str, None] = {}
        at = id
        while at and at in self._styles and at not in self._resolved and at not in chain:
            chain[at] = None
            at = self._styles[at].based_on
        base = self._resolved.get(at or "")
        for each in reversed(chain):
            base = self._styles[each].over(base) if base else self._styles[each]
            self._resolved[each] = base
        return self._resolved.get(id or "")

    def _look(self, paragraph: etree._Element) -> tuple[float, bool]:
        """(size in points, bold) of the paragraph's first run with text."""
        style = self._style(_value(paragraph.find(f"{q('pPr')}/{q('pStyle')}")) or "Normal")
        size, bold = (style.size or 10.0, bool(style.bold)) if style else (10.0, False)
        for run in paragraph.iter(q("r")):
            if not "".join(t.text or "" for t in run.iter(q("t"))).strip():
                continue
            properties = run.find(q("rPr"))
            if properties is not None:
                own = _number(properties.find(q("sz")))
                weight = properties.find(q("b"))
                return own / 2 if own else size, is_on(weight) if weight is not None else bold
            break
        return size, bold


def _style(element: etree._Element) -> _Style:
    outline = element.find(f"{q('pPr')}/{q('outlineLvl')}")
    properties = element.find(q("rPr"))
    vanish = properties.find(q("vanish")) if properties is not None else None
    bold = properties.find(q("b")) if properties is not None else None
    size = _number(properties.find(q("sz"))) if properties is not None else None
    name = _value(element.find(q("name"))) or ""
    return _Style(
        name=name,
        based_on=_value(element.find(q("basedOn"))),
        level=_level_of(name, _number(outline)),
        hidden=is_on(vanish) if vanish is not None else None,
        size=size / 2 if size else None,
        bold=is_on(bold) if bold is not None else None,
    )


def _level_of(name: str, outline: float | None) -> int | None:
    if outline is not None:
        return int(outline) + 1 if 0 <= outline < 9 else 0
    match = _HEADING_NAME.match(name.strip())
    return int(match[1]) if match else None


def _value(element: etree._Element | None) -> str | None:
    return element.get(q("val")) if element is not None else None


def _number(element: etree._Element | None) -> float | None:
    """A finite number of a size that a document may have; None for anything else."""
    try:
        number = float((_value(element) or "")[:_MAX_DIGITS])
    except ValueError:
        return None
    return number if abs(number) < _MAX_NUMBER else None


def _text(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(q("t")))


def _reads_as_title(paragraph: etree._Element) -> bool:
    text = _text(paragraph).strip()
    return 1 < len(text) <= _MAX_TITLE and not _SENTENCE_END.search(text) and not text.isdigit()
