"""What a text claims about its use of the GRI Standards.

The wordings are those of GRI 1 (Requirement 8-a; reporting with reference, a-ii), of its
translations, and what reports print in their place, those of the 2016 rules among them.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from gri_index.model.terms import Basis
from gri_index.statements.dates import find_period
from gri_index.tags.grammar import fold

_STANDARDS = re.compile(
    r"GRI[\s’'-]*(?:(?:sustainability|reporting|universal|可持续发展(?:报告)?|永續性?報導|サステナビリティ・?(?:レポーティング|報告)?・?|지속가능(?:경영)?\s?보고서?)[\s-]*)*"
    r"(?:standards?|标准|標準|准则|準則|スタンダード|スタンダ|가이드라인|기준|표준|stand[aá]rds?)"
    r"|(?:standards?|estándares|normas|padrões|normes|linee guida|standar)\s(?:de\s|della\s|del\s|du\s|da\s|dei\s)?(?:la\s)?(?:Global Reporting Initiative\s?\(?)?GRI\b"
    r"|Global Reporting Initiative|全球报告倡议组织|全球報告倡議組織|全球永續性報告協會",
    re.IGNORECASE,
)
_ACCORDANCE = re.compile(
    r"in accordance (?:with|to)|in compliance with|in conformity with|in Übereinstimmung mit|gemäß|de conformidad con|conforme (?:a|con|aux)"
    r"|en conformidad con|de acuerdo (?:a|con)|em conformidade com|de acordo com|en conformité avec|conformément (?:à|aux)"
    r"|in conformità (?:a|con|ai|agli)|sesuai dengan"
    r"|(?:根据|依据|按照|遵循|遵照|符合|根據|依據|依循|依照)|準拠|に則|준거|부합|준수하여|에 따라",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"with reference to|by reference to|in reference to|referencing|GRI[- ]referenced|unter Bezugnahme auf|mit Bezug(?:nahme)? auf|in Anlehnung an"
    r"|(?:con|utilizando como|tomando como|por|en) referencia (?:a|los|las)?|com (?:base n[ao]s?|referência (?:a|à|às|aos))|en référence (?:à|aux)|en se référant|par référence"
    r"|con riferimento (?:a|ai|agli)|merujuk|mengacu|dengan referensi"
    r"|参照|參照|参考|參考|참조|참고",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\bhas (?:been )?(?:reported|prepared)|have (?:reported|prepared)|(?:is|was|been|are) (?:prepared|compiled|drawn|written|reported|disclosed|created)|we (?:report|prepare)|reports? (?:the|in|with)|cited in this"
    r"|berichtet|erstellt|verfasst|ha (?:presentado|elaborado|preparado|reportado|informado|rendicontato|redatto)|elaborad|preparad|relatou|relatório|redatt|rendicontat|a communiqué|établi|rédigé|préparé|se ha"
    r"|编制|編制|編製|编写|编撰|撰写|撰寫|披露|揭露|报告|報告|報導|作成|開示|작성|보고|공시|disusun|melaporkan",
    re.IGNORECASE,
)
_OPTION = re.compile(
    r"\b(?:core|comprehensive)\b(?:\s|-)*(?:option|level)|\b(?:option|opción|opção|opzione|Option)\W{1,3}[„“\"']?(?:core|comprehensive|kern|umfassend|esencial|exhaustiva|essencial|abrangente)"
    r"|in accordance\W{1,3}core|\bGRI[- ]referenced|[„“\"']?(?:Kern|Core)[”“\"']?[- ]Option|核心(?:选项|方案|選項)|全面(?:选项|方案|選項)|中核",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\bnot (?:been )?(?:prepared|reported|in accordance)|nicht (?:in|gemäß)|no (?:se )?ha|未(?:根据|按照|依)", re.IGNORECASE
)
# The reader's mind, not the report's: assurance, requirements, plans.
_ELSEWHERE = re.compile(
    r"assurance|\bISAE\b|AA1000|auditor|criteria|should|must be|requirements? (?:of|for)|to be reported|we will|plan to|in future|evidence we|assurer|come to our attention|鉴证|鑒證|保证|確信|確証|보증|검증",
    re.IGNORECASE,
)
_ORGANIZATION = (
    re.compile(
        r"^\W*(?P<name>(?:[^.。:：]|\.(?=\S|\s[A-Z&(]|\s(?:has|have)\b)){2,120}?),?\s(?:has|have) (?:reported|prepared)\b"
    ),
    re.compile(
        r"^(?:[^：:]{2,12}[：:])?\W*(?P<name>[^。：:，,、]{2,40}?)(?:已|已经)(?=参照|參照|参考|參考|根据|根據|依据|依循|按照|符合|遵循)"
    ),
    re.compile(r"^(?:[^：:]{2,12}[：:])?\W*(?P<name>[^。：:，,、]{2,60}?)(?:已)?在?\s?(?=(?:19|20)\d\d\s?年)"),
    re.compile(r"^\W*(?P<name>[^。：:]{2,60}?)(?:は|은|는)[、,\s]"),
    re.compile(r"^\W*(?P<name>[^.:]{2,120}?)\sha (?:presentado|reportado|informado|elaborado|rendicontato|redatto|comunicato)\b"),
    re.compile(r"^\W*(?P<name>[^.:]{2,120}?)\s(?:relatou|a communiqué|hat\b|berichtet\b|telah melaporkan)"),
)
_NO_NAME = re.compile(
    r"^(?:it|we|this|the (?:report|company|group|organization)|our|the following|本报告|本報告|我们|我們|本集团|本公司|报告|報告|本報|当社|당사|本レポート|questo|este|der bericht|dieser)\b",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"\W*(?:with reference to|mit Bezug|con referencia|con riferimento|in accordance with) [^,]{0,40},", re.IGNORECASE
)  # of one figure
_SENTENCE = re.compile(
    r"(?<=[。！？])|(?<=[a-z)%”\"][.!?])\s+(?=[A-ZÀ-ß„“\"])|(?<=\d\d\d\d[.!?])\s+(?=[A-ZÀ-ß„“\"])|\n{2,}|\s\|\s"
)
_MOST = 600  # characters of a sentence


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
    """The claims in a text, in order.

    >>> [each] = find_statements("Halden AB has reported in accordance with the GRI Standards for the period 1 January 2025 to 31 December 2025.")
    >>> each.basis.value, each.organization, str(each.start), str(each.end)
    ('in accordance', 'Halden AB', '2025-01-01', '2025-12-31')
    """
    if "GRI" not in text and "Global Reporting" not in text and "全球" not in text:
        return
    for sentence in _SENTENCE.split(text):
        plain = fold(" ".join(sentence.split()))
        if len(plain) > _MOST or not _STANDARDS.search(plain) or not _VERB.search(plain):
            continue
        basis = _basis(plain)
        if basis is None or _OPENS.match(plain) or _NEGATED.search(plain) or _ELSEWHERE.search(plain):
            continue
        period = find_period(plain)
        yield Statement(
            text=" ".join(sentence.split()),
            basis=basis,
            organization=_organization(plain),
            start=period[0] if period else None,
            end=period[1] if period else None,
            old=_OPTION.search(plain) is not None,
        )


def _basis(sentence: str) -> Basis | None:
    """The claim whose words stand nearest to the name of the Standards; None for none."""
    named = _STANDARDS.search(sentence)
    assert named is not None
    near: list[tuple[int, Basis]] = []
    for pattern, basis in ((_ACCORDANCE, Basis.IN_ACCORDANCE), (_REFERENCE, Basis.WITH_REFERENCE)):
        for match in pattern.finditer(sentence):
            distance = min(abs(named.start() - match.end()), abs(match.start() - named.end()))
            near.append((distance, basis))
    closest = min(near, default=None, key=lambda each: each[0])
    return closest[1] if closest and closest[0] <= 120 else None


def _organization(sentence: str) -> str:
    for pattern in _ORGANIZATION:
        match = pattern.search(sentence)
        if match and not _NO_NAME.match(match["name"].strip()):
            named = re.sub(r"^(?:Die|Der|Das)\s(?=[A-ZÄÖÜ])", "", match["name"].strip())
            return re.sub(r"^(?:statement of use|使用说明|使用聲明|利用に関する声明)\W*", "", named, flags=re.IGNORECASE).strip(
                " ,，、"
            )
    return ""
