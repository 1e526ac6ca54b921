"""Reads the profile: gri-index.toml, or the workbook that says the same.

Every key is known, or named as unknown by its path. ``fields`` holds the kinds of
values, ``sheets`` turns a workbook into the tables that a TOML file has, ``draft`` says
what a report tells about its own profile.
"""

import tomllib
from typing import Any

from gri_index.errors import InputError
from gri_index.language.reasons import recognise_reason
from gri_index.model.keys import Reference
from gri_index.model.profile import (
    Acknowledged,
    Answer,
    Assurance,
    Basis,
    Claim,
    Indicator,
    NotMaterialTopic,
    OtherDocument,
    OutputChoices,
    Profile,
    ReportFacts,
    StatedLocation,
    StatedOmission,
    Topic,
)
from gri_index.model.terms import AssuranceLevel, LayoutChoice
from gri_index.model.text import LocalText
from gri_index.profile.fields import (
    Table,
    assurance_level,
    basis,
    date,
    file_name,
    integer,
    layout,
    link_base,
    local,
    reference,
    references,
    requirements,
    sector_standards,
    sector_topic,
    sector_topics,
    string,
    strings,
    url,
    yes_or_no,
)  # fmt: skip

FILE_NAME, WORKBOOK_NAME = "gri-index.toml", "gri-index.xlsx"
_VERSION = 1
_MOST_FAULTS = 20  # that are named at once
_HINT = "docs/reference/profile.md describes the profile; the key is shown with its path."


def read_profile(content: bytes, name: str = FILE_NAME) -> Profile:
    """The profile in a TOML file (UTF-8), a workbook, or as an index.json states it (by the suffix of ``name``).

    Raises InputError naming the key path, or sheet and row, of each fault.
    """
    faults: list[str] = []
    if name.lower().endswith((".xlsx", ".xlsm")):
        from gri_index.profile.sheets import tables_of

        data = tables_of(content, name, faults)
    elif name.lower().endswith(".json"):
        from gri_index.profile import index_json

        data = index_json.tables_of(content, name)
    else:
        data = _toml(content, name)
    table = Table(data, "", faults)
    if (version := table.take("version", integer, 1)) != _VERSION:
        table.faults.append(f"version: {version} is not known, this program reads version {_VERSION}")
    profile = Profile(
        report=_report(table.sub("report")),
        claim=_claim(table.sub("claim")),
        documents=tuple(_document(each) for each in table.subs("document")),
        topics=tuple(_topic(each) for each in table.subs("topic")),
        not_material=tuple(_not_material(each) for each in table.subs("topic_not_material")),
        omissions=tuple(_omission(each) for each in table.subs("omission")),
        answers=tuple(_answer(each) for each in table.subs("answer")),
        locations=tuple(_location(each) for each in table.subs("location")),
        indicators=tuple(_indicator(each) for each in table.subs("indicator")),
        sections=tuple(_section(each) for each in table.subs("section")),
        assured=tuple(_assurance(each) for each in table.subs("assurance")),
        acknowledged=tuple(_acknowledged(each) for each in table.subs("acknowledged")),
        output=_output(table.sub("output")),
        file=name,
    )
    table.close()
    if table.faults:
        more = f"; and {len(table.faults) - _MOST_FAULTS} more" if len(table.faults) > _MOST_FAULTS else ""
        raise InputError(f"{name}: " + "; ".join(table.faults[:_MOST_FAULTS]) + more, hint=_HINT)
    return profile


