"""The notification of GRI that a report was published (GRI 1: Foundation 2021, Requirement 9; reporting with reference, third requirement).

A text to be sent by e-mail, in English, the language of its addressee. What the profile does
not say stands in brackets, to be filled in.
"""

from dataclasses import dataclass

from gri_index.language.labels import load_labels
from gri_index.model.index import ContentIndex
from gri_index.model.profile import Profile
from gri_index.writers.layout import statement_of_use

ADDRESS = "reportregistration@globalreporting.org"


@dataclass(frozen=True, slots=True)
class Notice:
    """What only the sender knows; "" where it is not known yet."""

    index_link: str = ""
    report_link: str = ""
    contact: str = ""


def notice_text(index: ContentIndex, profile: Profile, notice: Notice) -> str:
    """The whole e-mail: address, subject, and each item that Requirement 9 asks for."""
    labels = load_labels("en")
    name = labels.pick(profile.report.organization) or "[legal name of the organization]"
    title = labels.pick(profile.report.title)
    items = (
        ("Legal name of the organization", name),
        ("Link to the GRI content index", notice.index_link or "[link]"),
        ("Link to the report", notice.report_link or "[link, if the report is a document of its own]"),
        ("Statement of use", statement_of_use(index, profile, labels)),
        ("Contact person and details", notice.contact or "[name, e-mail, telephone]"),
    )
    lines = [f"To: {ADDRESS}", f"Subject: Notification of the use of the GRI Standards: {name}", ""]
    lines += [f"This is to notify you of the publication of {title or 'our report'}.", ""]
    return "\n".join([*lines, *(f"{label}: {value}" for label, value in items), ""])
