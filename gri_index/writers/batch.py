"""The summary of a batch for programs and for the browser (schema gri-index/summary/1)."""

from collections.abc import Iterable, Sequence

from lxml import etree

from gri_index.catalogue import load_catalogue
from gri_index.language.labels import Labels
from gri_index.language.text import clean
from gri_index.model.batch import Facts, Job, Share, Summary
from gri_index.writers.html import column_head, page, tag
from gri_index.writers.json import Json, dump


def summary_json(summary: Summary) -> bytes:
    """All figures."""
    return dump(
        {
            "schema": "gri-index/summary/1",
            "job": summary.job.value,
            "reports": [_report(each) for each in summary.reports],
            "failures": [
                {"report": each.name, "fault": each.fault.value, "error": each.error, "hint": each.hint}
                for each in summary.failures
            ],
            "disclosures": [_share(each) for each in summary.shares],
            "groups": [
                {"kind": each.kind, "name": each.name or None, "disclosures": [_share(share) for share in each.shares]}
                for each in summary.groups
            ],
        }
    )


def _report(facts: Facts) -> Json:
    return {
        "report": facts.name,
        "organization": facts.organization or None,
        "language": facts.language or None,
        "basis": facts.basis or None,
        "year": facts.year or None,
        "sectors": list(facts.sectors),
        "findings": dict(facts.findings),
        "open": facts.open,
        "rows": [{"disclosure": row.number, "status": row.status, "reasons": list(row.reasons)} for row in facts.rows],
    }


def _share(share: Share) -> Json:
    return {
        "disclosure": share.number,
        "reports": share.reports,
        "reported": share.reported,
        "omitted": share.omitted,
        "reasons": dict(share.reasons),
    }


# ── in words ──


def report_heads(labels: Labels) -> tuple[str, ...]:
    """What heads the columns of the reports."""
    names = (
        "batch-report",
        "batch-organization",
        "batch-language",
        "batch-claim",
        "batch-year",
        "batch-rows",
        "batch-omissions",
        "batch-findings",
        "batch-open",
    )
    return tuple(labels.words[name] for name in names)


def report_cells(facts: Facts, labels: Labels) -> tuple[str | int, ...]:
    """A report in words and figures."""
    basis = labels.words.get("basis-" + facts.basis.replace(" ", "-"), facts.basis)
    findings = labels.join([f"{count} {labels.words[f'severity-{severity}']}" for severity, count in facts.findings])
    omissions = sum(bool(row.reasons) for row in facts.rows)
    return facts.name, facts.organization, facts.language, basis, facts.year, len(facts.rows), omissions, findings, facts.open


def share_heads(summary: Summary, labels: Labels) -> tuple[str, ...]:
    """What heads the columns of the disclosures."""
    names = ("column-number", "column-title", reported_head(summary), "batch-share", "batch-omitted", "batch-reasons")
    return tuple(labels.words[name] for name in names)


def reported_head(summary: Summary) -> str:
    """The label of the column that counts reports: a suggestion is no report yet."""
    return "batch-suggested" if summary.job is Job.SUGGEST else "batch-reported"


def share_cells(share: Share, labels: Labels) -> tuple[str | int, ...]:
    """A disclosure in words and figures."""
    percent = f"{100 * share.reported / share.reports:.0f} %" if share.reports else ""
    reasons = labels.join([f"{reason} {count}" for reason, count in share.reasons])
    return share.number, title_of(share.number, labels), f"{share.reported}/{share.reports}", percent, share.omitted, reasons


def title_of(number: str, labels: Labels) -> str:
    """The title of a disclosure, in its newest edition."""
    catalogue = load_catalogue()
    keys = catalogue.editions_of(number)
    return labels.pick(catalogue.disclosure(keys[-1]).title) if keys else ""


def summary_html(summary: Summary, labels: Labels) -> bytes:
    """One page over all: reports, failures, disclosures."""
    words = labels.words
    title = labels.text("batch-title", count=str(len(summary.reports)))
    content = [
        tag("h1", clean(title)),
        *_failures(summary, labels),
        *_part(words["batch-reports"], report_heads(labels), (report_cells(each, labels) for each in summary.reports)),
        *_part(words["batch-disclosures"], share_heads(summary, labels), (share_cells(each, labels) for each in summary.shares)),
    ]
    return page(title, content, labels)


def _failures(summary: Summary, labels: Labels) -> list[etree._Element]:
    if not summary.failures:
        return []
    heads = (labels.words["batch-report"], labels.words["column-message"], labels.words["column-hint"])
    return _part(labels.words["batch-failures"], heads, ((each.name, each.error, each.hint) for each in summary.failures))


def _part(title: str, heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> list[etree._Element]:
    table = tag("table", tag("thead", tag("tr", *(column_head(text) for text in heads))))
    body = tag("tbody")
    for first, *others in rows:
        body.append(tag("tr", tag("th", {"scope": "row"}, clean(str(first))), *(tag("td", clean(str(text))) for text in others)))
    table.append(body)
    return [tag("h2", title), tag("div", {"class": "scroll", "role": "group", "tabindex": "0", "aria-label": title}, table)]
