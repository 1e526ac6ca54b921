"""What a column is, by its head: recognised in any language, whatever the order.

The words are those seen in published indexes and in the sheets that consultants keep.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from gri_index.tags.grammar import fold


class Role(StrEnum):
    """What the cells of a column hold."""

    DISCLOSURE = "disclosure"  # its number, or number and title
    TITLE = "title"
    STANDARD = "standard"
    EDITION = "edition"
    TOPIC = "topic"
    SECTION = "section"  # a place in words: section, chapter, response
    PAGE = "page"
    REQUIREMENT = "requirement"  # requirements reported
    OMITTED = "omitted"  # requirements omitted
    REASON = "reason"
    EXPLANATION = "explanation"
    OMISSION = "omission"  # reason and explanation in one
    SECTOR = "sector"
    STATUS = "status"
    DOCUMENT = "document"
    URL = "url"
    OWNER = "owner"
    REVIEWER = "reviewer"
    AGREED = "agreed"
    WORKFLOW = "workflow"
    NOTE = "note"
    OTHER = "other"


# Tried in this order: what is more special first. Patterns match the folded, lower-case head.
_WORDS: tuple[tuple[Role, str], ...] = (
    (Role.SECTOR, r"sector|sektor|sectorial|setor|settore|行业标准|行業(?:準則|標準)|業種別|セクター|부문|섹터|sectoriel"),
    (Role.STATUS, r"^status$|^stato$|^estado$|^statut$|状态|狀態|ステータス|상태|^披露情况$|^揭露狀況$"),
    (Role.REVIEWER, r"review(?:er|ed by)|prüfer|revisor|审核人|審核人|确认者"),
    (Role.AGREED, r"agreed|approved by|freigegeben|批准人|核准|確認者"),
    (Role.WORKFLOW, r"workflow|bearbeitungsstand|流程|进度|進度"),
    (Role.OWNER, r"owner|responsible|verantwortlich|responsable|responsável|负责人|責任者|負責人|担当"),
    (Role.NOTE, r"internal note|interne notiz|nota interna|内部备注|內部備註|^notes?$|^备注$|^備註$|^備考$"),
    (Role.OMITTED, r"requirements?\W*(?:\(s\))?\W*omitted|omitted requirement|weggelassene|requisitos? omitid|exigences? omises?|requisit\w+ omess\w*|从略的要求|從略的要求|省略した要求|被省略|생략된? 요구|persyaratan yang"),
    (Role.REASON, r"^reasons?\b|reasons? for omission|^omission reason|^grund|^begründung der auslassung|^motivo|^raz[oó]n|^raison|^motivazione|^ragione|^原因$|从略原因|從略原因|省略の?理由|^理由$|생략 사유|^사유$|^alasan"),
    (Role.EXPLANATION, r"^explanation|^erläuterung|^erklärung|^explicaci|^explica[cç]|^explication|^spiegazione|^解释$|^解釋$|^说明$|^說明$|^説明$|^설명$|^penjelasan"),
    (Role.OMISSION, r"omission|omisi|omiss|auslassung|从略|從略|省略|생략|pengecualian"),
    (Role.EDITION, r"^edition|^year|^version|^ausgabe|^versione?$|^版本$|^年份$|発行年"),
    (Role.REQUIREMENT, r"^requirements?(?: reported)?$|^anforderung|^requisit|^exigence|^要求$|已披露的?要求|要求事項"),
    (Role.TOPIC, r"material topic|^topics?$|^wesentliche|^themen?$|^tema|^thème|^tem[ai] material|议题|議題|マテリアリティ|重要課題|주제"),
    (Role.PAGE, r"\bpages?\b|page\W?no|^p\.?$|^pp\.?$|\bpg\b|seiten?|página|^pág|pagina|^págs?|^hal(?:aman)?\b|页码|頁碼|页数|頁數|^页$|^頁$|ページ|頁|페이지|쪽"),
    (Role.URL, r"^urls?$|^links?$|weblink|链接|連結|リンク"),
    (Role.DOCUMENT, r"^documents?$|^source document|^dokument|^documento|文件|文档"),
    (Role.SECTION, r"location|section|chapter|reference|response|answer|comment|where|content in|disclosed in|verweis|fundstelle|kapitel|abschnitt|ort der|ubicaci|capítulo|apartado|respuesta|localiza|seção|resposta|emplacement|chapitre|localisation|ubicazione|collocazione|sezione|capitolo|riferiment|paragraf|章节|章節|位置|披露位置|对应内容|對應|所在|掲載|該当|記載|箇所|보고|위치|내용|lokasi|referen[sc]i|notes"),
    (Role.DISCLOSURE, r"disclosures?\b|indicators?\b|^no\.?$|^number$|^nr\.?$|^code$|^gri$|angabe|indikator|contenido|indicador|conteúdo|élément|informations? à|^informativ|indicatore|披露项|披露項|揭露項|指标|指標|开示|開示|編號|编号|지표|공시|공개|pengungkapan"),
    (Role.TITLE, r"title|titel|título|titolo|titre|description|beschreibung|descrip|descriz|名称|名稱|标题|標題|タイトル|제목|judul"),
    (Role.STANDARD, r"standards?\b|gri standard|norm|estándar|標準|标准|准则|準則|スタンダード|기준|standar"),
)  # fmt: skip
_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _WORDS)


def role_of(head: str) -> Role | None:
    """What the column under this head holds; None for a head that says nothing known.

    >>> role_of("Page number(s)"), role_of("披露项"), role_of("Requirement(s) omitted")
    (<Role.PAGE: 'page'>, <Role.DISCLOSURE: 'disclosure'>, <Role.OMITTED: 'omitted'>)
    """
    text = " ".join(fold(head).split()).strip(" *_:：|").casefold()
    if not text or len(text) > 80:
        return None
    return next((role for role, pattern in _PATTERNS if pattern.search(text)), None)


def roles_of(heads: Sequence[str]) -> dict[Role, int]:
    """The column of each role; the first of two that look the same."""
    found: dict[Role, int] = {}
    for column, head in enumerate(heads):
        role = role_of(head)
        if role is not None:
            found.setdefault(role, column)
    return found
