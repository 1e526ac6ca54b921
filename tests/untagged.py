"""Reports without tags, and what authors do with the suggestions for them."""

from pathlib import Path

import docx
import openpyxl

ENGLISH = """# Harbour Foods annual review

## Who works for us

At the end of the year 812 people were employed, 640 of them on permanent contracts and 172 on fixed-term contracts;
95 worked part-time. Headcount by gender and by region is shown in the table.

## Speaking up

Anyone can use the whistleblowing hotline or the ombudsperson, anonymously if they wish. Reports of suspected
misconduct are protected from retaliation.

## Greenhouse gases

Scope 1 emissions from natural gas and our vans fell to 410 tCO2e. Fugitive emissions from refrigerants are included.

## Accidents at work

Three recordable work-related injuries happened and no fatality; the lost-time injury frequency rate was 2.1 per million
hours worked.

## A word on our jam

Strawberries ripen early on the south side of the hill.
"""
CHINESE = """# 某某科技环境、社会及管治报告

## 员工概况

截至年末，公司共有员工812人，其中女性员工390人，全职员工700人，劳动合同制员工占比98%。

## 举报机制

公司设立举报邮箱和举报热线，员工可匿名举报，并保护举报人免受打击报复。

## 温室气体排放

范围一温室气体排放量为410吨二氧化碳当量，范围二为1,200吨二氧化碳当量。

## 公司趣事

今年的运动会下了一点小雨。
"""


def word_report(path: Path) -> Path:
    """The English report as Word writes it, with a comment, a picture's worth of other parts, and a tracked change."""
    document = docx.Document()
    for paragraph in ENGLISH.split("\n\n"):
        if paragraph.startswith("#"):
            document.add_heading(paragraph.lstrip("# "), level=1 + paragraph.startswith("##"))
        else:
            document.add_paragraph(paragraph.strip() + " [GRI 3-3]" * paragraph.startswith("Strawberries"))
    document.sections[0].header.paragraphs[0].text = "Draft of Monday"
    document.save(str(path))
    return path


def decide(path: Path, decisions: dict[tuple[str, str], tuple[str, str, str]]) -> None:
    """Fills the sheet: (number, section) -> (decision, right place, note)."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    at = {name: heads.index(head) + 1 for name, head in {"number": "No.", "section": "Section", "decision": "Decision"}.items()}
    for row in range(2, sheet.max_row + 1):
        key = (sheet.cell(row, at["number"]).value, sheet.cell(row, at["section"]).value)
        for offset, text in enumerate(decisions.get(key, ())):
            sheet.cell(row, at["decision"] + offset).value = text or None
    book.save(path)


DECISIONS = {
    ("2-7", "Who works for us"): ("accept", "", "checked by HR"),
    ("403-9", "Accidents at work"): ("reject", "", ""),
    ("305-1", "Greenhouse gases"): ("other place", "Accidents at work", ""),
}
