import datetime

import pytest

from gri_index.language.dates import find_dates, find_period
from gri_index.language.statements import find_statements
from gri_index.model.terms import Basis

A, R = "in accordance", "with reference"
CLAIMS = [
    ("Halden AB has reported in accordance with the GRI Standards for the period 1 January 2025 to 31 December 2025.", A, "Halden AB", "2025-01-01", "2025-12-31"),
    ("N.V. Water Co. has reported the information cited in this GRI content index for the period April 1, 2024 to March 31, 2025 with reference to the GRI Standards.", R, "N.V. Water Co.", "2024-04-01", "2025-03-31"),
    ("E.ON SE has reported the information cited in this GRI content index for the period 01-01-2023—12-31-2023 with reference to the GRI Standards.", R, "E.ON SE", "2023-01-01", "2023-12-31"),
    ("海登热能在2025年1月1日至2025年12月31日期间符合GRI标准编制此报告。", A, "海登热能", "2025-01-01", "2025-12-31"),
    ("使用说明：海登热能已参照《GRI可持续发展报告标准》，披露了2022年1月1日至12月31日期间的信息。", R, "海登热能", "2022-01-01", "2022-12-31"),
    ("本報告書依循 GRI 準則編製，報導期間為2024年1月1日至2024年12月31日。", A, "", "2024-01-01", "2024-12-31"),
    ("ハルデン株式会社は、GRIスタンダードを参照し、2024年4月1日から2025年3月31日までの期間について、本GRI内容索引に記載した情報を報告する。", R, "ハルデン株式会社", "2024-04-01", "2025-03-31"),
    ("할덴은 2024년 1월 1일부터 2024년 12월 31일까지 GRI Standards에 의거하여 보고하였습니다. GRI 기준에 부합하여 작성", A, "할덴", "2024-01-01", "2024-12-31"),
    ("Halden ha presentado la información citada en este índice de contenidos GRI para el periodo del 1 de enero al 31 de diciembre de 2024 utilizando como referencia los Estándares GRI.", R, "Halden", "2024-01-01", "2024-12-31"),
    ("Die Halden AG hat in Übereinstimmung mit den GRI-Standards für den Zeitraum 1. Januar bis 31. Dezember 2024 berichtet.", A, "Halden AG", "2024-01-01", "2024-12-31"),
    ("Il Gruppo Halden ha rendicontato in conformità ai GRI Standards per il periodo 1° gennaio 2024 - 31 dicembre 2024.", A, "Il Gruppo Halden", "2024-01-01", "2024-12-31"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "basis", "organization", "start", "end"), CLAIMS)
def test_statements_of_use_are_read(text: str, basis: str, organization: str, start: str, end: str) -> None:
    each = next(find_statements(text))
    assert (each.basis.value, each.organization, str(each.start), str(each.end)) == (basis, organization, start, end)
    assert not each.old


@pytest.mark.parametrize(
    "text",
    [
        "This report has been prepared in accordance with the GRI Standards: Core option.",
        "Dieser Bericht wurde in Übereinstimmung mit den GRI-Standards: Option „Kern“ erstellt.",
        "本报告依据GRI标准（核心选项）编制。",
    ],
)
def test_wordings_of_the_2016_rules_are_recognised(text: str) -> None:
    assert [each.old for each in find_statements(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "The report was not prepared in accordance with the GRI Standards.",
        "Nothing has come to our attention that the report is not prepared in accordance with the GRI Standards.",
        "With reference to the GRI standard, water withdrawal has been reported since 2022.",
        "We use GRI Standards among other frameworks.",
        "The financial statements have been prepared in accordance with IFRS.",
    ],
)
def test_other_sentences_claim_nothing(text: str) -> None:
    assert list(find_statements(text)) == []


def test_dates_in_words_and_figures() -> None:
    day = datetime.date
    assert find_dates("31.12.2025, 2025-01-02, 3 mars 2024, 1º de enero de 2023 and Dec. 5, 2022") == [
        day(2025, 12, 31), day(2025, 1, 2), day(2024, 3, 3), day(2023, 1, 1), day(2022, 12, 5),
    ]  # fmt: skip
    assert find_dates("31.02.2025 and version 2.1.4, 2-10") == []
    assert find_period("from 3 May 2024 to 5 May 2024") is None


def test_names_of_months_are_those_of_the_cldr() -> None:
    from babel.dates import get_month_names

    from gri_index.language.lexicon import phrases

    for number in range(1, 13):
        for language, names in phrases(f"month-{number}").items():
            for width, context in (("wide", "format"), ("wide", "stand-alone"), ("abbreviated", "format")):
                folded = get_month_names(width, context, language)[number].casefold().strip(". ")  # type: ignore[index]
                assert len(folded) < 3 or folded.isdigit() or folded in names, (language, folded)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        (
            "Halden has reported in accordance with the GRI Standards for the period 1 January to 31 December 2025.",
            ("2025-01-01", "2025-12-31"),
        ),
        (
            "Halden has reported in accordance with the GRI Standards for the period from January 1 to December 31, 2025.",
            ("2025-01-01", "2025-12-31"),
        ),
    ],
)
def test_a_start_takes_its_year_from_the_end(text: str, period: tuple[str, str]) -> None:
    [found] = find_statements(text)
    assert (str(found.start), str(found.end)) == period


def test_the_label_of_a_statement_speaks_for_a_verb_with_a_slip() -> None:
    text = "Statement of use\n\nHalden has reporeted in accordance with the GRI Standards for 1 January 2025 to 31 December 2025."
    assert [each.basis for each in find_statements(text)] == [Basis.IN_ACCORDANCE]
    assert [each.basis for each in find_statements(text.partition("\n\n")[2])] == []


def test_the_standards_as_a_reference() -> None:
    [found] = find_statements(
        "Halden has reported the information from 1 January 2025 to 31 December 2025 using the GRI Standards as a reference."
    )
    assert found.basis is Basis.WITH_REFERENCE