def _toml(content: bytes, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError(f"{name}: not UTF-8", hint="Save the file in the encoding UTF-8.") from None
    except ValueError as error:  # a fault of the notation, or a number of thousands of digits
        raise InputError(f"{name}: not valid TOML: {error}", hint="Strings stand in double quotes, lists in [ ].") from None
    except RecursionError:
        raise InputError(f"{name}: nested too deeply", hint="A profile has two levels.") from None


def _report(table: Table) -> ReportFacts:
    facts = ReportFacts(
        organization=table.take("organization", local, LocalText()),
        title=table.take("title", local, LocalText()),
        period_start=table.take("period_start", date),
        period_end=table.take("period_end", date),
        publication_date=table.take("publication_date", date),
        language=table.take("language", string, ""),
    )
    table.close()
    if facts.period_start and facts.period_end and facts.period_end < facts.period_start:
        table.faults.append("report.period_end lies before report.period_start")
    return facts


def _claim(table: Table) -> Claim:
    sectors = table.take("sector_standards", sector_standards, ())
    claim = Claim(
        basis=table.take("basis", basis, Basis.WITH_REFERENCE),
        sector_standards=tuple(dict.fromkeys(id for id, _ in sectors)),
        sector_versions=tuple((id, version) for id, version in sectors if version),
        statement=table.take("statement", local, LocalText()),
    )
    table.close()
    return claim


def _document(table: Table) -> OtherDocument:
    document = OtherDocument(
        id=table.take("id", string, "", needed=True),
        title=table.take("title", local, LocalText(), needed=True),
        url=table.take("url", url, ""),
        file=table.take("file", string, ""),
    )
    table.close()
    return document


def _topic(table: Table) -> Topic:
    topic = Topic(
        name=table.take("name", local, LocalText(), needed=True),
        disclosures=table.take("disclosures", references, ()),
        sector_topics=table.take("sector_topics", sector_topics, ()),
        carried=table.take("carried", string, ""),
    )
    table.close()
    return topic


def _not_material(table: Table) -> NotMaterialTopic:
    topic = NotMaterialTopic(
        sector_topic=table.take("sector_topic", sector_topic, "", needed=True),
        explanation=table.take("explanation", local, LocalText()),
    )
    table.close()
    return topic


def _subject(table: Table) -> dict[str, Any]:
    """Which disclosure a table speaks of: keys that omissions, answers and locations share."""
    return {
        "disclosure": table.take("disclosure", reference, Reference(), needed=True),
        "topic": table.take("topic", string, ""),
        "requirements": table.take("requirements", requirements, ()),
        "carried": table.take("carried", string, ""),
    }


def _omission(table: Table) -> StatedOmission:
    reason = table.take("reason", string, "", needed=True)
    omission = StatedOmission(
        **_subject(table),
        reason=recognise_reason(reason) or reason,
        explanation=table.take("explanation", local, LocalText()),
    )
    table.close()
    return omission


def _answer(table: Table) -> Answer:
    answer = Answer(**_subject(table), text=table.take("text", local, LocalText(), needed=True))
    table.close()
    return answer


def _location(table: Table) -> StatedLocation:
    location = StatedLocation(
        **_subject(table),
        document=table.take("document", string, ""),
        section=table.take("section", local, LocalText()),
        pages=table.take("pages", string, ""),
        url=table.take("url", url, ""),
        note=table.take("note", local, LocalText()),
    )
    table.close()
    return location


def _indicator(table: Table) -> Indicator:
    indicator = Indicator(
        id=table.take("id", string, "", needed=True),
        source=table.take("source", local, LocalText()),
        title=table.take("title", local, LocalText()),
        topic=table.take("topic", string, ""),
        location=table.take("location", local, LocalText()),
    )
    table.close()
    return indicator


def _section(table: Table) -> LocalText:
    title: LocalText = table.take("title", local, LocalText(), needed=True)
    table.close()
    return title


def _assurance(table: Table) -> Assurance:
    assurance = Assurance(
        disclosures=table.take("disclosures", references, (), needed=True),
        level=table.take("level", assurance_level, AssuranceLevel.LIMITED, needed=True),
        pages=table.take("pages", string, ""),
    )
    table.close()
    return assurance


def _acknowledged(table: Table) -> Acknowledged:
    acknowledged = Acknowledged(
        rule=table.take("rule", string, "", needed=True),
        disclosure=table.take("disclosure", string, ""),
        reason=table.take("reason", string, "", needed=True),
        by=table.take("by", string, ""),
    )
    table.close()
    return acknowledged


def _output(table: Table) -> OutputChoices:
    output = OutputChoices(
        languages=table.take("languages", strings, ()),
        layout=table.take("layout", layout, LayoutChoice.AUTO),
        index_name=table.take("index_name", file_name, "content-index"),
        template=table.take("template", string, ""),
        link_base=table.take("link_base", link_base, ""),
        mark_unverified=table.take("mark_unverified", yes_or_no, False),
    )
    table.close()
    return output
