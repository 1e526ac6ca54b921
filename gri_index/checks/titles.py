"""Rule CI104: titles that the index prints in the language of the report."""

from collections.abc import Callable, Iterator

from gri_index.checks import first_of, found, rule
from gri_index.language.labels import load_labels
from gri_index.model.findings import Context, Finding, Severity
from gri_index.model.index import Status
from gri_index.model.standards import Title
from gri_index.model.text import LocalText


@rule("CI104", "title-not-verified", severity=Severity.NOTE, clause="GRI 1: Foundation 2021, 7-a-vii and 7-a-viii")
def rule_title_not_verified(context: Context) -> Iterator[Finding]:
    """The title of a disclosure is printed in a wording that no published translation confirms, or in English.

    What it does: looks, in each language of the index, at the titles of the disclosures
    that it prints. Said once for a language.

    Why it matters: disclosures are listed with their titles; a translation of one's own,
    or a foreign title, is not the one that readers look for.

    Example: a German index in which 305-4 has a title that was found in no translation.

    Instead: compare the titles with GRI's translation, or add them in a catalogue of your own.
    """
    profile = context.profile
    rows = [row for row in context.index.rows if row.key and row.status not in (Status.MISSING, Status.PLANNED)]
    for language in profile.output.languages or (profile.report.language,):
        labels = load_labels(language)
        base = labels.language.split("-")[0]
        shown: dict[str, list[str]] = {"": [], "-language": []}
        for row in rows if base != "en" else ():
            assert row.key is not None
            title = _printed(context.catalogue.disclosure(row.key).titles, labels.pick)
            if title is not None and title.language == "en":
                shown["-language"].append(row.number)
            elif title is not None and title.state == "unverified":
                shown[""].append(row.number)
        for kind, numbers in shown.items():
            if numbers:
                each = list(dict.fromkeys(numbers))
                hint = f"CI104{kind}-hint"
                yield found(f"CI104{kind}", about=each, hint=hint, count=len(each), language=labels.name, numbers=first_of(each))


def _printed(titles: tuple[Title, ...], pick: Callable[[LocalText], str]) -> Title | None:
    """The title that is printed of several."""
    text = pick(LocalText(tuple((title.language, title.text) for title in titles)))
    return next((title for title in titles if title.text == text), None)
